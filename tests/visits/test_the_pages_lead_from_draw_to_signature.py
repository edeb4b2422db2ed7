"""The whole way in pages that work without scripts: the office makes, asks, notifies; the officers fill, the firm signs on paper or on screen."""

import re
from collections.abc import Callable
from html import unescape
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.test.utils import CaptureQueriesContext

from catalog.conftest import values
from lottery.conftest import Clock, Story
from sunlot.office.accounts.models import User
from sunlot.office.approvals.models import Approval
from sunlot.office.catalog.models import ItemList
from sunlot.office.journal.audit import audit
from sunlot.office.lottery.queries import drawn_list
from sunlot.office.lottery.register import folder_of
from sunlot.office.roster.models import Firm, VisitEntry
from sunlot.office.visits.models import Change, Signature, Visit
from sunlot.office.visits.states import State
from visits.conftest import JPEG, Phone, fill, officers, record_text, signature

Clients = Callable[[str], Client]
Phones = Callable[[str], Phone]
SCAN = JPEG + b"signed page"


def picture(data: bytes = JPEG) -> SimpleUploadedFile:
    return SimpleUploadedFile("photo.jpg", data, content_type="image/jpeg")


def seen(page: Any) -> str:
    """Return the hidden field with what the page had shown."""
    found = re.search(r'name="seen" value="([^"]*)"', page.content.decode())
    assert found
    return unescape(found[1])


FORM: dict[str, Any] = {
    "answers/AQ-01/1": "pass",
    "answers/AQ-01/2": "fail",
    "answers/AQ-02/1": "pass",
    "notes/AQ-01/2": "东门标志褪色",
    "times/arrived": "2023-09-20T10:00",
    "times/left": "2023-09-20T11:30",
    "place": "一车间",
    "summary": "查看现场和台账",
    "handling": "责令限期整改",
    "firm/name": "王某",
    "firm/capacity": "site",
    "outcome": "pending",
    "methods": ["onsite"],
    "dispositions": ["order"],
}


def test_from_the_draw_to_a_signature_on_paper(
    story: Callable[..., Story], item_list: ItemList, client_of: Clients, phone_of: Phones, clock: Clock
) -> None:
    done = story().done()
    clerk, chief = client_of("clerk"), client_of("chief")
    assert "检查组已抽出" in clerk.get("/").content.decode()
    clerk.post("/visits/from-draw/", {"draw": done.name, "act": "make"})
    assert Visit.objects.count() == len(drawn_list(folder_of(done.name)))
    clerk.post("/visits/from-draw/", {"draw": done.name, "act": "ask", "reason": "按计划"})
    approval = Approval.objects.get(kind="visits.approve")
    assert Visit.objects.order_by("pk")[0].firm_name in chief.get(f"/approvals/{approval.pk}/").content.decode()
    chief.post(f"/approvals/{approval.pk}/decide/", {"act": "grant", "remark": ""})
    visit = Visit.objects.order_by("pk")[0]
    assert visit.state == State.APPROVED
    page = clerk.post("/visits/notify/", {"pk": [str(visit.pk)]})
    assert visit.firm_name in page.content.decode()
    clerk.post("/visits/notify/", {"pk": str(visit.pk), "notice": "电话通知办公室"})
    clock.at = "2023-09-20T04:00:00Z"
    one, two = (phone_of(person).client for person in officers(visit)[:2])
    site = f"/visits/{visit.pk}/"
    for officer in (one, two):
        assert visit.firm_name in officer.get("/visits/own/").content.decode()
        assert officer.post(site + "check-in/", {}).status_code == 409
        assert officer.post(site + "check-in/", {"pledge": "yes"}).status_code == 302
    sheet = one.get(site + "fill/")
    assert one.post(site + "fill/", FORM | {"seen": seen(sheet)}).status_code == 302
    incomplete = one.post(site + "freeze/")
    assert incomplete.status_code == 409
    assert "不合格，但没有写明问题" in incomplete.content.decode() and "照片" in incomplete.content.decode()
    finding = {
        "text": "标志褪色",
        "severity": "general",
        "point": "AQ-01/2",
        "article": "安全生产法第35条",
        "measure": "",
    }
    assert one.post(site + "findings/new/", finding).status_code == 302
    assert two.post(site + "photograph/", {"file": picture(), "caption": "东门"}).status_code == 302
    assert one.post(site + "freeze/").status_code == 302
    assert "标志褪色" in one.get(site + "record/1/").content.decode()
    given = {"code": visit.records.get().sha256[:8], "name": "王某", "capacity": "site", "witness": ""}
    answer = one.post(site + "paper/", given | {"pages": [picture(SCAN)]})
    assert answer.status_code == 302, answer.content.decode()
    assert Visit.objects.get(pk=visit.pk).state == State.SIGNING
    assert site + "paper/confirm/" in two.get("/").content.decode()
    assert two.post(site + "paper/confirm/", {"mine": "on"}).status_code == 302
    visit.refresh_from_db()
    assert (visit.state, visit.outcome) == (State.DONE, "pending")
    assert Signature.objects.filter(record__visit=visit).count() == 3
    assert VisitEntry.objects.get().firm_id == visit.firm_id
    assert audit().findings == []
    for page in (site, site + "record/1/", "/visits/?as=xlsx", "/visits/?state=done"):
        assert clerk.get(page).status_code == 200


