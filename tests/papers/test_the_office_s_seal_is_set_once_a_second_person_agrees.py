"""本机关印章: kept as its ink, set over the office's name only on a paper that another has approved; the firm's seal under a record stands on its paper."""

import io
from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from docx import Document as read_word

from documents.test_a_seal_is_set_as_its_ink_alone import seal_on
from papers.conftest import Clients, Phones, held, issued, picture
from papers.test_a_visit_gets_its_papers import NOTICE, make
from rendered import pages_of
from sunlot.office.accounts.models import User
from sunlot.office.approvals import services as approvals
from sunlot.office.approvals.models import Approval
from sunlot.office.journal.audit import audit
from sunlot.office.journal.models import Event
from sunlot.office.journal.services import deed
from sunlot.office.papers import printing, scans, sealing
from sunlot.office.papers.issuing import issue
from sunlot.office.papers.models import OfficeSeal, Paper, Sealing
from sunlot.office.visits.models import Visit
from sunlot.office.visits.seals import put_seal
from sunlot.refusal import Refusal

RECHECK = {
    "firm": "青禾第3厂",
    "decided_on": date(2023, 8, 1),
    "decision": "责令限期整改",
    "decision_number": "（青）应急责改〔2023〕1号",
    "opinion": "已整改。",
}
WHY = "对外送达"
PHOTO = seal_on("rgb(214, 208, 196)")


@pytest.fixture
def paper(county: dict[str, User]) -> Iterator[Paper]:
    """A paper of the clerk that may bear the seal."""
    with deed(by=county["clerk"].actor) as doing:
        made = issue(doing, county["clerk"], "recheck", "order/1", RECHECK)
    yield made


def pictures(paper: Paper) -> int:
    """Return how many pictures the PDF of a paper has."""
    return sum(len(page.pictures) for page in pages_of(printing.paper_pdf(paper)))


def test_it_is_set_when_another_approves(county: dict[str, User], paper: Paper) -> None:
    plain, digest = pictures(paper), paper.digest
    seal = sealing.keep_seal(county["chief"], PHOTO, 40)
    assert scans.FILES.read(seal.sha256) and scans.FILES.read(seal.original) == PHOTO
    asked = sealing.ask_seal(county["clerk"], paper, WHY)
    assert pictures(paper) == plain, "asking sets nothing"
    with pytest.raises(Refusal):
        approvals.grant(county["clerk"], asked.pk)
    approvals.grant(county["chief"], asked.pk)
    paper.refresh_from_db()
    assert paper.digest == digest and pictures(paper) == plain + 1
    assert printing.paper_pdf(paper) == printing.paper_pdf(paper)
    made = read_word(io.BytesIO(printing.paper_word(paper)))
    assert any(one._p.xpath(".//wp:anchor") for one in made.paragraphs if "（印章）" in one.text)
    with pytest.raises(Refusal) as again:
        sealing.ask_seal(county["clerk"], paper, WHY)
    assert again.value.kind == "paper_sealed"
    acts = list(Event.objects.filter(act__startswith="paper.seal").order_by("seq").values_list("act", flat=True))
    assert acts == ["paper.seal_kept", "paper.sealed"] and audit().findings == []


def test_whoever_made_the_paper_does_not_approve_its_seal(county: dict[str, User]) -> None:
    with deed(by=county["chief"].actor) as doing:
        made = issue(doing, county["chief"], "recheck", "order/1", RECHECK)
    sealing.keep_seal(county["chief"], PHOTO, 42)
    asked = sealing.ask_seal(county["clerk"], made, WHY)
    with pytest.raises(Refusal) as refusal:
        approvals.grant(county["chief"], asked.pk)
    assert refusal.value.kind == "own_request" and not Sealing.objects.exists()


