"""Forms of those who watch."""

from django import forms
from django.utils.translation import gettext_lazy as _

_TEXT = forms.Textarea(attrs={"rows": 6, "spellcheck": "false"})


class AuditForm(forms.Form):
    """An audit, against checkpoints that were kept outside."""

    outside = forms.CharField(
        label=_("单位外保存的检查点（可不填）"),
        widget=_TEXT,
        required=False,
        max_length=20_000,
        help_text=_("把见证人、光盘或报纸上的检查点原文粘贴在这里，审计会核对日志没有在那之后被改写。"),
    )


class CosignedForm(forms.Form):
    """What a witness handed back."""

    text = forms.CharField(
        label=_("见证人交回的签署"),
        widget=_TEXT,
        max_length=20_000,
        help_text=_("粘贴文件内容，或用扫描枪扫描见证人的二维码。"),
    )


class WitnessRuleForm(forms.Form):
    """Whose signatures are enough."""

    lines = forms.CharField(
        label=_("见证人"),
        widget=_TEXT,
        max_length=20_000,
        help_text=_(
            "每行一个：名称、空格、公钥，如“纪检 jijian.example+…”。公钥由见证人的电脑执行 sunlot witness init 显示，请当面或用纸核对。"
        ),
    )
    enough = forms.IntegerField(label=_("几个签署即算锚定"), min_value=1, max_value=99)
    reason = forms.CharField(label=_("理由"), widget=forms.Textarea({"rows": 3}))
