"""A statutory document (执法文书) as data: what is filled in, who signed, and whether its form allows it."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta, timezone
from typing import TypeAlias

from sunlot.documents.statutory.form_text import Form, FormError, FormField, form_in_force
from sunlot.draw.canonical import dumps, hash_of

Value: TypeAlias = str | date | datetime | Sequence[str] | Sequence[Mapping[str, str]]
BEIJING = timezone(timedelta(hours=8))
STROKE = re.compile(r"[MmLlHhVvCcSsQqTtAaZz0-9eE .,+-]{1,200000}")
BOXES = ("", "□", "☑")
CONTROL = re.compile(r"[\x00-\x08\x0c\x0e-\x1f\x7f\ufffe\uffff\ud800-\udfff]")
PNG = b"\x89PNG\r\n\x1a\n"
JPEG = b"\xff\xd8\xff"


@dataclass(frozen=True)
class Signature:
    """A place to sign: who, in which role of the form, and, once signed, when and the handwriting.

    `stroke`: an SVG path inside a box of `size` (width, height); or `png`. `note` stands in the place of a handwriting that could not
    be had, such as 拒绝签字. A signature without all these is a line to sign on, with the officer's certificate number beside it.
    """

    role: str
    name: str
    certificate: str = ""
    capacity: str = ""
    at: datetime | None = None
    stroke: str = ""
    size: tuple[int, int] = (300, 100)
    png: bytes = b""
    note: str = ""

    def caption(self) -> str:
        """Return who and when, as printed under the handwriting."""
        if self.at is None:
            return ""
        capacity = f"（{self.capacity}）" if self.capacity else ""
        return f"{self.name}{capacity} {beijing(self.at):%Y-%m-%d %H:%M}"


@dataclass(frozen=True)
class Seal:
    """The office's seal (印章) as a picture that lets through what it is set over: a PNG with transparency; `width`: in millimetres."""

    png: bytes
    width: int = 42


@dataclass(frozen=True)
class Document:
    """One document. `day` decides the edition of the form and the articles; `number` is the whole 文号, "" where there is none.

    `blank`: an empty form for writing by hand: fields may be missing. `check`: what the QR code says; else number and digest.
    `seal`: goes over the office's name and the day where the form has a place for it; `firm_seal`: a transparent PNG of the seal that the firm
    put under a record. Neither is part of what the document says.
    """

    kind: str
    organ: str
    day: date
    number: str = ""
    fields: Mapping[str, Value] = field(default_factory=dict)
    signatures: Sequence[Signature] = ()
    draft: bool = False
    blank: bool = False
    check: str = ""
    seal: Seal | None = None
    firm_seal: bytes = b""

    def form(self) -> Form:
        """Return the form of the day. Raises FormError."""
        return form_in_force(self.kind, self.day)

    def digest(self) -> str:
        """Return the SHA-256 of what the document says, signatures apart: so that a signature can be bound to it."""
        form = self.form()
        said = {name: spell(form.fields[name], value) for name, value in self.fields.items() if name in form.fields}
        head = {"form": f"{form.kind}/{form.edition}", "organ": self.organ, "day": self.day.isoformat()}
        return hash_of(dumps({**head, "number": self.number, "fields": said}))


def checked(document: Document) -> Form:
    """Return the document's form. Raises FormError that names every field or signature that is missing, unknown or wrong."""
    form = document.form()
    if unknown := [name for name in document.fields if name not in form.fields]:
        raise FormError("field_unknown", f"《{form.title}》没有这些栏目：{'、'.join(unknown)}。")
    missing = [
        field.label
        for field in form.fields.values()
        if not (field.optional or document.blank) and not _filled(document.fields.get(field.name))
    ]
    if missing:
        raise FormError("field_missing", f"《{form.title}》缺少：{'、'.join(missing)}。请补齐后再生成。")
    if form.number and not (document.number or document.draft or document.blank):
        raise FormError("number_missing", f"《{form.title}》须有文号；没有文号的只能生成草稿。")
    if document.number and not form.number:
        raise FormError("number_unknown", f"《{form.title}》的式样没有文号。")
    for name, value in document.fields.items():
        _check_value(form, form.fields[name], value)
    _check_signatures(form, document.signatures)
    for picture in (document.seal.png if document.seal else b"", document.firm_seal):
        if picture and not picture.startswith(PNG):
            raise FormError("seal_wrong", "印章不是 PNG 图片。")
    return form


