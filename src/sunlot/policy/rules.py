"""A layered policy pack (政策包) as its file holds it: dated rules, each with a value, a source and how sure we are of it."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from itertools import combinations
from pathlib import Path
from typing import Any

from sunlot.certainty import Certainty
from sunlot.draw.canonical import hash_of
from sunlot.policy.errors import PolicyError, malformed
from sunlot.policy.reader import PACKS
from sunlot.policy.values import BadValueError, typed_value
from sunlot.policy.vocabulary import RULES

LAYERS = {"national": "国家", "province": "省", "county": "县"}
BOUNDS = {"at_least": "不得低于", "at_most": "不得高于", "fixed": "不得改变"}
ENTRIES = {"name", "value", "source", "certainty", "valid_from", "valid_to", "bound", "note"}


@dataclass(frozen=True)
class Rule:
    """One rule of one pack. `bound`: how a lower layer may not depart from it; `valid_to`: its last day, None while it lasts."""

    name: str
    title: str
    unit: str
    value: Any
    source: str
    certainty: Certainty
    valid_from: date
    valid_to: date | None
    bound: str
    note: str
    layer: str
    pack: str

    def in_force(self, day: date) -> bool:
        """Return whether the rule applies on the day."""
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)


@dataclass(frozen=True)
class RulePack:
    """A pack's rules; `sha256` is of its file's bytes, so that a plan can say by which text it was made."""

    name: str
    title: str
    layer: str
    sha256: str
    rules: tuple[Rule, ...]


def read_rules(pack: str | Path) -> RulePack:
    """Return the pack of a name that ships with us or of an office's own file. Raises PolicyError that names file and entry."""
    path = pack if isinstance(pack, Path) else PACKS / f"{pack}.toml"
    if not path.is_file():
        raise PolicyError("no_such_policy", f"找不到政策包 {path.name}。")
    data = path.read_bytes()
    try:
        raw = tomllib.loads(data.decode())
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as failure:
        raise malformed(path, "", f"不是有效的 TOML 文件：{failure}") from failure
    head = _head(path, raw.get("pack"))
    rules = tuple(_rule(path, head, entry) for entry in raw.get("rule", []))
    _no_overlap(path, rules)
    return RulePack(head["name"], head["title"], head["layer"], hash_of(data), rules)


def _head(path: Path, head: Any) -> Mapping[str, Any]:
    if not isinstance(head, dict):
        raise malformed(path, "", "缺少 [pack]")
    for part in ("name", "title", "layer", "valid_from"):
        if not head.get(part):
            raise malformed(path, "pack", f"缺少 {part}")
    if head["layer"] not in LAYERS:
        raise malformed(path, "pack", f"layer 只能是 {'、'.join(LAYERS)}，现为 {head['layer']!r}")
    return {**head, "valid_from": _day(path, "pack", head["valid_from"])}


def _rule(path: Path, head: Mapping[str, Any], entry: Mapping[str, Any]) -> Rule:
    name = entry.get("name", "")
    if name not in RULES:
        raise malformed(path, str(name), "没有这个名称的规则；名称见 docs/policy.md")
    for part in ("value", "source", "certainty"):
        if part not in entry or entry[part] == "":
            raise malformed(path, name, f"缺少 {part}（值、来源、把握程度都要有）")
    if unknown := entry.keys() - ENTRIES:
        raise malformed(path, name, f"有不认识的条目 {min(unknown)}")
    if entry["certainty"] not in list(Certainty):
        raise malformed(path, name, f"certainty 只能是 {'、'.join(Certainty)}，现为 {entry['certainty']!r}")
    if entry.get("bound", "fixed") not in BOUNDS:
        raise malformed(path, name, f"bound 只能是 {'、'.join(BOUNDS)}，现为 {entry['bound']!r}")
    if entry.get("bound") in ("at_least", "at_most") and RULES[name].kind not in ("count", "share", "ratio"):
        raise malformed(path, name, "只有数字才能用 at_least 或 at_most")
    try:
        value = typed_value(RULES[name].kind, entry["value"])
    except BadValueError as failure:
        raise malformed(path, name, str(failure)) from failure
    first = _day(path, name, entry.get("valid_from", head["valid_from"]))
    last = _day(path, name, entry["valid_to"]) if "valid_to" in entry else None
    if last is not None and last < first:
        raise malformed(path, name, f"失效日期 {last} 早于生效日期 {first}")
    return Rule(
        name=name,
        title=RULES[name].title,
        unit=RULES[name].unit,
        value=value,
        source=entry["source"],
        certainty=Certainty(entry["certainty"]),
        valid_from=first,
        valid_to=last,
        bound=entry.get("bound", ""),
        note=entry.get("note", ""),
        layer=head["layer"],
        pack=head["name"],
    )


def _day(path: Path, entry: str, day: Any) -> date:
    if type(day) is not date:
        raise malformed(path, entry, f"日期应写作 2026-01-01（不加引号），现为 {day!r}")
    return day


def _no_overlap(path: Path, rules: tuple[Rule, ...]) -> None:
    for one, other in combinations(sorted(rules, key=lambda rule: (rule.name, rule.valid_from)), 2):
        if one.name == other.name and one.in_force(other.valid_from):
            raise malformed(path, one.name, f"自 {other.valid_from} 起有两条同时生效，应给前一条写 valid_to")
