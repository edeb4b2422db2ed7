"""What people fill in to collect a penalty."""

import re
from datetime import date

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from sunlot.office.cases.forms import text
from sunlot.office.cases.models import Ruling
from sunlot.office.shell.fields import Day

LINE = re.compile(r"(\d{4}-\d{1,2}-\d{1,2})[\s,，、:：]+(\d+)\s*元?")


class Dues(forms.CharField):
    """Days and amounts, a line each."""

    widget = forms.Textarea(attrs={"rows": 4})

    def clean(self, value: object) -> list[tuple[date, int]]:
        """Return the days and the yuan. Raises ValidationError that names the line."""
        lines = [line.strip() for line in str(super().clean(value)).splitlines() if line.strip()]
        return [self._due(number, line) for number, line in enumerate(lines, 1)]

    def _due(self, number: int, line: str) -> tuple[date, int]:
        found = LINE.fullmatch(line)
        try:
            year, month, day = map(int, found[1].split("-")) if found else (0, 0, 0)
            return date(year, month, day), int(found[2]) if found else 0
        except ValueError:
            told = _now("第 %(n)s 行“%(line)s”应写作：日期 金额，例如 2026-06-30 10000。")
            raise ValidationError(told % {"n": number, "line": line}) from None


class DeferForm(forms.Form):
    """More time to pay."""

    on = Day(label=_("当事人申请日期"))
    reason = text(_("当事人的困难和理由"), 3)
    plan = Dues(
        label=_("缴款计划"),
        max_length=2000,
        help_text=_("一行一期：日期 金额，例如 2026-06-30 10000；只延期的写一行。合计等于未缴的罚款"),
    )


class AppealForm(forms.Form):
    """That the party turned against the decision."""

    on = Day(label=_("申请或起诉日期"))
    text = forms.CharField(label=_("复议机关或法院、案号"), max_length=200)


class AppealEndedForm(forms.Form):
    """That the decision was upheld."""

    on = Day(label=_("结束日期"))
    text = forms.CharField(
        label=_("维持决定的文书"), max_length=200, help_text=_("撤销、变更或者确认违法的，用“决定被撤销”办理")
    )


class CourtForm(forms.Form):
    """The application to the court."""

    court = forms.CharField(label=_("人民法院"), max_length=60)
    materials = text(_("所附材料"), 5, help_text=_("一行一份"))
    reason = text(_("送审意见"), 2)
    late_reason = text(_("逾期理由"), 2, required=False, help_text=_("超过申请期限的必须填写正当理由"))


class RulingForm(forms.Form):
    """What the court ruled."""

    on = Day(label=_("裁定日期"))
    ruling = forms.ChoiceField(label=_("法院裁定"), choices=Ruling.choices)
    paper = forms.CharField(label=_("裁定书文号"), max_length=120)
