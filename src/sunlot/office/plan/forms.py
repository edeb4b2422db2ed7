"""What clerks fill in about a plan."""

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from sunlot.office.plan.feasibility import Change
from sunlot.office.plan.models import Kind, Plan, PlannedRound
from sunlot.office.plan.rounds import RoundFields
from sunlot.office.plan.services import Figures
from sunlot.office.shell.fields import Day
from sunlot.office.shell.language import in_words, in_words_later
from sunlot.policy.arithmetic.printed import FIGURES, SHARES
from sunlot.policy.in_force import Policy

LARGEST = 1_000_000


def area(rows: int) -> forms.Textarea:
    """Return a text box of so many lines."""
    return forms.Textarea(attrs={"rows": rows})


class NewPlan(forms.Form):
    """The beginning of a plan."""

    year = forms.IntegerField(label=_("年度"), min_value=2020, max_value=2100)
    organ = forms.CharField(label=_("编制机关"), max_length=80)
    officers = forms.IntegerField(label=_("纳入计划执法人员"), min_value=1, max_value=LARGEST)


class DayCounts(forms.Form):
    """Days that are not inspection: the kinds the policy names, and others a plan already has."""

    def __init__(self, policy: Policy, had: Mapping[str, Mapping[str, int]], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kinds = {
            part: list(dict.fromkeys([*policy.texts(f"plan.{part}"), *had.get(part, {})]))
            for part in ("other_enforcement", "non_enforcement")
        }
        for part, heading in (("other_enforcement", _("其他执法")), ("non_enforcement", _("非执法"))):
            for number, kind in enumerate(self.kinds[part]):
                self.fields[f"{part}_{number}"] = forms.IntegerField(
                    label=format_lazy(_("{}：{}"), heading, in_words_later(kind)),
                    min_value=0,
                    max_value=LARGEST,
                    required=False,
                    initial=had.get(part, {}).get(kind),
                    help_text=_("人·天，空着即 0") if number == 0 else "",
                )

    def counts(self, part: str) -> dict[str, int]:
        """Return the days by kind, those with none left out."""
        found = {kind: self.cleaned_data.get(f"{part}_{number}") for number, kind in enumerate(self.kinds[part])}
        return {kind: days for kind, days in found.items() if days}


class FiguresForm(DayCounts):
    """The figures of a draft; they are reckoned again whenever the page is opened."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    organ = forms.CharField(label=_("编制机关"), max_length=80)
    officers = forms.IntegerField(label=_("纳入计划执法人员"), min_value=1, max_value=LARGEST, help_text=_("人"))
    days_each = forms.IntegerField(
        label=_("每人法定工作日"), min_value=1, max_value=366, help_text=_("全年天数 − 周末 − 法定节假日")
    )
    reserve = forms.IntegerField(
        label=_("预留比例（%）"), min_value=0, max_value=99, help_text=_("监督检查工作日中留作机动的部分（留有余地）")
    )
    basis = forms.CharField(label=_("编制依据"), widget=area(3), required=False)
    measures = forms.CharField(label=_("工作要求"), widget=area(4), required=False)

    def __init__(self, policy: Policy, plan: Plan, *args: Any, **kwargs: Any) -> None:
        had = {"other_enforcement": dict(plan.other), "non_enforcement": dict(plan.non_enforcement)}
        names = ("version", "organ", "officers", "days_each", "reserve", "basis", "measures")
        kwargs.setdefault("initial", {name: getattr(plan, name) for name in names})
        super().__init__(policy, had, *args, **kwargs)

    def shown_now(self) -> dict[str, Any]:
        """Return what the unfilled form shows."""
        return {name: self.get_initial_for_field(field, name) for name, field in self.fields.items()}

    def figures(self) -> Figures:
        """Return what was filled in."""
        names = ("organ", "officers", "days_each", "reserve", "basis", "measures")
        return Figures(
            **{name: self.cleaned_data[name] for name in names},
            other=self.counts("other_enforcement"),
            non_enforcement=self.counts("non_enforcement"),
        )


class RoundForm(forms.Form):
    """A round. What is left empty about the items is taken from the list."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    title = forms.CharField(label=_("名称"), max_length=100)
    kind = forms.ChoiceField(label=_("类别"), choices=Kind.choices)
    by_lot = forms.BooleanField(label=_("检查对象由抽签产生"), required=False)
    from_above = forms.BooleanField(
        label=_("上级部署"), required=False, help_text=_("上级部署的专项检查不计入频次上限")
    )
    secret = forms.BooleanField(
        label=_("不事先公开"), required=False, help_text=_("对外只公开轮数、户数和占比；暗查暗访必选")
    )
    first_day = Day(label=_("开始日期"))
    last_day = Day(label=_("结束日期"))
    scope = forms.CharField(label=_("检查对象范围"), max_length=300, help_text=_("如：危险化学品生产、经营单位"))
    population = forms.IntegerField(label=_("名录户数"), min_value=0, max_value=LARGEST)
    share = forms.DecimalField(
        label=_("抽查比例（%）"), min_value=0, max_value=100, decimal_places=2, max_digits=5, required=False,
        help_text=_("比例和户数只填一项；按比例计算的户数逢小数进一"),
    )  # fmt: skip
    count = forms.IntegerField(label=_("抽查户数"), min_value=0, max_value=LARGEST, required=False)
    visits_each = forms.IntegerField(label=_("每户次数"), min_value=1, max_value=366)
    days = forms.DecimalField(
        label=_("每次天数"), min_value=Decimal("0.1"), max_value=99, decimal_places=1, max_digits=4
    )
    officers = forms.IntegerField(label=_("每次人数"), min_value=1, max_value=99)
    items = forms.CharField(
        label=_("检查事项编号"), widget=area(2), help_text=_("用顿号或空格分开；可用事项列在本页下方")
    )
    undertaker = forms.CharField(label=_("承办机构"), max_length=80)
    departments = forms.CharField(label=_("联合部门"), max_length=200, required=False, help_text=_("联合检查必填"))
    basis = forms.CharField(label=_("实施依据"), widget=area(2), required=False, help_text=_("空着即取自事项清单"))
    content = forms.CharField(label=_("检查内容"), widget=area(3), required=False, help_text=_("空着即取自事项清单"))
    method = forms.CharField(label=_("检查方式"), max_length=100, required=False, help_text=_("空着即取自事项清单"))
    remark = forms.CharField(label=_("备注"), max_length=200, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            if isinstance(field.widget, forms.NumberInput):
                field.widget.attrs["inputmode"] = "decimal"

    def round_fields(self) -> RoundFields:
        """Return what was filled in."""
        return RoundFields(**{name: self.cleaned_data[name] for name in RoundFields.__dataclass_fields__})


def initial_of(each: PlannedRound) -> dict[str, Any]:
    """Return a round as its form shows it."""
    return {name: getattr(each, name) for name in ("version", *RoundFields.__dataclass_fields__)}


def fresh_round(year: int, policy: Policy, undertaker: str) -> dict[str, Any]:
    """Return what a new round begins with; days and persons are the policy's."""
    days = policy.share("plan.days_per_visit")
    return {
        "kind": Kind.RANDOM,
        "by_lot": True,
        "first_day": date(year, 3, 1),
        "last_day": date(year, 6, 30),
        "visits_each": 1,
        "days": Decimal(days.numerator) / Decimal(days.denominator),
        "officers": policy.count("visit.min_inspectors"),
        "undertaker": undertaker,
    }


class KeyFirms(forms.Form):
    """Firms to put on the key list: a line each, as copied out of Excel."""

    lines = forms.CharField(
        label=_("单位"),
        widget=area(8),
        required=False,
        help_text=_("每行一户：编号（统一社会信用代码），可在其后写名称；可从 Excel 粘贴"),
    )
    from_roster = forms.BooleanField(label=_("加入名录中标记为重点单位的全部企业"), required=False)
    key_class = forms.ChoiceField(label=_("列入情形"))
    reason = forms.CharField(label=_("列入理由"), max_length=200, required=False)
    round = forms.ChoiceField(label=_("检查轮次"), required=False)

    def __init__(self, classes: Mapping[str, str], rounds: Iterable[PlannedRound], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chosen: Any = self.fields
        chosen["key_class"].choices = [(code, in_words(title)) for code, title in classes.items()]
        chosen["round"].choices = [("", _("暂不列入"))] + [(str(each.pk), str(each)) for each in rounds]

    def firms(self) -> list[tuple[str, str]]:
        """Return identifier and name of each line."""
        lines = (line.strip() for line in self.cleaned_data["lines"].splitlines())
        parts = (re.split(r"[\s,，、;；]+", line, maxsplit=1) for line in lines if line)
        return [(part[0].upper(), part[1].strip() if len(part) > 1 else "") for part in parts]

    def clean(self) -> dict[str, Any]:
        """Ask for firms, from lines or from the roster."""
        found = super().clean() or {}
        if not found.get("lines", "").strip() and not found.get("from_roster"):
            self.add_error("lines", _("请填写单位，或勾选从名录加入。"))
        return found


class Reason(forms.Form):
    """Why: for submitting and for amending."""

    reason = forms.CharField(label=_("理由"), widget=area(4))


class Filing(forms.Form):
    """The filing of an approved plan."""

    approved_as = forms.CharField(
        label=_("批准文号"), max_length=80, required=False, help_text=_("本级人民政府批准文件的文号")
    )
    filed_with = forms.CharField(label=_("备案机关"), max_length=80)
    on = Day(label=_("备案日期"))


class Publication(forms.Form):
    """The publication of a plan."""

    published_at = forms.CharField(label=_("公布网址或载体"), max_length=200)
    on = Day(label=_("公布日期"))


class Calculator(DayCounts):
    """The working-day calculator: nothing of it is kept."""

    year = forms.IntegerField(label=_("年度"), min_value=2008, max_value=2100)
    officers = forms.IntegerField(label=_("纳入计划执法人员"), min_value=1, max_value=LARGEST)
    days_each = forms.IntegerField(
        label=_("每人法定工作日"), min_value=1, max_value=366, required=False, help_text=_("空着即按年度推算")
    )
    key = forms.DecimalField(
        label=_("重点检查工作日"),
        min_value=0,
        max_value=LARGEST,
        decimal_places=1,
        required=False,
        help_text=_("可空着"),
    )


class WhatIf(forms.Form):
    """What if there were more or fewer people, days, pairs, firms."""

    officers = forms.IntegerField(label=_("执法人员"), min_value=1, max_value=LARGEST)
    days_each = forms.IntegerField(label=_("每人法定工作日"), min_value=1, max_value=366)
    elsewhere = forms.IntegerField(label=_("其他执法与非执法工作日"), min_value=0, max_value=LARGEST)
    reserve = forms.IntegerField(label=_("预留比例（%）"), min_value=0, max_value=99)
    pair = forms.IntegerField(
        label=_("每次人数"), min_value=1, max_value=99, required=False, help_text=_("空着即各轮所定")
    )
    scale = forms.IntegerField(
        label=_("非重点户数为原来的（%）"), min_value=0, max_value=1000, help_text=_("100 即不变；重点单位不随之改变")
    )

    def __init__(self, rounds: Sequence[PlannedRound], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.rounds = [each for each in rounds if each.kind != Kind.KEY]
        for each in self.rounds:
            self.fields[f"firms_{each.pk}"] = forms.IntegerField(
                label=_("户数：%s") % each.title,
                min_value=0,
                max_value=each.population,
                required=False,
                help_text=_("空着即按上面的比例，计划为 %s 户") % each.firms,
            )

    def change(self) -> Change:
        """Return the plan as it might be."""
        given = {each.pk: self.cleaned_data.get(f"firms_{each.pk}") for each in self.rounds}
        names = ("officers", "days_each", "elsewhere", "reserve", "pair", "scale")
        firms = {pk: firms for pk, firms in given.items() if firms is not None}
        return Change(**{name: self.cleaned_data[name] for name in names}, firms=firms)


class PrintedLine(forms.Form):
    """A number of a printed plan and where it stands there."""

    figure = forms.ChoiceField(
        label=_("数字"),
        choices=[("", "—"), *((name, in_words_later(title)) for name, title in {**FIGURES, **SHARES}.items())],
        required=False,
    )
    text = forms.CharField(label=_("印作"), max_length=20, required=False)
    where = forms.CharField(label=_("在计划中的位置"), max_length=80, required=False)

    def clean(self) -> dict[str, Any]:
        """Ask for the whole line once a part of it is there; without a place the figure's name stands for it."""
        found = super().clean() or {}
        if bool(found.get("figure")) != bool(found.get("text")):
            missing = "figure" if found.get("text") else "text"
            self.add_error(missing, _("请补全这一行，或清空整行。"))
        found["where"] = found.get("where") or {**FIGURES, **SHARES}.get(found.get("figure", ""), "")
        return found
