"""The pages of an import, as a clerk goes through them without JavaScript."""

import io
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from openpyxl import Workbook, load_workbook

from rosters import code, enter, firm, line, workbook
from sunlot.office.accounts.models import User
from sunlot.office.approvals import services as approvals
from sunlot.office.approvals.models import Approval
from sunlot.office.imports.models import Batch
from sunlot.office.roster import guards
from sunlot.office.roster.models import Firm


@pytest.fixture
def open_round(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """While this lasts, a round is open."""
    monkeypatch.setattr(guards, "OPEN_ROUND", [lambda: "2026年度第一次抽查"])
    yield


def upload(client: Client, *paths: Path, kind: str = "") -> str:
    """Upload files and return the address that the page leads to, or the page itself when it refuses."""
    files = [SimpleUploadedFile(path.name, path.read_bytes()) for path in paths]
    answer = client.post("/imports/new/", {"uploads": files, "kind": kind})
    return answer["Location"] if answer.status_code == 302 else answer.content.decode()


def test_from_upload_to_undo(client_of: Callable[[str], Client], tmp_path: Path) -> None:
    enter(firm(1))
    client = client_of("clerk")
    address = upload(client, workbook(tmp_path / "名 录.xlsx", [line(1, 风险等级="重大"), line(2)]))
    page = client.get(address).content.decode()
    assert "名 录.xlsx" in page
    assert client.get(address + "changes/?fate=changed").content.decode().count("风险等级：一般 → 重大") == 1
    version = str(Batch.objects.get().version)
    assert client.post(address + "apply/", {"version": version}, follow=True).status_code == 200
    assert Firm.objects.get(pk=code(1)).risk_level == "重大"
    assert "撤销导入" in client.get(address).content.decode()
    client.post(address + "undo/")
    assert Firm.objects.get(pk=code(1)).risk_level == "一般"


def test_the_row_report_leaves_as_excel_with_file_sheet_row_and_field(
    client_of: Callable[[str], Client], tmp_path: Path
) -> None:
    client = client_of("clerk")
    address = upload(client, workbook(tmp_path / "a.xlsx", [line(1, 统一社会信用代码=code(1)[:17]), line(2)]))
    answer = client.get(address + "report/?handling=quarantined&as=xlsx")
    rows = list(load_workbook(io.BytesIO(answer.content)).active.iter_rows(values_only=True))  # type: ignore[union-attr]
    found = dict(zip(rows[0], rows[1], strict=True))
    assert (found["文件"], found["工作表"], found["行"], found["字段"]) == ("a.xlsx", "名录", "3", "统一社会信用代码")
    assert "18 位" in str(found["问题"])


def test_a_file_with_unknown_headers_is_read_once_its_columns_are_named(
    client_of: Callable[[str], Client], tmp_path: Path
) -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["某某表"])
    sheet.append(["甲", "乙", "丙"])
    sheet.append([code(1), "青禾县第1机械有限公司", "城关街道"])
    book.save(tmp_path / "odd.xlsx")
    client = client_of("clerk")
    assert "kind_unknown" not in upload(client, tmp_path / "odd.xlsx")
    assert not Batch.objects.exists()
    address = upload(client, tmp_path / "odd.xlsx", kind="firms")
    page = client.get(address).content.decode()
    assert "找不到可识别的表头" in page and "乙" in page
    asked = {"version": str(Batch.objects.get().version), "header": ["甲", "乙", "丙"]}
    twice = client.post(address + "map/", asked | {"field": ["id", "name", "name"]})
    assert "每个项目只能对应一列" in twice.content.decode()
    client.post(address + "map/", asked | {"field": ["id", "name", "territory"]})
    client.post(address + "apply/", {"version": str(Batch.objects.get().version)})
    assert Firm.objects.get().territory == "城关街道"


def test_a_column_can_be_left_out(client_of: Callable[[str], Client], tmp_path: Path) -> None:
    client = client_of("clerk")
    address = upload(client, workbook(tmp_path / "a.xlsx", [line(1), line(2)]))
    asked = {"version": str(Batch.objects.get().version), "header": ["联系电话"], "field": [""]}
    client.post(address + "map/", asked)
    client.post(address + "apply/", {"version": str(Batch.objects.get().version)})
    assert set(Firm.objects.values_list("phone", flat=True)) == {""}


@pytest.mark.parametrize(
    ("name", "data", "told"),
    [("empty.xlsx", b"", "空"), ("a.xlsx", b"not a workbook", "不是 Excel"), ("a.csv", b"x,y\n1,2\n", "认不出")],
)
def test_what_is_no_table_is_refused_by_name(
    client_of: Callable[[str], Client], tmp_path: Path, name: str, data: bytes, told: str
) -> None:
    (tmp_path / name).write_bytes(data)
    page = upload(client_of("clerk"), tmp_path / name)
    assert told in page
    assert not Batch.objects.exists()


def test_while_a_round_is_open_a_second_person_decides(
    client_of: Callable[[str], Client], people: dict[str, User], tmp_path: Path, open_round: None
) -> None:
    client = client_of("clerk")
    address = upload(client, workbook(tmp_path / "a.xlsx", [line(1), line(2)]))
    version = str(Batch.objects.get().version)
    assert "请写明理由" in client.post(address + "apply/", {"version": version}).content.decode()
    client.post(address + "apply/", {"version": version, "reason": "市场监管局补送"})
    assert not Firm.objects.exists()
    assert "等待审批" in client.get(address).content.decode()
    approval = Approval.objects.get()
    assert "2 行" in client_of("chief").get(f"/approvals/{approval.pk}/").content.decode()
    approvals.grant(people["chief"], approval.pk)
    assert Firm.objects.count() == 2


def test_two_files_of_one_kind_make_one_batch(client_of: Callable[[str], Client], tmp_path: Path) -> None:
    one, two = workbook(tmp_path / "a.xlsx", [line(1), line(2)]), workbook(tmp_path / "b.xlsx", [line(2), line(3)])
    client = client_of("clerk")
    address = upload(client, one, two)
    assert Batch.objects.get().files.count() == 2
    client.post(address + "apply/", {"version": str(Batch.objects.get().version)})
    assert Firm.objects.count() == 3


def test_the_lists_ask_a_fixed_number_of_queries(client_of: Callable[[str], Client], tmp_path: Path) -> None:
    client = client_of("clerk")
    counts: list[list[int]] = []
    client.get("/imports/")
    for number in range(2):
        address = upload(client, workbook(tmp_path / f"{number}.xlsx", [line(n) for n in range(2 + number * 60)]))
        counts.append([])
        for page in ("/imports/", address + "report/", address + "changes/"):
            with CaptureQueriesContext(connection) as asked:
                assert client.get(page).status_code == 200
            counts[-1].append(len(asked))
    assert counts[0] == counts[1]


def test_a_batch_given_up_changes_nothing_and_is_no_task_any_more(
    client_of: Callable[[str], Client], tmp_path: Path
) -> None:
    client = client_of("clerk")
    address = upload(client, workbook(tmp_path / "a.xlsx", [line(1), line(2)]))
    assert "确认检查对象导入批次" in client.get("/").content.decode()
    client.post(address + "drop/")
    assert "确认检查对象导入批次" not in client.get("/").content.decode()
    assert "不能再改" in client.post(address + "apply/", {"version": "2"}).content.decode()
    assert not Firm.objects.exists()