def test_two_officers_pages_never_undo_each_other(ready: Callable[..., Visit], phone_of: Phones) -> None:
    visit = ready()
    one, two = (phone_of(person).client for person in officers(visit)[:2])
    url = f"/visits/{visit.pk}/fill/"
    first, second = seen(one.get(url)), seen(two.get(url))
    unseen = {name: "unseen" for name in FORM if name.startswith("answers/")}
    empty = {name: "" for name, value in FORM.items() if isinstance(value, str)} | unseen
    one.post(url, empty | {"seen": first, "answers/AQ-01/1": "pass", "place": "一车间"})
    two.post(url, empty | {"seen": second, "answers/AQ-02/1": "pass", "place": "二车间"})
    page = one.get(url).content.decode()
    held = {row.field: row.value for row in Change.objects.all()}
    assert held["answers/AQ-01/1"] == held["answers/AQ-02/1"] == '"pass"'
    assert Change.objects.filter(field="place").count() == 2
    assert "同事同时填写：" in page
    one.post(
        url,
        empty | {"seen": seen(one.get(url)), "answers/AQ-01/1": "pass", "answers/AQ-02/1": "pass", "place": "两个车间"},
    )
    assert "同事同时填写：" not in one.get(url).content.decode()


def test_saving_without_typing_changes_nothing(ready: Callable[..., Visit], phone_of: Phones) -> None:
    visit = ready()
    one = phone_of(officers(visit)[0]).client
    url = f"/visits/{visit.pk}/fill/"
    one.post(url, FORM | {"seen": seen(one.get(url))})
    count = Change.objects.count()
    one.post(url, FORM | {"seen": seen(one.get(url))})
    assert Change.objects.count() == count


def test_bad_input_is_said_and_nothing_typed_is_lost(
    people: dict[str, User], item_list: ItemList, client_of: Clients
) -> None:
    form = {
        "firm": "91379921000000000X",
        "origin": "complaint",
        "kind": "complaint",
        "source": "投诉 7 号",
        "reason": "群众反映堵塞通道",
    }
    form |= {"window_from": "2023-09-18", "window_to": "2023-09-30", "team": "R000、R001", "items": ""}
    answer = client_of("clerk").post("/visits/new/", form)
    text = answer.content.decode()
    assert answer.status_code == 422 and "名录中没有在册的" in text and "群众反映堵塞通道" in text
    assert "R000、R001" in values(text, "team")


def finished(visit: Visit, phone_of: Phones, outcome: str = "no_problem", refusal: Any = None) -> list[Phone]:
    """Carry a visit to its end from its officers' phones."""
    phones = [phone_of(person) for person in officers(visit)]
    fill(phones, visit, outcome=outcome)
    for phone in phones:
        phone.send(visit.uid)
    phones[0].upload(visit.uid, JPEG)
    text = record_text(phones[0], visit, [change for phone in phones for change in phone.log])
    team = [signature("officer", phone.person) for phone in phones]
    firm = [] if refusal or outcome == "closed" else [signature("firm", name="王某", capacity="site")]
    phones[0].post(visit.uid, "record", {"record": text, "signatures": [*team, *firm], "refusal": refusal})
    visit.refresh_from_db()
    return phones


