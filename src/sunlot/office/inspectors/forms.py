"""The forms of the roster, of leave and of recusals."""

from typing import Any

from django import forms
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

from sunlot.office.inspectors.models import LEAVE_KINDS, STATES, Ground, Inspector, Role
from sunlot.office.shell.language import in_words_later

NUMBER = RegexValidator(r"^[\w.-]+$", _("编号只能由字母、数字、汉字、点、横线组成，例如 J21001。"))
MONTH = RegexValidator(r"^\d{4}-\d{2}(-\d{2})?$", _("请写成 1985-06 或 1985-06-30。"))


def day_field(label: Any, required: bool = True, help_text: Any = "") -> forms.DateField:
    """Return a field for a day, with the browser's own calendar."""
    widget = forms.DateInput({"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, required=required, help_text=help_text, widget=widget)


class PersonForm(forms.Form):
    """The facts about a person that do not carry a date of their own."""

    name = forms.CharField(label=_("姓名"), max_length=40)
    department = forms.CharField(label=_("部门"), max_length=80)
    position = forms.CharField(label=_("职务职级"), max_length=40, required=False)
    role = forms.ChoiceField(label=_("人员类别"), choices=Role.choices, initial=Role.INSPECTOR)
    state = forms.ChoiceField(label=_("在岗状态"), choices=[(state, in_words_later(state)) for state in STATES])
    specialities = forms.CharField(
        label=_("专业特长"),
        max_length=200,
        required=False,
        help_text=_("多项用“；”隔开，写法与名录的行业类别一致，例如：危险化学品；冶金"),
    )
    territory = forms.CharField(
        label=_("居住镇街"), max_length=40, required=False, help_text=_("抽取时不派往居住地；不公开。")
    )
    phone = forms.CharField(label=_("联系电话"), max_length=60, required=False, help_text=_("不公开。"))
    gender = forms.ChoiceField(label=_("性别"), choices=[("", "—"), ("男", _("男")), ("女", _("女"))], required=False)
    birth = forms.CharField(
        label=_("出生年月"), required=False, validators=[MONTH], help_text=_("例如 1985-06；不公开。")
    )
    joined = forms.CharField(label=_("入库时间"), required=False, validators=[MONTH], help_text=_("例如 2022-05"))

    def clean_specialities(self) -> str:
        """Return the specialities as the draw separates them."""
        text: str = self.cleaned_data["specialities"]
        for mark in "、，,;/":
            text = text.replace(mark, "；")
        return "；".join(part.strip() for part in text.split("；") if part.strip())


class NewPersonForm(PersonForm):
    """A person who comes into the roster, with the first certificate where there is one."""

    id = forms.CharField(label=_("人员编号"), max_length=32, validators=[NUMBER])
    number = forms.CharField(label=_("执法证号"), max_length=60, required=False)
    valid_from = day_field(_("有效期自"), required=False)
    valid_to = day_field(_("有效期至"), required=False)
    field_order = ("id", "name", "department", "position", "role", "number", "valid_from", "valid_to")


class EditPersonForm(PersonForm):
    """A change, with the version it was filled from and its reason."""

    reason = forms.CharField(label=_("变更理由"), max_length=200)
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, person: Inspector, data: Any = None) -> None:
        facts = {name: getattr(person, name) for name in PersonForm.base_fields}
        super().__init__(data, initial=facts | {"version": person.version})
        if person.state not in STATES:  # a roster may know a word that we do not
            self.fields["state"].choices += [(person.state, person.state)]  # type: ignore[attr-defined]


class SharedForm(forms.Form):
    """What several persons have alike, and why it changes."""

    FACTS = ("department", "role", "state")
    department = forms.CharField(label=_("部门"), max_length=80, required=False, help_text=_("留空则不改。"))
    role = forms.ChoiceField(label=_("人员类别"), choices=[("", _("（不改）")), *Role.choices], required=False)
    state = forms.ChoiceField(
        label=_("在岗状态"),
        choices=[("", _("（不改）")), *((state, in_words_later(state)) for state in STATES)],
        required=False,
    )
    reason = forms.CharField(label=_("变更理由"), max_length=200)

    def clean(self) -> dict[str, Any]:
        """Return the data. Adds an error when nothing is to change."""
        found: dict[str, Any] = super().clean() or {}
        if not any(found.get(name) for name in self.FACTS):
            raise forms.ValidationError(_("请至少选定一项要修改的内容。"))
        return found


class CertificateForm(forms.Form):
    """A certificate beside those a person has."""

    number = forms.CharField(label=_("执法证号"), max_length=60)
    valid_from = day_field(_("有效期自"), required=False)
    valid_to = day_field(_("有效期至"), help_text=_("到期后不参加抽取。"))


class RevokeForm(forms.Form):
    """The end of a certificate before its time."""

    day = day_field(_("停用日期"), help_text=_("从这一天起不再算作持证。"))
    reason = forms.CharField(label=_("停用原因"), max_length=200)


class MergeForm(forms.Form):
    """The other number of the same person."""

    duplicate = forms.CharField(
        label=_("重复的人员编号"),
        max_length=32,
        help_text=_("它的执法证、请假、回避声明都归到本条；本条已有的内容不变。"),
    )
    reason = forms.CharField(label=_("怎样确认是同一人"), max_length=200)


class LeaveForm(forms.Form):
    """Days away."""

    kind = forms.ChoiceField(label=_("类型"), choices=[(kind, in_words_later(kind)) for kind in LEAVE_KINDS])
    start = day_field(_("开始"))
    end = day_field(_("结束"), help_text=_("含当天。"))


class LeaveOfAnyoneForm(LeaveForm):
    """Days away of somebody whom the clerk chooses."""

    person = forms.ModelChoiceField(
        Inspector.objects.filter(merged_into=None, listed=True).order_by("pk"), label=_("检查人员")
    )
    field_order = ("person", "kind", "start", "end")


class WordsForm(forms.Form):
    """What a recusal rests on."""

    ground = forms.ChoiceField(label=_("回避情形"), choices=Ground.choices)
    detail = forms.CharField(
        label=_("说明"),
        max_length=500,
        required=False,
        widget=forms.Textarea({"rows": 3}),
        help_text=_("例如：配偶任该单位安全总监。只有您本人和审批人能看到。"),
    )


class RecusalForm(WordsForm):
    """A recusal from a firm."""

    firm = forms.CharField(label=_("单位"), max_length=200, help_text=_("填统一社会信用代码，或名录里的单位名称。"))
    field_order = ("firm", "ground", "detail")


class WithdrawForm(forms.Form):
    """Why a recusal is no longer needed."""

    why = forms.CharField(
        label=_("为什么不再需要回避"),
        max_length=500,
        widget=forms.Textarea({"rows": 3}),
        help_text=_("批准之前，原来的回避继续有效。"),
    )
