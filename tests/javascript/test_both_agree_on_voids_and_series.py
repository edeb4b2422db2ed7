"""What a void and a notice's account of the draws before it may say: both verifiers accept and refuse the same."""

from pathlib import Path
from typing import Any

import pytest

from helpers import announced, plan, tables
from insider import change_json, in_javascript, mend_steps
from sunlot.commands.demo_county import RANDOMNESS
from sunlot.draw import deeds
from sunlot.draw.state import Draw
from sunlot.draw.verify import DIFFERS, verify
from sunlot.evidence.page import verifier_page

EARLY, FIRST, KNOWN = "2023-08-22T02:00:00Z", "2023-08-22T13:15:00Z", str(RANDOMNESS["firms"]["recorded_at"])

VOIDS: list[tuple[dict[str, Any], bool]] = [
    ({}, True),
    ({"at": KNOWN}, False),
    ({"at": KNOWN, "missing": [1]}, True),
    ({"at": KNOWN, "missing": [1, 2]}, True),
    ({"at": KNOWN, "missing": [2, 1]}, False),
    ({"at": KNOWN, "missing": [1, 1]}, False),
    ({"at": KNOWN, "missing": [True]}, False),
    ({"at": KNOWN, "missing": [3]}, False),
    ({"at": KNOWN, "missing": [0]}, False),
    ({"at": KNOWN, "missing": ["1"]}, False),
    ({"missing": [1]}, False),
    ({"missing": None}, False),
    ({"missing": {}}, False),
    ({"reason": ""}, False),
    ({"reason": " 名录有误"}, False),
    ({"reason": "名录有误\u3000"}, False),
    ({"reason": "\ufeff名录有误"}, True),
    ({"reason": "名录有误\u0085"}, True),
    ({"reason": "名录有误\u001f"}, True),
    ({"reason": 7}, False),
    ({"approvers": ["乙"]}, False),
    ({"approvers": ["乙", "乙"]}, False),
    ({"approvers": ["乙", "丙"]}, False),
    ({"approvers": ["丙", "乙", " "]}, False),
    ({"approvers": ["丙", "乙 "]}, False),
    ({"approvers": [1, 2]}, False),
    ({"approvers": "丙乙"}, False),
    ({"more": 1}, False),
    ({"draw": "379921-2023-0002"}, False),
    ({"format": "sunlot/2 void"}, False),
]
SERIES: list[tuple[dict[str, Any], bool]] = [
    ({}, True),
    ({"before": {"check_code": "", "draw": ""}}, False),
    ({"before": {"check_code": "a" * 64, "draw": "379921-2023-0001"}}, True),
    ({"before": {"check_code": "A" * 64, "draw": "379921-2023-0001"}}, False),
    ({"before": {"check_code": "a" * 64, "draw": "379921-2023-0000"}}, False),
    ({"before": {"check_code": "a" * 64, "draw": "379921-2023-0001", "more": 1}}, False),
    ({"before": {"check_code": 7, "draw": "379921-2023-0001"}}, False),
    ({"before": None}, False),
    ({"before": "x"}, False),
    ({"voided": ["379921-2023-0001"]}, True),
    ({"voided": ["379921-2023-0001", "379921-2023-0001"]}, False),
    ({"voided": ["379921-2023-0001", "379921-2023-0000"]}, False),
    ({"voided": ["379921-2023-0002"]}, False),
    ({"voided": ["379921-2022-0001"]}, False),
    ({"voided": ["379921-2023-000１"]}, False),
    ({"voided": [1]}, False),
    ({"voided": None}, False),
    ({"voided": {}}, False),
    ({"voided": ""}, False),
]


@pytest.fixture(scope="module")
def void(tmp_path_factory: pytest.TempPathFactory) -> Draw:
    verifier_page()
    return deeds.void(announced(tmp_path_factory.mktemp("void")), "名录有误", ["乙", "丙"], EARLY)


@pytest.fixture(scope="module")
def second(tmp_path_factory: pytest.TempPathFactory) -> Draw:
    from helpers import fixed_secret
    from sunlot.policy.reader import read_pack

    folder = tmp_path_factory.mktemp("second")
    deeds.void(announced(folder), "名录有误", ["乙", "丙"], EARLY)
    later = plan(sources=plan()["team_sources"])
    return deeds.announce_firms(folder / "draws", later, read_pack("county-2026"), tables(folder), EARLY, fixed_secret)


def accepted(folder: Path) -> bool:
    """Return whether both verifiers accept; they must agree."""
    python = [line for line in verify(folder) if line.kind == DIFFERS]
    javascript = [line for line in in_javascript(folder) if line["kind"] == "differs"]
    assert bool(python) == bool(javascript), (python, javascript)
    return not python


@pytest.mark.parametrize(("change", "good"), VOIDS)
def test_voids(void: Draw, tmp_path: Path, change: dict[str, Any], good: bool) -> None:
    from bags import copied

    folder = copied(void.folder, tmp_path)
    if change:
        change_json(folder / "02-void/void.json", lambda record: record.update(change))
    if "at" in change:
        change_json(folder / "02-void/step.json", lambda record: record.update(at=change["at"]))
    mend_steps(folder)
    assert accepted(folder) is good


@pytest.mark.parametrize(("at", "good"), [("2023-08-22T13:14:59Z", True), (FIRST, False)])
def test_the_moment_a_source_is_known_is_too_late(void: Draw, tmp_path: Path, at: str, good: bool) -> None:
    assert void.firms_notice["sources"][0]["known_at"] == FIRST
    test_voids(void, tmp_path, {"at": at}, good)


@pytest.mark.parametrize(("change", "good"), SERIES)
def test_series(second: Draw, tmp_path: Path, change: dict[str, Any], good: bool) -> None:
    from bags import copied

    folder = copied(second.folder, tmp_path)
    change_json(folder / "01-notice/notice.json", lambda notice: notice.update({"title": "改", **change}))
    mend_steps(folder)
    assert accepted(folder) is good
