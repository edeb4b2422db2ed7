"""What is said once for several requests."""

from django import forms
from django.utils.translation import gettext_lazy as _

_AREA = forms.Textarea(attrs={"rows": 2})


class OpinionForm(forms.Form):
    """A remark on what is granted."""

    remark = forms.CharField(label=_("意见"), required=False, max_length=1000, widget=_AREA)


class RemarkForm(forms.Form):
    """Why requests are turned down."""

    remark = forms.CharField(label=_("意见"), max_length=1000, widget=_AREA, help_text=_("申请人要据此修改。"))
