"""Real rosters with known quirks: each gets its expected handling, the truth is reproduced, nothing is dropped."""

import csv
import json
from collections import defaultdict
from pathlib import Path
from typing import Any

import pytest

from sunlot.codes.credit_code import identify
from sunlot.intake import Intake, read_roster
from sunlot.intake.crosscheck import crosscheck

EXPECTED: dict[str, set[tuple[str, str]]] = {
    "addr_blank": {("addr_blank", "flagged")},
    "code_O0": {("code_bad_character", "quarantined")},
    "code_bad_check": {("code_bad_check_digit", "quarantined"), ("org_part_check_bad", "quarantined")},
    "code_float": {("code_float", "quarantined")},
    "code_lower": {("code_lowercase_recoverable", "normalised")},
    "code_missing": {("code_none", "quarantined")},
    "code_trunc17": {("code_length_17", "quarantined")},
    "date_invalid": {("date_invalid", "flagged")},
    "date_serial": {("date_serial", "normalised")},
    "dup_code_other_name": {("dup_code_other_name", "quarantined")},
    "dup_exact": {("dup_exact", "merged"), ("dup_exact", "accepted")},
    "dup_name_variant": {(kind, how) for kind in ("dup_name_variant", "dup_exact") for how in ("merged", "accepted")},
    "dup_no_code": {("dup_no_code", "quarantined")},
    "formula": {("formula", "normalised")},
    "name_halfparen": {("name_halfparen", "normalised")},
    "name_newline": {("name_newline", "normalised")},
    "name_trailspace": {("name_spaces", "normalised")},
    "placeholder": {("placeholder", "normalised")},
    "row_blank": {("row_blank", "skipped")},
    "row_header": {("row_header", "skipped")},
    "row_note": {("row_note", "skipped")},
    "row_shift": {("row_shift", "quarantined")},
    "row_subtotal": {("row_subtotal", "skipped")},
}
EXPECTED |= {
    kind: {("code_tidied", "normalised")}
    for kind in ("code_fullwidth", "code_nbsp", "code_spaces", "code_zwsp", "code_tab", "code_apostrophe")
}
EXPECTED |= {kind: {("date_style", "normalised")} for kind in ("date_cn", "date_slash", "date_dot", "date_8digit")}


def at_rows(intake: Intake) -> dict[tuple[str, int], set[tuple[str, str]]]:
    found: dict[tuple[str, int], set[tuple[str, str]]] = defaultdict(set)
    for finding in intake.findings:
        found[finding.sheet, finding.row].add((finding.kind, finding.handling))
    return found


@pytest.mark.parametrize("name", ["dongying_370502.xlsx", "dongying_370502_gbk_mixed.csv"])
def test_every_injected_quirk_and_the_truth(shared: Path, name: str) -> None:
    folder = shared / "data" / "roster_real"
    key = json.loads((folder / "dongying_370502_KEY.json").read_text())["injected"]
    intake = read_roster([folder / name], "firms")
    assert sum(intake.fates.values()) == intake.rows_read
    found = at_rows(intake)
    quirks = [quirk for quirk in key if quirk["file"] == name and "row" in quirk]
    wrong = [q for q in quirks if not EXPECTED[q["kind"]] & found[q["sheet"] or "", q["row"]]]
    assert (len(quirks), wrong) == (len(quirks), [])
    for quirk in (quirk for quirk in key if quirk["file"] == name and quirk["kind"] == "mixed_encoding"):
        for first, last in quirk["utf8_logical_rows"]:
            assert any(("mixed_encoding", "normalised") in found["", row] for row in range(first, last + 1))
    _same_as_truth(folder, intake, quirks)


