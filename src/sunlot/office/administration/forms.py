"""Forms about other people's accounts."""

from typing import Any

from django import forms
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

from sunlot.office.accounts.models import User
from sunlot.office.accounts.roles import POWERFUL, Role

USERNAME = RegexValidator(
    r"^[A-Za-z][A-Za-z0-9._-]{1,39}\Z", _("用户名用字母开头，由字母、数字和 . _ - 组成，2 到 40 个字符。")
)
_SMALL = forms.Textarea(attrs={"rows": 2})


class PersonForm(forms.Form):
    """Who somebody is."""

    name = forms.CharField(label=_("姓名"), max_length=40)
    department = forms.CharField(label=_("部门"), max_length=80, required=False)
    person = forms.CharField(
        label=_("执法人员编号"),
        max_length=32,
        required=False,
        help_text=_("在执法人员名录中的，填名录里的编号；其他人留空。"),
    )


class OpenForm(PersonForm):
    """A new account."""

    username = forms.CharField(label=_("用户名"), max_length=40, validators=[USERNAME])
    role = forms.ChoiceField(label=_("岗位"), choices=Role.choices)
    reason = forms.CharField(
        label=_("理由"),
        widget=_SMALL,
        required=False,
        help_text=_("科室负责人、领导小组和三员的账号须经安全管理员批准，请写明理由；其他岗位可留空。"),
    )
    field_order = ("username", "name", "role", "department", "person", "reason")

    def clean(self) -> dict[str, Any]:
        """Return the data. Adds an error when a reason is needed and missing."""
        data: dict[str, Any] = super().clean() or self.cleaned_data
        if data.get("role") in POWERFUL and not data.get("reason", "").strip():
            self.add_error("reason", _("这个岗位须经批准，请写明理由。"))
        return data


class EditForm(PersonForm):
    """The same of an account that exists; it knows the version it was filled from."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    @classmethod
    def of(cls, user: User, data: Any = None) -> "EditForm":
        """Return the form filled from an account."""
        fields = {name: getattr(user, name) for name in ("name", "department", "person", "version")}
        return cls(data, initial=fields)


class ReasonForm(forms.Form):
    """Why."""

    reason = forms.CharField(label=_("理由"), widget=_SMALL)


class RoleForm(ReasonForm):
    """Another role, and why."""

    role = forms.ChoiceField(label=_("改为岗位"), choices=Role.choices)
    field_order = ("role", "reason")


class RulesForm(forms.Form):
    """Which roles must log in with a second factor."""

    roles = forms.MultipleChoiceField(
        label=_("必须使用动态口令的岗位"),
        choices=Role.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("勾选后，这些岗位的人下次登录时须先启用动态口令才能继续。"),
    )


class SureForm(forms.Form):
    """That the passwords will be handed over at once."""

    sure = forms.BooleanField(label=_("我将当面把初始密码交给本人"))
