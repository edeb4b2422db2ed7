"""A code of the bureau or the check code of a visit opens a firm's own pages; a stopped, ended or wrong one opens nothing."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client

from sunlot.office.accounts.models import User
from sunlot.office.journal.models import Event
from sunlot.office.portal import codes
from sunlot.office.portal.models import AccessCode
from sunlot.office.roster.models import Correction, Firm
from sunlot.office.visits.models import Visit
from sunlot.refusal import Refusal

Clients = Callable[[str], Client]


def inside(code: str) -> Client:
    """Return a browser in which a code was typed."""
    client = Client()
    assert client.post("/firm/", {"code": code}).status_code == 302
    return client


def text_of(client: Client, address: str = "/firm/own/") -> str:
    answer = client.get(address)
    assert answer.status_code == 200, answer.headers.get("location")
    return answer.content.decode()


def test_the_clerk_gives_a_code_that_stands_nowhere_else(ready: Callable[..., Visit], client_of: Clients) -> None:
    firm = ready().firm
    clerk = client_of("clerk")
    page = clerk.post(f"/firm/codes/for/{firm.pk}/", {"sent_to": "当面交厂长"}).content.decode()
    found = re.search(r'id="access-code">([0-9A-Z-]{23})<', page)
    assert found
    code = found[1]
    assert code.replace("-", "") not in repr(list(AccessCode.objects.values()))
    leaf = Event.objects.get(act="firm-code.given").leaf
    assert "厂长" not in leaf and code not in leaf
    own = text_of(inside(code.lower().replace("-", " ")))
    assert firm.name in own and "当面交厂长" in clerk.get(f"/roster/firms/{firm.pk}/").content.decode()
    assert "没有保存" in clerk.post(f"/firm/codes/for/{firm.pk}/", {"sent_to": " "}).content.decode()


def test_the_firm_finds_entry_visit_and_draw(ready: Callable[..., Visit], people: dict[str, User]) -> None:
    visit = ready()
    Firm.objects.filter(pk=visit.firm_id).update(legal_person="王二小", phone="13812345678", note="内部备注")
    _, code = codes.give(people["clerk"], visit.firm_id, "邮寄")
    client = inside(code)
    own = text_of(client)
    assert visit.firm_id in own and f"/visits/code/{visit.token}/" in own
    assert "王二小" not in own and "13812345678" not in own and "内部备注" not in own and "王*小" in own
    assert visit.draw in text_of(client, "/firm/own/draws/")


def test_the_check_code_opens_the_same_pages_for_a_time(ready: Callable[..., Visit], clock: object) -> None:
    visit = ready()
    client = inside(visit.token)
    assert visit.firm.name in text_of(client)
    clock.at = (visit.window_to + timedelta(days=91)).isoformat() + "T01:00:00Z"  # type: ignore[attr-defined]
    assert client.get("/firm/own/").headers["location"] == "/firm/?ended=1"
    assert "没有这个码" in Client().post("/firm/", {"code": visit.token}).content.decode()


def test_an_unannounced_visit_stays_unknown_until_it_has_begun(
    ready: Callable[..., Visit], people: dict[str, User]
) -> None:
    visit = ready()
    Visit.objects.filter(pk=visit.pk).update(secret=True)
    _, code = codes.give(people["clerk"], visit.firm_id, "邮寄")
    assert visit.token not in text_of(inside(code))
    assert "没有这个码" in Client().post("/firm/", {"code": visit.token}).content.decode()


def test_a_stopped_code_closes_the_pages_at_once(
    ready: Callable[..., Visit], people: dict[str, User], client_of: Clients
) -> None:
    visit = ready()
    row, code = codes.give(people["clerk"], visit.firm_id, "邮寄")
    client = inside(code)
    assert client_of("clerk").post(f"/firm/codes/{row.pk}/", {"reason": "送错单位"}).status_code == 302
    assert client.get("/firm/own/").status_code == 302
    assert "没有这个码" in Client().post("/firm/", {"code": code}).content.decode()
    with pytest.raises(Refusal, match="已经停用"):
        codes.stop(people["clerk"], row.pk, "再停一次")
    assert client_of("chief").post(f"/firm/codes/{row.pk}/", {"reason": "不是经办人"}).status_code == 403


def test_the_firm_asks_for_a_correction_and_reads_the_answer(
    ready: Callable[..., Visit], people: dict[str, User], client_of: Clients
) -> None:
    visit = ready()
    _, code = codes.give(people["clerk"], visit.firm_id, "邮寄")
    client = inside(code)
    form = {
        "field": "address",
        "wanted": "白石镇工业路9号",
        "ground": "已搬迁，附租赁合同",
        "asked_by": "王五",
        "contact": "",
    }
    assert client.post("/firm/own/correct/", form).status_code == 302
    (asked,) = Correction.objects.filter(firm=visit.firm)
    assert "王五" not in Event.objects.get(act="roster.correction-asked").leaf
    client_of("clerk").post(
        f"/roster/corrections/{asked.pk}/decide/", {"act": "refuse", "answer": "合同看不清", "version": asked.version}
    )
    assert "合同看不清" in text_of(client)
    again = client.post("/firm/own/correct/", form | {"field": "name", "wanted": ""})
    assert again.status_code == 422 and "已搬迁，附租赁合同" in again.content.decode()
    assert "note" not in text_of(client, "/firm/own/correct/")


def test_a_firm_cannot_flood_the_office_with_requests(ready: Callable[..., Visit], people: dict[str, User]) -> None:
    visit = ready()
    _, code = codes.give(people["clerk"], visit.firm_id, "邮寄")
    client = inside(code)
    form = {"field": "address", "ground": "搬迁", "asked_by": "王五"}
    for number in range(6):
        answer = client.post("/firm/own/correct/", form | {"wanted": f"工业路{number}号"})
    assert answer.status_code == 422 and "请等办结后再提" in answer.content.decode()
    assert Correction.objects.count() == 5
