"""A list leaves as Excel and comes back the same; a file that cannot be taken is named by row and column, and nothing changes."""

import io
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from openpyxl import Workbook, load_workbook

from catalog.conftest import values
from sunlot.office.accounts.models import User
from sunlot.office.catalog.drafting import draft_from_template
from sunlot.office.catalog.models import ItemList
from sunlot.office.catalog.published import entries_of
from sunlot.office.catalog.sheet import read_items

ClientOf = Callable[[str], Client]


def file_of(rows: list[list[object]], name: str = "清单.xlsx") -> SimpleUploadedFile:
    book = Workbook()
    for row in rows:
        book.active.append(row)  # type: ignore[union-attr]
    data = io.BytesIO()
    book.save(data)
    return SimpleUploadedFile(name, data.getvalue())


HEAD: list[object] = ["事项编号", "抽查事项", "类别", "抽查方式", "事项类别", "抽查依据", "必查项", "检查要点"]
ROW: list[object] = ["aq-01", "警示标志", "通用", "现场检查", "一般", "安全生产法第35条", "是", "一；二"]


def take(client: Client, file: SimpleUploadedFile) -> str:
    """Upload a file, confirm what is shown, return the page that follows."""
    preview = client.post("/catalog/import/", {"file": file})
    return client.post(
        "/catalog/import/", {"read": values(preview.content.decode(), "read")[0]}, follow=True
    ).content.decode()


def test_the_template_comes_back_as_it_left(people: dict[str, User], client_of: ClientOf, tmp_path: Path) -> None:
    draft = draft_from_template(people["clerk"])
    path = tmp_path / "out.xlsx"
    path.write_bytes(client_of("clerk").get(f"/catalog/{draft.pk}/?as=xlsx").content)
    reading = read_items(path)
    assert reading.problems == []
    assert tuple(reading.entries) == entries_of(draft)


def test_a_file_becomes_the_draft_after_a_preview(client_of: ClientOf, people: dict[str, User]) -> None:
    preview = client_of("clerk").post("/catalog/import/", {"file": file_of([["某县清单"], HEAD, ROW])})
    assert "读出 1 个事项" in preview.content.decode()
    assert not ItemList.objects.exists()
    assert "已导入 1 项" in take(client_of("clerk"), file_of([["某县清单"], HEAD, ROW]))
    (entry,) = entries_of(ItemList.objects.get())
    assert (entry.number, entry.item_class, entry.mandatory, entry.points) == ("AQ-01", "general", True, ("一", "二"))


def test_a_draft_takes_the_changed_file_and_shows_the_difference(draft: ItemList, client_of: ClientOf) -> None:
    page = client_of("clerk").post("/catalog/import/", {"file": file_of([HEAD, ROW])}).content.decode()
    shown = [" ".join(line) for line in re.findall(r'<th scope="row"[^>]*>(.*?)</th>.*?<span[^>]*>(.*?)</span>', page)]
    assert shown == ["AQ-01 警示标志 修改", "AQ-02 安全警示标志设置 删去", "ZY-01 安全警示标志设置 删去"]
    take(client_of("clerk"), file_of([HEAD, ROW]))
    assert [item.name for item in draft.items.all()] == ["警示标志"]


def test_wrong_rows_are_named_and_nothing_is_taken(client_of: ClientOf) -> None:
    bad = ["第一", "警示标志", "通用", "", "特殊", "安全生产法第35条", "也许", ""]
    preview = client_of("clerk").post("/catalog/import/", {"file": file_of([HEAD, ROW, ROW, bad])})
    assert preview.status_code == 422
    page = preview.content.decode()
    assert values(page, "read") == []
    found = set(re.findall(r'<td class="amount">(\d+)</td>\s*<td>(.*?)</td>', page))
    assert found == {("2", "事项编号"), ("3", "事项编号"), *(("4", HEAD[n]) for n in (0, 3, 4, 6))}


@pytest.mark.parametrize(
    ("file", "says"),
    [
        (SimpleUploadedFile("清单.xlsx", b"no workbook"), "不是 Excel 或 CSV"),
        (SimpleUploadedFile("清单.csv", "姓名,电话\n张三,1\n".encode()), "找不到事项清单的表头"),
        (SimpleUploadedFile("清单.csv", b"x" * (5 * 2**20 + 1)), "超过 5 MB"),
    ],
)
def test_what_is_no_list_is_refused_on_the_form(file: SimpleUploadedFile, says: str, client_of: ClientOf) -> None:
    file.seek(0)
    page = client_of("clerk").post("/catalog/import/", {"file": file})
    assert page.status_code == 422
    assert says in page.content.decode()


def test_a_preview_that_was_tampered_with_is_not_taken(client_of: ClientOf) -> None:
    preview = client_of("clerk").post("/catalog/import/", {"file": file_of([HEAD, ROW])})
    page = client_of("clerk").post(
        "/catalog/import/", {"read": values(preview.content.decode(), "read")[0] + "x"}, follow=True
    )
    assert "请重新上传" in page.content.decode()
    assert not ItemList.objects.exists()


def test_a_list_as_an_office_keeps_it_is_read(shared: Path) -> None:
    path = shared / "data" / "office" / "随机抽查事项清单.xlsx"
    rows = load_workbook(path).worksheets[0].max_row - 2
    reading = read_items(path)
    assert (len(reading.entries), reading.problems) == (rows, [])
    assert {entry.item_class for entry in reading.entries} <= {"key", "general"}
