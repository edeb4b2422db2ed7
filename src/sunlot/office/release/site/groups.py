"""The releases by day of the visit or decision, month of release, township and item: static pages that need no search, none of them endless."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from hashlib import sha256

from sunlot.office.disclosure.state import remembered
from sunlot.office.release.site.shown import Shown, every

PER_PAGE = 300


def _month(row: Shown) -> list[str]:
    return [row.day.isoformat()[:7]]


def _day(row: Shown) -> list[str]:
    return [row.happened] if row.happened else []


def _township(row: Shown) -> list[str]:
    return [str(row.record["district"])] if row.record.get("district") else []


def _items(row: Shown) -> list[str]:
    return [f"{item['number']} {item['name']}" for item in row.record.get("items", {}).get("listed", [])]


BY: dict[str, Callable[[Shown], Iterable[str]]] = {"day": _day, "on": _month, "in": _township, "items": _items}
DATED = ("day", "on")
Groups = dict[str, tuple[str, list[Shown]]]


@remembered
def groups(kind: str, by: str) -> Groups:
    """Return the groups of a kind by the name that stands in their address: title and members. The newest day or month first, else by title."""
    found: dict[str, list[Shown]] = defaultdict(list)
    for row in every(kind).values():
        for title in BY[by](row):
            found[title].append(row)
    titles = sorted(found, reverse=by in DATED)
    return {_address(by, title): (title, found[title]) for title in titles}


def _address(by: str, title: str) -> str:
    """Return a name for addresses that stays whatever other groups there are."""
    return title if by in DATED else sha256(title.encode()).hexdigest()[:10]


def pages_of(rows: list[Shown]) -> int:
    """Return on how many pages a group stands."""
    return max(1, -(-len(rows) // PER_PAGE))


def parts(kind: str) -> Iterator[dict[str, str]]:
    """Yield the parts of every group's every page."""
    for by in BY:
        for group, (_, rows) in groups(kind, by).items():
            for page in range(1, pages_of(rows) + 1):
                yield {"by": by, "group": group, "page": str(page)}
