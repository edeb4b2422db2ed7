"""What the data files say, from one description (described.toml): for the page 数据说明, and as JSON Schema (draft 7) for programs.

>>> schema("draws")["properties"]["format"]
{'const': 'sunlot-public/1 draws'}
"""

import re
import tomllib
from dataclasses import dataclass
from fnmatch import fnmatchcase
from functools import lru_cache
from pathlib import Path
from typing import Any

DIALECT = "http://json-schema.org/draft-07/schema#"
DAY, MOMENT = r"\d{4}-\d\d-\d\d", r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ"
PATTERNS = {"day": DAY, "moment": MOMENT, "hash": r"[0-9a-f]{64}", "hex": r"[0-9a-f]*"}
WORDS = {
    "text": "文字",
    "whole": "整数",
    "flag": "真假",
    "day": "日期",
    "moment": "时间（UTC）",
    "hash": "SHA-256（64 个十六进制字符）",
    "hex": "十六进制",
    "any": "由公开规则决定",
}


@dataclass(frozen=True)
class Field:
    """One field: `kind` as described.toml spells it; `always`: it is in every file."""

    name: str
    kind: str
    means: str
    since: str
    always: bool = True

    @property
    def reads(self) -> str:
        """The type as people read it."""
        return _reads(self.kind)

    @property
    def record(self) -> str:
        """The record that it holds, "" for a plain value."""
        name = self.kind.strip("[]{}?")
        return name if name in records() else ""


@dataclass(frozen=True)
class Described:
    """One kind of file, or one record in files. `open`: it may have other fields."""

    key: str
    title: str
    fields: tuple[Field, ...]
    paths: tuple[str, ...] = ()
    format: str = ""
    note: str = ""
    table: bool = False
    open: bool = False

    @property
    def places(self) -> list[str]:
        """Its addresses as people read them."""
        return [path.replace("*", "…") for path in self.paths]


@lru_cache(maxsize=1)
def _told() -> dict[str, Any]:
    return tomllib.loads(Path(__file__).with_name("described.toml").read_text(encoding="utf-8"))


def _fields(rows: list[list[str]], since: str) -> tuple[Field, ...]:
    return tuple(
        Field(name.rstrip("?"), kind, means, more[0] if more else since, not name.endswith("?"))
        for name, kind, means, *more in rows
    )


@lru_cache(maxsize=1)
def records() -> dict[str, Described]:
    """Return the records by name."""
    since = _told()["since"]
    return {
        key: Described(
            key, one["title"], _fields(one["fields"], since), note=one.get("note", ""), open=one.get("open", False)
        )
        for key, one in _told()["record"].items()
    }


@lru_cache(maxsize=1)
def files() -> dict[str, Described]:
    """Return the kinds of files by key, JSON first, then tables."""
    found = {}
    for table, kind in ((False, "file"), (True, "table")):
        for one in _told()[kind]:
            own = _fields(one["fields"], one.get("since", _told()["since"]))
            like = records()[one["like"]] if "like" in one else None
            facts = (*(like.fields if like else ()), *own)
            found[one["key"]] = Described(
                one["key"], one["title"], facts, tuple(one["paths"]), one.get("format", ""), table=table
            )
    return found


def described(path: str) -> Described | None:
    """Return what describes the file at an address, the narrowest pattern first; None for one with a format of its own, such as a draw's."""
    for file in files().values():
        if any(path.count("/") == pattern.count("/") and fnmatchcase(path, pattern) for pattern in file.paths):
            return file
    return None


def schema(key: str) -> dict[str, Any]:
    """Return the JSON Schema of a kind of file."""
    file = files()[key]
    found = _object(file)
    if file.format:
        found["properties"] = {"format": {"const": file.format}, **found["properties"]}
        found["required"] = ["format", *found["required"]]
    used = _used(file)
    if used:
        found["definitions"] = {name: _object(records()[name]) for name in sorted(used)}
    return {"$schema": DIALECT, "title": file.title, **found}


def _object(one: Described) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": {each.name: {**_type(each.kind), "description": each.means} for each in one.fields},
        "required": [each.name for each in one.fields if each.always],
        "additionalProperties": one.open,
    }


def _used(one: Described) -> set[str]:
    """Return the records that occur in it, however deep."""
    direct = {each.record for each in one.fields if each.record}
    return direct.union(*(_used(records()[name]) for name in direct))


def _type(kind: str) -> dict[str, Any]:
    """Return a type of described.toml as JSON Schema."""
    if kind.startswith("["):
        return {"type": "array", "items": _type(kind[1:-1])}
    if kind.startswith("{"):
        return {"type": "object", "additionalProperties": _type(kind[1:-1])}
    if "|" in kind:
        return {"anyOf": [_type(one) for one in kind.split("|")]}
    if kind in records():
        return {"allOf": [{"$ref": f"#/definitions/{kind}"}]}
    plain, empty = kind.rstrip("?"), kind.endswith("?")
    if plain in PATTERNS:
        return {"type": "string", "pattern": f"^(?:{PATTERNS[plain]}){'?' if empty else ''}$"}
    return {"text": {"type": "string"}, "whole": {"type": "integer"}, "flag": {"type": "boolean"}, "any": {}}[plain]


def fits(kind: str, text: str) -> bool:
    """Return whether a cell of a table is what its type allows; a flag is yes or no."""
    plain, empty = kind.split("|")[-1].rstrip("?"), kind.endswith("?")
    pattern = {**PATTERNS, "whole": r"-?\d+", "flag": "yes|no"}.get(plain, "(?s).*")
    return (empty and not text) or re.fullmatch(pattern, text) is not None


def _reads(kind: str) -> str:
    if kind.startswith("["):
        return f"{_reads(kind[1:-1])}的列表"
    if kind.startswith("{"):
        return "按名称的一组值"
    if "|" in kind:
        return "或".join(_reads(one) for one in kind.split("|"))
    if kind in records():
        return f"“{records()[kind].title}”"
    return WORDS[kind.rstrip("?")] + ("，可以为空" if kind.endswith("?") else "")
