"""Field by field the policy decides: a county pack that opens less is obeyed at once, and a home is never published as an address."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from release.conftest import Finish, problem
from sunlot.office.release.masking import Fact, is_legal_person, masked
from sunlot.office.release.models import Release
from sunlot.office.release.scan import scan
from sunlot.office.visits.models import Visit
from sunlot.policy.in_force import policy_in_force

Give = Callable[..., Release]
PACK = """[pack]
name = "own"
title = "某县规则"
layer = "county"
valid_from = 2020-01-01
"""
RULE = """
[[rule]]
name = "publication.field.{}"
value = "{}"
source = "测试"
certainty = "confirmed"
"""


def county_says(office: Path, **fields: str) -> None:
    """Write the county's own rules into the office's folder."""
    (office / "policy").mkdir(exist_ok=True)
    rules = "".join(RULE.format(field, value) for field, value in fields.items())
    (office / "policy" / "own.toml").write_text(PACK + rules, "utf-8")


def body_of(row: Release) -> dict[str, object]:
    found: dict[str, object] = json.loads(row.editions.get().body)
    return found


def test_inspectors_are_named_as_the_policy_says(office: Path, finish: Finish, release: Give) -> None:
    county_says(office, inspector_name="withheld", inspector_unit="withheld")
    visit = finish()
    record = body_of(release(visit))
    assert record["inspectors"] == [{"certificate": one.certificate} for one in visit.team.order_by("inspector_id")]
    assert "inspector_name" in record["withheld"]  # type: ignore[operator]


def test_inspectors_may_be_a_number_only(office: Path, finish: Finish, release: Give) -> None:
    county_says(office, inspector_name="count_only", certificate_number="withheld", inspector_unit="withheld")
    record = body_of(release(finish()))
    assert record["inspector_name"] == {"count": 2} and "inspectors" not in record


def test_problems_can_be_kept_back(office: Path, finish: Finish, release: Give) -> None:
    county_says(office, problems="withheld")
    record = body_of(release(finish(more=problem("安全出口堵塞"))))
    assert "problems" not in record and "堵塞" not in json.dumps(record, ensure_ascii=False)
    assert record["result"]["code"] == "pending"  # type: ignore[index]


def test_photos_signatures_and_the_record_are_hashes(finish: Finish, release: Give) -> None:
    visit = finish()
    record = body_of(release(visit))
    assert record["photos"] == {"sha256": [visit.photos.get().sha256]}
    assert record["record"] == {"sha256": [visit.records.get().sha256]}
    assert len(record["signatures"]["sha256"]) == 1  # type: ignore[index]
    assert record["withheld"] == ["representative"]


def test_the_address_is_public_of_firms_and_withheld_of_households(
    ready: Callable[..., Visit], finish: Finish, release: Give
) -> None:
    visit = ready()
    Visit.objects.filter(pk=visit.pk).update(firm_address="工业路 7 号")
    visit.refresh_from_db()
    assert body_of(release(finish(visit)))["registered_address"] == "工业路 7 号"


@pytest.mark.parametrize(
    ("identity", "legal"),
    [
        ("91370830MA3C000115", True),
        ("92370830MA3C00011Y", False),
        ("93370830MA3C00011X", True),
        ("12370830MA3C00011X", True),
        ("REG15-370829200012345", True),
        ("REG15-370829600012345", False),
        ("REG13-3708296000123", False),
        ("ORG9-12345678X", False),
    ],
)
def test_who_is_certainly_no_household(identity: str, legal: bool) -> None:
    from datetime import date

    assert is_legal_person(identity) == legal
    shown = masked({"registered_address": Fact("隐居巷 7 号")}, policy_in_force(date(2026, 3, 1)), legal)
    assert ("registered_address" in shown) == legal == ("registered_address" not in shown["withheld"])


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("请拨打 139 5370 0001", "电话"),
        ("１３９５３７００００１", "电话"),
        ("0537-7212345", "电话"),
        ("电话：7212345", "电话"),
        ("证号 37082919800101123X", "身份证件号码"),
        ("370829 19800101 1234", "身份证件号码"),
        ("账户 6222 0202 0000 1234 567", "银行账号"),
        ("wang@example.com", "电子邮箱"),
        ("欧 阳 建 国", "人名"),
        ("2023年9月20日检查 3 台压力容器，出厂编号 20230920", ""),
        ("安全生产法第三十五条", ""),
        ("工作压力 1.25 MPa，额定 13953 千瓦", ""),
    ],
)
def test_the_scan_finds_what_identifies_a_person(text: str, found: str) -> None:
    hits = scan(text, frozenset({"欧阳建国"}))
    assert [hit.what for hit in hits][:1] == ([found] if found else [])
