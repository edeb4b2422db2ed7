"""What a clerk fills in to import."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from sunlot.office.imports.kinds import KINDS
from sunlot.office.shell.fields import Files
from sunlot.office.shell.language import in_words

ENDINGS = (".xlsx", ".xls", ".csv", ".txt")


class Upload(forms.Form):
    """Files, and what they are."""

    uploads = Files(
        label=_("文件"), help_text=_("可以同时选几个文件：.xlsx、.xls、.csv。标题行、合并单元格、GBK 编码都能读。")
    )
    kind = forms.ChoiceField(label=_("名录种类"), required=False)

    def __init__(self, role: str, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        mine = [(kind.code, in_words(kind.title)) for kind in KINDS.values() if role in kind.roles]
        field = self.fields["kind"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", _("自动识别")), *mine]
        field.help_text = _("认不出表头时才需要选。")
        self.fields["uploads"].widget.attrs["accept"] = ",".join(ENDINGS)
