"""Figures by month, kind, township, state and result, on screen, as Excel, and in public: small numbers are masked, single reports cannot be reckoned."""

import csv
import io
import json
from collections.abc import Callable
from datetime import date
from itertools import product

from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from complaints.conftest import NAME, SECRETS, TEXT, later
from disclosure.conftest import read  # noqa: F401
from lottery.conftest import Clock
from sunlot.office.accounts.models import User
from sunlot.office.bureau.models import Bureau
from sunlot.office.complaints import statistics
from sunlot.office.complaints.models import Report
from sunlot.office.disclosure.export import files

Taken = Callable[..., Report]
Read = Callable[[str], str]


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])  # the machine may be busy
@given(st.dictionaries(st.text("甲乙丙丁戊", min_size=1, max_size=3), st.integers(0, 9), max_size=4), st.integers(2, 4))
def test_no_small_number_stands_there_nor_follows_from_the_sum(counts: dict[str, int], least: int) -> None:
    """Every way to fill in what is hidden is tried: there are two, or nothing is left to hide a small number behind."""
    texts = statistics.masked(counts, least)
    assert all(text == str(counts[name]) for name, text in texts.items() if text.isdecimal())
    assert not any(0 < counts[name] < least for name, text in texts.items() if text.isdecimal())
    small = [name for name, text in texts.items() if text == f"少于{least}"]
    other = [name for name, text in texts.items() if text == statistics.HIDDEN]
    total = sum(counts[name] for name in small + other)
    ranges = [range(1, least) for _ in small] + [range(least, 14) for _ in other]
    fits = {fill[: len(small)] for fill in product(*ranges) if sum(fill) == total}
    visible = [name for name, text in texts.items() if text.isdecimal() and counts[name]]
    assert not small or len(fits) > 1 or not visible or least == 2


def fill(taken: Taken) -> None:
    """Nine reports: six hazards, two violations, one death."""
    kinds = ["hazard"] * 6 + ["violation"] * 2 + ["fatality"]
    for number, kind in enumerate(kinds):
        taken(kind=kind, text=f"{TEXT}{number}", firm=f"青禾第{number}厂", name=NAME if number % 2 else "")


def test_a_table_masks_what_is_small(taken: Taken) -> None:
    fill(taken)
    found = statistics.of(date(2023, 1, 1), date(2023, 12, 31))
    tables = {table.code: dict(table.lines) for table in found.tables}
    assert found.total == "9"
    assert tables["kind"] == {"事故隐患": "6", "安全生产违法行为": "少于3", "涉及人员死亡的事项": "少于3"}
    assert tables["month"] == {"2023-08": "9"}
    assert tables["township"] == {"南岗镇": "3", "城关街道": "3", "白石镇": "3"}
    assert found.days == ""


def test_a_report_outside_the_span_is_not_counted(taken: Taken) -> None:
    taken()
    assert statistics.of(date(2023, 8, 20), date(2023, 8, 20)).total == "少于3"
    assert statistics.of(date(2023, 8, 21), date(2023, 12, 31)).total == "0"


def test_the_page_and_its_excel_name_nobody(taken: Taken, client_of: Callable[[str], Client]) -> None:
    fill(taken)
    for role in ("clerk", "auditor", "supervisor"):
        text = client_of(role).get("/complaints/statistics/").content.decode()
        assert "事故隐患" in text and "少于3" in text
        assert not any(secret in text for secret in SECRETS)
    book = load_workbook(io.BytesIO(client_of("clerk").get("/complaints/statistics/?as=xlsx").content))
    cells = "\n".join(str(cell.value) for row in book.worksheets[0].iter_rows() for cell in row)
    assert "少于3" in cells and not any(secret in cells for secret in SECRETS)
    assert client_of("inspector").get("/complaints/statistics/").status_code == 403
    assert client_of("clerk").get("/complaints/statistics/?first=heute&last=").status_code == 200


def test_in_public_only_whole_months_stand(taken: Taken, county: dict[str, User], clock: Clock, read: Read) -> None:  # noqa: F811
    fill(taken)
    assert "还没有可以统计的整月数据" in read("complaints/")
    clock.at = "2023-09-01T01:00:00Z"
    page = read("complaints/")
    assert "事故隐患" in page and "少于3" in page and "/complaints/new/" in page
    rows = list(csv.DictReader(io.StringIO(read("complaints/statistics.csv").lstrip("\ufeff"))))
    assert {"by": "kind", "item": "事故隐患", "reports": "6"} in rows
    body = json.loads(read("complaints/statistics.json"))
    assert (body["format"], body["total"], body["tables"]["kind"]["事故隐患"]) == (
        "sunlot/1 complaint statistics",
        "9",
        "6",
    )
    taken(text="九月里又来了一件别的事情。", firm="青禾第20厂")
    assert json.loads(read("complaints/statistics.json")) == body


def test_a_copy_of_files_links_to_the_form_only_where_the_world_can_reach_it(
    taken: Taken, county: dict[str, User], clock: Clock
) -> None:
    def page() -> str:
        later(clock, minutes=2)
        return dict(files())["complaints/index.html"].decode()

    assert "/complaints/new/" not in page() and "不能在这里提交" in page()
    Bureau.objects.update(site="https://yj.example.gov.cn")
    assert 'href="https://yj.example.gov.cn/complaints/new/"' in page()
    for inside in ("https://192.168.1.5:8443", "http://office-pc", "https://office.local", "javascript:alert(1)"):
        Bureau.objects.update(site=inside)
        assert "/complaints/new/" not in page()