def _same_as_truth(folder: Path, intake: Intake, quirks: list[dict[str, Any]]) -> None:
    with (folder / "dongying_370502_truth_utf8.csv").open(encoding="utf-8-sig", newline="") as file:
        truth = {row["code_normalised"]: row for row in csv.DictReader(file)}
    have = {row["id"]: row for row in intake.rows}
    sources = {
        quirk["source"]
        for quirk in quirks
        if EXPECTED[quirk["kind"]] & {(kind, "quarantined") for kind, _ in EXPECTED[quirk["kind"]]}
    }
    collided = {quirk.get("collides_with") for quirk in quirks}
    assert not set(have) - set(truth)
    for code, row in truth.items():
        if code not in have:
            assert row["source"] in sources | collided, row
            continue
        own = {
            quirk["kind"]
            for quirk in quirks
            if quirk["source"] == row["source"] or quirk.get("duplicate_of") == row["source"]
        }
        assert have[code]["name"] == row["name_normalised"] or "dup_name_variant" in own
        assert have[code]["established"] == row["regdate"] or "date_invalid" in own
        assert have[code]["address"] == row["addr"] or "addr_blank" in own
        assert have[code]["hazard_class"] == row["class_derived"]


def test_real_defects_are_classified(shared: Path) -> None:
    with (shared / "data" / "roster_real" / "real_dirt_nationwide.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    counts: dict[str, int] = defaultdict(int)
    for row in rows:
        counts[row["code"]] += 1
    agreed = 0
    for row in rows:
        found = identify(row["code"].strip()).kind
        if found == "valid" and counts[row["code"]] > 1:
            found = "code_shared_by_2_rows"
        elif found == "valid" and row["name"] != _half_width(row["name"]):
            found = "name_fullwidth"
        elif found == "valid" and "*" in row["name"]:
            found = "name_star"
        agreed += found in row["real_defects"].replace(";", " ").split() or found == row["real_defects"]
    assert agreed / len(rows) >= 0.99, (agreed, len(rows))


def _half_width(text: str) -> str:
    """Return the name with full-width letters and digits as half-width; brackets stay."""
    return "".join(chr(ord(c) - 0xFEE0) if "！" <= c <= "～" and c not in "（），；：？！" else c for c in text)


def test_the_fictional_office(shared: Path) -> None:
    folder = shared / "data" / "office"
    key = json.loads((folder / "KEY.json").read_text())
    firms = read_roster([folder / "检查对象名录库.xlsx"], "firms")
    people = read_roster([folder / "执法检查人员名录库.xlsx"], "inspectors", today="2026-01-01")
    later = read_roster([folder / "执法检查人员名录库.xlsx"], "inspectors", today="2026-12-31")
    recusals = read_roster([folder / "conflicts.csv"], "recusals")
    items = read_roster([folder / "随机抽查事项清单.xlsx"], "items")
    leaves = read_roster([folder / "leaves_2026.csv"], "leaves")
    assert len(leaves.rows) == 43
    assert len(firms.rows) + len(firms.quarantined) == key["firms"]
    by_row = at_rows(firms)
    named = {row["id"]: row for row in firms.rows}
    for quirk in key["injected"]:
        kind = quirk["kind"]
        if quirk["file"] == "roster" and quirk.get("written") != quirk.get("original"):
            rows = {
                row for (_, row), kinds in by_row.items() if any(k.startswith(OFFICE.get(kind, kind)) for k, _ in kinds)
            }
            assert quirk["row_hint"] in rows or (kind == "town_alias" and quirk["firm"] in named), quirk
        elif quirk["file"] == "inspectors":
            assert _named(quirk, people) or (kind == "cert_expired" and _named(quirk, later)), quirk
    assert any(finding.kind == "withdrawn_item" and items.rows for finding in items.findings)
    crossed = {(kind, who) for kind, who, _ in crosscheck(people.rows, recusals.rows, "2026-01-01")}
    for quirk in key["injected"]:
        if quirk["file"] == "conflicts":
            assert (quirk["kind"], quirk.get("person") or quirk.get("firm")) in crossed


OFFICE = {"code_bad_check": "code_bad_check_digit"}


def _named(quirk: dict[str, Any], people: Intake) -> bool:
    rows = {row["id"]: row for row in people.rows}
    if quirk["kind"] == "homonym":
        return {quirk["person"], quirk["other"]} <= set(rows) and any(f.kind == "homonym" for f in people.findings)
    wanted = {"name_inner_fullwidth_space": "name_spaces"}.get(quirk["kind"], quirk["kind"])
    number = int(quirk["person"][-3:])
    return any(finding.kind == wanted and finding.row in (number + 2, number + 1) for finding in people.findings)
