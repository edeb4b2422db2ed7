"""An error found after the first signature: the record is given up with a reason and kept, and the next edition needs all signatures anew."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from sunlot.office.accounts.models import User
from sunlot.office.journal.audit import audit
from sunlot.office.journal.models import Event
from sunlot.office.visits import steps
from sunlot.office.visits.models import Visit
from sunlot.office.visits.states import State
from sunlot.refusal import Refusal
from visits.conftest import JPEG, Phone, fill, officers, record_text, signature

Team = tuple[Visit, list[Phone], str]


@pytest.fixture
def half(ready: Callable[..., Visit], phone_of: Callable[[str], Phone]) -> Team:
    """A visit whose record one officer has signed."""
    visit = ready()
    phones = [phone_of(person) for person in officers(visit)]
    fill(phones, visit)
    for phone in phones:
        phone.send(visit.uid)
    phones[0].upload(visit.uid, JPEG)
    text = record_text(phones[0], visit, changes_of(phones))
    assert sign(phones[0], visit, text, [signature("officer", phones[0].person)])["state"] == "signing"
    return visit, phones, text


def changes_of(phones: list[Phone]) -> list[dict[str, Any]]:
    return [change for phone in phones for change in phone.log]


def sign(phone: Phone, visit: Visit, text: str, signatures: list[dict[str, str]]) -> dict[str, Any]:
    body = {"record": text, "signatures": signatures, "refusal": None}
    return dict(phone.post(visit.uid, "record", body).json())


def test_the_next_edition_needs_all_signatures_and_the_first_is_kept(half: Team, people: dict[str, User]) -> None:
    visit, phones, first = half
    with pytest.raises(Refusal, match="写明理由"):
        steps.redraft(people["clerk"], visit.pk, " ")
    steps.redraft(people["clerk"], visit.pk, "检查场所写错")
    visit.refresh_from_db()
    assert visit.state == State.UNDERWAY
    late = sign(phones[1], visit, first, [signature("officer", phones[1].person)])
    assert late["kind"] == "nothing_to_sign"
    phones[0].enter("place", "二车间", over=[one["id"] for one in phones[0].log if one["field"] == "place"])
    phones[0].send(visit.uid)
    text = record_text(phones[0], visit, changes_of(phones), edition=2)
    team = [signature("officer", phone.person) for phone in phones]
    assert sign(phones[0], visit, text, team[:1])["waiting"]
    told = sign(phones[1], visit, text, [team[1], signature("firm", name="王某", capacity="site")])
    assert (told["edition"], told["state"]) == (2, "done")
    old = visit.records.get(edition=1)
    assert (old.replaced, old.given_up, old.signatures.count()) == (True, True, 1)
    event = Event.objects.get(act="visit.redrafted")
    assert "检查场所写错" not in event.leaf
    assert audit().findings == []


def test_a_record_that_nobody_signed_goes_on_without(half: Team, people: dict[str, User]) -> None:
    visit, phones, _ = half
    steps.redraft(people["clerk"], visit.pk, "写错")
    text = record_text(phones[0], visit, changes_of(phones), edition=2)
    sign(phones[0], visit, text, [])
    with pytest.raises(Refusal) as refusal:
        steps.redraft(people["clerk"], visit.pk, "写错")
    assert refusal.value.kind == "nobody_has_signed"


def test_the_team_does_it_where_it_signs_and_a_stranger_does_not(
    half: Team, client_of: Callable[[str], Client]
) -> None:
    visit, phones, _ = half
    address = f"/visits/{visit.pk}/redraft/"
    assert address in client_of("clerk").get(f"/visits/{visit.pk}/").content.decode()
    assert address in phones[0].client.get(f"/visits/{visit.pk}/sign/").content.decode()
    assert client_of("inspector").get(address).status_code == 404
    assert phones[1].client.post(address, {"reason": "写错"}).status_code == 302
    visit.refresh_from_db()
    assert visit.state == State.UNDERWAY
    assert "已重新起草" in client_of("clerk").get(f"/visits/{visit.pk}/").content.decode()
