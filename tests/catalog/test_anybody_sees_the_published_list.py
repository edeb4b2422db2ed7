"""Without login: the list in force with its articles, every published edition, and files whose hash is the published digest."""

import csv
import io
import json
from datetime import date
from hashlib import sha256

from django.test import Client

from catalog.conftest import LAST_YEAR, Publish
from sunlot.office.accounts.models import User
from sunlot.office.catalog.drafting import draft_from
from sunlot.office.catalog.models import ItemList


def page(address: str = "") -> str:
    answer = Client().get(f"/catalog/public/{address}")
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_list_in_force_with_the_wording_of_its_basis(published: ItemList) -> None:
    shown = page()
    assert "AQ-01" in shown and "设置明显的安全警示标志" in shown
    assert "由卫生健康部门主管" in shown
    assert published.digest in shown


def test_a_draft_is_nobodys_business(draft: ItemList) -> None:
    assert "目前没有施行中的清单" in page()
    for address in (f"{draft.edition}/", f"{draft.edition}/items.json"):
        assert Client().get(f"/catalog/public/{address}").status_code == 404


def test_the_json_file_has_the_published_digest(published: ItemList) -> None:
    data = Client().get("/catalog/public/1/items.json").content
    assert sha256(data).hexdigest() == published.digest
    assert [item["number"] for item in json.loads(data)["items"]] == ["AQ-01", "AQ-02", "ZY-01"]


def test_the_csv_file_opens_in_a_spreadsheet(published: ItemList) -> None:
    data = Client().get("/catalog/public/1/items.csv").content
    assert data.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"))))
    assert [(row["事项编号"], row["启用"]) for row in rows] == [("AQ-01", "是"), ("AQ-02", "是"), ("ZY-01", "否")]


def test_an_edition_to_come_is_shown_beside_the_one_in_force(
    published: ItemList, people: dict[str, User], publish: Publish
) -> None:
    publish(draft_from(people["clerk"], published), date(2099, 1, 1))
    assert "随机抽查事项清单（第 1 版）</h1>" in page()
    assert "2099-01-01" in page()
    assert "待施行" in page("2/")
    assert f"{LAST_YEAR} – 2098-12-31" in page("1/")


def test_words_and_class_narrow_the_list(published: ItemList) -> None:
    assert "没有符合条件的事项" in page("?q=不存在的词")
    assert "没有符合条件的事项" in page("?class=key")
    assert "AQ-02" in page("?q=AQ-02&class=general")


def test_another_kind_of_file_is_not_there(published: ItemList) -> None:
    assert Client().get("/catalog/public/1/items.xml").status_code == 404
