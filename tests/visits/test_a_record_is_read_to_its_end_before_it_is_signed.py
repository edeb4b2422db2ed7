"""On the office's page the whole record stands before the signature, whoever signs has read it, and a refusal says who witnessed it."""

from collections.abc import Callable

from django.core.files.uploadedfile import SimpleUploadedFile

from sunlot.office.journal.audit import audit
from sunlot.office.visits.models import Seal, Signature, Visit
from sunlot.office.visits.states import State
from visits.conftest import JPEG, Phone, officers, signature
from visits.test_a_record_signed_on_paper_is_the_one_its_code_names import frozen

Phones = Callable[[str], Phone]
PATH = "M10 10L20 20L30 10L40 20"


def test_nobody_signs_what_he_has_not_read(ready: Callable[..., Visit], phone_of: Phones) -> None:
    visit = ready()
    phones, record = frozen(visit, phone_of)
    url, client = f"/visits/{visit.pk}/sign/", phones[0].client
    page = client.get(url).content.decode()
    assert page.index("查看现场和台账") < page.index("data-record-end") < page.index("已阅读到末尾")
    given = {"who": "firm", "name": "王某", "capacity": "site", "path": PATH}
    for read in ({}, {"read": "on"}, {"read": "0" * 64}):
        answer = client.post(url, given | read)
        assert answer.status_code == 409 and "从头读到末尾" in answer.content.decode()
    assert not Signature.objects.exists()
    assert client.post(url, given | {"read": record.sha256}).status_code == 302
    assert Signature.objects.get().name == "王某"


def test_a_refusal_without_a_witness_says_why_there_is_none(ready: Callable[..., Visit], phone_of: Phones) -> None:
    visit = ready()
    phones, record = frozen(visit, phone_of)
    team = [signature("officer", person) for person in officers(visit)]
    old = {"record": record.body, "signatures": team, "refusal": {"reason": "refused", "note": "不肯签"}}
    answer = phones[0].post(visit.uid, "record", old)  # of a phone that does not know of the note yet
    assert answer.json()["state"] == State.SIGNING and "无见证人" in answer.json()["waiting"][0]
    given = {"who": "refusal", "reason": "refused", "note": "不肯签", "read": record.sha256}
    url, client = f"/visits/{visit.pk}/sign/", phones[0].client
    assert client.post(url, given).status_code == 409
    assert client.post(url, given | {"no_witness": "现场只有检查组"}).status_code == 302
    assert Visit.objects.get(pk=visit.pk).state == State.REFUSED
    record.refresh_from_db()
    assert record.refusal_note == "不肯签；无见证人：现场只有检查组"


def test_the_seal_is_bound_to_the_record_and_shown(ready: Callable[..., Visit], phone_of: Phones) -> None:
    visit = ready()
    phones, record = frozen(visit, phone_of)
    url, client = f"/visits/{visit.pk}/seal/", phones[0].client

    def put(reason: str = "") -> int:
        file = {} if reason else {"picture": SimpleUploadedFile("seal.jpg", JPEG + b"seal")}
        return client.post(url, {"reason": reason, **file}).status_code

    assert put() == 422  # nobody has signed yet
    team = [signature("officer", person) for person in officers(visit)]
    firm = signature("firm", name="王某", capacity="site")
    phones[0].post(visit.uid, "record", {"record": record.body, "signatures": [*team, firm], "refusal": None})
    page = f"/visits/{visit.pk}/record/1/"
    assert "未登记" in client.get(page).content.decode()
    assert client.post(url, {"reason": ""}).status_code == 422
    assert put() == 302
    seal = Seal.objects.get()
    assert (seal.record, seal.record_sha256) == (record, record.sha256)
    assert seal.sha256 in client.get(page).content.decode()
    assert put("没有印章") == 422
    assert audit().findings == []
