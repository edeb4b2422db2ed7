"""Rosters as they really are: every injected fault is in the report on its row, what is sound is in the roster, a second time nothing changes."""

import csv
import json
from pathlib import Path

import pytest

from sunlot.office.accounts.models import User
from sunlot.office.imports import applying, services
from sunlot.office.imports.models import Batch
from sunlot.office.journal.audit import audit
from sunlot.office.roster.models import Firm


def upload(user: User, path: Path) -> Batch:
    (batch,) = services.take_in(user, [(path.name, path.read_bytes())])
    return batch


@pytest.mark.shared
def test_a_whole_county(people: dict[str, User], shared: Path) -> None:
    folder = shared / "data" / "office"
    key = json.loads((folder / "KEY.json").read_text())
    batch = upload(people["clerk"], folder / "检查对象名录库.xlsx")
    counts = json.loads(batch.counts)
    assert counts["added"] + counts["quarantined"] == key["firms"]
    assert counts["clean"] + counts["merged"] + counts["quarantined"] + counts["skipped"] == counts["rows"]
    assert isinstance(applying.apply(people["clerk"], batch.pk, batch.version), Batch)
    with (folder / "roster_truth_clean.csv").open(encoding="utf-8-sig", newline="") as file:
        truth = {row["统一社会信用代码"]: row for row in csv.DictReader(file)}
    assert Firm.objects.count() == counts["added"]
    wrong = [
        (firm.pk, firm.name, truth[firm.pk]["单位名称"])
        for firm in Firm.objects.all()
        if firm.pk not in truth or firm.name != truth[firm.pk]["单位名称"]
    ]
    assert wrong == []
    again = json.loads(upload(people["clerk"], folder / "检查对象名录库.xlsx").counts)
    assert (again["added"], again["changed"], again["missing"], again["unchanged"]) == (0, 0, 0, counts["added"])
    assert audit().findings == []


@pytest.mark.shared
@pytest.mark.parametrize("name", ["dongying_370502.xlsx", "dongying_370502_gbk_mixed.csv"])
def test_every_quirk_of_a_real_roster_is_reported_on_its_row(people: dict[str, User], shared: Path, name: str) -> None:
    folder = shared / "data" / "roster_real"
    quirks = json.loads((folder / "dongying_370502_KEY.json").read_text())["injected"]
    batch = upload(people["clerk"], folder / name)
    found = set(batch.remarks.values_list("sheet", "row"))
    missing = [q for q in quirks if q["file"] == name and "row" in q and (q["sheet"] or "", q["row"]) not in found]
    assert missing == []
    counts = json.loads(batch.counts)
    assert counts["added"] == counts["clean"] - counts["passed_over"]
    assert not Firm.objects.exists()
