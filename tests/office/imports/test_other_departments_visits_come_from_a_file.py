"""A list of other departments' visits goes into the ledger, said row by row before it does, and counts nowhere once it is undone."""

import csv
import json
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from django.test import Client

from rosters import code, enter, firm
from sunlot.office.accounts.models import User
from sunlot.office.imports import applying, services
from sunlot.office.imports.models import Batch, Planned
from sunlot.office.journal.audit import audit
from sunlot.office.roster.models import VisitEntry
from sunlot.office.roster.queries import visits_of

HEAD = ("统一社会信用代码", "单位名称", "检查日期", "检查类型", "检查部门")
LINES = [
    (code(1), "", "2026/3/2", "日常检查", "县消防救援大队"),
    ("", "青禾县第2机械有限公司", "2026-03-03", "专项检查", "县市场监管局"),
    (code(1), "", "2026-03-04", "看看", "县消防救援大队"),
    (code(9), "", "2026-03-04", "日常检查", "县消防救援大队"),
    (code(2), "", "2099-03-04", "日常检查", "县消防救援大队"),
    (code(2), "", "2026年3月", "日常检查", "县消防救援大队"),
    ("", "同名公司", "2026-03-04", "日常检查", "县消防救援大队"),
]


@pytest.fixture
def batch(people: dict[str, User], tmp_path: Path) -> Batch:
    enter(firm(1), firm(2), firm(3, name="同名公司"), firm(4, name="同名公司"))
    return hand_in(people["clerk"], tmp_path)


def hand_in(clerk: User, folder: Path) -> Batch:
    path = folder / "检查情况.csv"
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file).writerows([HEAD, *LINES])
    (batch,) = services.take_in(clerk, [(path.name, path.read_bytes())])
    return batch


def test_what_cannot_be_entered_is_said_row_by_row(batch: Batch) -> None:
    rows = Planned.objects.filter(batch=batch, fate="passed_over").values_list("changes", flat=True)
    said = "；".join(text for row in rows for _, _, text in json.loads(row))
    assert len(rows) == 5
    for part in ("检查类型“看看”不在", f"名录中没有 {code(9)}", "在今天之后", "不是完整的日期", "有 2 户叫“同名公司”"):
        assert part in said
    assert not VisitEntry.objects.exists()


def test_the_visits_count_and_no_longer_once_undone(people: dict[str, User], batch: Batch, tmp_path: Path) -> None:
    applying.apply(people["clerk"], batch.pk, batch.version)
    found = set(VisitEntry.objects.values_list("firm_id", "date", "kind", "department"))
    assert found == {
        (code(1), date(2026, 3, 2), "routine", "县消防救援大队"),
        (code(2), date(2026, 3, 3), "campaign", "县市场监管局"),
    }
    assert json.loads(hand_in(people["clerk"], tmp_path).counts)["unchanged"] == 2
    applying.undo(people["clerk"], batch.pk)
    assert not visits_of([code(1), code(2)]).exists()
    assert VisitEntry.entries.count() == 2
    assert not [finding for finding in audit().findings if "检查台账" in str(finding)]


def test_the_page_of_caps_offers_it(people: dict[str, User], client_of: Callable[[str], Client]) -> None:
    assert "/imports/new/?kind=visits" in client_of("clerk").get("/roster/visits/").content.decode()
