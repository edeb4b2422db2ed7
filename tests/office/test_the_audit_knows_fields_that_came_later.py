"""A table that grew: an event written before a field existed says nothing of it, and then the row must hold the field's default, nothing else."""

import json
from datetime import date
from pathlib import Path

from sunlot.office.journal.replay import Fold
from sunlot.office.journal.tracked import public_values
from sunlot.office.roster.models import Firm


def differences(version: int) -> list[str]:
    """Return what the fold says of a firm whose event lacks its version."""
    row = Firm(id="91379921000000001X", name="甲厂", version=version, confirmed_on=date(2026, 1, 1))
    row.save()
    logged = public_values(row)
    del logged["version"]
    fold = Fold()
    fold.take(7, json.dumps({"rows": [{"t": "roster.firm", "k": row.pk, "v": logged}]}))
    return [text for obj, text in fold.differences() if obj == f"roster.firm/{row.pk}"]


def test_the_default_is_what_it_was(office: Path) -> None:
    assert differences(1) == []


def test_anything_else_came_without_an_event(office: Path) -> None:
    (found,) = differences(2)
    assert "version" in found


def moved(address: str) -> list[str]:
    """Return what the fold says of a firm whose event still wrote the address as it was, now that it is personal."""
    row = Firm(id="91379921000000001X", name="甲厂", address=address, confirmed_on=date(2026, 1, 1))
    row.save()
    logged = public_values(row) | {"address": "南岗镇1号"}
    fold = Fold()
    fold.take(7, json.dumps({"rows": [{"t": "roster.firm", "k": row.pk, "v": logged}]}))
    return [text for obj, text in fold.differences() if obj == f"roster.firm/{row.pk}"]


def test_a_field_that_has_become_personal_is_held_to_what_was_written(office: Path) -> None:
    assert moved("南岗镇1号") == []
    (found,) = moved("别处")
    assert "address" in found
