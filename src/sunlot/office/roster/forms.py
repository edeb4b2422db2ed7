"""What a clerk fills in about firms. Each field is brought to the roster's spelling by facts.py, which also says what would be right."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from sunlot.office.roster.facts import MULTILINE, clean_fact, title_of
from sunlot.office.roster.many import SHARED
from sunlot.office.roster.models import (
    CREDITS,
    FACTS,
    LEVELS,
    RISK_CLASSES,
    RISKS,
    STANDARDS,
    YES_NO,
    Cause,
    Firm,
    Status,
)
from sunlot.office.roster.queries import hazard_classes, territories
from sunlot.office.shell.fields import Day
from sunlot.office.shell.language import in_words, in_words_later
from sunlot.office.shell.refusals import said
from sunlot.policy.vocabulary import VISIT_KINDS
from sunlot.refusal import Refusal

CHOICES: dict[str, list[tuple[str, Any]]] = {
    "risk_level": RISKS,
    "risk_class": RISK_CLASSES,
    "standardization_level": STANDARDS,
    "credit_class": CREDITS,
    "key_unit": YES_NO,
    "level": LEVELS,
    "status": list(Status.choices),
}
EXAMPLES = {
    "risk_class": _("A 为最好，D 为最差；频次上限据此查表。不清楚的留空，不要由风险等级推算。"),
    "standardization_level": _("评定为几级填几级，查实没有评定的选“未定级”；不清楚的留空。"),
    "established": _("如 2018-05-20"),
    "territory": _("须与抽签辖区名单一致"),
    "industry": _("国民经济行业代码或名称（GB/T 4754）"),
}


class FactField(forms.CharField):
    """One fact; what cannot be read is said with what would be right."""

    def __init__(self, fact: str, **more: Any) -> None:
        self.fact = fact
        super().__init__(label=in_words_later(title_of(fact)), **more)

    def clean(self, value: Any) -> str:
        try:
            return clean_fact(self.fact, super().clean(value))
        except Refusal as refusal:
            raise ValidationError(said(refusal)) from None


def _field(fact: str, current: str = "") -> forms.Field:
    if fact in CHOICES:
        choices: list[tuple[str, Any]] = [("", _("（未填）")), *CHOICES[fact]]
        if current and current not in dict(choices):
            choices.append((current, current))
        widget: Any = forms.Select(choices=choices)
    else:
        widget = forms.Textarea(attrs={"rows": 3}) if fact in MULTILINE else forms.TextInput()
    return FactField(fact, required=fact == "name", widget=widget, help_text=EXAMPLES.get(fact, ""))


class FirmForm(forms.Form):
    """The facts of a firm; `status` has a page of its own, with a reason."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for fact in FACTS:
            if fact != "status":
                self.fields[fact] = _field(fact, str(self.initial.get(fact, "")))
        self.fields["reason"] = forms.CharField(
            label=_("更改理由"), required=False, help_text=_("有抽查正在进行时必填，审批人据此判断。")
        )
        self.fields["version"] = forms.IntegerField(widget=forms.HiddenInput)


class NewFirm(FirmForm):
    """A firm that is not in the roster yet."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["version"]
        help_text = _("18 位；没有的可填 15 或 13 位注册号、9 位组织机构代码。校验位不对的不会收。")
        code = {"id": FactField("id", help_text=help_text)}
        status = {"status": _field("status")}
        self.fields = {**code, **self.fields, **status}
        self.order_fields(["id", "name", "status", *FACTS, "reason"])


class StatusForm(forms.Form):
    """Closing or reopening."""

    status = forms.ChoiceField(label=_("经营状态"), choices=Status.choices)
    reason = forms.CharField(
        label=_("理由和依据"), widget=forms.Textarea(attrs={"rows": 3}), help_text=_("例如：现场核查已停产，照片存档。")
    )
    version = forms.IntegerField(widget=forms.HiddenInput)


class SharedForm(forms.Form):
    """The same facts for many firms, and why."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for fact in SHARED:
            known: dict[str, Any] = {"territory": territories, "hazard_class": hazard_classes}
            choices = CHOICES[fact] if fact in CHOICES else [(name, in_words(name)) for name in known[fact]()]
            self.fields[fact] = forms.ChoiceField(
                label=in_words_later(title_of(fact)), choices=[("", _("（不改）")), *choices], required=False
            )
        self.fields["reason"] = forms.CharField(
            label=_("理由和依据"),
            widget=forms.Textarea(attrs={"rows": 3}),
            help_text=_("例如：2026 年度风险评估结果。"),
        )


