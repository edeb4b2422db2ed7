"""The county of tests/visits, with a bureau whose documents can be numbered."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest

from lottery.conftest import clock, county, story  # noqa: F401
from office.conftest import client_of, people, quick_passwords  # noqa: F401
from sunlot.office.accounts.models import User
from sunlot.office.journal.services import deed
from sunlot.office.papers.issuing import issue
from sunlot.office.papers.models import Paper
from visits.conftest import drawn, item_list, phone_of, ready  # noqa: F401

RECORD: dict[str, Any] = {
    "firm": "青禾第3厂",
    "address": "青禾县南岗镇",
    "place": "一车间",
    "begun": datetime(2023, 8, 20, 9, 5),
    "ended": datetime(2023, 8, 20, 10, 30),
    "officers": ["检查员1", "检查员2"],
    "certificates": ["SD0001", "SD0002"],
    "findings": "1．配电箱未关闭。\n2．灭火器过期。",
}


def issued(user: User, kind: str = "onsite_record", obj: str = "order/1", **more: Any) -> Paper:
    """Return a paper issued in a deed of its own."""
    with deed(by=user.actor) as doing:
        return issue(doing, user, kind, obj, RECORD | more.pop("fields", {}), **more)


@pytest.fixture
def record(county: dict[str, User]) -> Callable[..., Paper]:  # noqa: F811
    """A function that issues a record by the clerk."""
    return lambda **more: issued(county["clerk"], **more)
