"""Documents addressed to the firm that were served or made at its visit stand on its pages; inner ones and another firm's do not."""

from collections.abc import Callable
from datetime import date

from django.test import Client

from papers.conftest import issued
from sunlot.office.accounts.models import User
from sunlot.office.papers.models import Paper
from sunlot.office.portal import codes
from sunlot.office.roster.models import Firm
from sunlot.office.visits.models import Visit


def served(paper: Paper) -> Paper:
    Paper.objects.filter(pk=paper.pk).update(served_on=date(2023, 9, 20))
    return paper


def test_what_was_served_is_there_as_a_file(ready: Callable[..., Visit], people: dict[str, User]) -> None:
    visit = ready()
    clerk = people["clerk"]
    mine = issued(clerk, obj=f"visit/{visit.pk}")
    _, code = codes.give(clerk, visit.firm_id, "邮寄")
    client = Client()
    client.post("/firm/", {"code": code})
    assert mine.number not in client.get("/firm/own/").content.decode()
    assert client.get(f"/firm/own/papers/{mine.pk}/").status_code == 404
    served(mine)
    assert mine.number in client.get("/firm/own/").content.decode()
    answer = client.get(f"/firm/own/papers/{mine.pk}/")
    assert answer.getvalue().startswith(b"%PDF") and "no-store" in answer.headers["Cache-Control"]


def test_another_firms_document_is_not(ready: Callable[..., Visit], people: dict[str, User]) -> None:
    visit = ready()
    clerk = people["clerk"]
    other = Firm.objects.exclude(pk=visit.firm_id)[0].pk
    foreign = served(issued(clerk, obj="order/7", firm_id=other))
    _, code = codes.give(clerk, visit.firm_id, "邮寄")
    client = Client()
    client.post("/firm/", {"code": code})
    assert client.get(f"/firm/own/papers/{foreign.pk}/").status_code == 404
    assert foreign.number not in client.get("/firm/own/").content.decode()


def test_a_document_of_the_office_itself_is_not(ready: Callable[..., Visit], people: dict[str, User]) -> None:
    visit = ready()
    paper = served(issued(people["clerk"], obj=f"visit/{visit.pk}"))
    Paper.objects.filter(pk=paper.pk).update(kind="inspection_scheme")
    _, code = codes.give(people["clerk"], visit.firm_id, "邮寄")
    client = Client()
    client.post("/firm/", {"code": code})
    assert client.get(f"/firm/own/papers/{paper.pk}/").status_code == 404
