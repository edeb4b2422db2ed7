"""What an officer fills in: a statutory form as a form of the browser, and the small ones about a paper."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from sunlot.documents.statutory import Form, FormField, Value
from sunlot.documents.statutory.document import spell
from sunlot.office.papers.sealing import NARROWEST, WIDEST
from sunlot.office.papers.serving import WAYS
from sunlot.office.papers.start import Start
from sunlot.office.shell.fields import Day, Files
from sunlot.office.shell.language import in_words_later

MOST = 20000  # characters of a long text
LINE = 24  # characters that a field of one line shows
MORE_ROWS = 2  # empty rows below those that are filled


class Moment(forms.DateTimeField):
    """A time in China."""

    widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")


class PaperForm(forms.Form):
    """The fields of a statutory form: first those that must be filled and are not, then the rest. `draft`: what is missing may stay so."""

    def __init__(self, data: Any, form: Form, start: Start, draft: bool = False) -> None:
        self.form, self.start, self.draft = form, start, draft
        self.open = [field for field in form.fields.values() if field.name not in start.fixed | start.closed]
        super().__init__(data, initial=dict(self._initial()))
        missing = [field for field in self.open if not field.optional and not start.fields.get(field.name)]
        for field in [*missing, *(field for field in self.open if field not in missing)]:
            self._add(field)

    def _add(self, field: FormField) -> None:
        label, needed = field.label.replace("\n", ""), not (field.optional or self.draft)
        if field.kind == "pair":
            for place in (0, 1):
                self.fields[f"{field.name}.{place}"] = forms.CharField(
                    label=f"{label} {place + 1}", required=needed and not place, max_length=120
                )
        elif field.kind == "rows":
            for row in range(self._rows(field)):
                for column, title in zip(field.columns, self.titles(field), strict=True):
                    self.fields[f"{field.name}.{row}.{column}"] = forms.CharField(
                        label=title, required=False, max_length=200, widget=_cell(f"{title} {row + 1}")
                    )
        elif field.kind in ("long", "items"):
            area = forms.Textarea(attrs={"rows": 10 if field.name in ("record", "content") else 4})
            hint = _("每行一条") if field.kind == "items" else ""
            self.fields[field.name] = forms.CharField(
                label=label, required=needed, max_length=MOST, widget=area, help_text=hint
            )
        else:
            kinds: Mapping[str, Any] = {"date": Day, "moment": Moment, "clock": Moment}
            if field.kind in kinds:
                self.fields[field.name] = kinds[field.kind](label=label, required=needed)
            else:
                lines = len(str(self.start.fields.get(field.name, ""))) // LINE
                box: forms.Widget = forms.Textarea(attrs={"rows": lines + 1}) if lines else forms.TextInput()
                self.fields[field.name] = forms.CharField(label=label, required=needed, max_length=2000, widget=box)

    def titles(self, field: FormField) -> list[str]:
        """Return the titles of the columns of a field of rows, as the form prints them."""
        block = next(block for block in self.form.blocks if block.get("grid") == field.name)
        return [title.replace("\n", "") for _, title in block["columns"]]

    def _rows(self, field: FormField) -> int:
        return len(self.start.fields.get(field.name, ())) + MORE_ROWS  # type: ignore[arg-type]

    def _initial(self) -> Iterator[tuple[str, Any]]:
        for field in self.open:
            value: Any = self.start.fields.get(field.name)
            if value in (None, ""):
                continue
            if field.kind == "pair":
                yield from ((f"{field.name}.{place}", text) for place, text in enumerate(value[:2]))
            elif field.kind == "rows":
                yield from (
                    (f"{field.name}.{n}.{name}", text) for n, row in enumerate(value) for name, text in row.items()
                )
            elif field.kind in ("moment", "clock"):
                yield field.name, timezone.localtime(value)
            else:
                yield field.name, "\n".join(value) if field.kind == "items" else value

    def typed(self) -> dict[str, Value]:
        """Return what was typed, as the form wants it."""
        found: dict[str, Value] = {}
        for field in self.open:
            value = self._typed(field)
            found[field.name] = "" if value is None else value
        return found

    def _typed(self, field: FormField) -> Any:
        data = self.cleaned_data
        if field.kind == "pair":
            texts = [data.get(f"{field.name}.{place}", "").strip() for place in (0, 1)]
            return texts if any(texts) else ""
        if field.kind == "rows":
            rows = [
                {column: data.get(f"{field.name}.{row}.{column}", "").strip() for column in field.columns}
                for row in range(self._rows(field))
            ]
            return [row for row in rows if any(row.values())]
        value = data.get(field.name)
        if field.kind == "items":
            return [line.strip() for line in (value or "").splitlines() if line.strip()]
        return value.replace("\r\n", "\n") if isinstance(value, str) else value

    def plain(self) -> list[Any]:
        """Return the bound fields that are not cells of rows."""
        return [self[name] for name in self.fields if name.count(".") < 2]

    def grids(self) -> list[tuple[str, list[str], list[list[Any]]]]:
        """Return label, titles and bound cells of every field of rows."""
        return [
            (
                field.label,
                self.titles(field),
                [
                    [self[f"{field.name}.{row}.{column}"] for column in field.columns]
                    for row in range(self._rows(field))
                ],
            )
            for field in self.open
            if field.kind == "rows"
        ]

    def fixed(self) -> list[tuple[str, str]]:
        """Return label and text of what comes from the signed record."""
        fields = self.form.fields
        return [
            (fields[name].label, _text(spell(fields[name], value)))
            for name, value in self.start.fields.items()
            if name in self.start.fixed
        ]


def _cell(title: str) -> forms.TextInput:
    return forms.TextInput(attrs={"aria-label": title})


def _text(said: str | Sequence[Any]) -> str:
    return said if isinstance(said, str) else "、".join(map(str, said))


class VoidForm(forms.Form):
    """Why a paper shall be void."""

    reason = forms.CharField(
        label=_("作废理由"),
        max_length=400,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("须由另一人审批。作废的文书保留文号和内容，每页印有“作废”。"),
    )


class ServeForm(forms.Form):
    """On which day, how and to whom a paper was handed over."""

    on = Day(label=_("送达日期"))
    how = forms.ChoiceField(label=_("送达方式"), choices=[(way, in_words_later(way)) for way in WAYS])
    to = forms.CharField(label=_("收件人"), max_length=80)


class ScanForm(forms.Form):
    """Signed pages, and the code at their foot, which says whose they are."""

    code = forms.CharField(
        label=_("页脚校验值"),
        max_length=200,
        help_text=_("扫描页脚二维码的内容，或手工输入印在二维码旁的校验值前 8 位以上"),
    )
    pages = Files(
        accept="image/jpeg,image/png,image/webp,application/pdf",
        label=_("签字页照片或扫描件"),
        help_text=_("JPEG、PNG、WebP 图片或 PDF，可一次选多个，按页的顺序"),
    )


class SealForm(forms.Form):
    """A scan or photo of the office's seal."""

    picture = forms.FileField(
        label=_("印章扫描件或照片"),
        widget=forms.ClearableFileInput(attrs={"accept": "image/png,image/jpeg,image/webp"}),
        help_text=_(
            "在白纸上清楚盖章，正对印章扫描或拍照，裁去四周；红色印迹以外的白纸和黑字会去掉。透明背景的 PNG 也可以"
        ),
    )
    width = forms.IntegerField(
        label=_("印章直径（毫米）"),
        min_value=NARROWEST,
        max_value=WIDEST,
        initial=42,
        help_text=_("按实物量取，打印时与实物同大"),
    )


class StampForm(forms.Form):
    """Why the seal shall be set on a paper."""

    reason = forms.CharField(
        label=_("用印事由"),
        max_length=200,
        initial="对外送达",
        help_text=_("由另一人审批，制作人不能批准。批准后 PDF 和 Word 在机关名称和日期上加盖印章图像。"),
    )


class CheckForm(forms.Form):
    """What stands at the foot of a page."""

    code = forms.CharField(
        label=_("二维码内容或校验值"),
        max_length=200,
        help_text=_("例如 sunlot-form:（青）应急检记〔2026〕1号:3fa9…，或校验值前 8 位以上"),
    )
