"""Visits of the plan's key firms: the list says how far each is covered, several are arranged with one request, and the cap holds for each."""

from collections.abc import Callable
from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from lottery.conftest import Clock, code
from sunlot.office.accounts.models import User
from sunlot.office.approvals import services as approvals
from sunlot.office.approvals.models import Approval
from sunlot.office.catalog.models import ItemList
from sunlot.office.inspectors.models import Certificate
from sunlot.office.journal.audit import audit
from sunlot.office.journal.services import deed
from sunlot.office.plan import key_list, services
from sunlot.office.plan.models import KeyListEntry, Plan
from sunlot.office.plan.rounds import RoundFields, add_round
from sunlot.office.roster.services import record_visit
from sunlot.office.visits.models import Visit
from sunlot.office.visits.states import State

FIRST, LAST = date(2026, 3, 1), date(2026, 12, 20)
FORM = {
    "source": "2026年度监督检查计划",
    "reason": "按年度计划检查重点单位",
    "window_from": "2026-03-02",
    "window_to": "2026-04-30",
    "team": "R000、R001",
    "items": "AQ-01",
}


@pytest.fixture
def plan(county: dict[str, User], item_list: ItemList, clock: Clock) -> Plan:
    """A plan in force with six key firms, placed in one round."""
    clock.at = "2026-03-02T04:00:00Z"
    clerk = county["clerk"]
    with deed(by="u/1") as doing:
        for row in Certificate.objects.all():
            row.valid_to = date(2027, 1, 1)
            doing.save(row)
        doing.record("inspector.changed", "inspector/R000", {"inspector": "R000", "fields": "有效期至"})
    plan = services.draft(clerk, 2026, "青禾县应急管理局", 8)
    figures = services.Figures("青禾县应急管理局", 8, plan.days_each, {"综合监管": 900}, {"值班": 400})
    plan = services.change_figures(clerk, plan.pk, plan.version, figures)
    common = {"first_day": FIRST, "last_day": LAST, "population": 36, "items": "AQ-01、AQ-02", "undertaker": "执法大队"}
    for title in ("第一次双随机抽查", "第二次双随机抽查"):
        add_round(clerk, plan.pk, RoundFields(title=title, kind="random", scope="全县企业", count=20, **common))
    key = RoundFields(
        **{
            **common,
            "population": 6,
            "title": "重点单位检查",
            "kind": "key",
            "by_lot": False,
            "scope": "重点单位",
            "count": 6,
        }
    )
    add_round(clerk, plan.pk, key)
    row = plan.rounds.get(title="重点单位检查")
    firms = [(code(number), f"青禾第{number}厂") for number in range(1, 7)]
    key_list.add_firms(clerk, plan.pk, firms, "high_risk", "", row.pk)
    approvals.grant(county["leading"], services.submit(clerk, plan.pk, "请审批").pk, "同意")
    return Plan.objects.get(pk=plan.pk)


def entries(plan: Plan, *numbers: int) -> list[int]:
    return [plan.key_list.get(firm=code(number)).pk for number in numbers]


def test_several_are_arranged_and_asked_for_at_once(
    plan: Plan, client_of: Callable[[str], Client], county: dict[str, User]
) -> None:
    clerk, wanted = client_of("clerk"), entries(plan, 1, 2, 3)
    page = clerk.post("/visits/key-firms/arrange/", {"pk": wanted}).content.decode()
    assert "青禾第3厂" in page and "2026-12-20" in page and "AQ-01、AQ-02" in page
    answer = clerk.post("/visits/key-firms/arrange/", FORM | {"pk": ",".join(map(str, wanted))})
    assert answer.status_code == 302, answer.content.decode()
    visits = list(Visit.objects.order_by("pk"))
    assert [(visit.firm_id, visit.origin, visit.items) for visit in visits] == [
        (code(number), "key", "AQ-01、AQ-02") for number in (1, 2, 3)
    ]
    assert "正在等待审批" in clerk.get(f"/visits/{visits[2].pk}/").content.decode()
    approval = Approval.objects.get(kind="visits.approve")
    assert "青禾第2厂" in client_of("chief").get(f"/approvals/{approval.pk}/").content.decode()
    approvals.grant(county["chief"], approval.pk)
    assert set(Visit.objects.values_list("state", flat=True)) == {State.APPROVED}
    page = clerk.get("/visits/key-firms/").content.decode()
    assert "已安排 3 户，未安排 3 户" in page
    for visit in visits:
        form = clerk.get(f"/papers/visits/{visit.pk}/inspection_approval/").content.decode()
        assert "还没有批准" not in form and "同意。" in form
    assert audit().findings == []


def test_one_that_cannot_be_visited_holds_back_all_and_is_named(
    plan: Plan, client_of: Callable[[str], Client], county: dict[str, User]
) -> None:
    with deed(by="u/1") as doing:
        for day in range(1, 7):
            record_visit(doing, code(2), date(2026, 2, day), "routine", department="局")
    clerk = client_of("clerk")
    both = FORM | {"pk": ",".join(map(str, entries(plan, 1, 2)))}
    answer = clerk.post("/visits/key-firms/arrange/", both)
    text = answer.content.decode()
    assert answer.status_code == 422 and "青禾第2厂：" in text and "上限 6 次" in text
    assert not Visit.objects.exists() and not Approval.objects.filter(kind="visits.approve").exists()
    assert "R000、R001" in text
    clerk.post("/visits/key-firms/arrange/", FORM | {"pk": str(entries(plan, 1)[0])})
    again = clerk.post("/visits/key-firms/arrange/", FORM | {"pk": str(entries(plan, 1)[0])})
    assert "已安排了检查，尚未办结" in again.content.decode()


def test_the_list_shows_who_is_not_covered(plan: Plan, client_of: Callable[[str], Client]) -> None:
    with deed(by="u/1") as doing:
        record_visit(doing, code(4), date(2026, 2, 3), "routine", department="局")
        record_visit(doing, code(5), date(2026, 2, 3), "offsite", department="局")
        for day in range(1, 8):
            record_visit(doing, code(6), date(2026, 2, day), "routine", department="局", held=False)
    clerk = client_of("clerk")
    page = clerk.get("/visits/key-firms/?state=open").content.decode()
    assert "青禾第5厂" in page and "青禾第4厂" not in page
    assert "青禾第6厂" in page  # nobody was ever found there: neither covered nor over its cap
    assert "青禾第4厂" in clerk.get("/visits/key-firms/?state=done").content.decode()


def test_nothing_ticked_leads_back_to_the_list(plan: Plan, client_of: Callable[[str], Client]) -> None:
    assert client_of("clerk").post("/visits/key-firms/arrange/", {}).status_code == 302
    assert client_of("clerk").get("/visits/key-firms/arrange/").status_code == 302


def test_the_list_takes_a_fixed_number_of_queries(plan: Plan, client_of: Callable[[str], Client]) -> None:
    clerk = client_of("clerk")
    clerk.get("/visits/key-firms/")
    with CaptureQueriesContext(connection) as few:
        clerk.get("/visits/key-firms/")
    KeyListEntry.objects.bulk_create(KeyListEntry(plan=plan, firm=code(n), name=f"{n}") for n in range(10, 40))
    with CaptureQueriesContext(connection) as many:
        clerk.get("/visits/key-firms/")
    assert len(many) == len(few)
