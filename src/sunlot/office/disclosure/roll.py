"""Every firm that has a page: those of the newest snapshot of the roster, of the rosters of public notices, and those that later apps speak of."""

import csv
import io
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import lru_cache
from hashlib import sha256

from sunlot.draw.state import Draw as Folder
from sunlot.draw.tables import Row
from sunlot.office.disclosure.hanzi import sound
from sunlot.office.disclosure.likeness import Names, names_of
from sunlot.office.disclosure.standing import policy, readable
from sunlot.office.disclosure.state import remembered
from sunlot.office.roster.models import Snapshot
from sunlot.office.roster.queries import snapshot_file
from sunlot.refusal import Refusal

Facts = tuple[str, str, str]  # number, name, township
ALSO: list[Callable[[], Iterable[Facts]]] = []  # a later app adds the firms that its public pages name
OPEN = ("public", "after_visit", "staff_list_and_after_visit")
PER_PAGE = 300


@dataclass(frozen=True)
class Known:
    """A firm with a page: its latest name and township, its industry where the newest snapshot has it, the draws whose roster it stands in."""

    id: str
    name: str
    territory: str
    industry: str = ""
    listed: bool = False  # in the newest snapshot
    draws: list[str] = field(default_factory=list, compare=False, hash=False)


class Kept:
    """A draw's folder as a key: the same folder with the same notice is the same roster."""

    def __init__(self, folder: Folder) -> None:
        self.folder = folder
        self._key = (folder.folder, folder.steps[0].digest)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Kept) and other._key == self._key

    def __hash__(self) -> int:
        return hash(self._key)


@remembered
def firms() -> dict[str, Known]:
    """Return every firm with a page by its number, in the order of the numbers."""
    names = tuple((draw.name, Kept(draw.shown)) for draw in readable())
    shown = tuple(policy().openness(field) in OPEN for field in ("firm_name", "credit_code", "district", "industry"))
    newest = latest_snapshot()
    found = _of_rosters(names, newest.sha256 if newest else "", shown)
    more = tuple(sorted({facts for tell in ALSO for facts in tell() if facts[0] not in found}))
    return _with(names, newest.sha256 if newest else "", shown, more) if more else found


@remembered
def latest_snapshot() -> Snapshot | None:
    """Return the newest snapshot of the roster, None before the first."""
    return Snapshot.objects.order_by("-pk").first()


@lru_cache(maxsize=4)
def _of_rosters(names: tuple[tuple[str, Kept], ...], sha: str, shown: tuple[bool, ...]) -> dict[str, Known]:
    """Return the firms of a snapshot, and those of notices, whose row anybody may ask for; what the policy keeps back of them is empty."""
    found: dict[str, Known] = {}
    named, numbered, placed, told = shown
    if named and numbered and sha:
        for row in _snapshot_rows(sha):
            town, trade = row["territory"] if placed else "", row["industry"] if told else ""
            found[row["id"]] = Known(row["id"], row["name"], town, trade, listed=True)
    for name, kept in names:
        for row in rows(kept):
            known = found.setdefault(row["id"], Known(row["id"], row["name"], row["territory"]))
            known.draws.append(name)
    return dict(sorted(found.items()))


@lru_cache(maxsize=4)
def _with(
    names: tuple[tuple[str, Kept], ...], sha: str, shown: tuple[bool, ...], more: tuple[Facts, ...]
) -> dict[str, Known]:
    return dict(sorted((_of_rosters(names, sha, shown) | {facts[0]: Known(*facts) for facts in more}).items()))


def _snapshot_rows(sha: str) -> list[dict[str, str]]:
    """Return the rows of a snapshot, none when its file is not what was fixed: the roster's own pages say so."""
    try:
        text = snapshot_file(Snapshot.objects.filter(sha256=sha).order_by("-pk")[0]).decode()
    except Refusal:
        return []
    return list(csv.DictReader(io.StringIO(text, newline="")))


@lru_cache(maxsize=8)
def rows(kept: Kept) -> list[Row]:
    """Return the roster of a notice."""
    return kept.folder.frame()


def search(typed: str, among: Iterable[str] | None = None) -> list[Known]:
    """Return the firms meant by what somebody typed, the likeliest first; typing errors are forgiven. `among`: no others."""
    return [firms()[code] for code in names().search(typed, None if among is None else set(among))]


@remembered
def names() -> Names:
    """Return what firms are found by. It is made again only when another firm is there or one has another name."""
    return names_of(tuple((firm.id, firm.name) for firm in firms().values()))


def _town(firm: Known) -> str:
    return firm.territory


def _letter(firm: Known) -> str:
    """Return the letter under which a name stands: that of its first syllable, # for what has none."""
    first = sound(firm.name[:1])[:1].upper()
    return first if "A" <= first <= "Z" else "#"


BY: dict[str, Callable[[Known], str]] = {"in": _town, "az": _letter}


@remembered
def groups(by: str) -> dict[str, tuple[str, list[Known]]]:
    """Return the firms by township (`in`) or by letter (`az`), by the name that stands in the group's address: title and members, by sound."""
    found: dict[str, list[Known]] = defaultdict(list)
    for firm in firms().values():
        found[BY[by](firm)].append(firm)
    return {_address(by, title): (title, sorted(found[title], key=_heard)) for title in sorted(found)}


def _address(by: str, title: str) -> str:
    """Return a name for addresses that stays whatever other groups there are."""
    return sha256(title.encode()).hexdigest()[:10] if by == "in" else title.replace("#", "0")


def _heard(firm: Known) -> tuple[list[str], str]:
    return [sound(letter) for letter in firm.name], firm.id


def pages_of(members: list[Known]) -> int:
    """Return on how many pages a group stands."""
    return max(1, -(-len(members) // PER_PAGE))
