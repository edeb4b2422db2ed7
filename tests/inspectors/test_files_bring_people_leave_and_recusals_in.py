"""Files of people, leave and recusals: what cannot be kept is said row by row, what is applied can be taken back, recusals stay confidential."""

import csv
import json
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from rosters import code
from sunlot.draw.inspectors import inspectors_frame
from sunlot.office.accounts.models import User
from sunlot.office.approvals import services as approvals
from sunlot.office.approvals.models import Approval
from sunlot.office.imports import applying, services
from sunlot.office.imports.models import Batch, Planned
from sunlot.office.inspectors.models import Inspector, Leave, Recusal
from sunlot.office.inspectors.queries import reason, standing, write_staff_tables
from sunlot.refusal import Refusal

DAY = date(2026, 11, 25)

PEOPLE = (
    "人员编号",
    "姓名",
    "所在部门",
    "职务",
    "执法证号",
    "证件有效期至",
    "专业特长",
    "在岗状态",
    "联系电话",
    "居住镇街",
)
LEAVES = ("人员编号", "类型", "开始", "结束")
RECUSALS = ("人员编号", "统一社会信用代码", "单位名称", "回避情形", "申报日期")


def table(path: Path, head: Sequence[str], *lines: Sequence[str]) -> Path:
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file).writerows([head, *lines])
    return path


def person(number: str, name: str, certificate: str = "", until: str = "2030-01-20") -> tuple[str, ...]:
    certificate = certificate or f"证{number}"
    return (number, name, "执法大队", "科员", certificate, until, "冶金、机械", "在岗", "13812345678", "石桥镇")


def bring(user: User, path: Path) -> Batch:
    (batch,) = services.take_in(user, [(path.name, path.read_bytes())])
    done = applying.apply(user, batch.pk, batch.version)
    assert isinstance(done, Batch)
    return done


def passed_over(batch: Batch) -> str:
    rows = Planned.objects.filter(batch=batch, fate="passed_over").values_list("changes", flat=True)
    return "；".join(text for row in rows for _, _, text in json.loads(row))


def test_people_come_in_with_certificates_and_go_again(people: dict[str, User], tmp_path: Path) -> None:
    lines = [person("J1", "邹思"), person("J2", "乔萍娟", until="2027-05"), person("J3", "孔某", until="2020-01-01")]
    batch = bring(people["clerk"], table(tmp_path / "人员.csv", PEOPLE, *lines))
    found = {row.pk: (reason(row), row.specialities, str(row.valid_to)) for row in standing(batch.day)}
    assert found["J1"] == ("yes", "冶金；机械", "2030-01-20")
    assert found["J2"][2] == "2027-05-31"
    assert found["J3"][0] == "expired"
    applying.undo(people["clerk"], batch.pk)
    assert not standing(batch.day).exists()


def test_a_renewed_certificate_stands_beside_the_old(
    people: dict[str, User], roster: dict[str, Inspector], tmp_path: Path
) -> None:
    row = person("J3", "乔鹏诺", "鲁37003", "2031-05-29")
    batch = bring(people["clerk"], table(tmp_path / "a.csv", PEOPLE, row))
    assert roster["J3"].certificates.count() == 2
    assert reason(standing(batch.day).get(pk="J3")) == "yes"
    applying.undo(people["clerk"], batch.pk)
    assert reason(standing(batch.day).get(pk="J3")) == "expired"


def test_the_same_file_again_changes_nothing(people: dict[str, User], tmp_path: Path) -> None:
    path = table(tmp_path / "a.csv", PEOPLE, person("J1", "邹思"))
    bring(people["clerk"], path)
    (batch,) = services.take_in(people["clerk"], [(path.name, path.read_bytes())])
    counts = json.loads(batch.counts)
    assert (counts["unchanged"], counts["added"], counts["changed"]) == (1, 0, 0)


def test_the_certificate_of_another_is_passed_over(
    people: dict[str, User], roster: dict[str, Inspector], tmp_path: Path
) -> None:
    batch = bring(people["clerk"], table(tmp_path / "a.csv", PEOPLE, person("J7", "邹思", "鲁37001")))
    assert "已登记在 J1 名下" in passed_over(batch)
    assert not Inspector.objects.filter(pk="J7").exists()


def test_two_numbers_with_one_certificate_are_one_person_whose_leave_is_found(
    people: dict[str, User], tmp_path: Path
) -> None:
    lines = [person("J1", "邹思"), person("J9", "邹思", "证J1")]
    bring(people["clerk"], table(tmp_path / "a.csv", PEOPLE, *lines))
    bring(people["clerk"], table(tmp_path / "b.csv", LEAVES, ("J9", "培训", "2026-12-01", "2026-12-03")))
    assert Leave.objects.get().inspector_id == "J1"


