"""The journal's pages: sentences with names, filters by act, object, day and person, one entry with its proof, the history of one object."""

from collections.abc import Callable
from datetime import timedelta
from io import BytesIO

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from openpyxl import load_workbook

from sunlot.ledger.tlog_proof import parse_proof
from sunlot.office.accounts.models import User
from sunlot.office.journal.models import Event
from sunlot.office.journal.services import deed
from sunlot.office.records.queries import on_days


def page(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.mark.parametrize("role", ["auditor", "supervisor"])
def test_who_watches_reads_sentences_with_names(client_of: Callable[[str], Client], role: str) -> None:
    text = page(client_of(role), "/journal/")
    assert "领导小组2 修改了自己的密码" in text
    assert "尚未锚定" in text


def test_filters(people: dict[str, User], client_of: Callable[[str], Client]) -> None:
    client = client_of("auditor")
    assert "共 12 条" in page(client, "/journal/?act=account.opened")
    assert "共 2 条" in page(client, f"/journal/?obj={people['leading2'].actor}")
    assert "共 1 条" in page(client, f"/journal/?by={people['leading2'].actor}")
    today = timezone.localdate()
    assert "共 25 条" in page(client, f"/journal/?day={today}&day={today}")
    assert "共 0 条" in page(client, f"/journal/?day={today + timedelta(days=1)}")


def test_a_day_begins_at_midnight_in_beijing(people: dict[str, User]) -> None:
    day = timezone.localdate() + timedelta(days=10)
    before = f"{day - timedelta(days=1)}T15:59:59Z"
    for at in (
        before,
        before.replace("59:59", "60:00").replace("T15:60", "T16:00"),
        f"{day}T15:59:59Z",
        f"{day}T16:00:00Z",
    ):
        with deed(by="u/1", at=at) as doing:
            doing.record("account.logout", "u/1", {})
    rows = on_days(on_days(Event.objects.all(), "gte", day), "lte", day)
    assert list(rows.order_by("seq").values_list("seq", flat=True)) == [26, 27]


def test_it_goes_out_as_excel(client_of: Callable[[str], Client]) -> None:
    data = client_of("auditor").get("/journal/?as=xlsx&act=account.opened").content
    sheet = load_workbook(BytesIO(data)).active
    assert sheet is not None
    assert sheet.max_row == 12 + 2


def test_the_number_of_queries_does_not_grow_with_the_events(client_of: Callable[[str], Client]) -> None:
    client = client_of("auditor")
    with deed(by="u/1") as doing:
        for _ in range(10):
            doing.record("account.logout", "u/1", {})
    client.get("/journal/")
    with CaptureQueriesContext(connection) as few:
        client.get("/journal/")
    with deed(by="u/1") as doing:
        for _ in range(500):
            doing.record("account.logout", "u/1", {})
    with CaptureQueriesContext(connection) as many:
        client.get("/journal/")
    assert len(many) == len(few)


def test_one_entry_with_its_leaf_and_what_proves_it(client_of: Callable[[str], Client]) -> None:
    client = client_of("auditor")
    assert "还没有检查点覆盖这一条" in page(client, "/journal/3/")
    assert client.get("/journal/3/proof/").status_code == 409
    client.post("/journal/checkpoints/sign/")
    text = page(client, "/journal/3/")
    assert "重算的路径到达检查点" in text
    assert Event.objects.get(pk=3).leaf.replace('"', "&quot;") in text
    proof = parse_proof(client.get("/journal/3/proof/").content.decode())
    assert proof.index == 3
    assert client.get("/journal/3/proof/?as=leaf").content.decode() == Event.objects.get(pk=3).leaf
    assert client.get("/journal/99999/").status_code == 404


def test_an_entry_that_was_edited_after_signing_says_so(client_of: Callable[[str], Client]) -> None:
    client = client_of("auditor")
    client.post("/journal/checkpoints/sign/")
    leaf = Event.objects.get(pk=3).leaf
    Event.objects.filter(pk=3).update(
        leaf=leaf.replace('"account.', '"account.x', 1).replace("account.x", "account.", 1) + " "
    )
    assert "对不上：条目被改动" in page(client, "/journal/3/")


def test_the_auditor_looks_at_the_address_of_a_login_and_that_is_an_event(
    people: dict[str, User], client_of: Callable[[str], Client]
) -> None:
    Client().post("/accounts/login/", {"username": "clerk", "password": "wrong"})
    event = Event.objects.get(act="account.failed")
    client = client_of("auditor")
    assert "127.0.0.1" not in page(client, f"/journal/{event.pk}/")
    assert "127.0.0.1" in client.post(f"/journal/{event.pk}/reveal/").content.decode()
    assert Event.objects.filter(act="log.revealed", obj=f"event/{event.pk}").count() == 1
    assert client_of("supervisor").post(f"/journal/{event.pk}/reveal/").status_code == 403


def test_confidential_data_of_the_work_stay_closed_to_the_auditor(
    people: dict[str, User], client_of: Callable[[str], Client]
) -> None:
    with deed(by="u/4") as doing:
        doing.record("approval.asked", "x/1", {"title": "回避"}, sealed={"reason": "与某企业有亲属关系"})
    event = Event.objects.latest("seq")
    answer = client_of("auditor").post(f"/journal/{event.pk}/reveal/")
    assert answer.status_code == 409
    assert "亲属" not in answer.content.decode()


def test_the_history_of_one_object_is_for_those_who_work_with_it(
    people: dict[str, User], client_of: Callable[[str], Client]
) -> None:
    with deed(by=people["clerk"].actor) as doing:
        doing.record("data.exported", "firm/91379921MA3C0000XX", {"list": "名录", "rows": 3})
    text = page(client_of("clerk"), "/journal/of/firm/91379921MA3C0000XX/")
    assert "导出“名录”3 行" in text
    assert "共 1 条" in text
    assert client_of("inspector").get("/journal/of/firm/91379921MA3C0000XX/").status_code == 403


def test_the_history_of_an_account_is_for_those_who_watch(
    people: dict[str, User], client_of: Callable[[str], Client]
) -> None:
    address = f"/journal/of/{people['chief'].actor}/"
    assert client_of("clerk").get(address).status_code == 404
    assert "履历 科室负责人" in page(client_of("supervisor"), address)
