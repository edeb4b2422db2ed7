"""Form and document become a sheet: blocks of segments that the PDF and the Word writer both set, so that both say the same.

A segment is {"k": "text", "v"}, {"k": "field", "v", "w"} (underlined; a blank of w characters when v is empty) or
{"k": "sign", "note", "caption", "image"}. Blocks carry a "type": paragraph, line, items, long, table, notes or seal.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

from sunlot.documents.statutory.citing import written_out
from sunlot.documents.statutory.document import Document, Seal, Signature, checked, spell
from sunlot.documents.statutory.form_text import OPTIONAL, PLACEHOLDER, Form
from sunlot.documents.statutory.overflow import split_items, split_text
from sunlot.policy.document_numbers import blank_number
from sunlot.policy.in_force import Policy, policy_in_force

Segments = list[dict[str, Any]]
BLANKS = {
    "date": "　　　年　　月　　日",
    "moment": "　　　年　　月　　日　　时　　分",
    "clock": "　　月　　日　　时　　分",
    "box": "□",
}
DRAFT = "草稿　不具效力"


@dataclass(frozen=True)
class Sheet:
    """What both writers set. `number_line`: the number, or the blanks of one that is written by hand.

    `annex`: (title, blocks) of every box that overflowed; `images`: the handwritings by image name.
    """

    form: Form
    organ: str
    number: str
    number_line: str
    digest: str
    qr: str
    watermark: str
    blocks: Sequence[dict[str, Any]]
    annex: Sequence[dict[str, Any]]
    every_page: Sequence[Segments]
    images: Mapping[str, Signature]
    seal: Seal | None = None
    firm_seal: bytes = b""


@dataclass
class _Filler:
    """The values of one document while its sheet is made."""

    document: Document
    form: Form
    policy: Policy
    annex: list[dict[str, Any]] = field(default_factory=list)
    images: dict[str, Signature] = field(default_factory=dict)

    @property
    def by_hand(self) -> bool:
        """Whether this is the empty form, to be printed and filled in by hand."""
        return self.document.blank and not self.document.draft

    def segments(self, text: str) -> Segments:
        """Return the text with its placeholders filled in; what stands in [[ ]] only where all its fields are, or in a form to be filled in by hand."""
        text = OPTIONAL.sub(lambda part: part[1] if self.by_hand or self._complete(part[1]) else "", text)
        segments: Segments = []
        position = 0
        for found in PLACEHOLDER.finditer(text):
            if found.start() > position:
                segments.append({"k": "text", "v": text[position : found.start()]})
            segments.append(self._placeholder(found[1] or "", found[2]))
            position = found.end()
        return [*segments, {"k": "text", "v": text[position:]}] if position < len(text) else segments

    def value(self, name: str) -> Any:
        """Return the field's value as printed, "" where there is none."""
        name, _, place = name.partition(".")
        value = self.document.fields.get(name, "")
        spelled = spell(self.form.fields[name], value) if value != "" else ""
        if place:
            return spelled[int(place) - 1] if len(spelled) >= int(place) else ""
        return spelled

    def signature(self, name: str) -> Signature | None:
        """Return the signature for a place such as officers.2."""
        role, _, place = name.partition(".")
        given = [signature for signature in self.document.signatures if signature.role == role]
        return given[int(place or 1) - 1] if len(given) >= int(place or 1) else None

    def _complete(self, part: str) -> bool:
        return all(self.value(name) for kind, name in PLACEHOLDER.findall(part) if not kind)

    def _placeholder(self, kind: str, name: str) -> dict[str, Any]:
        if kind == "sign":
            return self._sign(name)
        if kind == "certificate":
            given = self.signature(name)
            return {"k": "field", "v": given.certificate if given else "", "w": 8}
        if kind == "cite":
            return {"k": "text", "v": written_out(self.policy.text(f"citation.{name}"))}
        if kind == "article":
            return {"k": "text", "v": written_out(self.policy.text(f"citation.{name}")).partition("》")[2]}
        if kind == "days":
            return {"k": "text", "v": str(self.policy.count(name))}
        if name == "organ":
            return {"k": "text", "v": self.document.organ}
        if name == "department":
            return {"k": "text", "v": self.policy.text("document.department")}
        field = self.form.fields[name.partition(".")[0]]
        value = self.value(name)
        if field.kind in BLANKS:
            return {"k": "text", "v": value or BLANKS[field.kind]}
        if field.blank and self.by_hand and not value:
            return {"k": "text", "v": field.blank.replace("{prefix}", self.policy.text("document.prefix"))}
        return {"k": "field", "v": value, "w": field.width}

    def _sign(self, name: str) -> dict[str, Any]:
        given = self.signature(name)
        if given is None:
            return {"k": "sign", "note": "", "caption": "", "image": ""}
        image = f"{name}.{'png' if given.png else 'svg'}" if given.png or given.stroke else ""
        if image:
            self.images[image] = given
        return {"k": "sign", "note": given.note, "caption": given.caption(), "image": image}

    def blocks(self) -> list[dict[str, Any]]:
        """Return the form's blocks, filled in; boxes that overflow leave their rest in `annex`."""
        return [block for raw in self.form.blocks for block in self._block(raw)]

    def _block(self, raw: Mapping[str, Any]) -> list[dict[str, Any]]:
        if "items" in raw:
            return self._items(raw)
        if "long" in raw:
            return self._long(raw)
        if "grid" in raw:
            return self._grid(raw)
        if "table" in raw:
            rows = [self._row(row) for row in raw["rows"]]
            return [{"type": "table", "columns": raw["table"], "rows": rows}]
        if "seal" in raw:
            return [self._seal(raw["seal"])]
        kind, texts = next((key, raw[key]) for key in ("lines", "paragraphs", "plain", "notes") if key in raw)
        return [{"type": kind, "segments": segments} for segments in self._aligned(texts)]

    def _seal(self, texts: Sequence[str]) -> dict[str, Any]:
        """Return the office's name and the day, with the seal over them; on a form that nobody signs it is the seal that signs the page."""
        seal = self.document.seal
        given = [text.removeprefix("? ") for text in texts if not text.startswith("? ") or self._complete(text)]
        return {
            "type": "seal",
            "lines": [self.segments(text) for text in given],
            "image": "seal.png" if seal and self.form.sealed() else "",
            "width": seal.width if seal else 0,
            "mark": not self.form.roles(),
        }

    def _aligned(self, texts: Sequence[str]) -> list[Segments]:
        """Return the texts; one that begins with spaces stands under the end of the label of the one before (like)."""
        lines = [self.segments(text.removeprefix("> ")) for text in texts]
        for before, line in pairwise(lines):
            if line and line[0]["k"] == "text" and not line[0]["v"].strip("　"):
                line[0]["like"] = before[0].get("like", before[0].get("v", ""))
        return lines

    def _items(self, raw: Mapping[str, Any]) -> list[dict[str, Any]]:
        field = self.form.fields[raw["items"]]
        items: Sequence[str] = self.value(field.name) or [""] * 3
        room = split_items(items, field.capacity, field.width)
        after = raw.get("after", "")
        if room < len(items):
            after += f"第{room + 1}至{len(items)}项见附页。" if room + 1 < len(items) else f"第{len(items)}项见附页。"
            rest = [_item(field, items, number) for number in range(room, len(items))]
            self._annex(field.label, [{"type": "items", "items": rest}])
        here = [_item(field, items, number) for number in range(room)]
        if raw.get("unnumbered") and not any(items):
            here = [{"number": "", "text": "", "end": ""}] * len(here)
        blocks: list[dict[str, Any]] = [{"type": "items", "items": here}] if here else []
        return [*blocks, {"type": "after", "segments": [{"k": "text", "v": after}]}] if after else blocks

    def _long(self, raw: Mapping[str, Any]) -> list[dict[str, Any]]:
        text, after, end = self._fitted(raw["long"]), raw.get("after", ""), self.form.fields[raw["long"]].ends[1]
        block = {"type": "long", "label": raw.get("label", ""), "paragraphs": _paragraphs(text), "end": end}
        return [block, {"type": "after", "segments": [{"k": "text", "v": after}]}] if after else [block]

    def _fitted(self, name: str) -> str:
        field, text = self.form.fields[name], str(self.value(name))
        if text and field.ends[1]:
            text = text.rstrip(field.ends[1]) + field.ends[1]
        if not split_text(text, field.capacity, field.width)[1]:
            return text
        room = field.capacity - 1
        here, rest = split_text(text, room, field.width) if room else ("", text)
        self._annex(field.label, [{"type": "long", "label": "", "paragraphs": _paragraphs(rest), "end": ""}])
        return f"{here}\n（此栏不够，转附页）".strip("\n")

    def _grid(self, raw: Mapping[str, Any]) -> list[dict[str, Any]]:
        field = self.form.fields[raw["grid"]]
        rows: Sequence[Mapping[str, str]] = self.value(field.name) or []
        room = min(len(rows), field.capacity or len(rows))
        least = raw.get("least", field.capacity)
        if rows[room:]:
            self._annex(field.label, [_grid(field, raw, rows[room:], 0)])
        return [_grid(field, raw, rows[:room], least)]

    def _row(self, row: Sequence[Any]) -> list[dict[str, Any]]:
        return [self._cell({"head": cell} if isinstance(cell, str) else cell) for cell in row]

    def _cell(self, cell: Mapping[str, Any]) -> dict[str, Any]:
        lines: list[dict[str, Any]] = []
        if "head" in cell:
            heads = cell["head"].split("\n")
            lines += [{"segments": [{"k": "text", "v": head}], "align": "center"} for head in heads]
        if "label" in cell:
            lines.append({"segments": [{"k": "text", "v": cell["label"]}], "align": "left"})
        if "text" in cell and not self._only_an_empty_field(cell["text"]):
            lines.append({"segments": self.segments(cell["text"]), "align": "left"})
        if "long" in cell:
            lines += [
                {"segments": [{"k": "text", "v": text}], "align": "left"}
                for text in _paragraphs(self._fitted(cell["long"]))
            ]
        texts = cell.get("sign", ())
        foot = [
            {"segments": segments, "align": "right" if text.startswith("> ") else "left"}
            for text, segments in zip(texts, self._aligned(texts), strict=True)
        ]
        size = {"span": cell.get("span", 1), "down": cell.get("down", 1), "height": cell.get("height", 1)}
        return {"lines": lines, "foot": foot, **size}

    def _only_an_empty_field(self, text: str) -> bool:
        alone = PLACEHOLDER.fullmatch(text)
        return alone is not None and not alone[1] and alone[2] in self.form.fields and not self.value(alone[2])

    def _annex(self, label: str, blocks: list[dict[str, Any]]) -> None:
        self.annex.append({"title": f"{label}（续）", "blocks": blocks})


