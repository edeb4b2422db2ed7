"""Each field of the public site has its own rule; what law forbids to publish no lower layer can open."""

from datetime import date
from pathlib import Path

import pytest

from sunlot.policy.errors import PolicyError
from sunlot.policy.in_force import policy_in_force
from sunlot.policy.vocabulary import FIELDS

DAY = date(2026, 3, 1)


def test_results_are_public_and_persons_are_not() -> None:
    policy = policy_in_force(DAY)
    by_openness: dict[str, set[str]] = {}
    for field in FIELDS:
        by_openness.setdefault(policy.openness(field), set()).add(field)
    assert by_openness == {
        "public": {
            *("firm_name", "credit_code", "district", "industry", "inspected_on", "items", "department"),
            *("inspection_code", "result", "visit_kind", "draw", "methods", "problems", "dispositions"),
            *("penalty_number", "decided_on", "violation", "penalty_basis", "penalty_content"),
        },
        "legal_persons": {"registered_address"},
        "after_visit": {"drawn_list"},
        "staff_list_and_after_visit": {"inspector_name", "certificate_number", "inspector_unit"},
        "count_only": {"recusal"},
        "hash_only": {"photos", "recordings", "signatures", "record"},
        "withheld": {"legal_representative", "phone", "representative", "penalized_person"},
        "never": {"identity_number", "inspector_private", "complaint", "complainant", "other_persons"},
    }


def county(folder: Path, field: str, openness: str) -> Path:
    path = folder / "own.toml"
    path.write_text(
        f"""[pack]
name = "own"
title = "某县规则"
layer = "county"
valid_from = 2026-01-01

[[rule]]
name = "publication.field.{field}"
value = "{openness}"
source = "测试"
certainty = "confirmed"
""",
        "utf-8",
    )
    return path


def test_a_county_may_publish_drawn_names_before_the_visit(tmp_path: Path) -> None:
    policy = policy_in_force(DAY, ["national", county(tmp_path, "drawn_list", "public")])
    assert policy.openness("drawn_list") == "public"


def test_a_county_may_not_publish_who_complained(tmp_path: Path) -> None:
    with pytest.raises(PolicyError, match=r"政策包 own 的“投诉举报人的公开”.*国家规则为 never，不得改变"):
        policy_in_force(DAY, ["national", county(tmp_path, "complainant", "public")])
