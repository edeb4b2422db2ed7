"""The first step: what is to be drawn, when, and by which rules."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from sunlot.office.lottery.models import Round
from sunlot.office.lottery.planned import choices, foreseen
from sunlot.office.lottery.rounds import PLAN


class PlanForm(forms.ModelForm):  # type: ignore[type-arg]  # not subscriptable when it runs
    """The plan of a round. A round of the annual plan takes the number of firms approved there unless another is written."""

    budget = forms.IntegerField(
        label=_("抽取总户数"),
        min_value=0,
        max_value=10_000_000,
        required=False,
        help_text=_("空着：计划内的按年度计划的户数（按比例计划的已折成户数），计划外的按政策比例；写 0：按政策比例"),
    )

    class Meta:
        model = Round
        fields = (*PLAN, "version")
        help_texts = {
            "date": _("在这一天判断经营状态、证件有效期、频次和加大力度的期限"),
            "items": _("事项清单中的编号，用逗号隔开"),
            "secret": _("结果在执行完毕前保密，只有本组人员到时看到自己的任务；执行后任何人可以重算"),
            "rehearsal": _("所有页面、公告和打印件都印“演练，不具效力”，不计入任何统计"),
            "pack": _("规则、比例、频次上限从这个政策包取"),
        }
        widgets = {
            "version": forms.HiddenInput,
            "items": forms.TextInput,
            **{name: forms.DateInput({"type": "date"}, "%Y-%m-%d") for name in ("date", "window_from", "window_to")},
        }

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        year = self.instance.year or timezone.localdate().year
        if not self.instance.pk:
            self.initial.setdefault("year", year)
        kept = [(self.instance.planned, self.instance.planned)] if self.instance.planned else []
        self.fields["planned"] = forms.ChoiceField(
            label=_("对应计划"),
            required=False,
            choices=dict([*kept, *choices(int(self.initial.get("year", year)))]).items,
        )
        self.fields["number"].widget = forms.Select(choices=[(1, _("第一轮")), (2, _("第二轮"))])

    def clean(self) -> dict[str, Any]:
        """Take the plan's number of firms where none was written."""
        given = super().clean() or {}
        if given.get("budget") is None and "budget" not in self.errors:
            given["budget"] = foreseen(given.get("planned", ""), given.get("year") or 0) or 0
        return given
