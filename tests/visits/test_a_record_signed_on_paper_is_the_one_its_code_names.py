"""Pages signed by hand are taken only with the code of the record they bear, and each officer says of himself that he signed them."""

from collections.abc import Callable

import pytest

from sunlot.office.visits.models import Record, Signature, SignedPage, Signer, Visit
from sunlot.office.visits.on_paper import confirm, sign_on_paper
from sunlot.office.visits.states import State
from sunlot.refusal import Refusal
from visits.conftest import JPEG, Phone, fill, officers, record_text, signature

Phones = Callable[[str], Phone]
FIRM = {"firm": "王某", "witness": ""}
SECOND = JPEG + b"2"


def frozen(visit: Visit, phone_of: Phones) -> tuple[list[Phone], Record]:
    """Return the team and the record that waits for signatures, its photos here."""
    phones = [phone_of(person) for person in officers(visit)]
    fill(phones, visit)
    for phone in phones:
        phone.send(visit.uid)
    phones[0].upload(visit.uid, JPEG)
    text = record_text(phones[0], visit, [change for phone in phones for change in phone.log])
    answer = phones[0].post(visit.uid, "record", {"record": text, "signatures": [], "refusal": None})
    assert answer.status_code == 200, answer.content.decode()
    return phones, Record.objects.get(visit=visit)


def test_a_page_of_another_record_is_refused_and_nothing_is_kept(ready: Callable[..., Visit], phone_of: Phones) -> None:
    visit = ready()
    phones, record = frozen(visit, phone_of)
    wrong = ("0" if record.sha256[0] != "0" else "1") + record.sha256[1:8]
    for code, kind in ((wrong, "another_record"), (record.sha256[:7], "code_malformed"), ("", "code_malformed")):
        with pytest.raises(Refusal) as refusal:
            sign_on_paper(phones[0].user, visit.uid, code, [SECOND], FIRM, "site")
        assert refusal.value.kind == kind
    assert not Signature.objects.exists() and visit.photos.count() == 1


def test_the_visit_ends_only_once_every_officer_has_confirmed_himself(
    ready: Callable[..., Visit], phone_of: Phones
) -> None:
    visit = ready()
    phones, record = frozen(visit, phone_of)
    first, second = phones[:2]
    waiting = sign_on_paper(first.user, visit.uid, record.sha256, [SECOND, JPEG + b"3"], FIRM, "site")
    assert len(waiting) == len(phones) - 1 and "还没有确认" in waiting[0]
    signed = Signature.objects.filter(record=record, who=Signer.OFFICER)
    assert [one.inspector_id for one in signed] == [first.person]
    assert SignedPage.objects.filter(record=record).count() == 2
    for_him = signature("officer", second.person) | {"path": ""}
    answer = first.post(visit.uid, "record", {"record": record.body, "signatures": [for_him], "refusal": None})
    assert answer.json()["kind"] == "signature_empty"
    assert Visit.objects.get(pk=visit.pk).state == State.SIGNING
    for phone in phones[1:]:
        waiting = confirm(phone.user, visit.uid)
    assert (waiting, Visit.objects.get(pk=visit.pk).state) == ([], State.DONE)


def test_a_broken_pdf_is_refused(ready: Callable[..., Visit], phone_of: Phones) -> None:
    visit = ready()
    phones, record = frozen(visit, phone_of)
    with pytest.raises(Refusal) as refusal:
        sign_on_paper(phones[0].user, visit.uid, record.sha256, [b"%PDF-1.7 broken"], FIRM, "site")
    assert refusal.value.kind == "pdf_unreadable"
