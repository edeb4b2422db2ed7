"""What may be planned comes from the item list in force, firms and their visits from the roster: nothing is typed twice."""

from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client

from plans import YEAR, fields
from rosters import code, enter, firm
from sunlot.office.accounts.models import User
from sunlot.office.approvals.services import grant
from sunlot.office.catalog.drafting import draft_from, switch_items
from sunlot.office.catalog.publishing import ask_publication
from sunlot.office.catalog.queries import list_in_force
from sunlot.office.journal.services import deed
from sunlot.office.plan import key_list, known, queries, services
from sunlot.office.plan.models import Plan
from sunlot.office.plan.rounds import add_round
from sunlot.office.roster.services import record_visit
from sunlot.refusal import Refusal


def test_without_a_list_nothing_can_be_planned(people: dict[str, User]) -> None:
    plan = services.draft(people["clerk"], YEAR, "青禾县应急管理局", 8)
    with pytest.raises(Refusal, match="item_not_listed"):
        add_round(people["clerk"], plan.pk, fields())


def test_an_item_that_the_list_disables_keeps_the_plan_from_being_submitted(
    plan: Plan, people: dict[str, User]
) -> None:
    now = list_in_force(date(2026, 11, 25))
    assert now
    draft = draft_from(people["clerk"], now)
    switch_items(people["clerk"], [draft.items.get(number="AQ-02").pk], False, "由其他部门主管")
    draft.refresh_from_db()
    asked = ask_publication(people["clerk"], draft.pk, draft.version, date(YEAR, 1, 1), "年度更新")
    grant(people["chief"], asked.pk)
    assert "AQ-02" not in known.plannable_items(YEAR, date(2026, 11, 25))
    assert "AQ-02" in known.plannable_items(2026, date(2026, 11, 25))
    with pytest.raises(Refusal, match="事项 AQ-02 不在现行清单中"):
        services.submit(people["clerk"], plan.pk, "请审批，理由充分")


def test_the_list_learns_when_its_items_were_last_used(plan: Plan, approve: Callable[[Plan], Plan]) -> None:
    assert queries.items_planned(date(YEAR, 12, 31)) == {}
    approve(plan)
    assert queries.items_planned(date(YEAR, 2, 1)) == {"AQ-01": date(YEAR, 2, 1), "AQ-02": date(YEAR, 2, 1)}
    used = queries.items_planned(date(YEAR, 12, 31))
    assert used == {"AQ-01": date(YEAR, 12, 20), "AQ-02": date(YEAR, 12, 20), "AQ-03": date(YEAR, 4, 30)}


def test_names_of_key_firms_are_the_rosters(plan: Plan, clerk: User) -> None:
    enter(firm(1), firm(2))
    key_list.add_firms(clerk, plan.pk, [(code(1), "别的名字")], "high_risk", "", None)
    assert plan.key_list.get().name == "青禾县第1机械有限公司"
    with pytest.raises(Refusal, match=f"名录中没有：{code(9)}"):
        key_list.add_firms(clerk, plan.pk, [(code(2), ""), (code(9), "")], "high_risk", "", None)
    assert plan.key_list.count() == 1


def test_key_units_of_the_roster_are_taken_over_once(plan: Plan, clerk: User) -> None:
    enter(firm(1, key_unit="是"), firm(2, key_unit="是", status="注销"), firm(3, key_unit="是"), firm(4))
    key = plan.rounds.get(kind="key")
    assert key_list.add_from_roster(clerk, plan.pk, "high_risk", key.pk) == 2
    assert key_list.add_from_roster(clerk, plan.pk, "high_risk", key.pk) == 0
    assert set(plan.key_list.values_list("firm", flat=True)) == {code(1), code(3)}


def test_key_units_of_the_roster_that_the_list_leaves_out_are_named_and_must_be_explained(
    plan: Plan, clerk: User, client_of: Callable[[str], Client]
) -> None:
    enter(firm(1, key_unit="是"), firm(2, key_unit="是", status="注销"), firm(3, key_unit="是"), firm(4))
    page, said = f"/plan/{plan.pk}/", "未列入重点单位名单的有 2 户：青禾县第1机械有限公司、青禾县第3机械有限公司"
    shown = client_of("clerk").get(page).content.decode()
    assert said in shown
    assert f"<li>青禾县第3机械有限公司 <code>{code(3)}</code></li>" in shown
    with pytest.raises(Refusal, match="explanation_missing"):
        services.submit(clerk, plan.pk, "")
    key = plan.rounds.get(kind="key")
    key_list.add_firms(clerk, plan.pk, [(code(1), "")], "high_risk", "", key.pk)
    assert "未列入重点单位名单的有 1 户" in client_of("clerk").get(page).content.decode()
    key_list.add_from_roster(clerk, plan.pk, "high_risk", key.pk)
    assert "未列入重点单位名单的" not in client_of("clerk").get(page).content.decode()


def test_the_form_of_a_round_tells_how_many_firms_there_are(plan: Plan, client_of: Callable[[str], Client]) -> None:
    enter(firm(1, key_unit="是", hazard_class="危险化学品"), firm(2), firm(3), firm(4, status="注销"))
    assert known.roster_sizes() == [("全部", 3), ("重点单位", 1), ("危险化学品", 1), ("机械", 2)]
    assert "<dt>危险化学品</dt><dd>1 户</dd>" in client_of("clerk").get(f"/plan/{plan.pk}/rounds/add/").content.decode()


def test_one_ledger_holds_the_visits_of_all_kinds_and_departments(
    plan: Plan, clerk: User, client_of: Callable[[str], Client]
) -> None:
    enter(firm(1, hazard_class="非煤矿山"), firm(2), firm(3))
    merged = firm(3)
    with deed(by=clerk.actor) as doing:
        record_visit(doing, code(1), date(YEAR, 3, 1), "random", "379921-2027-0001")
        for month in range(1, 5):
            record_visit(doing, code(1), date(YEAR, month, 20), "routine", department="市应急管理局")
        record_visit(doing, code(1), date(YEAR - 1, 12, 30), "routine")
        record_visit(doing, code(3), date(YEAR, 5, 1), "complaint")
        merged.merged_into_id, merged.listed = code(2), False
        doing.save(merged)
        doing.record("roster.merged", f"firm/{code(3)}", {})
    counts = {(count.firm.id, count.kind): count.visits for count in known.visits_of(YEAR)}
    assert counts == {(code(1), "random"): 1, (code(1), "routine"): 4, (code(2), "complaint"): 1}
    page = client_of("chief").get("/plan/caps/", {"year": YEAR}).content.decode()
    assert "已超上限 (1)" in page
    assert "非煤矿山：每年不超过 4 次" in page
    assert page.index("青禾县第1机械有限公司") < page.index("青禾县第2机械有限公司")


def test_an_offices_own_caps_stand_over_ours(plan: Plan, office: object, client_of: Callable[[str], Client]) -> None:
    from pathlib import Path

    own = Path(str(office)) / "policy"
    own.mkdir()
    (own / "qinghe.toml").write_text(
        """[pack]
name = "qinghe"
title = "青禾县规则"
layer = "county"
valid_from = 2026-01-01

[[rule]]
name = "visit.caps"
value = [{ cap = 2 }]
source = "青禾县涉企行政检查频次上限（测试）"
certainty = "confirmed"
""",
        "utf-8",
    )
    page = client_of("chief").get("/plan/caps/", {"year": YEAR}).content.decode()
    assert "青禾县涉企行政检查频次上限（测试）" in page
    assert "qinghe" in page