class SharedByAllForm(SharedForm):
    """The same for all that a query leaves; at least one fact."""

    def clean(self) -> dict[str, Any]:
        found: dict[str, Any] = super().clean() or {}
        if not any(found.get(fact) for fact in SHARED):
            raise ValidationError(_("请至少选定一项要修改的内容。"))
        return found


class ManyForm(SharedForm):
    """The same for ticked firms. `firms`: identifier and version of each as they were shown, `identifier:version` with blanks between."""

    firms = forms.CharField(widget=forms.HiddenInput)
    back = forms.CharField(widget=forms.HiddenInput, required=False)

    def clean_firms(self) -> list[tuple[str, int]]:
        """Return identifier and version of each firm."""
        pairs = (part.rpartition(":") for part in self.cleaned_data["firms"].split())
        return [(identity, int(version)) for identity, _, version in pairs if version.isdecimal()]


class VisitForm(forms.Form):
    """A visit, of whatever kind and department."""

    date = Day(label=_("检查日期"))
    kind = forms.ChoiceField(
        label=_("检查种类"), choices=[(kind, in_words_later(title)) for kind, title in VISIT_KINDS.items()]
    )
    department = forms.CharField(label=_("检查部门"), max_length=80, required=False)
    observed = forms.ChoiceField(
        label=_("现场所见状态"), required=False, choices=[("", _("与名录相同")), *Status.choices]
    )

    def clean_date(self) -> Any:
        day = self.cleaned_data["date"]
        if day > timezone.localdate():
            raise ValidationError(_("检查日期在今天之后；请填写实际检查的日期。"))
        return day


class CauseForm(forms.Form):
    """Why the lot shall fall on a firm more often."""

    cause = forms.ChoiceField(
        label=_("情形"), choices=Cause.choices, help_text=_("会写进公开的抽取名录，所以只能从列表中选。")
    )
    level = forms.IntegerField(
        label=_("级别"), min_value=1, max_value=9, initial=1, help_text=_("1 到 9；每一级的倍数由抽签政策规定。")
    )
    since = Day(label=_("起"))
    until = Day(label=_("有效期至"))
    source = forms.CharField(label=_("依据文书"), max_length=200, help_text=_("文号或办结单编号；不公开。"))
    reason = forms.CharField(label=_("说明"), required=False)


class ReasonForm(forms.Form):
    """Only why."""

    reason = forms.CharField(label=_("理由"), max_length=200, widget=forms.Textarea(attrs={"rows": 2}))


class CorrectionForm(forms.Form):
    """A firm's request, as the clerk enters it."""

    field = forms.ChoiceField(label=_("要更正的项目"))
    wanted = forms.CharField(label=_("应为"), max_length=300)
    ground = forms.CharField(label=_("理由和证明材料"), widget=forms.Textarea(attrs={"rows": 3}))
    asked_by = forms.CharField(label=_("申请人"), max_length=80)
    contact = forms.CharField(label=_("申请人联系方式"), max_length=80, required=False)
    asked_on = Day(label=_("申请日期"))

    def __init__(self, firm: Firm, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["field"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [
            (
                fact,
                _("%(title)s（现为：%(value)s）")
                % {"title": in_words(title_of(fact)), "value": getattr(firm, fact) or _("（空）")},
            )
            for fact in FACTS
        ]


class AnswerForm(forms.Form):
    """What is answered to several requests for correction."""

    answer = forms.CharField(label=_("答复"), max_length=1000, widget=forms.Textarea(attrs={"rows": 3}))


class DecisionForm(forms.Form):
    """What is answered to a request for correction."""

    answer = forms.CharField(label=_("答复"), required=False, widget=forms.Textarea(attrs={"rows": 3}))
    version = forms.IntegerField(widget=forms.HiddenInput)
