"""拒签情况报告: made by the signing itself of a record that was refused, put before the chief, as PDF and Word; and the record that waits, printed to be signed by hand."""

from collections.abc import Callable

import pytest

from papers.conftest import Clients, Phones, held, text_of
from sunlot.office.journal.audit import audit
from sunlot.office.papers.models import Paper
from sunlot.office.visits.models import Visit
from sunlot.refusal import Refusal
from visits.conftest import signature
from visits.test_a_record_signed_on_paper_is_the_one_its_code_names import frozen

REFUSAL = {"reason": "refused", "note": "称须请示总部；无见证人：现场只有检查组"}
URL = "/papers/visits/{}/refusal_report/"


def report_of(visit: Visit, client_of: Clients) -> str:
    """Return the text of the report that came with the signing, as the chief reads it who is led there."""
    chief, paper = client_of("chief"), Paper.objects.get(kind="refusal_report")
    assert f"/visits/{visit.pk}/" in chief.get("/").content.decode()
    assert f"/papers/{paper.pk}/" in chief.get(f"/visits/{visit.pk}/").content.decode()
    assert chief.get(f"/papers/{paper.pk}/word/").status_code == 200
    return text_of(chief.get(f"/papers/{paper.pk}/pdf/").content)


def test_it_comes_with_the_last_signature_or_not_at_all(
    arranged: Callable[..., Visit], phone_of: Phones, client_of: Clients, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise Refusal("no_name", "没有单位名称。")

    with monkeypatch.context() as patch:
        patch.setattr("sunlot.office.papers.issuing.compose", broken)
        without = arranged()
        held(without, phone_of, refusal=REFUSAL)
    assert without.state == "refused" and not Paper.objects.filter(kind="refusal_report").exists()
    assert URL.format(without.pk) in client_of("clerk").get("/").content.decode()
    answer = client_of("clerk").post(URL.format(without.pk), {"act": "issue", "signed_on": "2025-09-20"})
    assert answer.status_code == 302, answer.content.decode()
    assert Paper.objects.get(kind="refusal_report").sequence in (None, 1)
    assert URL.format(without.pk) not in client_of("clerk").get("/").content.decode()
    assert audit().findings == []


def test_it_says_who_why_and_that_there_was_no_witness(
    arranged: Callable[..., Visit], phone_of: Phones, client_of: Clients
) -> None:
    visit = arranged()
    held(visit, phone_of, refusal=REFUSAL)
    text = report_of(visit, client_of)
    names = [one.name for one in visit.team.all()]
    assert all(name in text for name in names)
    for part in (
        "现场负责人拒绝签字",
        "称须请示总部",
        "见证情况：无见证人：现场只有检查组",
        visit.records.get().sha256,
    ):
        assert part in text, part


@pytest.mark.parametrize("refused", [True, False])
def test_there_is_none_where_nobody_refused(
    arranged: Callable[..., Visit], phone_of: Phones, client_of: Clients, refused: bool
) -> None:
    visit = arranged()
    held(visit, phone_of, refusal=REFUSAL if refused else None)
    page = client_of("clerk").get(f"/visits/{visit.pk}/").content.decode()
    assert (URL.format(visit.pk) in page) is refused
    assert (client_of("clerk").get(URL.format(visit.pk)).status_code == 200) is refused


def test_the_record_that_waits_is_printed_to_be_signed_by_hand(
    ready: Callable[..., Visit], phone_of: Phones, client_of: Clients
) -> None:
    visit = ready()
    phones, record = frozen(visit, phone_of)
    url, client = f"/papers/visits/{visit.pk}/to-sign/", phones[0].client
    assert url in client.get(f"/visits/{visit.pk}/").content.decode()
    text = text_of(client.get(url).content)
    assert "供签字" in text and f"校验值{record.sha256}" in text and "（）应急检记〔〕号" in text
    team = [signature("officer", phone.person) for phone in phones]
    firm = signature("firm", name="王某", capacity="site")
    phones[0].post(visit.uid, "record", {"record": record.body, "signatures": [*team, firm], "refusal": None})
    assert client.get(url).status_code == 409
