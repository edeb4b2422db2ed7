"""Power is cut by the bureau's head alone, a day ahead, with both papers, and restored once the firm has obeyed."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from django.test import Client

from followup.conftest import MAJOR, Flawed, day, ids
from lottery.conftest import Clock
from sunlot.office.accounts.models import User
from sunlot.office.approvals import services as approvals
from sunlot.office.followup import cuts, hazards
from sunlot.office.followup.cut_models import PowerCut
from sunlot.office.followup.hazards import Facts
from sunlot.office.followup.models import Hazard
from sunlot.office.journal.audit import audit
from sunlot.office.papers.models import Paper
from sunlot.refusal import Refusal

People = dict[str, User]
WANTED = cuts.Wanted(
    "power",
    "国网青禾县供电公司",
    day("2023-09-20"),
    "停止使用二楼生产线",
    "企业夜间恢复生产，出口仍封堵",
    datetime(2023, 9, 21, 5, tzinfo=UTC),
    False,
    "青禾县人民政府",
    "青禾县人民法院",
)


@pytest.fixture
def hazard(people: People, flawed: Flawed) -> Hazard:
    visit = flawed(MAJOR)
    facts = Facts("安全出口封堵", "拆除", "停用二楼", "赵某某", day("2023-10-09"))
    return hazards.register(people["clerk"], visit.pk, ids(visit)[0], facts)


def test_the_head_of_the_bureau_orders_it_a_day_ahead(people: People, hazard: Hazard, clock: Clock) -> None:
    soon = replace(WANTED, starts_at=datetime(2023, 9, 21, 3, tzinfo=UTC))
    with pytest.raises(Refusal, match="提前 24 小时"):
        cuts.ask_cut(people["clerk"], hazard.pk, soon)
    with pytest.raises(Refusal, match="没有执行的决定"):
        cuts.ask_cut(people["clerk"], hazard.pk, replace(WANTED, decision=" "))
    asked = cuts.ask_cut(people["clerk"], hazard.pk, WANTED)
    with pytest.raises(Refusal):
        approvals.grant(people["chief"], asked.pk)
    approvals.grant(people["leading"], asked.pk)
    made = Paper.objects.filter(obj=hazard.obj).order_by("pk")
    assert [paper.kind for paper in made] == ["power_cut_decision", "power_cut_notice"]
    with pytest.raises(Refusal, match="已经采取停止供电"):
        cuts.ask_cut(people["clerk"], hazard.pk, WANTED)
    row, clock.at = PowerCut.objects.get(), "2023-09-25T04:00:00Z"
    again = datetime(2023, 9, 25, 8, tzinfo=UTC)
    with pytest.raises(Refusal, match="履行决定的日期应在"):
        cuts.ask_lift(people["clerk"], row.pk, day("2023-09-19"), again, "已拆除")
    lift = cuts.ask_lift(people["clerk"], row.pk, day("2023-09-25"), again, "已拆除")
    approvals.grant(people["chief"], lift.pk)
    assert Paper.objects.filter(obj=hazard.obj, kind="power_restored").exists()
    assert audit().findings == []


def test_where_people_are_in_danger_it_needs_no_day(people: People, hazard: Hazard) -> None:
    at = datetime(2023, 9, 20, 5, tzinfo=UTC)
    assert cuts.ask_cut(people["clerk"], hazard.pk, replace(WANTED, starts_at=at, urgent=True)).pk


def test_it_is_asked_for_and_seen_on_the_page_of_the_hazard(
    people: People, hazard: Hazard, client_of: Callable[[str], Client]
) -> None:
    clerk, page = client_of("clerk"), f"/followup/hazards/{hazard.pk}/"
    form = {
        name: getattr(WANTED, name) for name in ("measure", "supplier", "decision", "reason", "government", "court")
    }
    form |= {"decided_on": "2023-09-20", "starts_at": "2023-09-20T18:00"}
    wrong = clerk.post(page + "cut/", form)
    assert wrong.status_code == 422 and "提前 24 小时" in wrong.content.decode()
    assert clerk.post(page + "cut/", form | {"starts_at": "2023-09-21T18:00"}).status_code == 302
    approvals.grant(people["leading"], hazard_request(hazard))
    shown = clerk.get(page).content.decode()
    assert "国网青禾县供电公司" in shown and "停供决〔2023〕1号" in shown
    key = PowerCut.objects.get().pk
    restored = {"corrected_on": "2023-09-20", "restored_at": "2023-09-22T09:00", "reason": "已拆除"}
    assert clerk.post(f"{page}cuts/{key}/restore/", restored).status_code == 302


def hazard_request(hazard: Hazard) -> int:
    from sunlot.office.approvals.models import Approval

    return Approval.objects.get(obj=hazard.obj, kind=cuts.CUT).pk
