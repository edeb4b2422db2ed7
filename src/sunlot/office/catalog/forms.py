"""What is typed about lists and items."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from sunlot.office.catalog.entries import LONG, PLAIN, Entry, problems, tidied
from sunlot.office.catalog.models import Item, ItemList

LARGEST_UPLOAD = 5 * 2**20


class DayInput(forms.DateInput):
    """A day as browsers let one pick it."""

    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class HeadForm(forms.ModelForm):  # type: ignore[type-arg]  # not subscriptable when it runs
    """A draft's title, document number and remark."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    class Meta:
        model = ItemList
        fields = ("title", "document", "remark")
        widgets = {"remark": forms.Textarea(attrs={"rows": 3})}


class PublishForm(forms.Form):
    """From which day, and why."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    effective_from = forms.DateField(label=_("施行日期"), widget=DayInput())
    reason = forms.CharField(label=_("公布理由"), widget=forms.Textarea(attrs={"rows": 3}))

    def __init__(self, *args: Any, earliest: date | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if earliest:
            self.fields["effective_from"].help_text = _("最早为 %(day)s；前一版实施至施行日期的前一天。") % {
                "day": earliest
            }


class DisableForm(forms.Form):
    """Why items are taken out of use."""

    reason = forms.CharField(label=_("停用原因"), max_length=200)


class UploadForm(forms.Form):
    """A list in Excel or CSV."""

    file = forms.FileField(
        label=_("Excel 或 CSV 文件"),
        help_text=_("至少要有“事项编号”和“抽查事项”（或“抽查内容”）两列；本系统导出的清单可以改完再导入。"),
    )

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > LARGEST_UPLOAD:
            raise forms.ValidationError(_("文件超过 5 MB，不像事项清单；请只保留清单工作表后再试。"))
        return file


class ItemForm(forms.ModelForm):  # type: ignore[type-arg]  # not subscriptable when it runs
    """One item with its check points, each an input of the name `points`; rows come and go without losing what was typed."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    class Meta:
        model = Item
        fields = PLAIN
        widgets = {name: forms.Textarea(attrs={"rows": 2}) for name in LONG}
        help_texts = {
            "basis": _("写成 安全生产法第36条第2、3款；山东省安全生产条例第16条。不同法规用分号隔开。"),
            "mandatory": _("每次检查都要查的事项。"),
            "legal_effect": _("违反时依据哪一条处理，例如 安全生产法第99条。"),
        }

    def __init__(self, data: QueryDict | None = None, *, points: Sequence[str] = (), **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.points = list(data.getlist("points") if data is not None else points)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if not self.errors:
            for name, sentence in problems(self.entry()):
                self.add_error(name if name in self.fields else None, sentence)
        return cleaned

    def entry(self) -> Entry:
        """Return what was typed, tidied; empty check points are left out."""
        values = {name: self.cleaned_data[name] for name in PLAIN}
        return tidied(Entry(**values, points=tuple(self.points)))


def typed(post: QueryDict, act: str) -> ItemForm:
    """Return the form as it was typed, after adding, dropping or raising a row of check points: `more`, `drop 2`, `raise 2`."""
    values = {name: post.get(name, "") for name in (*PLAIN, "version")}
    points = post.getlist("points")
    deed, _blank, number = act.partition(" ")
    at = int(number) if number.isdecimal() else -1
    if deed == "more":
        points.append("")
    elif deed == "drop" and 0 <= at < len(points):
        del points[at]
    elif deed == "raise" and 0 < at < len(points):
        points[at - 1], points[at] = points[at], points[at - 1]
    return ItemForm(initial=values, points=points)
