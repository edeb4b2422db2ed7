"""Two rounds a year: the register itself knows whom the first round drew, and the second draws what is left of the year's quota."""

from fractions import Fraction
from pathlib import Path
from typing import Any

from helpers import complete, drawn, fixed_secret, plan
from sunlot.draw import deeds
from sunlot.draw.state import Draw
from sunlot.policy.reader import read_pack

LATER = "2023-09-30T01:00:00Z"


def two_rounds() -> dict[str, Any]:
    pack = read_pack("county-2026")
    return pack | {"firms": {**pack["firms"], "rounds": 2}}


def second(folder: Path, **changes: Any) -> Draw:
    """Announce round 2 after the one that lies in the register."""
    later = [
        dict(source, known_at="2023-10-02T13:15:00Z", issue="2023112")
        for source in plan()["sources"]
        if "issue" in source
    ]
    changed = plan(round=2, date="2023-09-30", sources=later, **changes)
    return deeds.announce_firms(folder / "draws", changed, two_rounds(), folder / "tables", LATER, fixed_secret)


def test_whom_round_one_drew_is_not_drawn_again(tmp_path: Path) -> None:
    first = complete(tmp_path)
    selected = {entry["id"] for entry in first.need("outcome", "").read_json("outcome.json")["selected"]}
    again = second(tmp_path)
    assert {row["id"] for row in again.frame() if row["drawn"] == first.name} == selected
    excluded = {entry["reason"]: entry["count"] for entry in again.firms_notice["excluded"]}
    assert excluded["drawn"] == len(selected)


def test_each_cell_ends_the_year_on_its_quota(tmp_path: Path) -> None:
    first = complete(tmp_path)
    outcome = first.need("outcome", "").read_json("outcome.json")
    done = {cell["cell"]: cell["selected"] for cell in outcome["cells"]}
    sizes = {cell["cell"]: cell["count"] for cell in first.firms_notice["cells"]}
    again = second(tmp_path)
    rules = {rule["name"]: rule for rule in again.firms_notice["policy"]["rules"]}
    for cell in again.firms_notice["cells"]:
        name, level = cell["cell"].split("/")[:2]
        rate = min(Fraction(1), Fraction(*rules[name]["rate"]) * again.firms_notice["policy"]["intensity"][int(level)])
        expected = max(Fraction(0), sizes[cell["cell"]] * rate - done[cell["cell"]])
        if rate < 1 and cell["direction"] == "random":
            assert Fraction(*cell["quota"]) == min(expected, cell["count"])


def test_a_void_draw_counts_for_nothing(tmp_path: Path) -> None:
    first = deeds.void(drawn(tmp_path), "名录有误", ["甲", "乙"], LATER)
    assert first.void
    assert not any(row["drawn"] for row in second(tmp_path).frame())


def test_a_rehearsal_does_not_spare_anybody_in_earnest(tmp_path: Path) -> None:
    complete(tmp_path)
    assert not any(row["drawn"] for row in second(tmp_path, rehearsal=False).frame())
