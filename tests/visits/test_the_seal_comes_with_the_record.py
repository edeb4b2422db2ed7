"""The firm's seal from the phone: a photo's hash or a reason, handed in with the record and bound to its hash; once, and again after a restore."""

from collections.abc import Callable
from typing import Any

import pytest

from sunlot.office.journal.audit import audit
from sunlot.office.visits import seals
from sunlot.office.visits.models import Record, Seal, Visit
from visits.conftest import JPEG, Phone, fill, officers, record_text, signature

Phones = Callable[[str], Phone]
PICTURE = JPEG + b"the seal"
NONE = {"sha256": "", "reason": "印章未带到现场"}


@pytest.fixture
def handed(ready: Callable[..., Visit], phone_of: Phones) -> Callable[[Any], Any]:
    """A function that hands in the signed record of one visit with a seal, and returns the answer."""
    visit = ready()
    phones = [phone_of(person) for person in officers(visit)]
    fill(phones, visit)
    for phone in phones:
        phone.send(visit.uid)
    phones[0].upload(visit.uid, JPEG)
    text = record_text(phones[0], visit, [change for phone in phones for change in phone.log])
    signed = [signature("officer", phone.person) for phone in phones] + [
        signature("firm", name="王某", capacity="site")
    ]

    def hand_in(seal: Any) -> Any:
        body = {"record": text, "signatures": signed, "refusal": None, "seal": seal}
        answer = phones[0].post(visit.uid, "record", body)
        return answer.status_code, answer.json(), phones[0], visit

    return hand_in


def test_its_picture_comes_as_a_photo_does_and_holds_nothing_up(handed: Callable[[Any], Any]) -> None:
    from hashlib import sha256

    digest = sha256(PICTURE).hexdigest()
    status, told, phone, visit = handed({"sha256": digest, "reason": ""})
    assert (status, told["state"], told["waiting"]) == (200, "done", [])
    seal = Seal.objects.get()
    assert (seal.record_sha256, seal.sha256) == (Record.objects.get().sha256, digest)
    assert seals.picture_of(seal) == b""
    assert "已拍照，还没有上传" in phone.client.get(f"/visits/{visit.pk}/record/1/").content.decode()
    assert phone.upload(visit.uid, PICTURE)["done"] is True
    assert seals.picture_of(seal) == PICTURE
    page = phone.client.get(f"/visits/{visit.pk}/record/1/").content.decode()
    assert f"/visits/{visit.pk}/photos/{digest}/" in page


def test_the_first_stands_and_a_restored_office_is_told_again(handed: Callable[[Any], Any]) -> None:
    handed(NONE)
    status, _told, phone, _visit = handed({"sha256": "a" * 64, "reason": ""})
    assert status == 200 and Seal.objects.get().reason == NONE["reason"]
    own = phone.today()["visits"]
    assert [one["record"]["sealed"] for one in own if one["record"]] == [True]
    Seal.objects.all().delete()
    assert [one["record"]["sealed"] for one in phone.today()["visits"] if one["record"]] == [False]
    handed(NONE)
    assert Seal.objects.count() == 1


@pytest.mark.parametrize(
    ("seal", "kind"),
    [
        ({"sha256": "a" * 64, "reason": "无印章"}, "seal_or_reason"),
        ({"sha256": "", "reason": " "}, "seal_or_reason"),
        ({"sha256": "A" * 64, "reason": ""}, "seal_or_reason"),
        ({"reason": "无印章"}, "seal_malformed"),
        ({"sha256": 5, "reason": "无印章"}, "seal_malformed"),
        ("无印章", "not_json"),
    ],
)
def test_what_is_none_is_refused_and_nothing_of_it_kept(handed: Callable[[Any], Any], seal: Any, kind: str) -> None:
    status, told, *_ = handed(seal)
    assert (status, told["kind"]) == (409, kind)
    assert not Seal.objects.exists() and not Record.objects.exists()


def test_no_seal_is_no_trouble(handed: Callable[[Any], Any]) -> None:
    status, told, *_ = handed(None)
    assert (status, told["state"]) == (200, "done") and not Seal.objects.exists()
    assert audit().findings == []
