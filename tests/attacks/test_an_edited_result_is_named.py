"""The publisher changes who was drawn, in the draw, in the bag or in the printed list, after the result was published."""

from typing import Any

from insider import County, both_name, change_json, mend_bag, mend_steps
from sunlot.draw.state import open_draw


def spare(outcome: Any) -> None:
    """Let the first firm change places with a reserve of its cell."""
    first = outcome["selected"][0]
    reserve = next(entry for entry in outcome["reserves"] if entry["cell"] == first["cell"])
    first["id"], reserve["id"] = reserve["id"], first["id"]


def test_a_friend_spared_in_the_draws_folder(county: County) -> None:
    change_json(county.draw / "03-outcome/outcome.json", spare)
    both_name(county.draw, "outcome.json", "file_differs")
    mend_steps(county.draw)
    both_name(county.draw, "03-outcome/outcome.json 与重算结果不同", "outcome_differs")
    assert "步骤 03-outcome 与日志登记的核对码" in county.audit()


def test_a_friend_spared_in_a_bag_signed_with_the_genuine_key(county: County) -> None:
    inside = county.bag / "data" / county.draw.name
    change_json(inside / "03-outcome/outcome.json", spare)
    mend_steps(inside)
    mend_bag(county.bag, county.key)
    both_name(county.bag, "与重算结果不同", "outcome_differs")


def test_another_printed_list_beside_the_right_result(county: County) -> None:
    """The list that people read is a file of the step like every other: its hash stands in the chain that the log holds."""
    code = open_draw(county.draw).check_code
    inside = county.bag / "data" / county.draw.name
    (inside / "03-outcome/record.pdf").write_bytes((county.draw / "06-teams-outcome/record.pdf").read_bytes())
    mend_steps(inside)
    mend_bag(county.bag, county.key)
    both_name(county.bag, "03-outcome.json 说的不是这一步", "entry_of_another")
    both_name(county.bag, "与您提供的不同", "check_code_given", code=code)
