"""The value of a rule as its kind asks for, read from TOML and checked."""

import re
from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import Any

from sunlot.policy.vocabulary import OPENNESS

GRADES = ("risk_class", "standardization_level")  # blank: unknown
CAP_CONDITIONS = ("industry", *GRADES)


class BadValueError(ValueError):
    """What is wrong with a value, in Chinese, without the place."""


def typed_value(kind: str, raw: Any) -> Any:
    """Return the value of a rule of this kind. Raises BadValueError."""
    return READERS[kind](raw)


def _count(raw: Any) -> int:
    if isinstance(raw, bool) or not isinstance(raw, int) or raw < 0:
        raise BadValueError(f"value 应为非负整数，现为 {raw!r}")
    return raw


def _ratio(raw: Any) -> Fraction:
    if not isinstance(raw, list) or len(raw) != 2:
        raise BadValueError(f"value 应写作 [分子, 分母]，例如 [3, 10]，现为 {raw!r}")
    top, bottom = (_count(part) for part in raw)
    if bottom == 0:
        raise BadValueError("value 的分母不能为 0")
    return Fraction(top, bottom)


def _share(raw: Any) -> Fraction:
    share = _ratio(raw)
    if share > 1:
        raise BadValueError(f"value 是比例，不能大于 1，现为 {share}")
    return share


def _flag(raw: Any) -> bool:
    if not isinstance(raw, bool):
        raise BadValueError(f"value 应为 true 或 false，现为 {raw!r}")
    return raw


def _text(raw: Any) -> str:
    if not isinstance(raw, str) or not raw.strip():
        raise BadValueError(f"value 应为不空的文字，现为 {raw!r}")
    return raw


def _citation(raw: Any) -> str:
    if not re.fullmatch(r"\S+?第[0-9]+条(第[0-9]+款)?(第[0-9]+项)?", _text(raw)):
        raise BadValueError(f"value 应为一条条文，例如 安全生产法第70条，现为 {raw!r}")
    return str(raw)


def _openness(raw: Any) -> str:
    if raw not in OPENNESS:
        raise BadValueError(f"value 只能是 {'、'.join(OPENNESS)}，现为 {raw!r}")
    return str(raw)


def _texts(raw: Any) -> tuple[str, ...]:
    if not isinstance(raw, list) or not raw:
        raise BadValueError(f"value 应为不空的文字列表，现为 {raw!r}")
    texts = tuple(_text(each) for each in raw)
    if len(set(texts)) != len(texts):
        raise BadValueError("value 中有重复的文字")
    return texts


def _labels(raw: Any) -> dict[str, str]:
    if not isinstance(raw, dict) or not raw:
        raise BadValueError(f"value 应为“代码 = 名称”的表，现为 {raw!r}")
    return {code: _text(label) for code, label in raw.items()}


def _counts(raw: Any) -> dict[str, int]:
    if not isinstance(raw, dict) or not raw:
        raise BadValueError(f"value 应为“代码 = 数字”的表，现为 {raw!r}")
    return {code: _count(number) for code, number in raw.items()}


def _caps(raw: Any) -> tuple[Mapping[str, Any], ...]:
    if not isinstance(raw, list) or not raw:
        raise BadValueError("value 应为频次上限的列表")
    rows = tuple(_cap(row, number) for number, row in enumerate(raw, 1))
    if rows[-1].keys() != {"cap"}:
        raise BadValueError("最后一行应只写 cap，作为其余单位的上限")
    return rows


def _cap(row: Any, number: int) -> Mapping[str, Any]:
    if not isinstance(row, dict) or "cap" not in row:
        raise BadValueError(f"第 {number} 行缺少 cap（上限次数）")
    if unknown := row.keys() - {"cap", *CAP_CONDITIONS}:
        raise BadValueError(f"第 {number} 行有不认识的条件 {min(unknown)}，只能用 {'、'.join(CAP_CONDITIONS)}")
    return {key: _count(value) if key == "cap" else _texts(value) for key, value in row.items()}


READERS: Mapping[str, Callable[[Any], Any]] = {
    "count": _count,
    "share": _share,
    "ratio": _ratio,
    "flag": _flag,
    "text": _text,
    "texts": _texts,
    "labels": _labels,
    "counts": _counts,
    "rows": _caps,
    "citation": _citation,
    "openness": _openness,
}
