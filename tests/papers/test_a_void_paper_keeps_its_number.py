"""作废: asked with a reason, decided by another; number and text stay, every page says so, and the register shows every number of the year."""

from collections.abc import Callable
from typing import Any

from lottery.conftest import Clock
from papers.conftest import Clients, text_of
from sunlot.office.approvals import services as approvals
from sunlot.office.approvals.models import Approval
from sunlot.office.journal.audit import audit
from sunlot.office.journal.models import Event
from sunlot.office.papers.models import Paper, State
from sunlot.office.papers.printing import paper_pdf
from sunlot.office.papers.queries import series
from sunlot.office.visits.models import Visit


def test_another_person_decides(
    record: Callable[..., Paper], people: dict[str, Any], client_of: Clients, clock: Clock
) -> None:
    first, paper, third = record(), record(), record()
    clerk = client_of("clerk")
    assert clerk.post(f"/papers/{paper.pk}/void/", {"reason": ""}).status_code == 422
    assert clerk.post(f"/papers/{paper.pk}/void/", {"reason": "单位名称写错"}).status_code == 302
    paper.refresh_from_db()
    assert paper.state == State.ISSUED
    approvals.grant(people["chief"], Approval.objects.get(kind="papers.void").pk)
    paper.refresh_from_db()
    assert (paper.state, paper.sequence, paper.void_reason) == (State.VOID, 2, "单位名称写错")
    assert "作废" in text_of(paper_pdf(paper)) and "作废" not in text_of(paper_pdf(first))
    assert "单位名称写错" not in Event.objects.filter(act="paper.void").get().leaf
    register = client_of("supervisor").get("/papers/register/").content.decode()
    for one in (first, paper, third):
        assert one.number in register
    assert "单位名称写错" in register
    (count,) = series()
    assert (count.given, count.void, count.missing) == (3, 1, [])
    assert record().sequence == 4
    answer = clerk.post(f"/papers/{paper.pk}/void/", {"reason": "再作废"})
    assert answer.status_code == 422 and "已经作废" in answer.content.decode()
    assert audit().findings == []


def test_a_number_taken_out_of_the_database_is_missed(record: Callable[..., Paper], client_of: Clients) -> None:
    record()
    gone = record()
    Paper.objects.filter(pk=gone.pk).delete()
    assert [count.missing for count in series()] == [[2]]
    assert '<span class="tag bad">2</span>' in client_of("auditor").get("/papers/register/").content.decode()


def test_numbers_of_hidden_visits_stand_in_the_register_without_their_firm(
    drawn: Callable[..., Any], people: dict[str, Any], client_of: Clients
) -> None:
    from papers.conftest import issued

    story = drawn(secret=True)
    visit = Visit.objects.filter(draw=story.name).earliest("pk")
    paper = issued(people["clerk"], obj=visit.obj, fields={"firm": visit.firm_name})
    chief = client_of("chief")
    page = chief.get("/papers/register/").content.decode()
    assert paper.number in page and visit.firm_name not in page and "（名单未公开）" in page
    assert paper.number not in chief.get("/papers/").content.decode()
    assert chief.get(f"/papers/{paper.pk}/pdf/").status_code == 404
    assert visit.firm_name not in chief.get("/papers/register/?as=print").content.decode()
