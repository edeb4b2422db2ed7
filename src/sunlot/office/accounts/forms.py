"""Forms about one's own account."""

from typing import Any

from django import forms
from django.contrib.auth.forms import PasswordChangeForm, SetPasswordForm
from django.utils.translation import gettext_lazy as _


class FirstPassword(SetPasswordForm):  # type: ignore[type-arg]
    """The password that takes the place of the first one; it must be another."""

    def clean_new_password1(self) -> str:
        """Return the new password. Raises ValidationError when it is the one that was handed out."""
        password: str = self.cleaned_data["new_password1"]
        if self.user.check_password(password):
            raise forms.ValidationError(_("新密码不能与初始密码相同。"))
        return password


class OwnPassword(PasswordChangeForm):
    """A new password in place of one's old one, which is asked for: a screen left open does not give the account away."""


class CodeForm(forms.Form):
    """Six figures from the phone, or a recovery code."""

    code = forms.CharField(
        label=_("动态口令或恢复码"),
        max_length=20,
        widget=forms.TextInput(
            attrs={"autocomplete": "one-time-code", "autocapitalize": "none", "spellcheck": "false"}
        ),
    )

    def __init__(self, *args: Any, label: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if label:
            self.fields["code"].label = label
