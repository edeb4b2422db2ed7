"""What an intake has read of one kind of table: rows with their place, those put aside, findings, and the fate of every row."""

from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from sunlot.intake.cells import text_of
from sunlot.intake.columns import Recognition
from sunlot.intake.findings import Finding
from sunlot.intake.readers import Sheet

Row = dict[str, str]


@dataclass
class Place:
    """A data row with where it came from."""

    file: str
    sheet: str
    row: int
    values: Row


@dataclass
class Intake:
    """The result for one kind of table. `fates`: how many physical rows ended clean, merged, quarantined or skipped."""

    kind: str
    rows: list[Row] = field(default_factory=list)
    quarantined: list[Place] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    recognition: list[Recognition] = field(default_factory=list)
    fates: Counter[str] = field(default_factory=Counter)
    rows_read: int = 0

    def note(
        self,
        place: "Place | Sheet",
        row: int,
        field_name: str,
        kind: str,
        found: Any,
        problem: str,
        suggestion: str,
        handling: str,
    ) -> None:
        """Add a finding about one place."""
        sheet = place.sheet if isinstance(place, Place) else place.name
        self.findings.append(
            Finding(place.file, sheet, row, field_name, kind, text_of(found)[:200], problem, suggestion, handling)
        )

    def quarantine(self, place: Place, field_name: str, kind: str, found: Any, problem: str, suggestion: str) -> None:
        """Put a row aside for a person to decide."""
        self.quarantined.append(place)
        self.fates["quarantined"] += 1
        self.note(place, place.row, field_name, kind, found, problem, suggestion, "quarantined")
