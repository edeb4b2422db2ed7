"""The public page shows roots and what changed with reasons, and nothing about persons; without login it can be read and nothing done."""

import io
from collections.abc import Callable
from pathlib import Path

from django.test import Client
from openpyxl import load_workbook

from rosters import DAY, code, enter, firm, line, workbook
from sunlot.office.accounts.models import User
from sunlot.office.imports import applying, services
from sunlot.office.roster import changes
from sunlot.office.roster.models import Snapshot
from sunlot.office.roster.services import take_snapshot


def test_differences_come_with_their_reasons_and_without_persons(people: dict[str, User], tmp_path: Path) -> None:
    enter(firm(1, legal_person="赵某某", phone="13712345678"), firm(2), firm(3))
    first = take_snapshot(people["clerk"], DAY)
    changes.change_status(people["clerk"], code(1), 1, "注销", "赵某某来函")
    path = workbook(tmp_path / "a.xlsx", [line(2, 风险等级="重大"), line(9)])
    (batch,) = services.take_in(people["clerk"], [("a.xlsx", path.read_bytes())])
    applying.apply(people["clerk"], batch.pk, batch.version)
    changes.edit_firm(people["clerk"], code(3), 1, {"phone": "13700001111"})
    second = take_snapshot(people["clerk"], DAY)
    page = Client().get("/roster/public/").content.decode()
    for text in (first.root, second.root, code(1), code(9), "经营状态由“正常”改为“注销”", "检查对象导入", "重大"):
        assert text in page, text
    for text in (code(3), "赵某某", "13712345678", "13700001111", "来函"):
        assert text not in page, text


def test_a_firm_looks_its_entry_up_by_its_code(people: dict[str, User]) -> None:
    enter(firm(1, phone="13712345678"))
    take_snapshot(people["clerk"], DAY)
    page = Client().get(f"/roster/public/?code={code(1).lower()}").content.decode()
    assert "青禾县第1机械有限公司" in page
    assert "13712345678" not in page
    assert "没有这个代码" in Client().get(f"/roster/public/?code={code(2)}").content.decode()


def test_the_clerk_takes_a_snapshot_and_compares_it_with_any_other(client_of: Callable[[str], Client]) -> None:
    enter(firm(1))
    client = client_of("clerk")
    for number in (2, 3):
        client.post("/roster/snapshots/take/")
        enter(firm(number))
    client.post("/roster/snapshots/take/")
    first, _, last = Snapshot.objects.order_by("pk")
    page = client.get(f"/roster/snapshots/{last.pk}/?with={first.pk}").content.decode()
    assert "2 户不同" in page and code(3) in page
    assert "1 户不同" in client.get(f"/roster/snapshots/{last.pk}/").content.decode()
    exported = client.get(f"/roster/snapshots/{last.pk}/", {"with": first.pk, "as": "xlsx"}).content
    head, *lines = load_workbook(io.BytesIO(exported)).worksheets[0].iter_rows(values_only=True)
    assert head[:3] == ("单位", "统一社会信用代码", "变化")
    assert {line[2] for line in lines[:-1]} <= {"新增", "变更", "移出"} and len(lines) >= 2
    assert "没有不同" in client.get(f"/roster/snapshots/{last.pk}/", {"q": "没有这样的"}).content.decode()
    assert client_of("chief").post("/roster/snapshots/take/").status_code == 403
    assert client.get("/roster/snapshots/999/").status_code == 404