def test_leave_that_cannot_be_entered_is_said_row_by_row(
    people: dict[str, User], roster: dict[str, Inspector], tmp_path: Path
) -> None:
    lines = [
        ("J1", "培训", "2026-12-01", "2026-12-05"),
        ("J1", "事假", "2026-12-05", "2026-12-06"),
        ("J2", "事假", "2026-12-09", "2026-12-06"),
        ("J404", "事假", "2026-12-01", "2026-12-02"),
    ]
    batch = bring(people["clerk"], table(tmp_path / "b.csv", LEAVES, *lines))
    said = passed_over(batch)
    assert "重叠" in said and "早于开始" in said and "没有编号 J404" in said
    assert Leave.objects.count() == 1
    applying.undo(people["clerk"], batch.pk)
    assert not Leave.objects.filter(cancelled=False).exists()


def test_recusals_are_brought_in_by_a_chief_and_granted_by_another(
    people: dict[str, User], roster: dict[str, Inspector], tmp_path: Path
) -> None:
    lines = [
        ("J1", code(1), "腾顺石化", "配偶为该单位股东", "2026-01-10"),
        ("J2", code(1), "腾顺石化", "三年内曾在该单位任职", "2026-02-06"),
        ("J2", code(2), "坚鼎配件", "与该单位有诉讼", ""),
    ]
    bring(people["chief"], table(tmp_path / "c.csv", RECUSALS, *lines))
    kinds = Recusal.objects.order_by("inspector_id", "firm_id").values_list("ground", flat=True)
    assert list(kinds) == ["kinship", "former_job", "lawsuit"]
    request = Approval.objects.get()
    with pytest.raises(Refusal, match="own_request"):
        approvals.grant(people["chief"], request.pk)
    approvals.grant(people["chief2"], request.pk)
    write_staff_tables(tmp_path / "tables", DAY)
    with (tmp_path / "tables" / "recusals.csv").open(encoding="utf-8", newline="") as file:
        assert len(list(csv.DictReader(file))) == 3


def test_an_undone_import_of_recusals_cannot_be_granted_any_more(
    people: dict[str, User], roster: dict[str, Inspector], tmp_path: Path
) -> None:
    row = ("J1", code(1), "腾顺石化", "持有该单位股份", "2026-01-10")
    batch = bring(people["chief"], table(tmp_path / "c.csv", RECUSALS, row))
    applying.undo(people["chief"], batch.pk)
    approvals.grant(people["chief2"], Approval.objects.get().pk)
    assert not Recusal.objects.filter(step="in_force").exists()


def test_a_clerk_cannot_bring_recusals_in(people: dict[str, User], roster: dict[str, Any], tmp_path: Path) -> None:
    path = table(tmp_path / "c.csv", RECUSALS, ("J1", code(1), "腾顺石化", "持有该单位股份", "2026-01-10"))
    with pytest.raises(Refusal, match="not_your_import"):
        services.take_in(people["clerk"], [(path.name, path.read_bytes())])


@pytest.mark.parametrize("name", ["clerk", "leading", "supervisor", "auditor", "inspector", "partner", "system"])
def test_nobody_else_sees_the_import_of_recusals(
    name: str,
    people: dict[str, User],
    roster: dict[str, Inspector],
    tmp_path: Path,
    client_of: Callable[[str], Client],
) -> None:
    row = ("J1", code(1), "腾顺石化", "持有该单位股份", "2026-01-10")
    batch = bring(people["chief"], table(tmp_path / "秘密.csv", RECUSALS, row))
    client = client_of(name)
    for address in ("", "report/", "changes/", "changes/?as=xlsx"):
        assert client.get(f"/imports/{batch.pk}/{address}").status_code in (403, 404)
    assert "秘密.csv" not in client.get("/imports/").content.decode()
    assert client_of("chief").get(f"/imports/{batch.pk}/changes/").status_code == 200


def test_an_offices_own_files_lead_to_a_draw(people: dict[str, User], shared: Path, tmp_path: Path) -> None:
    folder = shared / "data" / "office"
    batch = bring(people["clerk"], folder / "执法检查人员名录库.xlsx")
    bring(people["clerk"], folder / "leaves_2026.csv")
    bring(people["chief"], folder / "conflicts.csv")
    for request in Approval.objects.all():
        approvals.grant(people["chief2"], request.pk)
    write_staff_tables(tmp_path / "tables", DAY)
    frame = inspectors_frame(tmp_path / "tables", ("2026-12-01", "2026-12-31"), lambda: "00" * 32)
    drawable = [row["id"] for row in frame.rows if row["drawable"] == "yes"]
    assert 40 < len(drawable) < Inspector.objects.count()
    assert sum(len(facts["recusals"]) for facts in frame.private.values()) > 100
    assert json.loads(batch.counts)["added"] > 60
