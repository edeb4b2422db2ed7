"""The wording of a statutory form (文书式样) as its file in policy/forms/ holds it; the day of the document decides the edition."""

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import sunlot.policy
from sunlot.certainty import Certainty
from sunlot.refusal import Refusal

FORMS = Path(sunlot.policy.__file__).parent / "forms"
PLACEHOLDER = re.compile(r"\{(?:([a-z]+):)?([a-z_.]+(?:\.[12])?)\}")
OPTIONAL = re.compile(r"\[\[(.*?)\]\]")
KINDS = ("text", "date", "moment", "clock", "pair", "long", "items", "rows", "box")
LAYOUTS = ("letter", "table", "record", "cover", "index")
SEAL = "（印章）"
RESERVED = ("organ", "department")


class FormError(Refusal):
    """A document that its form does not allow, or a form that cannot be read."""


@dataclass(frozen=True)
class FormField:
    """One thing to fill in. `width`: of a blank, in characters.

    `capacity`: how many lines of `width` characters (rows, for a list of rows) the form's own page has room for; 0 is no limit.
    `ends`: what closes an item of a list, and the last one. `columns`: the keys of a row. `blank`: what an empty form prints in its place.
    """

    name: str
    label: str
    kind: str = "text"
    optional: bool = False
    width: int = 8
    capacity: int = 0
    ends: Sequence[str] = ("", "")
    columns: Sequence[str] = ()
    blank: str = ""


@dataclass(frozen=True)
class Form:
    """A form in one edition. `number`: its code among the kinds of document numbers, "" when it carries none.

    `every_page`: the signature lines that stand at the foot of every page that the form itself does not sign.
    """

    kind: str
    edition: str
    title: str
    heading: str
    number: str
    layout: str
    valid_from: date
    valid_to: date | None
    source: str
    certainty: Certainty
    every_page: Sequence[str]
    fields: Mapping[str, FormField]
    blocks: Sequence[Mapping[str, Any]]

    def roles(self) -> Mapping[str, int]:
        """Return who signs: how many places each role has."""
        places: dict[str, int] = {}
        for kind, name in placeholders([*self.blocks, *self.every_page]):
            if kind == "sign":
                role, _, place = name.partition(".")
                places[role] = max(places.get(role, 1), int(place or 1))
        return places

    def sealed(self) -> bool:
        """Return whether the form has a place for the office's seal."""
        return any(SEAL in text for block in self.blocks for text in block.get("seal", ()))


@cache
def forms() -> Mapping[str, Sequence[Form]]:
    """Return every edition of every form, by kind, the oldest first."""
    found: dict[str, list[Form]] = {}
    for path in sorted(FORMS.glob("*/*.toml")):
        found.setdefault(path.stem, []).append(read_form(path))
    return {kind: sorted(editions, key=lambda form: form.valid_from) for kind, editions in found.items()}


def form_in_force(kind: str, day: date) -> Form:
    """Return the newest edition that is in force on the day. Raises FormError."""
    editions = forms().get(kind, ())
    if not editions:
        raise FormError("no_such_form", f"没有种类为“{kind}”的文书；现有：{'、'.join(forms())}。")
    for form in reversed(editions):
        if form.valid_from <= day and (form.valid_to is None or day <= form.valid_to):
            return form
    raise FormError(
        "form_not_in_force", f"{day} 没有生效的《{editions[0].title}》式样，最早自 {editions[0].valid_from} 起。"
    )


def read_form(path: Path) -> Form:
    """Return the form of a file. Raises FormError that names the file and what is wrong in it."""
    try:
        raw = tomllib.loads(path.read_text("utf-8"))
        form = Form(
            kind=path.stem,
            edition=path.parent.name,
            title=raw["title"],
            heading=raw.get("heading", ""),
            number=raw.get("number", ""),
            layout=raw["layout"],
            valid_from=raw["valid_from"],
            valid_to=raw.get("valid_to"),
            source=raw["source"],
            certainty=Certainty(raw["certainty"]),
            every_page=tuple(raw.get("every_page", ())),
            fields={name: FormField(name, **entry) for name, entry in raw["fields"].items()},
            blocks=tuple(raw["block"]),
        )
    except (tomllib.TOMLDecodeError, KeyError, TypeError, ValueError) as failure:
        raise FormError("form_malformed", f"文书式样 {path.name} 格式有误：{failure}。") from failure
    _check(path, form)
    return form


def placeholders(part: Any) -> Iterator[tuple[str, str]]:
    """Return every {kind:name} in a block, a list or a text; a plain field has the kind ""."""
    if isinstance(part, str):
        yield from PLACEHOLDER.findall(part)
    elif isinstance(part, Mapping):
        for key, value in part.items():
            if key in ("items", "long", "grid") and isinstance(value, str):
                yield "", value
            else:
                yield from placeholders(value)
    elif isinstance(part, Sequence):
        for value in part:
            yield from placeholders(value)


def _check(path: Path, form: Form) -> None:
    if form.layout not in LAYOUTS:
        raise FormError("form_malformed", f"文书式样 {path.name} 的 layout 只能是 {'、'.join(LAYOUTS)}。")
    for field in form.fields.values():
        if field.kind not in KINDS:
            raise FormError("form_malformed", f"文书式样 {path.name} 的栏目 {field.name} 种类有误：{field.kind}。")
    used = {name.partition(".")[0] for kind, name in placeholders([*form.blocks, *form.every_page]) if not kind}
    if odd := used.symmetric_difference(form.fields) - set(RESERVED):
        raise FormError("form_malformed", f"文书式样 {path.name} 中栏目与正文不一致：{'、'.join(sorted(odd))}。")
