"""A firm sees what it was ordered to put right and by when, hands in evidence, reports that it is done, asks for more time."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client

from followup.conftest import Flawed, file, ordered, served
from sunlot.office.accounts.models import User
from sunlot.office.followup.models import Evidence, Extension, Order
from sunlot.office.followup.states import OrderState
from sunlot.office.portal import codes
from sunlot.office.roster.models import Firm
from sunlot.office.visits.models import Visit

Inside = Callable[[str], Client]


@pytest.fixture
def inside(people: dict[str, User]) -> Inside:
    """A function that returns a firm's browser behind its door."""

    def make(firm: str) -> Client:
        client = Client()
        client.post("/firm/", {"code": codes.give(people["clerk"], firm, "邮寄")[1]})
        return client

    return make


def visit_of(order: Order) -> Visit:
    return Visit.objects.get(pk=order.visit_id)


def test_it_hands_in_evidence_and_reports(flawed: Flawed, people: dict[str, User], inside: Inside) -> None:
    order = served(people["clerk"], flawed())
    client = inside(order.firm_id)
    address = f"/firm/own/orders/{order.pk}/"
    assert address in client.get("/firm/own/").content.decode()
    assert "安全出口封堵" in client.get(address).content.decode()
    form = {"act": "hand-in", "e-text": "已拆除封堵", "e-pictures": [file(), file(b"%PDF-1.4 x", "说明.pdf")]}
    assert client.post(address, form).status_code == 302
    order.refresh_from_db()
    assert order.state == OrderState.SERVED
    assert client.post(address, {"act": "hand-in", "e-text": "全部完成", "e-done": "on"}).status_code == 302
    order.refresh_from_db()
    assert order.state == OrderState.REPORTED
    first = Evidence.objects.order_by("pk")[0]
    (picture, _) = first.files.order_by("pk")
    answer = client.get(f"{address}files/{picture.pk}/")
    assert answer.getvalue() == file().read() and answer["X-Content-Type-Options"] == "nosniff"


def test_a_wrong_file_is_refused_and_the_text_stays(flawed: Flawed, people: dict[str, User], inside: Inside) -> None:
    order = served(people["clerk"], flawed())
    client = inside(order.firm_id)
    form = {"act": "hand-in", "e-text": "已拆除封堵", "e-pictures": [file(b"MZ\x90", "病毒.exe")]}
    answer = client.post(f"/firm/own/orders/{order.pk}/", form)
    assert answer.status_code == 422
    assert "病毒.exe" in answer.content.decode() and "已拆除封堵" in answer.content.decode()
    assert not Evidence.objects.exists()


def test_it_asks_for_more_time(flawed: Flawed, people: dict[str, User], inside: Inside) -> None:
    order = served(people["clerk"], flawed())
    client = inside(order.firm_id)
    address = f"/firm/own/orders/{order.pk}/"
    later = (order.deadline + timedelta(10)).isoformat()
    assert client.post(address, {"act": "extend", "x-wanted": later, "x-reason": "设备到货晚"}).status_code == 302
    assert Extension.objects.get().by == "u/firm"
    assert later in client.get(address).content.decode()
    early = client.post(address, {"act": "extend", "x-wanted": order.deadline.isoformat(), "x-reason": "再给几天"})
    assert early.status_code == 422 and "再给几天" in early.content.decode()


def test_what_was_not_served_is_not_shown(flawed: Flawed, people: dict[str, User], inside: Inside) -> None:
    order = ordered(people["clerk"], flawed())
    client = inside(order.firm_id)
    assert client.get(f"/firm/own/orders/{order.pk}/").status_code == 404
    assert f"/firm/own/orders/{order.pk}/" not in client.get("/firm/own/").content.decode()


def test_another_firms_order_and_files_are_out_of_reach(
    flawed: Flawed, people: dict[str, User], inside: Inside
) -> None:
    order = served(people["clerk"], flawed())
    mine = inside(order.firm_id)
    mine.post(f"/firm/own/orders/{order.pk}/", {"act": "hand-in", "e-text": "完成", "e-pictures": [file()]})
    picture = Evidence.objects.get().files.get()
    stranger = inside(Firm.objects.exclude(pk=order.firm_id)[0].pk)
    for address in (f"/firm/own/orders/{order.pk}/", f"/firm/own/orders/{order.pk}/files/{picture.pk}/"):
        assert stranger.get(address).status_code == 404
    assert stranger.post(f"/firm/own/orders/{order.pk}/", {"act": "hand-in", "e-text": "冒充"}).status_code == 404
    assert Evidence.objects.count() == 1
