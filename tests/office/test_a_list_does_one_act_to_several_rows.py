"""The bulk acts of the lists go through the same services as one row does: what may not be done is refused by name, the rest is done."""

import re
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.test import Client

from filled import fill, lists_of
from sunlot.office.accounts.models import User
from sunlot.office.approvals import kinds
from sunlot.office.approvals.kinds import Kind
from sunlot.office.approvals.models import Approval
from sunlot.office.approvals.services import ask
from sunlot.office.cases.models import ReviewerQualification
from sunlot.office.imports import services as imports
from sunlot.office.imports.models import Batch
from sunlot.office.inspectors.models import Inspector
from sunlot.office.journal.audit import audit
from sunlot.office.roster.models import Correction, IntensityCause
from ticking import held, sent_from


@pytest.fixture
def requests(people: dict[str, User], monkeypatch: pytest.MonkeyPatch) -> list[Approval]:
    """Three requests of a plain kind, the second with a checklist, and one that the chief asked himself."""

    def checks(payload: Any) -> dict[str, str]:
        return {"seen": "已核对原件"} if payload["n"] == 1 else {}

    plain = Kind("test.plain", "试验", frozenset({"chief"}), lambda doing, payload, approval: None, lambda payload: [])
    monkeypatch.setitem(kinds.KINDS, "test.plain", Kind(**{**vars(plain), "checks": checks}))
    asked = [ask(people["clerk"], "test.plain", f"t/{n}", f"第{n}件", {"n": n}, "理由") for n in range(3)]
    return [*asked, ask(people["chief"], "test.plain", "t/9", "自己的", {"n": 9}, "理由")]


def agreed(client: Client, address: str, act: str, **said: Any) -> str:
    """Press a bulk button for all that a list shows, agree on the page that asks, and return what is told."""
    page = client.post(act, sent_from(client, address))
    assert page.status_code == 200, page.content.decode()
    return client.post(act, held(page.content.decode()) | said, follow=True).content.decode()


def test_several_requests_are_granted_but_not_ones_own_nor_those_with_a_checklist(
    requests: list[Approval], client_of: Callable[[str], Client], people: dict[str, User]
) -> None:
    told = agreed(client_of("chief"), "/approvals/?state=pending", "/approvals/many/grant/", remark="同意")
    assert "已办理 2 条" in told and "申请人不能审批自己的申请" in told and "还没有勾选：已核对原件" in told
    assert [row.state for row in Approval.objects.order_by("pk")] == ["granted", "pending", "granted", "pending"]
    told = agreed(client_of("chief2"), "/approvals/?state=pending", "/approvals/many/refuse/", remark="材料不全")
    assert "已办理 2 条" in told and Approval.objects.filter(state="refused", remark="材料不全").count() == 2
    assert client_of("clerk").post("/approvals/many/grant/", {"pk": ["1"]}).status_code == 403
    assert audit().findings == []


def test_accounts_are_closed_unlocked_and_given_passwords_that_are_shown_once(
    people: dict[str, User], client_of: Callable[[str], Client]
) -> None:
    told = agreed(client_of("security"), "/accounts/users/?role=clerk", "/accounts/users/many/password/", sure="on")
    assert "已办理 2 条" in told and told.count("<code>") == 4
    assert User.objects.filter(role="clerk", must_change_password=True).count() == 2
    told = agreed(client_of("system"), "/accounts/users/", "/accounts/users/many/close/", reason="机构改革")
    closed = set(User.objects.filter(is_active=False).values_list("role", flat=True))
    assert closed == {"clerk", "chief", "leading", "supervisor", "inspector", "partner"}
    assert "不能停用自己的账号" in told and "这是最后一个启用的安全管理员账号" in told
    told = client_of("security").post("/accounts/users/many/unlock/", {"pk": [str(people["clerk"].pk)]})
    assert "1 条不能办理" in told.content.decode()
    assert audit().findings == []


def test_the_rosters_lists_act_on_several_rows(people: dict[str, User], client_of: Callable[[str], Client]) -> None:
    fill(people, 0, 3)
    clerk = client_of("clerk")
    agreed(clerk, "/roster/causes/", "/roster/causes/withdraw/", reason="依据已撤销")
    assert IntensityCause.objects.filter(withdrawn_why="依据已撤销").count() == 3
    told = agreed(clerk, "/roster/causes/", "/roster/causes/withdraw/", reason="再来一次")
    assert "3 条不能办理" in told and "撤销" in told
    one = Correction.objects.order_by("pk")[0]
    page = clerk.post("/roster/corrections/decline/", {"pk": [str(one.pk)]}).content.decode()
    assert "将办理 1 条" in page
    clerk.post("/roster/corrections/decline/", held(page) | {"answer": "材料不全"})
    agreed(clerk, "/roster/corrections/?state=asked", "/roster/corrections/accept/", answer="已核实")
    assert list(Correction.objects.order_by("pk").values_list("state", flat=True)) == ["refused"] + ["accepted"] * 2
    shared = {"department": "综合执法大队", "state": "借调", "reason": "机构改革"}
    agreed(clerk, "/inspectors/", "/inspectors/many/", **shared)
    assert set(Inspector.objects.values_list("department", "state")) == {("综合执法大队", "借调")}
    lacking = clerk.post(
        "/inspectors/many/", held(clerk.post("/inspectors/many/", {"pk": ["K000000"]}).content.decode())
    )
    assert lacking.status_code == 422 and "请至少选定一项" in lacking.content.decode()
    told = agreed(clerk, "/inspectors/leaves/", "/inspectors/leaves/cancel/")
    assert "没有登记的请假" in told


def test_what_needs_a_second_person_is_asked_for_row_by_row(
    people: dict[str, User], client_of: Callable[[str], Client]
) -> None:
    for name in ("clerk2", "chief2"):
        ReviewerQualification.objects.create(
            user=people[name], ground="exam", certificate="A1", valid_from=date(2020, 1, 1)
        )
    told = agreed(client_of("chief"), "/cases/reviewers/", "/cases/reviewers/end/", reason="调离")
    assert "2 条已提交审批" in told and Approval.objects.filter(state="pending").count() == 2
    told = agreed(client_of("chief"), "/cases/reviewers/", "/cases/reviewers/end/", reason="调离")
    assert "2 条不能办理" in told and "已有一份申请在等待审批" in told
    for number in range(2):
        imports.take_in(people["clerk"], [("a.csv", f"人员编号,类型,开始,结束\nK{number},培训,,\n".encode())])
    agreed(client_of("clerk"), "/imports/", "/imports/drop/")
    assert set(Batch.objects.values_list("state", flat=True)) == {"dropped"}


def test_every_act_of_every_list_answers_for_all_that_match_and_does_nothing_unasked(
    people: dict[str, User], client_of: Callable[[str], Client]
) -> None:
    fill(people, 0, 2)
    answered: dict[str, int] = {}
    for role in ("clerk", "chief", "system", "security"):
        client = client_of(role)
        for address in lists_of(role).values():
            page = client.get(address).content.decode()
            if 'name="all"' not in page:
                continue
            for act in re.findall(r'formaction="([^"]+)"', page):
                answered.setdefault(act, client.post(act.replace("&amp;", "&"), sent_from(client, address)).status_code)
    assert len(answered) >= 14
    assert {act: status for act, status in answered.items() if status != 200} == {}
    assert Approval.objects.filter(state="pending").count() == 1, "that of the filled office"
    assert not User.objects.filter(is_active=False).exists()
