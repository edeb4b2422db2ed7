"""What files of leave and of recusals have in common: rows that name a person and have no number of their own."""

from collections.abc import Iterable
from datetime import date
from hashlib import sha256

from sunlot.draw.canonical import dumps
from sunlot.office.imports.kinds import Row
from sunlot.office.inspectors.models import Inspector


def key(row: Row) -> str:
    """Return a key that tells rows apart and says nothing of what is in them."""
    return sha256(dumps(dict(row))).hexdigest()[:24]


def people_named(rows: Iterable[Row]) -> dict[str, Inspector]:
    """Return the people by the numbers under which the rows know them; a number that was merged is the survivor's."""
    wanted = {row["inspector_id"] for row in rows}
    found = Inspector.objects.select_related("merged_into").in_bulk(list(wanted))
    alive = {number: person.merged_into or person for number, person in found.items()}
    return {number: person for number, person in alive.items() if person.listed}


def day(text: str) -> date | None:
    """Return a whole day, None for nothing or for a month only."""
    return date.fromisoformat(text) if len(text) == 10 else None
