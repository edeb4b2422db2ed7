"""One ledger of all visits: those that count are held against the cap of the policy in force, and the page says which cap set that is."""

from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client

from plans import YEAR
from sunlot.office.accounts.models import User
from sunlot.office.plan import key_list, known
from sunlot.office.plan.caps import STATES, Standing, burdens, by_state
from sunlot.office.plan.known import FirmFact, VisitCount
from sunlot.office.plan.models import Plan

POLICY = known.policy_for(2026, date(2026, 11, 25))
MINE = FirmFact("A", "甲矿", "非煤矿山", "A")
SHOP = FirmFact("B", "乙厂", "机械")


def standing_of(visits: list[VisitCount], planned: dict[str, int] | None = None) -> Standing:
    (found,) = burdens(visits, planned or {}, {"A": MINE, "B": SHOP}, POLICY)
    return found.standing


def test_visits_of_all_counted_kinds_add_up() -> None:
    found = standing_of([VisitCount(MINE, "random", 1), VisitCount(MINE, "joint", 1)])
    assert (found.made, found.cap.visits, found.left, found.state) == (2, 1, -1, "over")


def test_a_complaint_or_a_recheck_does_not_count() -> None:
    found = standing_of([VisitCount(MINE, "complaint", 2), VisitCount(MINE, "recheck", 1)])
    assert (found.made, found.uncounted, found.state) == (0, 3, "free")


def test_a_campaign_from_above_does_not_count_and_ones_own_does() -> None:
    found = standing_of([VisitCount(MINE, "campaign_from_above", 1), VisitCount(MINE, "campaign", 1)])
    assert (found.made, found.uncounted, found.state) == (1, 1, "full")


def test_a_plan_that_goes_beyond_the_cap_is_seen_before_anybody_went_there() -> None:
    assert standing_of([], {"A": 2}).state == "exceeds"
    assert standing_of([], {"A": 1}).state == "free"


def test_the_firms_in_trouble_come_first() -> None:
    found = burdens([VisitCount(MINE, "key", 1), VisitCount(SHOP, "key", 7)], {}, {"A": MINE, "B": SHOP}, POLICY)
    assert [(burden.name, burden.state) for burden in found] == [("乙厂", "over"), ("甲矿", "full")]


def test_the_page_names_the_cap_set_and_that_the_draw_has_its_own(
    plan: Plan, approve: Callable[[Plan], Plan], clerk: User, client_of: Callable[[str], Client],
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    key = plan.rounds.get(kind="key")
    key_list.add_firms(clerk, plan.pk, [("91370830MA3C000115", "甲公司")], "high_risk", "", key.pk)
    approve(plan)
    firm = FirmFact("91370830MA3C000115", "")
    visits = [VisitCount(firm, "routine", 6), VisitCount(firm, "complaint", 1)]
    monkeypatch.setattr(known, "visits_of", lambda year: visits)
    page = client_of("chief").get("/plan/caps/", {"year": YEAR}).content.decode()
    assert "visit.caps" in page
    assert "国办发〔2024〕54号要求" in page
    assert "county-2026" in page
    assert "甲公司" in page
    assert "已到上限 (1)" in page
    assert "其余单位：每年不超过 6 次" in page


def test_how_many_firms_are_in_each_state_is_counted() -> None:
    made = {"A": 2, "B": 1, "C": 1, "D": 0}
    visits = [VisitCount(MINE._replace(id=firm), "key", number) for firm, number in made.items()]
    found = burdens(visits, {}, {}, POLICY)
    assert by_state(found) == {state: [one.state for one in found].count(state) for state in STATES}
    assert len({one.state for one in found}) > 1
    assert by_state([]) == dict.fromkeys(STATES, 0)