def test_what_was_sealed_keeps_its_seal_when_another_is_kept(county: dict[str, User], paper: Paper) -> None:
    first = sealing.keep_seal(county["chief"], PHOTO, 40)
    approvals.grant(county["chief"], sealing.ask_seal(county["clerk"], paper, WHY).pk)
    before = printing.paper_pdf(paper)
    second = sealing.keep_seal(county["chief"], seal_on("white"), 45)
    assert OfficeSeal.objects.get(pk=first.pk).withdrawn_at and sealing.seal_in_force() == second
    assert printing.paper_pdf(paper) == before
    sealing.withdraw_seal(county["chief"])
    assert sealing.seal_in_force() is None and printing.paper_pdf(paper) == before
    with pytest.raises(Refusal) as refusal:
        sealing.withdraw_seal(county["chief"])
    assert refusal.value.kind == "no_seal"
    assert audit().findings == []
    scans.path_of(first.sha256).write_bytes(b"another")
    assert [finding.kind for finding in sealing.seal_findings()] == ["file_altered"]
    with pytest.raises(Refusal) as lost:
        printing.paper_pdf(paper)
    assert lost.value.kind == "seal_altered"


def test_nothing_is_sealed_that_may_not_be(county: dict[str, User], paper: Paper) -> None:
    def refused(one: Paper) -> str:
        with pytest.raises(Refusal) as refusal:
            sealing.ask_seal(county["clerk"], one, WHY)
        return refusal.value.kind

    assert refused(paper) == "no_seal"
    for bad, width, kind in (
        (picture(), 42, "seal_without_ink"),
        (PHOTO, 90, "seal_width"),
        (b"%PDF-", 42, "picture_wrong"),
    ):
        with pytest.raises(Refusal) as refusal:
            sealing.keep_seal(county["chief"], bad, width)
        assert refusal.value.kind == kind and not OfficeSeal.objects.exists()
    sealing.keep_seal(county["chief"], PHOTO, 42)
    assert refused(issued(county["clerk"])) == "no_place_for_seal"
    asked = sealing.ask_seal(county["clerk"], paper, WHY)
    paper.state = "void"
    with deed(by=county["clerk"].actor) as doing:
        doing.save(paper)
        doing.record("paper.void", paper.obj, {"paper": paper.pk, "number": paper.number})
    assert refused(paper) == "void_already"
    with pytest.raises(Refusal):
        approvals.grant(county["chief"], asked.pk)


def test_the_pages_lead_through_it(
    arranged: Callable[..., Visit], phone_of: Phones, client_of: Clients, people: dict[str, Any]
) -> None:
    visit, clerk, chief = arranged(), client_of("clerk"), client_of("chief")
    held(visit, phone_of)
    paper = make(clerk, visit, "inspection_notice", **NOTICE)
    assert clerk.get("/papers/seal/").status_code == 403 and clerk.get("/papers/seal/picture/").status_code == 403
    assert chief.get("/papers/seal/picture/").status_code == 404
    bad = chief.post("/papers/seal/", {"picture": SimpleUploadedFile("a.png", picture()), "width": 42})
    assert bad.status_code == 422 and "看不清红色印章" in bad.content.decode()
    good = chief.post("/papers/seal/", {"picture": SimpleUploadedFile("a.png", PHOTO), "width": 42})
    assert good.status_code == 302
    assert chief.get("/papers/seal/picture/").content.startswith(b"\x89PNG")
    page = clerk.get(f"/papers/{paper.pk}/").content.decode()
    assert "未用印" in page and f"/papers/{paper.pk}/stamp/" in page
    assert clerk.post(f"/papers/{paper.pk}/stamp/", {"reason": WHY}).status_code == 302
    approvals.grant(people["chief"], Approval.objects.get(kind="papers.seal").pk)
    page = clerk.get(f"/papers/{paper.pk}/").content.decode()
    assert "已用印" in page and f"/papers/{paper.pk}/stamp/" not in page
    assert "停用" in chief.get("/papers/seal/").content.decode()
    assert chief.post("/papers/seal/withdraw/").status_code == 302 and sealing.seal_in_force() is None


@pytest.mark.parametrize(("photo", "more"), [(PHOTO, 1), (picture(50, 40), 0)])
def test_the_firm_s_seal_stands_on_the_paper_of_its_record(
    arranged: Callable[..., Visit], phone_of: Phones, client_of: Clients, photo: bytes, more: int
) -> None:
    visit = arranged()
    phones = held(visit, phone_of)
    put_seal(phones[0].user, visit.uid, photo, "")
    paper = make(client_of("clerk"), visit, "onsite_record")
    assert ("firm_seal" in paper.body) == bool(more)
    qr_and_handwritings = 0
    assert pictures(paper) == qr_and_handwritings + more
    assert "企业印章：已留存印章图像" in "".join(page.text for page in pages_of(printing.paper_pdf(paper)))