def test_a_closed_firm_gives_its_place_to_the_reserve_and_its_status_to_the_roster(
    ready: Callable[..., Visit], phone_of: Phones, client_of: Clients
) -> None:
    visit = ready()
    finished(visit, phone_of, "closed")
    assert visit.state == State.FAILED
    clerk = client_of("clerk")
    assert visit.firm_name in clerk.get("/").content.decode()
    clerk.post(f"/visits/{visit.pk}/status/", {"status": "注销"})
    assert Firm.objects.get(pk=visit.firm_id).status == "注销"
    before = set(Visit.objects.values_list("pk", flat=True))
    assert clerk.post(f"/visits/{visit.pk}/substitute/", {"evidence": "注销登记"}).status_code == 302
    assert set(Visit.objects.values_list("pk", flat=True)) == before
    assert "替换申请正在等待审批" in clerk.get(f"/visits/{visit.pk}/").content.decode()
    asked = Approval.objects.get(kind="lottery.substitute")
    client_of("chief").post(f"/approvals/{asked.pk}/decide/", {"act": "grant"})
    (new,) = Visit.objects.exclude(pk__in=before)
    assert (new.state, new.draw) == (State.ARRANGED, visit.draw)
    visit.refresh_from_db()
    assert visit.state == State.FAILED


def test_one_that_cannot_be_reached_is_a_result_and_no_reason_for_another(
    ready: Callable[..., Visit], phone_of: Phones, client_of: Clients
) -> None:
    visit = ready()
    phones = [phone_of(person) for person in officers(visit)]
    fill(phones, visit, outcome="unreachable")
    for phone in phones:
        phone.send(visit.uid)
    phones[0].upload(visit.uid, JPEG)
    text = record_text(phones[0], visit, [change for phone in phones for change in phone.log])
    team = [signature("officer", phone.person) for phone in phones]
    phones[0].post(visit.uid, "record", {"record": text, "signatures": team, "refusal": None})
    answer = client_of("clerk").post(f"/visits/{visit.pk}/substitute/", {"evidence": "电话无人接听"})
    assert answer.status_code == 422 and "联系不上要如实记录" in answer.content.decode()


def test_a_refusal_is_read_by_the_chief(ready: Callable[..., Visit], phone_of: Phones, client_of: Clients) -> None:
    visit = ready()
    finished(visit, phone_of, refusal={"reason": "refused", "note": "无见证人：现场只有检查组"})
    assert visit.state == State.REFUSED
    assert "负责人尚未阅处" in client_of("supervisor").get("/").content.decode()
    assert client_of("clerk").post(f"/visits/{visit.pk}/report/").status_code == 403
    assert client_of("chief").post(f"/visits/{visit.pk}/report/").status_code == 302
    assert "负责人尚未阅处" not in client_of("supervisor").get("/").content.decode()
    visit.refresh_from_db()
    assert visit.reported_at is not None


def test_after_signing_only_a_new_edition_with_new_signatures(
    ready: Callable[..., Visit], phone_of: Phones, client_of: Clients
) -> None:
    visit = ready()
    phones = finished(visit, phone_of)
    assert visit.state == State.DONE
    phones[0].enter("place", "二车间", over=[one["id"] for one in phones[0].log if one["field"] == "place"])
    phones[0].send(visit.uid)
    assert "不在记录中" in client_of("clerk").get(f"/visits/{visit.pk}/").content.decode()
    client_of("clerk").post(f"/visits/{visit.pk}/amend/", {"reason": "检查场所写错"})
    text = record_text(phones[0], visit, [change for phone in phones for change in phone.log], edition=2)
    team = [signature("officer", phone.person) for phone in phones]
    firm = signature("firm", name="王某", capacity="site")
    answer = phones[0].post(visit.uid, "record", {"record": text, "signatures": [*team, firm], "refusal": None})
    assert (answer.json()["edition"], answer.json()["state"]) == (2, State.DONE), answer.content.decode()
    assert visit.records.get(edition=1).replaced and visit.records.get(edition=1).signatures.count() == 3
    assert VisitEntry.objects.count() == 1


def test_the_list_takes_a_fixed_number_of_queries(ready: Callable[..., Visit], client_of: Clients) -> None:
    from django.db import connection

    visit = ready()
    clerk = client_of("clerk")
    clerk.get("/visits/")
    with CaptureQueriesContext(connection) as many:
        clerk.get("/visits/")
    Visit.objects.exclude(pk=visit.pk).update(state=State.DONE)
    with CaptureQueriesContext(connection) as few:
        clerk.get("/visits/?state=notified")
    assert len(many) == len(few)
