"""Visits of a voided draw must not be held: the first page says so, one action with a reason cancels all that have not begun."""

from collections.abc import Callable

import pytest
from django.test import Client

from lottery.conftest import Clock
from sunlot.office.accounts.models import User
from sunlot.office.approvals import services as approvals
from sunlot.office.journal.audit import audit
from sunlot.office.lottery import drawing
from sunlot.office.visits.models import Visit
from sunlot.office.visits.states import State
from sunlot.office.visits.steps import cancel_of_void
from sunlot.refusal import Refusal
from visits.conftest import Phone, officers


def void(visit: Visit, people: dict[str, User]) -> None:
    approval = drawing.ask_void(people["clerk"], visit.draw, "名录有误")
    approvals.grant(people["leading"], approval.pk)


def test_all_that_have_not_begun_go_at_once_and_the_rest_is_told(
    ready: Callable[..., Visit],
    people: dict[str, User],
    phone_of: Callable[[str], Phone],
    client_of: Callable[..., Client],
) -> None:
    visit = ready()
    phone = phone_of(officers(visit)[0])
    phone.enter("place", "一车间")
    phone.send(visit.uid)
    clerk, chief = client_of("clerk"), client_of("chief")
    assert "抽取已作废" not in clerk.get("/").content.decode()
    void(visit, people)
    for client in (clerk, chief):
        assert "抽取已作废，请撤销其检查" in client.get("/").content.decode()
    address = f"/visits/draws/{visit.draw}/cancel/"
    page = clerk.get(address).content.decode()
    assert "另有 1 户已经开始" in page
    assert clerk.post(address, {"reason": ""}).status_code == 422
    assert clerk.post(address, {"reason": "抽取作废"}).status_code == 302
    states = list(Visit.objects.filter(draw=visit.draw).exclude(pk=visit.pk).values_list("state", flat=True))
    assert set(states) == {State.CANCELLED}
    visit.refresh_from_db()
    assert visit.state == State.UNDERWAY
    assert "抽取已作废" not in clerk.get("/").content.decode()
    assert clerk.get(address).status_code == 302
    assert audit().findings == []


def test_a_draw_that_stands_keeps_its_visits(
    ready: Callable[..., Visit], people: dict[str, User], clock: Clock
) -> None:
    visit = ready()
    with pytest.raises(Refusal) as refusal:
        cancel_of_void(people["clerk"], visit.draw, "不想查了")
    assert refusal.value.kind == "drawn"
    assert not Visit.objects.filter(state=State.CANCELLED).exists()
