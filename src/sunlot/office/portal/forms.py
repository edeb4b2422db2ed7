"""What is typed at the firm's door and behind it."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from sunlot.office.followup.evidence import LONGEST
from sunlot.office.portal.own import masked
from sunlot.office.roster.facts import title_of
from sunlot.office.roster.models import CONTACTS, DRAWABLE, OTHER, Firm
from sunlot.office.shell.fields import Day, Files
from sunlot.office.shell.language import in_words


class EnterForm(forms.Form):
    """A code."""

    code = forms.CharField(
        label=_("登录码或检查码"),
        max_length=80,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
        help_text=_("登录码在监管部门送交的通知上，20 位字母和数字，横线可不输；检查码在执法人员出示的二维码里。"),
    )


class GiveForm(forms.Form):
    """How a code goes to its firm."""

    sent_to = forms.CharField(
        label=_("送交方式和接收人"),
        max_length=200,
        help_text=_("如：随检查通知书当面交厂长；挂号信寄登记住所。"),
    )


class StopForm(forms.Form):
    """Why a code is stopped."""

    reason = forms.CharField(label=_("停用理由"), max_length=200)


class EvidenceForm(forms.Form):
    """What was done to put things right."""

    text = forms.CharField(
        label=_("整改情况"), required=False, max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 4})
    )
    pictures = Files(
        accept="image/jpeg,image/png,application/pdf",
        label=_("照片和扫描件"),
        required=False,
        help_text=_("JPEG、PNG 或 PDF，可选多个。"),
    )
    done = forms.BooleanField(label=_("全部问题已整改完成，请复查"), required=False)


class ExtensionForm(forms.Form):
    """Until when, and why."""

    wanted = Day(label=_("申请延至"))
    reason = forms.CharField(label=_("延期理由"), max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 3}))


class CorrectionForm(forms.Form):
    """What is wrong in the firm's entry. What stands there now is shown as the firm's pages show it."""

    field = forms.ChoiceField(label=_("要更正的项目"))
    wanted = forms.CharField(label=_("应为"), max_length=300)
    ground = forms.CharField(label=_("理由和证明材料"), widget=forms.Textarea(attrs={"rows": 3}))
    asked_by = forms.CharField(label=_("申请人"), max_length=80)
    contact = forms.CharField(label=_("联系电话（可不填）"), max_length=80, required=False)

    def __init__(self, firm: Firm, data: Any = None) -> None:
        super().__init__(data)
        field = self.fields["field"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(fact, _now(firm, fact)) for fact in (*DRAWABLE[1:], *OTHER, *CONTACTS[:2])]


def _now(firm: Firm, fact: str) -> str:
    value = str(getattr(firm, fact))
    facts = {"title": in_words(title_of(fact)), "value": masked(value) if fact in CONTACTS else value}
    return _("%(title)s（现为：%(value)s）") % (facts | {"value": facts["value"] or _("（空）")})
