"""A county may ask for three inspectors or ten days; it may not allow one inspector or thirty days."""

from datetime import date
from pathlib import Path

import pytest

from sunlot.policy.errors import PolicyError
from sunlot.policy.in_force import policy_in_force


def own(folder: Path, name: str, value: str) -> Path:
    path = folder / "own.toml"
    path.write_text(
        f"""[pack]
name = "own"
title = "某县规则"
layer = "county"
valid_from = 2026-01-01

[[rule]]
name = "{name}"
value = {value}
source = "测试"
certainty = "confirmed"
""",
        "utf-8",
    )
    return path


@pytest.mark.parametrize(
    ("name", "tighter", "looser"),
    [
        ("visit.min_inspectors", "3", "1"),
        ("publication.result_workdays", "10", "30"),
        ("plan.random_share", "[1, 2]", "[1, 5]"),
    ],
)
def test_only_the_tighter_value_is_accepted(tmp_path: Path, name: str, tighter: str, looser: str) -> None:
    packs = ["national", "shandong", "county-office-2026"]
    assert policy_in_force(date(2026, 3, 1), [*packs, own(tmp_path, name, tighter)]).rule(name).pack == "own"
    with pytest.raises(PolicyError) as refusal:
        policy_in_force(date(2026, 3, 1), [*packs, own(tmp_path, name, looser)])
    assert refusal.value.kind == "policy_departs_from_law"
    assert "：" in refusal.value.sentence and name in refusal.value.sentence
