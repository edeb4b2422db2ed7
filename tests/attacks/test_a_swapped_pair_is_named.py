"""An inspector takes a colleague's visit: in the result, or as a substitution out of turn."""

from typing import Any

import pytest

from insider import County, both_name, change_json, mend_bag, mend_steps
from sunlot.draw import deeds
from sunlot.draw.errors import DrawError
from sunlot.draw.state import open_draw
from sunlot.draw.steps import append_step

LATER = "2023-09-20T01:00:00Z"


def swap(outcome: Any) -> None:
    """Exchange one member of two teams."""
    first = outcome["teams"][0]
    out = first["members"][0]
    second = next(team for team in outcome["teams"] if not set(team["members"]) & set(first["members"]))
    first["members"] = sorted([second["members"][0], *first["members"][1:]])
    second["members"] = sorted([out, *second["members"][1:]])


def test_a_pair_swapped_in_the_result(county: County) -> None:
    change_json(county.draw / "06-teams-outcome/outcome.json", swap)
    mend_steps(county.draw)
    both_name(county.draw, "06-teams-outcome/outcome.json 与重算结果不同", "outcome_differs")
    assert "06-teams-outcome 与日志登记的核对码" in county.audit()


def test_a_pair_swapped_in_the_bag_and_signed_again(county: County) -> None:
    inside = county.bag / "data" / county.draw.name
    change_json(inside / "06-teams-outcome/outcome.json", swap)
    mend_steps(inside)
    mend_bag(county.bag, county.key)
    both_name(county.bag, "与重算结果不同", "outcome_differs")


def test_a_colleague_out_of_turn_is_not_taken(county: County) -> None:
    """The record of a substitution names who comes in; the order of the draw says who it must be."""
    draw = open_draw(county.draw)
    team = draw.need("teams-outcome", "").read_json("outcome.json")["teams"][0]
    request = {"out": team["members"][0], "visit": team["visit"], "evidence": "假条", "by": "甲"}
    with pytest.raises(DrawError, match="reason_"):
        deeds.substitute(draw, {**request, "reason": "favour"}, LATER)
    deeds.substitute(draw, {**request, "reason": "illness"}, LATER)
    right = open_draw(county.draw).steps[-1].read_json("substitution.json")["in"]
    friend = next(row["id"] for row in draw.inspectors() if row["id"] not in (right, *team["members"]))
    change_json(county.draw / "07-substitution/substitution.json", lambda record: record.update({"in": friend}))
    mend_steps(county.draw)
    both_name(county.draw, f"应由 {right} 递补，登记的却是 {friend}", "substitute_differs")


def test_a_second_team_result_is_not_taken(county: County) -> None:
    draw = open_draw(county.draw)
    files = {"outcome.json": draw.need("teams-outcome", "").read("outcome.json")}
    with pytest.raises(DrawError, match="step_order"):
        append_step(draw.folder, draw.steps, "teams-outcome", LATER, files)
