"""The fifty items that ship as a template: every citation is read, and every place whose text is at hand exists."""

import csv
from collections import Counter
from datetime import date
from pathlib import Path

from sunlot.certainty import Certainty
from sunlot.policy.items_template import ITEM_CLASSES, template_items
from sunlot.policy.statutes.basis import look_up

TODAY, BEFORE_THE_NEW_LAW = date(2026, 11, 25), date(2026, 4, 30)


def test_there_are_fifty_with_a_code_each() -> None:
    items = template_items()
    assert len({item.code for item in items}) == len(items) == 50
    assert all(item.name and item.method and all(item.check_points) for item in items)
    assert {item.item_class for item in items} == set(ITEM_CLASSES)


def test_every_place_at_hand_exists_and_its_law_was_in_force_before_the_new_law_on_chemicals() -> None:
    findings = {
        str(basis.citation): basis.finding
        for item in template_items()
        for basis in look_up(item.basis, BEFORE_THE_NEW_LAW)
        if basis.finding != "sound"
    }
    assert {place for place, finding in findings.items() if finding != "no_text"} == {"危险化学品安全法第86条"}
    assert all("安全生产法第" not in place for place in findings)


def test_since_the_new_law_exactly_the_items_on_the_old_regulation_are_alarming() -> None:
    alarming = {item.code for item in template_items() if any(basis.alarming for basis in look_up(item.basis, TODAY))}
    assert alarming == {"WH-01", "WH-02", "WH-03", "WH-04", "WH-05", "WH-06", "WH-09"}
    assert alarming == {item.code for item in template_items() if item.certainty is Certainty.UNCONFIRMED}


def test_the_text_of_each_basis_is_brought() -> None:
    counts = Counter(
        bool(basis.text) for item in template_items() for basis in look_up(item.basis, TODAY) if item.industry == "通用"
    )
    assert counts[True] > 40
    assert counts[False] == 1  # 生产安全事故应急预案管理办法, cited as a whole


def test_health_items_are_disabled_with_the_reason_and_no_others() -> None:
    disabled = [item for item in template_items() if not item.enabled]
    assert [item.code for item in disabled] == ["ZY-01", "ZY-02", "ZY-03"]
    assert all("卫生健康部门主管" in item.disabled_because for item in disabled)
    assert not [item.code for item in template_items() if item.enabled and "职业病" in item.name + item.basis]


def test_they_are_the_items_of_the_domain_file(shared: Path) -> None:
    with (shared / "domain" / "items.csv").open(newline="", encoding="utf-8") as file:
        source = [(row["code"], row["name"], row["method"], row["basis"]) for row in csv.DictReader(file)]
    assert source == [(item.code, item.name, item.method, item.basis) for item in template_items()]
