"""What a visit's signed record found and nobody has corrected yet."""

from dataclasses import dataclass

from sunlot.office.visits.models import Record, Visit
from sunlot.office.visits.records import sheet_of
from sunlot.office.visits.states import State

MAJOR = "major"  # of record.severities
SIGNED = (State.DONE, State.REFUSED)  # refused: the officers have signed, the firm would not


@dataclass(frozen=True)
class Found:
    """A problem as the record words it. `listed`: it belongs to a check point, it is no hazard off the list."""

    id: str
    text: str
    article: str
    severity: str
    measure: str
    point: str
    listed: bool

    @property
    def major(self) -> bool:
        """Whether it is a major hazard (重大事故隐患)."""
        return self.severity == MAJOR


def record_in_force(visit: Visit) -> Record | None:
    """Return the record of a visit that has ended with one, None for any other, and while it is being amended."""
    if visit.state not in SIGNED:
        return None
    standing = [record for record in visit.records.all() if not record.replaced]
    return max(standing, key=lambda record: record.edition, default=None)


def problems_of(record: Record) -> list[Found]:
    """Return the findings and the hazards off the list that were not corrected on the spot, findings first."""
    sheet = sheet_of(record)
    return [
        Found(
            id=one["id"],
            text=one["text"].strip(),
            article=str(one.get("article") or "").strip(),
            severity=str(one.get("severity") or ""),
            measure=str(one.get("measure") or "").strip(),
            point=str(one.get("point") or ""),
            listed=kind == "findings",
        )
        for kind in ("findings", "hazards")
        for one in sheet.many(kind)
        if not one.get("corrected")
    ]


def majors_of(record: Record) -> list[Found]:
    """Return the major hazards of a record, those that were corrected on the spot left out."""
    return [found for found in problems_of(record) if found.major]
