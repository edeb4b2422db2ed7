"""Whoever rewrites the hashes too still cannot get a wrong result past the recomputation."""

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from helpers import complete
from sunlot.draw.canonical import dumps, hash_of, loads
from sunlot.draw.verify import exit_code, verify


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return complete(tmp_path_factory.mktemp("county")).folder


def repair(draw: Path) -> None:
    """Make every step.json fit the files again, as a forger would."""
    previous = ""
    for step in sorted(draw.iterdir()):
        record = loads((step / "step.json").read_bytes())
        record["previous"] = previous
        for entry in record["files"]:
            data = (step / entry["name"]).read_bytes()
            entry |= {"bytes": len(data), "sha256": hash_of(data)}
        (step / "step.json").write_bytes(dumps(record))
        previous = hash_of(dumps(record))


def swap_first_two(outcome: Any) -> None:
    outcome["selected"][0]["id"], outcome["reserves"][0]["id"] = (
        outcome["reserves"][0]["id"],
        outcome["selected"][0]["id"],
    )


def swap_members(outcome: Any) -> None:
    outcome["teams"][0]["members"], outcome["teams"][1]["members"] = (
        outcome["teams"][1]["members"],
        outcome["teams"][0]["members"],
    )


def another_grade(seed: Any) -> None:
    seed["grade"] = "甲"


def another_round(notice: Any) -> None:
    notice["sources"][1]["round"] += 1


def another_seed(seed: Any) -> None:
    seed["sources"][0]["evidence"]["numbers"] = "1 9 14 19 29 30 + 16"


def more_chance(notice: Any) -> None:
    notice["cells"][0]["quota"][0] += 1


@pytest.mark.parametrize(
    ("name", "change"),
    [
        ("03-outcome/outcome.json", swap_first_two),
        ("06-teams-outcome/outcome.json", swap_members),
        ("02-seed/seed.json", another_grade),
        ("02-seed/seed.json", another_seed),
        ("01-notice/notice.json", another_round),
        ("01-notice/notice.json", more_chance),
    ],
)
def test_it_differs(folder: Path, tmp_path: Path, name: str, change: Callable[[Any], None]) -> None:
    copy = tmp_path / folder.name
    shutil.copytree(folder, copy)
    value = loads((copy / name).read_bytes())
    change(value)
    (copy / name).write_bytes(dumps(value))
    repair(copy)
    assert exit_code(verify(copy)) == 1


def test_a_repaired_copy_without_a_change_verifies(folder: Path, tmp_path: Path) -> None:
    copy = tmp_path / folder.name
    shutil.copytree(folder, copy)
    repair(copy)
    assert exit_code(verify(copy)) == 0
