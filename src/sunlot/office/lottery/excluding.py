"""Which firms a round leaves out, one by one, with the reason and what it rests on."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sunlot.documents.draw_record import EXCLUDED
from sunlot.draw.canonical import write_table
from sunlot.draw.deeds import drawn_before
from sunlot.draw.eligibility import classify
from sunlot.draw.frame import COLUMNS, read_frame
from sunlot.draw.notices import draw_policy
from sunlot.draw.policy_rules import parse_policy
from sunlot.draw.tables import frame_rows
from sunlot.office.lottery import tables
from sunlot.office.lottery.models import Round
from sunlot.office.lottery.register import folder_of, register
from sunlot.policy.reader import read_pack

GROUNDS = {
    "status": "status",
    "level": "level",
    "class": "hazard_class",
    "drawn": "drawn",
    "cap": "visits",
    "gap": "last_visit",
}  # the column of the frame on which a reason rests


@dataclass(frozen=True)
class Excluded:
    """A firm that is left out. `ground`: what the frame says of it, on which the reason rests."""

    pk: str
    name: str
    territory: str
    hazard_class: str
    reason: str
    ground: str

    @property
    def title(self) -> str:
        """The reason as people read it."""
        return EXCLUDED.get(self.reason, self.reason)


def excluded_of(row: Round) -> tuple[list[Excluded], int]:
    """Return the firms that a round leaves out, and how many more are not named since a draw whose list is closed drew them.

    Before the notice by the tables as they stand or were approved, afterwards by the notice. Raises Refusal when they cannot be read.
    """
    frame, policy = _announced(row) if row.draw_id else _planned(row)
    reasons = classify(frame, parse_policy(policy)).excluded
    closed = set(
        Round.objects.filter(secret=True, executed_at=None, draw__isnull=False).values_list("draw_id", flat=True)
    )
    found = [entry for entry in frame if entry["id"] in reasons]
    named = [_told(entry, reasons[entry["id"]]) for entry in found if entry["drawn"] not in closed]
    return named, len(found) - len(named)


def _announced(row: Round) -> tuple[list[dict[str, str]], Mapping[str, Any]]:
    folder = folder_of(str(row.draw_id))
    return list(folder.frame()), folder.firms_notice["policy"]


def _planned(row: Round) -> tuple[list[dict[str, str]], Mapping[str, Any]]:
    plan = tables.plan_of(row)
    folder = tables.frozen(row, row.digest or tables.freeze(row))
    before = drawn_before(register(), plan["organ"], str(row.year), row.rehearsal)
    rows: Iterable[Any] = frame_rows(folder, str(plan["date"])[:4], list(plan["territories"]), before)
    return read_frame(write_table(COLUMNS, rows)), draw_policy(plan, read_pack(row.pack))


def _told(entry: Mapping[str, str], reason: str) -> Excluded:
    return Excluded(
        entry["id"],
        entry["name"],
        entry["territory"],
        entry["hazard_class"],
        reason,
        entry[GROUNDS[reason]] if reason in GROUNDS else "",
    )
