"""What is shown of every release, prepared once for all pages: its editions, what they say, whether they are what the log holds.

A text is read again only when it is another; so a page made while results are being released costs little.
"""

import json
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.utils import timezone

from sunlot.draw.canonical import hash_of
from sunlot.office.disclosure.state import remembered
from sunlot.office.journal.models import Event
from sunlot.office.release.models import Edition, Release, State

ACTS = ("release.published", "release.corrected", "release.withdrawn")


@dataclass(frozen=True)
class One:
    """One edition. `record`: what it says, nothing when it is withheld; `sound`: its text has the hash that stands in the log under `seq`."""

    edition: int
    sha256: str
    released_at: datetime
    reason: str
    withheld: bool
    body: str
    record: dict[str, Any]
    sound: bool
    seq: int | None = None

    @property
    def day(self) -> date:
        return timezone.localtime(self.released_at).date()


@dataclass(frozen=True)
class Shown:
    """One release. `editions`: the newest first."""

    kind: str
    number: str
    about: str
    withdrawn: bool
    due: date
    released_at: datetime
    withdrawn_on: date | None
    withdrawn_why: str
    editions: tuple[One, ...]

    @property
    def now(self) -> One:
        """The newest edition."""
        return self.editions[0]

    @property
    def record(self) -> dict[str, Any]:
        """What is public now, nothing of what was withdrawn."""
        return {} if self.withdrawn else self.now.record

    @property
    def name(self) -> str:
        """The firm's name; empty when it is not public."""
        return str(self.record.get("firm_name", ""))

    @property
    def firm(self) -> str:
        """The firm's number; empty when it is not public."""
        return str(self.record.get("credit_code", ""))

    @property
    def happened(self) -> str:
        """The day of the visit or of the decision; empty when it is not public."""
        return str(self.record.get("inspected_on") or self.record.get("decided_on") or "")

    @property
    def says(self) -> str:
        """What came of it, in a few words; empty when it is not public."""
        return str(self.record.get("result", {}).get("text") or self.record.get("penalty_content") or "")

    @property
    def day(self) -> date:
        """The day on which it was released first."""
        return timezone.localtime(self.released_at).date()

    @property
    def late(self) -> bool:
        """Whether it was released after its last day."""
        return self.day > self.due

    @property
    def sound(self) -> bool:
        """Whether every edition that is shown is what the log holds."""
        return all(one.sound for one in self.editions if not one.withheld)

    @property
    def path(self) -> str:
        """Its permanent address below the site's beginning."""
        return f"{FOLDERS[self.kind]}/{self.number}/index.html"


FOLDERS = {"result": "results", "penalty": "penalties"}
_read: dict[tuple[str, int, str], tuple[str, dict[str, Any], bool]] = {}  # by home, edition and hash


@remembered
def every(kind: str) -> dict[str, Shown]:
    """Return every release of a kind by its number, newest first, in a fixed number of queries."""
    return _shown(Release.objects.filter(kind=kind), {"release__kind": kind}, leaves(), fresh=False)


def one(kind: str, number: str) -> Shown | None:
    """Return one release, read anew, None when there is no such number."""
    year, _, sequence = number.partition("-")
    if not (year.isdecimal() and sequence.isdecimal()):
        return None
    row = Release.objects.filter(kind=kind, year=int(year), sequence=int(sequence)).first()
    if row is None or row.number != number:
        return None
    return _shown([row], {"release_id": row.pk}, _leaves(row.about), fresh=True)[number]


@remembered
def leaves() -> dict[tuple[str, str], int]:
    """Return where in the log each digest of a release stands: by what it is about and the digest."""
    return _leaves()


def _leaves(about: str = "") -> dict[tuple[str, str], int]:
    rows = Event.objects.filter(act__in=ACTS[:2], **({"obj": about} if about else {}))
    found = {}
    for seq, obj, leaf in rows.values_list("seq", "obj", "leaf"):
        found[obj, _digest(leaf)] = seq
    return found


def _digest(leaf: str) -> str:
    """Return the digest that a leaf holds; its canonical text has `"digest":"` once, in `pub`, before any row."""
    _, _, rest = leaf.partition('"pub":{"digest":"')
    return rest[:64]


def _shown(
    rows: Iterable[Release], where: dict[str, Any], known: dict[tuple[str, str], int], fresh: bool
) -> dict[str, Shown]:
    releases = list(rows)
    abouts = {row.pk: row.about for row in releases}
    editions: dict[int, list[One]] = defaultdict(list)
    found = Edition.objects.filter(**where).order_by("-edition")
    fields = ("pk", "release_id", "edition", "sha256", "released_at", "reason", "withheld")
    metas = list(found.values_list(*fields))
    texts = _texts([(meta[0], meta[3]) for meta in metas if not meta[6]], fresh)
    for pk, release, edition, sha256, at, reason, withheld in metas:
        body, record, whole = texts.get(pk, ("", {}, True))
        seq = known.get((abouts[release], sha256)) if release in abouts else None
        sound = whole and seq is not None
        editions[release].append(One(edition, sha256, at, reason, withheld, body, record, sound, seq))
    releases.sort(key=lambda row: (row.year, row.sequence), reverse=True)
    return {row.number: _one(row, tuple(editions[row.pk])) for row in releases if editions[row.pk]}


def _one(row: Release, editions: tuple[One, ...]) -> Shown:
    withdrawn = row.state == State.WITHDRAWN
    return Shown(
        row.kind,
        row.number,
        row.about,
        withdrawn,
        row.due,
        row.released_at,
        row.withdrawn_on,
        row.withdrawn_why,
        editions,
    )


def _texts(wanted: list[tuple[int, str]], fresh: bool) -> dict[int, tuple[str, dict[str, Any], bool]]:
    """Return by edition its text, what it says, and whether it has the hash that its row says."""
    home = str(settings.HOME)
    missing = [pk for pk, sha256 in wanted if fresh or (home, pk, sha256) not in _read]
    hashes = dict(wanted)
    for at in range(0, len(missing), 5000):
        rows = Edition.objects.filter(pk__in=missing[at : at + 5000]).values_list("pk", "body")
        for pk, body in rows:
            _read[home, pk, hashes[pk]] = (body, json.loads(body), hash_of(body) == hashes[pk])
    return {pk: _read[home, pk, sha256] for pk, sha256 in wanted if (home, pk, sha256) in _read}
