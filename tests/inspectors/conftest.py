"""A roster of a dozen people as a clerk would have entered it, in an office of either database."""

from datetime import date
from typing import Any

import pytest

from office.conftest import client_of, people, quick_passwords
from sunlot.office.accounts.models import User
from sunlot.office.inspectors.changes import submit
from sunlot.office.inspectors.models import Inspector

__all__ = ["client_of", "people", "quick_passwords"]
DAY = date(2026, 11, 25)


def facts(name: str, **more: Any) -> dict[str, Any]:
    """Return what a clerk knows of somebody who can be drawn."""
    known = {"name": name, "department": "执法大队", "role": "inspector", "state": "在岗", "specialities": "冶金"}
    return known | {"phone": "13800000000", "territory": "石桥镇", "valid_to": date(2030, 1, 20)} | more


@pytest.fixture
def roster(people: dict[str, User]) -> dict[str, Inspector]:
    """Five people: two who can be drawn, one expired, one about to expire, one expert."""
    clerk = people["clerk"]
    rows = {
        "J1": facts("邹思", number="鲁37001"),
        "J2": facts("乔萍娟", number="鲁37002", department="工贸监管科"),
        "J3": facts("乔鹏诺", number="鲁37003", valid_to=date(2026, 5, 29)),
        "J4": facts("孔令仪", number="鲁37004", valid_to=date(2026, 12, 24), specialities=""),
        "Z1": facts("颜教授", role="expert"),
    }
    for number, row in rows.items():
        submit(clerk, "add", number, row)
    return {person.pk: person for person in Inspector.objects.all()}
