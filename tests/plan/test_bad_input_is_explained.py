"""What cannot be planned is refused with what would be right, and nothing that was typed is lost."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from plans import YEAR
from sunlot.office.accounts.models import User
from sunlot.office.plan import key_list, services
from sunlot.office.plan.models import KeyListEntry, Plan, PlannedRound
from sunlot.refusal import Refusal

ROUND = {
    "title": "秋季专项",
    "kind": "campaign",
    "first_day": f"{YEAR}-09-01",
    "last_day": f"{YEAR}-09-30",
    "scope": "粉尘涉爆企业",
    "population": "12",
    "count": "12",
    "visits_each": "1",
    "days": "1.5",
    "officers": "2",
    "items": "AQ-01 AQ-02",
    "undertaker": "执法大队",
}


def add(client: Client, plan: Plan, **changes: Any) -> tuple[int, str]:
    answer = client.post(f"/plan/{plan.pk}/rounds/add/", ROUND | changes)
    return answer.status_code, answer.content.decode()


@pytest.fixture
def clerk_at(client_of: Callable[[str], Client]) -> Client:
    return client_of("clerk")


def test_a_sound_round_is_added(plan: Plan, clerk_at: Client) -> None:
    assert add(clerk_at, plan)[0] == 302
    each = PlannedRound.objects.get(title="秋季专项")
    assert (each.code, each.firms, str(each.days), each.items) == (f"{YEAR}-05", 12, "1.5", "AQ-01、AQ-02")
    assert each.item_names.startswith("AQ-01 全员安全生产责任制建立与落实；")
    assert each.basis


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"items": "AQ-01、XX-99"}, "检查事项 XX-99 不在现行随机抽查事项清单中"),
        ({"share": "5"}, "抽查比例和抽查户数请填写其中一项"),
        ({"count": ""}, "抽查比例和抽查户数请填写其中一项"),
        ({"count": "13"}, "计划检查 13 户，名录中只有 12 户"),
        ({"count": "0"}, "一户也不检查"),
        ({"last_day": f"{YEAR}-08-01"}, "早于开始日期"),
        ({"kind": "joint"}, "联合检查请写明参加的部门"),
        ({"kind": "covert"}, "请勾选“不事先公开”"),
        ({"days": "0"}, "每次天数"),
    ],
)
def test_an_impossible_round_is_refused_and_kept_on_the_page(
    plan: Plan, clerk_at: Client, changes: dict[str, str], sentence: str
) -> None:
    status, page = add(clerk_at, plan, **changes)
    assert (status, sentence in page, "粉尘涉爆企业" in page) == (422, True, True)
    assert not PlannedRound.objects.filter(title="秋季专项").exists()


def test_a_second_clerk_is_told_what_the_first_has_changed(plan: Plan, client_of: Callable[[str], Client]) -> None:
    each = plan.rounds.all()[0]
    url = f"/plan/rounds/{each.pk}/"
    first = ROUND | {"version": "1", "title": "甲改的"}
    assert client_of("clerk").post(url, first).status_code == 302
    answer = client_of("clerk2").post(url, ROUND | {"version": "1", "title": "乙改的"})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "已被他人修改" in page
    assert "他人已改为：甲改的" in page
    assert 'value="乙改的"' in page
    assert 'name="version" value="2"' in page
    assert client_of("clerk2").post(url, ROUND | {"version": "2", "title": "乙改的"}).status_code == 302


def test_figures_are_kept_kind_by_kind(plan: Plan, clerk_at: Client) -> None:
    form = {"version": plan.version, "organ": "青禾县应急管理局", "officers": 9, "days_each": 248, "reserve": 10}
    assert clerk_at.post(f"/plan/{plan.pk}/figures/", form | {"other_enforcement_1": 70}).status_code == 302
    plan.refresh_from_db()
    assert (plan.officers, plan.reserve, plan.other, plan.non_enforcement) == (9, 10, [["行政许可", 70]], [])
    answer = clerk_at.post(f"/plan/{plan.pk}/figures/", form | {"version": plan.version, "officers": "很多"})
    assert answer.status_code == 422
    assert 'value="很多"' in answer.content.decode()


def test_figures_that_somebody_else_changed_are_shown_beside_ones_own(
    plan: Plan, client_of: Callable[[str], Client]
) -> None:
    form = {"version": plan.version, "organ": "青禾县应急管理局", "officers": 9, "days_each": 248, "reserve": 0}
    assert client_of("clerk").post(f"/plan/{plan.pk}/figures/", form | {"other_enforcement_1": 70}).status_code == 302
    answer = client_of("clerk2").post(f"/plan/{plan.pk}/figures/", form | {"other_enforcement_1": 80})
    assert answer.status_code == 422
    assert answer.content.decode().count("他人已改为：70") == 2


def test_a_year_has_one_first_edition(plan: Plan, clerk_at: Client, clerk: User) -> None:
    answer = clerk_at.post("/plan/new/", {"year": YEAR, "organ": "青禾县应急管理局", "officers": 8})
    assert answer.status_code == 422
    assert "已有计划" in answer.content.decode()


def test_key_firms_are_pasted_placed_and_taken_off(plan: Plan, clerk_at: Client) -> None:
    pasted = "91370830MA3C000115\t甲公司\n92370830123456788G 乙店\n91370830MA3C000115\t甲公司"
    form = {"lines": pasted, "key_class": "high_risk"}
    assert clerk_at.post(f"/plan/{plan.pk}/keys/add/", form).status_code == 302
    entries = list(KeyListEntry.objects.order_by("pk"))
    assert [(entry.firm, entry.name) for entry in entries] == [
        ("91370830MA3C000115", "甲公司"),
        ("92370830123456788G", "乙店"),
    ]
    key = plan.rounds.get(kind="key")
    ticked = {"pk": [entry.pk for entry in entries]}
    assert clerk_at.post(f"/plan/{plan.pk}/keys/place/?round={key.pk}", ticked).status_code == 302
    assert plan.key_list.filter(round=key).count() == 2
    assert clerk_at.post(f"/plan/{plan.pk}/keys/off/", {"pk": [entries[0].pk]}).status_code == 302
    assert [entry.name for entry in plan.key_list.all()] == ["乙店"]
    assert clerk_at.post(f"/plan/{plan.pk}/keys/off/", {}).status_code == 409
    assert clerk_at.post(f"/plan/{plan.pk}/keys/add/", {"lines": " ", "key_class": "high_risk"}).status_code == 422


def test_a_firm_without_a_name_is_asked_for_while_there_is_no_roster(plan: Plan, clerk: User) -> None:
    with pytest.raises(Refusal, match="name_missing"):
        key_list.add_firms(clerk, plan.pk, [("91370830MA3C000115", "")], "high_risk", "", None)


def test_an_empty_draft_cannot_be_submitted(clerk: User) -> None:
    draft = services.draft(clerk, 2030, "青禾县应急管理局", 8)
    with pytest.raises(Refusal, match="还没有任何检查轮次"):
        services.submit(clerk, draft.pk, "请审批，理由充分")
