"""What fits into a box of a form, and what goes to its annex page (此栏不够，可另附页)."""

from collections.abc import Sequence
from math import ceil
from unicodedata import east_asian_width


def width_of(text: str) -> float:
    """Return the width in full characters: letters and digits count half."""
    return sum(1.0 if east_asian_width(letter) in "WFA" else 0.55 for letter in text)


def lines_of(text: str, width: int) -> int:
    """Return how many lines of `width` characters the text takes, at least one a paragraph."""
    return sum(max(1, ceil(width_of(part) / width)) for part in text.split("\n"))


def split_text(text: str, capacity: int, width: int) -> tuple[str, str]:
    """Return what fits into `capacity` lines and the rest; all of it where there is no limit (0)."""
    if not capacity or lines_of(text, width) <= capacity:
        return text, ""
    here: list[str] = []
    left = capacity
    parts = text.split("\n")
    for number, part in enumerate(parts):
        if (taken := lines_of(part, width)) > left:
            cut = _cut(part, left * width) if left else 0
            return "\n".join([*here, part[:cut]] if cut else here), "\n".join([part[cut:], *parts[number + 1 :]])
        here.append(part)
        left -= taken
    return "\n".join(here), ""


def split_items(items: Sequence[str], capacity: int, width: int) -> int:
    """Return how many whole items fit into `capacity` lines; all of them where there is no limit (0)."""
    left = capacity
    for number, item in enumerate(items):
        left -= lines_of(item, width)
        if capacity and left < 0:
            return number
    return len(items)


def _cut(text: str, room: float) -> int:
    used = 0.0
    for position, letter in enumerate(text):
        used += width_of(letter)
        if used > room:
            return position
    return len(text)
