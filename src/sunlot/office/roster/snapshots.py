"""The roster as it stood on a day: fixed by its Merkle root, kept as a file, compared with another."""

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from hashlib import sha256

from sunlot.draw.canonical import describe_table
from sunlot.files import replace_file
from sunlot.office.accounts.models import User
from sunlot.office.journal.services import Deed, deed, take_log
from sunlot.office.journal.store import size_of_log
from sunlot.office.roster.models import DRAWABLE, Snapshot
from sunlot.office.roster.queries import frame_table, snapshot_file, snapshot_path
from sunlot.refusal import Refusal


def take_snapshot(user: User, day: date) -> Snapshot:
    """Return a new snapshot of the roster as it stands now, dated `day`. Raises Refusal when the roster is empty."""
    with deed(by=user.actor) as doing:
        return take_snapshot_within(doing, day)


def take_snapshot_within(doing: Deed, day: date) -> Snapshot:
    """Return a new snapshot as part of a deed. The file comes first: a row that is there always has its file."""
    take_log()
    table = frame_table()
    described = describe_table("firms.csv", DRAWABLE, table)
    if not described["rows"]:
        raise Refusal("empty_roster", "名录里还没有单位，不能拍摄快照；请先导入名录。")
    digest = sha256(table).hexdigest()
    path = snapshot_path(digest)
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    if not path.is_file():
        replace_file(path, table, 0o600)
    snapshot = Snapshot(date=day, root=described["root"], size=described["rows"], sha256=digest, seq=size_of_log())
    doing.save(snapshot)
    pub = {"date": day.isoformat(), "root": snapshot.root, "size": snapshot.size}
    doing.record("roster.snapshot", f"snapshot/{snapshot.pk}", pub)
    return snapshot


@dataclass(frozen=True)
class Changed:
    """A firm that differs between two snapshots: empty `before` for one that came in, empty `after` for one that went."""

    id: str
    name: str
    before: dict[str, str]
    after: dict[str, str]

    @property
    def changes(self) -> list[tuple[str, str, str]]:
        """Return (field, before, after) for every fact that differs."""
        pairs = ((field, self.before.get(field, ""), self.after.get(field, "")) for field in DRAWABLE[1:])
        return [(field, before, after) for field, before, after in pairs if before != after]


def differences(earlier: Snapshot, later: Snapshot) -> Iterator[Changed]:
    """Yield the firms that differ, by id."""
    before, after = _rows(earlier), _rows(later)
    for key in sorted(set(before) | set(after)):
        old, new = before.get(key, {}), after.get(key, {})
        if old != new:
            yield Changed(key, (new or old)["name"], old, new)


def _rows(snapshot: Snapshot) -> dict[str, dict[str, str]]:
    text = snapshot_file(snapshot).decode()
    return {row["id"]: row for row in csv.DictReader(io.StringIO(text, newline=""))}


def entry(snapshot: Snapshot, code: str) -> dict[str, str] | None:
    """Return one firm's line of a snapshot, None when it is not in it."""
    return _rows(snapshot).get(code)
