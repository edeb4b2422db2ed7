"""What the tests of the plan say again and again."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any

from sunlot.office.plan.models import PlannedRound
from sunlot.office.plan.rounds import RoundFields

YEAR = 2027


def fields(**changes: Any) -> RoundFields:
    """A round of random checks as the form would give it."""
    given: dict[str, Any] = {
        "title": "第一次双随机抽查",
        "kind": "random",
        "first_day": date(YEAR, 3, 1),
        "last_day": date(YEAR, 4, 30),
        "scope": "工贸企业",
        "population": 400,
        "items": "AQ-01、AQ-02",
        "undertaker": "执法大队",
        "share": Decimal("5"),
    }
    return RoundFields(**(given | changes))


def titles(rounds: Iterable[PlannedRound]) -> list[str]:
    """The titles of rounds in their order."""
    return [each.title for each in rounds]
