"""Small files with one trouble each."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
import xlwt
from hypothesis import given, settings
from hypothesis import strategies as some
from openpyxl import Workbook

from sunlot.codes.credit_code import identify
from sunlot.commands.demo_county import credit_code
from sunlot.intake import read_roster, write_intake
from sunlot.intake.errors import IntakeError
from sunlot.intake.writing import safe

CODE, OTHER = credit_code(1), credit_code(2)
HEAD = ["单位名称", "统一社会\n信用代码", "成立日期", "备注"]


def excel(path: Path, rows: Sequence[Sequence[Any]], hidden: bool = False) -> Path:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in rows:
        sheet.append(list(row))
    if hidden:
        secret = book.create_sheet("码表")
        secret.append(HEAD)
        secret.append(["隐藏厂", OTHER, "", ""])
        secret.sheet_state = "hidden"
    book.save(path)
    return path


def kinds(path: Path, kind: str = "firms") -> set[str]:
    return {finding.kind for finding in read_roster([path], kind).findings}


def test_old_excel_files(tmp_path: Path) -> None:
    book = xlwt.Workbook()
    sheet = book.add_sheet("名录")
    for at, row in enumerate([["某县名录"], HEAD, ["甲厂", CODE, "2020.1.2", ""]]):
        for column, value in enumerate(row):
            sheet.write(at, column, value)
    book.save(str(tmp_path / "old.xls"))
    assert read_roster([tmp_path / "old.xls"], "firms").rows[0]["established"] == "2020-01-02"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("mark", [",", ";", "\t"])
def test_every_encoding_and_delimiter(tmp_path: Path, encoding: str, mark: str) -> None:
    text = "\n".join(mark.join(row) for row in [["单位名称", "信用代码"], ["甲䶮厂", CODE]]) + "\n"
    (tmp_path / "a.csv").write_bytes(text.encode(encoding))
    assert [(row["name"], row["id"]) for row in read_roster([tmp_path / "a.csv"], "firms").rows] == [("甲䶮厂", CODE)]


def test_a_hidden_sheet_is_reported_and_not_read(tmp_path: Path) -> None:
    path = excel(tmp_path / "a.xlsx", [HEAD, ["甲厂", CODE, "", ""]], hidden=True)
    intake = read_roster([path], "firms")
    assert len(intake.rows) == 1
    assert "sheet_skipped" in {finding.kind for finding in intake.findings}


def test_dates_in_six_styles(tmp_path: Path) -> None:
    styles = ["2019-01-04", "2019/1/4", "2019.1.4", "2019年1月4日", "20190104", 43469]
    rows = [[f"厂{at}", credit_code(at), style, ""] for at, style in enumerate(styles)]
    assert {row["established"] for row in read_roster([excel(tmp_path / "a.xlsx", [HEAD, *rows])], "firms").rows} == {
        "2019-01-04"
    }


def test_a_code_stored_as_a_number_is_refused(tmp_path: Path) -> None:
    intake = read_roster([excel(tmp_path / "a.xlsx", [HEAD, ["甲厂", 913799210001234567.0, "", ""]])], "firms")
    assert (intake.rows, intake.findings[-1].kind) == ([], "code_float")


def test_a_wrong_digit_is_never_repaired(tmp_path: Path) -> None:
    wrong = CODE[:-1] + ("1" if CODE[-1] != "1" else "2")
    intake = read_roster([excel(tmp_path / "a.xlsx", [HEAD, ["甲厂", wrong, "", ""]])], "firms")
    assert not intake.rows
    assert intake.quarantined[0].values["name"] == "甲厂"
    assert all(CODE not in finding.suggestion for finding in intake.findings)


@pytest.mark.parametrize(
    ("code", "canonical"),
    [
        ("370830200012345", "REG15-370830200012345"),
        ("3708302000123", "REG13-3708302000123"),
        ("13830295-X", "ORG9-13830295X"),
    ],
)
def test_older_numbers_are_typed(code: str, canonical: str) -> None:
    assert identify(code).id == canonical


@pytest.mark.parametrize(
    "code",
    ["9144030071526726XG", "914403001922038216", "91330100799655058B", "91370830MA3C000115", "92370830123456788G"],
)
def test_codes_that_are_right(code: str) -> None:
    assert identify(code).kind == "valid"


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"", "empty_file"),
        (b"\x00\x01\x02\x00\x00\x00", "not_a_table"),
        (b"PK\x03\x04broken", "not_a_table"),
        ("一,二\n三,四\n".encode(), "no_header"),
    ],
)
def test_what_is_no_table_is_refused_with_a_sentence(tmp_path: Path, data: bytes, kind: str) -> None:
    (tmp_path / "a.csv").write_bytes(data)
    with pytest.raises(IntakeError) as refusal:
        read_roster([tmp_path / "a.csv"], "firms")
    assert refusal.value.kind == kind
    assert "a.csv" in refusal.value.sentence


def test_the_reading_of_a_column_can_be_overridden(tmp_path: Path) -> None:
    path = excel(tmp_path / "a.xlsx", [["单位名称", "内部码"], ["甲厂", CODE]])
    assert read_roster([path], "firms", {"内部码": "id"}).rows[0]["id"] == CODE


def test_formulas_are_kept_as_text_and_escaped_in_the_report(tmp_path: Path) -> None:
    path = excel(tmp_path / "a.xlsx", [HEAD, ["甲厂", CODE, "", "-2+3"]])
    intake = read_roster([path], "firms")
    assert intake.rows[0]["note"] == "-2+3"
    written = write_intake(intake, tmp_path / "out")
    assert "'-2+3" in written[0].read_text(encoding="utf-8-sig")
    assert safe("=1") == "'=1"


@settings(max_examples=40, deadline=None)
@given(some.lists(some.tuples(some.sampled_from(["甲厂", "乙 厂", "", "小计", "单位名称"]), some.sampled_from([CODE, OTHER, "x", "", CODE.lower(), "370830200012345"]), some.sampled_from(["", "2020-01-01", "乱"]), some.text("ab=-", max_size=3)), max_size=12))  # fmt: skip
def test_every_row_has_one_fate(
    tmp_path_factory: pytest.TempPathFactory, rows: list[tuple[str, str, str, str]]
) -> None:
    path = excel(tmp_path_factory.mktemp("rows") / "a.xlsx", [["名录"], HEAD, *rows])
    intake = read_roster([path], "firms")
    assert sum(intake.fates.values()) == intake.rows_read
    assert intake.fates["clean"] == len(intake.rows)
    assert intake.fates["quarantined"] == len(intake.quarantined)
