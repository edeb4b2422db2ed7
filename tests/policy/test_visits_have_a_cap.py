"""How often a firm may be visited follows from its industry, risk class and standardization level; triggered visits do not count."""

from datetime import date

import pytest

from sunlot.policy.errors import PolicyError
from sunlot.policy.in_force import policy_in_force
from sunlot.policy.vocabulary import VISIT_KINDS

POLICY = policy_in_force(date(2026, 3, 1))


@pytest.mark.parametrize(
    ("firm", "visits"),
    [
        (("非煤矿山", "A"), 1),
        (("非煤矿山", "B", "一级"), 1),
        (("非煤矿山", "C"), 2),
        (("非煤矿山", "D"), 4),
        (("危险化学品", "", "一级"), 2),
        (("金属冶炼", "D", "二级"), 4),
        (("危险化学品", "A", "三级"), 8),
        (("危险化学品",), 12),
        (("机械", "D", "一级"), 1),
        (("机械", "", "二级"), 2),
        (("机械", "", "三级"), 4),
        (("机械",), 6),
        (("冶金", "D", "二级"), 4),
    ],
)
def test_the_first_row_that_fits_gives_the_cap(firm: tuple[str, ...], visits: int) -> None:
    assert POLICY.cap_rule(*firm).visits == visits


def test_the_cap_says_which_row_applied_and_how_sure_we_are() -> None:
    cap = POLICY.cap_rule("非煤矿山", "C")
    assert cap.sentence == "非煤矿山、C：每年不超过 2 次"
    assert POLICY.cap_rule("机械").sentence == "其余单位：每年不超过 6 次"
    assert cap.rule.certainty.label == "本系统默认值，待本级确认"


def test_where_a_grade_that_may_matter_is_unknown_the_loosest_row_applies_and_says_so() -> None:
    found = {
        facts: POLICY.cap_rule(*facts)
        for facts in [("非煤矿山", ""), ("机械", ""), ("冶金", "A"), ("机械", "", "未定级")]
    }
    assert [(cap.visits, cap.assumed) for cap in found.values()] == [(4, True), (6, True), (12, True), (6, False)]
    assert not POLICY.cap_rule("非煤矿山", "D").assumed


def test_planned_visits_count_and_triggered_ones_do_not() -> None:
    counted = {kind for kind in VISIT_KINDS if POLICY.counted(kind)}
    assert counted == {"random", "key", "routine", "case", "campaign", "joint"}


def test_a_kind_of_visit_there_is_not_is_refused() -> None:
    with pytest.raises(PolicyError):
        POLICY.counted("friendly")
