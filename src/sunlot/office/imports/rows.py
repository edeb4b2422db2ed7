"""What kinds of import have in common whose rows have no number of their own: a key, whole days, 是 and 否, and why a row is left out."""

from collections.abc import Callable, Sequence
from datetime import date
from hashlib import sha256

from sunlot.draw.canonical import CONTROL, dumps
from sunlot.intake.cells import free_text
from sunlot.office.imports.kinds import PASSED_OVER, Comparison, Difference, Row
from sunlot.refusal import Refusal

YES, NO = ("是", "Y", "√", "1", "TRUE"), ("", "否", "N", "×", "0", "FALSE")
Fate = tuple[
    str, str, str
]  # added or changed, the title of the row, what it says; the fate is empty for a row that is here already


class UnfitError(Exception):
    """Why a row cannot be entered, in Chinese."""


def key(row: Row) -> str:
    """Return a key that tells rows apart and says nothing of what is in them."""
    return sha256(dumps(dict(row))).hexdigest()[:24]


def whole_day(row: Row, field: str, title: str) -> date:
    """Return a day. Raises UnfitError for none and for a month only."""
    if len(row[field]) != 10:
        raise UnfitError(f"{title}“{row[field]}”不是完整的日期，未导入；应如 2026-03-02")
    return date.fromisoformat(row[field])


def number(row: Row, field: str, title: str, blank: int | None = None) -> int:
    """Return a whole number, `blank` for nothing. Raises UnfitError."""
    text = row[field].replace(",", "").removesuffix(".0")
    if not text and blank is not None:
        return blank
    if not (text.isascii() and text.isdigit()):
        raise UnfitError(f"{title}“{row[field]}”不是整数，未导入")
    return int(text)


def yes(row: Row, field: str, title: str) -> bool:
    """Return whether a cell says 是; nothing is 否. Raises UnfitError for what is neither."""
    text = row[field].upper()
    if text not in (*YES, *NO):
        raise UnfitError(f"{title}“{row[field]}”既不是“是”也不是“否”，未导入")
    return text in YES


def wanted(row: Row, field: str, title: str, longest: int) -> str:
    """Return a text that must be there. Raises UnfitError for none, a longer one, and control characters."""
    if not row[field]:
        raise UnfitError(f"没有写{title}，未导入")
    return fitting(row, field, title, longest)


def fitting(row: Row, field: str, title: str, longest: int) -> str:
    """Return a text. Raises UnfitError for a longer one, and control characters."""
    if len(row[field]) > longest or CONTROL.search(row[field]):
        raise UnfitError(f"{title}超过 {longest} 字或含有控制字符，未导入")
    return row[field]


def as_kept(row: Row, held: object, fields: Sequence[str]) -> dict[str, str]:
    """Return the row with the held texts where the file has the same without what a file does not keep, such as line breaks."""
    same = {name: text for name in fields if free_text(text := str(getattr(held, name) or ""))[0] == row[name]}
    return {**row, **same}


def one_of(row: Row, field: str, title: str, words: dict[str, str]) -> str:
    """Return the code of a value written as its title or its code. `words`: code → title. Raises UnfitError naming what may be written."""
    for code, word in words.items():
        if row[field] in (code, word):
            return code
    raise UnfitError(f"{title}“{row[field]}”不在可填的内容中，未导入；可填：{'、'.join(words.values())}")


def compared(rows: Sequence[Row], about: str, judge: Callable[[Row], Fate], title: Callable[[Row], str]) -> Comparison:
    """Return the fate of every row: as `judge` says, or left out with the reason that it raises (UnfitError, Refusal). `about`: what is changed."""
    differences, unchanged = list[Difference](), list[str]()
    for row in rows:
        try:
            fate, named, says = judge(row)
        except UnfitError as why:
            differences.append(Difference(key(row), title(row), PASSED_OVER, ((about, "", str(why)),)))
        except Refusal as refusal:
            differences.append(
                Difference(key(row), title(row), PASSED_OVER, ((about, "", f"{refusal.sentence}未导入"),))
            )
        else:
            if fate:
                differences.append(Difference(key(row), named, fate, ((about, "", says),)))
            else:
                unchanged.append(key(row))
    return Comparison(tuple(differences), tuple(unchanged))