def compose(document: Document, policy: Policy | None = None) -> Sheet:
    """Return the sheet of a document. `policy`: that of its day where the office has packs of its own. Raises FormError."""
    form, policy = checked(document), policy or policy_in_force(document.day)
    filler = _Filler(document, form, policy)
    blocks = filler.blocks()
    digest = document.digest()
    return Sheet(
        form=form,
        organ=document.organ,
        number=document.number,
        number_line=document.number or (blank_number(policy, form.number) if form.number else ""),
        digest=digest,
        qr=document.check or f"sunlot-form:{document.number}:{digest}",
        watermark=DRAFT if document.draft else "",
        blocks=blocks,
        annex=filler.annex,
        every_page=[filler.segments(text) for text in form.every_page],
        images=filler.images,
        seal=document.seal if form.sealed() else None,
        firm_seal=document.firm_seal,
    )


def _paragraphs(text: str) -> list[str]:
    return text.split("\n") if text else []


def _item(field: Any, items: Sequence[str], number: int) -> dict[str, str]:
    end = field.ends[1] if number == len(items) - 1 else field.ends[0]
    return {"number": f"{number + 1}．", "text": items[number].rstrip("；。;") if end else items[number], "end": end}


def _grid(field: Any, raw: Mapping[str, Any], rows: Sequence[Mapping[str, str]], least: int) -> dict[str, Any]:
    texts = [[row.get(column, "") for column in field.columns] for row in rows]
    texts += [[""] * len(field.columns)] * max(0, least - len(texts))
    height = raw.get("row_height", 1)
    return {
        "type": "table",
        "columns": [width for width, _ in raw["columns"]],
        "header": True,
        "rows": [
            [_plain_cell(title, 1) for _, title in raw["columns"]],
            *([_plain_cell(text, height) for text in row] for row in texts),
        ],
    }


def _plain_cell(text: str, height: float) -> dict[str, Any]:
    lines = [{"segments": [{"k": "text", "v": text}], "align": "center"}]
    return {"lines": lines, "foot": [], "span": 1, "down": 1, "height": height}
