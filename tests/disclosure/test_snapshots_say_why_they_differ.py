"""Between two snapshots of the roster stand the reasons why they differ, with counts; names only while the policy opens them."""

import json
from collections.abc import Callable
from datetime import date

import pytest

from lottery.conftest import code
from sunlot.office.accounts.models import User
from sunlot.office.disclosure.sections import rosters
from sunlot.office.journal.services import deed
from sunlot.office.roster.models import Firm
from sunlot.office.roster.snapshots import take_snapshot

Read = Callable[[str], str]


@pytest.fixture
def changed(county: dict[str, User]) -> None:
    take_snapshot(county["clerk"], date(2023, 8, 20))
    with deed(by="u/1") as doing:
        doing.save(Firm(id=code(99), name="青禾新来厂", territory="白石镇", confirmed_on=date(2023, 8, 21)))
        for number in (1, 2, 3):
            firm = Firm.objects.get(pk=code(number))
            firm.status = "停产"
            firm.territory = "白石镇" if number == 1 else firm.territory
            doing.save(firm)
        for number, into in ((4, code(5)), (6, None)):
            firm = Firm.objects.get(pk=code(number))
            firm.listed, firm.merged_into_id = False, into
            doing.save(firm)
        doing.record("bureau.described", "bureau", {"name": "青禾县应急管理局", "code": "379921"})
    take_snapshot(county["clerk"], date(2023, 8, 21))


def test_every_reason_has_its_count(changed: None, read: Read) -> None:
    first, second = json.loads(read("rosters/snapshots.json"))["snapshots"]
    assert first["differs"] == []
    assert {each["reason"]: each["firms"] for each in second["differs"]} == {
        "经营状态：正常 → 停产": 3,
        "所属镇街": 1,
        "新列入名录": 1,
        "并入另一单位": 1,
        "移出名录（误录、撤销导入）": 1,
    }
    page = read("rosters/")
    assert "2023-08-20 → 2023-08-21" in page and "青禾新来厂" in page and "经营状态：正常 → 停产" in page
    assert "青禾新来厂" in read("en/rosters/") and "Territory" not in page


def test_no_firm_is_named_where_the_policy_forbids(changed: None, read: Read, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rosters, "_firms_named", lambda: False)
    page = read("rosters/")
    assert "新列入名录" in page and "青禾新来厂" not in page and code(99) not in page
