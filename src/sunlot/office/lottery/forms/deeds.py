"""Small forms of a draw's later steps."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from sunlot.draw.substitution import FIRM_REASONS, INSPECTOR_REASONS
from sunlot.ledger.errors import LedgerError
from sunlot.ledger.handover import unpack
from sunlot.office.shell.refusals import said


class ReasonForm(forms.Form):
    """Why."""

    reason = forms.CharField(label=_("理由"), widget=forms.Textarea({"rows": 3}))


class VoidForm(ReasonForm):
    """Why a draw is void; and, once its sources should be known, which of them never came."""

    def __init__(self, data: Any = None, *, never_came: list[tuple[int, str]]) -> None:
        super().__init__(data)
        if never_came:
            self.fields["missing"] = forms.TypedMultipleChoiceField(
                label=_("没有产生的来源"),
                choices=never_came,
                coerce=int,
                required=False,
                widget=forms.CheckboxSelectMultiple,
                help_text=_("已经产生的来源要先登记种子；这里写明的会公开，任何人都能与该来源的公开记录核对"),
            )


class HourForm(forms.Form):
    """From when inspectors see their own tasks."""

    at = forms.DateTimeField(
        label=_("任务下达时间（北京时间）"),
        input_formats=["%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M"],
        widget=forms.DateTimeInput({"type": "datetime-local"}, "%Y-%m-%dT%H:%M"),
        help_text=_("到这个时间，每名执法人员只看到自己的任务；每次查看都记入日志"),
    )


class SubstituteForm(forms.Form):
    """Who cannot be visited, or cannot go; who comes in is decided by the draw."""

    out = forms.CharField(label=_("被替换的企业代码或人员编号"), max_length=32)
    visit = forms.CharField(
        label=_("替换人员时：哪一户的检查组（企业代码）"), max_length=32, required=False, help_text=_("替换企业时不填")
    )
    reason = forms.ChoiceField(
        label=_("理由"),
        choices=[
            (_("企业"), [(code, text) for code, text in FIRM_REASONS.items()]),
            (_("人员"), [(code, text) for code, text in INSPECTOR_REASONS.items()]),
        ],
        help_text=_("拒绝检查、联系不上不是替换的理由，要如实记录为检查结果"),
    )
    evidence = forms.CharField(label=_("证明材料"), max_length=200)


class CosignatureForm(forms.Form):
    """What a witness has signed: pasted, scanned, or as a file."""

    answer = forms.CharField(label=_("见证人的签署"), widget=forms.Textarea({"rows": 6}), required=False)
    file = forms.FileField(label=_("或选择文件"), required=False)

    def clean(self) -> dict[str, Any]:
        """Keep as `lines` what came in either way, ended as a note ends: browsers send CR LF and drop the last line's end."""
        given = super().clean() or {}
        file = given.get("file")
        text = file.read(1 << 20).decode("utf-8", "replace") if file else str(given.get("answer", ""))
        if not text.strip():
            raise forms.ValidationError(_("请粘贴或选择见证人的签署。"))
        try:
            lines = unpack(text.replace("\r\n", "\n").strip())
        except LedgerError as refused:
            raise forms.ValidationError(said(refused)) from None
        return {**given, "lines": lines.rstrip("\n") + "\n"}