def spell(field: FormField, value: Value) -> str | list[str] | list[dict[str, str]]:
    """Return a value as the form prints it: days and times in Chinese, Beijing time."""
    if isinstance(value, datetime):
        local = beijing(value)
        clock = f"{local.month}月{local.day}日{local.hour}时{local.minute:02}分"
        return {"clock": clock, "moment": f"{local.year}年{clock}"}.get(field.kind, written_day(local.date()))
    if isinstance(value, date):
        return written_day(value)
    if isinstance(value, str):
        return value.replace("\r\n", "\n").replace("\x0b", "\n").strip("\n")
    return [item.strip() if isinstance(item, str) else dict(item) for item in value]  # type: ignore[return-value]


def written_day(day: date) -> str:
    """Return a day as documents write it: 2026年3月1日."""
    return f"{day.year}年{day.month}月{day.day}日"


def beijing(moment: datetime) -> datetime:
    """Return the moment in Beijing time; one without a zone is taken to be there already."""
    return moment if moment.tzinfo is None else moment.astimezone(BEIJING)


def _filled(value: Value | None) -> bool:
    return bool(value.strip() if isinstance(value, str) else value)


def _check_value(form: Form, field: FormField, value: Value) -> None:
    wanted = {
        "date": (isinstance(value, date), "日期"),
        "moment": (isinstance(value, datetime), "日期和时间"),
        "clock": (isinstance(value, datetime), "日期和时间"),
        "pair": (_texts(value) and len(value) <= 2, "两个文本"),  # type: ignore[arg-type]
        "items": (_texts(value), "一组文本"),
        "box": (value in BOXES, "☑ 或 □"),
        "rows": (isinstance(value, Sequence) and all(isinstance(row, Mapping) for row in value), "一组行"),
    }.get(field.kind, (isinstance(value, str), "文本"))
    if value != "" and not wanted[0]:
        raise FormError("field_wrong", f"《{form.title}》的“{field.label}”应为{wanted[1]}，现为 {value!r}。")
    if CONTROL.search(str(spell(field, value))):
        raise FormError("field_wrong", f"《{form.title}》的“{field.label}”含有看不见的控制字符，请删去后重新粘贴。")
    if field.kind == "rows":
        for number, row in enumerate(value, 1):  # type: ignore[arg-type]
            if odd := set(row) - set(field.columns):
                raise FormError(
                    "field_unknown",
                    f"《{form.title}》“{field.label}”第 {number} 行没有这些列：{'、'.join(sorted(odd))}。",
                )


def _texts(value: Value) -> bool:
    return not isinstance(value, str) and isinstance(value, Sequence) and all(isinstance(text, str) for text in value)


def _check_signatures(form: Form, signatures: Sequence[Signature]) -> None:
    places = form.roles()
    for signature in signatures:
        if signature.role not in places:
            raise FormError(
                "signer_unknown", f"《{form.title}》没有“{signature.role}”的签名处；可签名：{'、'.join(places)}。"
            )
        if signature.stroke and not STROKE.fullmatch(signature.stroke):
            raise FormError("signature_wrong", f"{signature.name}的手写签名不是有效的笔迹（SVG 路径）。")
        if signature.png and not signature.png.startswith(PNG):
            raise FormError("signature_wrong", f"{signature.name}的手写签名不是 PNG 图片。")
    for role, room in places.items():
        if (given := sum(signature.role == role for signature in signatures)) > room:
            raise FormError("signers_many", f"《{form.title}》“{role}”只有 {room} 处签名，给出了 {given} 个。")
