"""A signed visit with a major hazard offers a case and an entry in the violation database, with what it found filled in."""

from collections.abc import Callable
from uuid import uuid4

from django.test import Client

from sunlot.office.accounts.models import User
from sunlot.office.bureau import services as bureau
from sunlot.office.cases.drafting import known as known_of
from sunlot.office.cases.models import Case
from sunlot.office.visits.models import Visit
from sunlot.office.visits.states import State
from visits.conftest import (  # noqa: F401
    JPEG,
    Phone,
    drawn,
    fill,
    item_list,
    officers,
    phone_of,
    ready,
    record_text,
    signature,
)

Phones = Callable[[str], Phone]
Clients = Callable[[str], Client]


def signed(visit: Visit, phone_of: Phones) -> list[Phone]:  # noqa: F811
    """Carry a visit to its signatures, with one major finding."""
    phones = [phone_of(person) for person in officers(visit)]
    fill(phones, visit, outcome="pending")
    first, one = phones[0], str(uuid4())
    first.enter("answers/AQ-01/2", "fail", over=[c["id"] for c in first.log if c["field"] == "answers/AQ-01/2"])
    facts = {"text": "疏散通道锁闭", "severity": "major", "point": "AQ-01/2", "article": "安全生产法第42条第2款"}
    for name, value in facts.items():
        first.enter(f"findings/{one}/{name}", value)
    first.enter("dispositions", ["case"])
    for phone in phones:
        phone.send(visit.uid)
    first.upload(visit.uid, JPEG)
    text = record_text(first, visit, [change for phone in phones for change in phone.log])
    marks = [*(signature("officer", phone.person) for phone in phones), signature("firm", name="王某", capacity="site")]
    answer = first.post(visit.uid, "record", {"record": text, "signatures": marks, "refusal": None})
    assert answer.json()["state"] == State.DONE, answer.content.decode()
    visit.refresh_from_db()
    return phones


def test_the_visit_offers_the_case_and_knows_it_afterwards(
    ready: Callable[..., Visit],  # noqa: F811
    phone_of: Phones,  # noqa: F811
    client_of: Clients,
    people: dict[str, User],
) -> None:
    visit = ready()
    phones = signed(visit, phone_of)
    known = {"code": "379921", "name": "青禾县应急管理局", "short": "青", "territories": ""}
    bureau.describe("u/1", known | {"address": "政务路1号", "telephone": "0537-5550100"})
    clerk = client_of("clerk")
    page = clerk.get(f"/visits/{visit.pk}/").content.decode()
    assert f"/cases/new/?origin={visit.obj}" in page and "列入违法行为信息库" in page
    form = phones[0].client.get(f"/cases/new/?origin={visit.obj}").content.decode()
    assert "疏散通道锁闭</textarea>" in form and visit.firm_id in form
    shown = known_of(phones[0].user, visit.obj)
    assert (shown["firm"], shown["facts"]) == (visit.firm_id, "疏散通道锁闭")
    assert shown["violated"] == "安全生产法第42条第2款" and set(shown["team"].split("、")) == set(officers(visit))
    fields = {**shown, "cause": "锁闭疏散通道案", "party_kind": "entity", "origin_kind": "visit"}
    assert phones[0].client.post("/cases/new/", fields).status_code == 302
    case = Case.objects.get()
    assert (case.origin, case.firm_id, case.found_on) == (visit.obj, visit.firm_id, shown["found_on"])
    for client in (clerk, phones[0].client):
        assert "锁闭疏散通道案" in client.get(f"/visits/{visit.pk}/").content.decode()


def test_whoever_may_not_see_the_visit_gets_nothing_filled_in(
    ready: Callable[..., Visit],  # noqa: F811
    phone_of: Phones,  # noqa: F811
) -> None:
    visit = ready()
    stranger = next(person for person in ("R000", "R001", "R002", "R003") if person not in officers(visit))
    form = phone_of(stranger).client.get(f"/cases/new/?origin={visit.obj}")
    assert form.status_code == 200 and visit.firm_id not in form.content.decode()
