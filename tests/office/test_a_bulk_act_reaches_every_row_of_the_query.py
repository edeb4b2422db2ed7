"""With 选择全部 an act goes to every row that the query panel leaves, asked once more with their number, part by part, and loses nothing."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from rosters import code, enter, firm
from sunlot.office.accounts.models import User
from sunlot.office.journal.audit import audit
from sunlot.office.roster import many
from sunlot.office.roster.models import Firm
from sunlot.office.shell import bulk
from sunlot.refusal import Refusal
from ticking import held, sent_from

QUERY = "territory=%E7%99%BD%E7%9F%B3%E9%95%87"  # 白石镇
LIST = f"/roster/?{QUERY}"


@pytest.fixture
def county(people: dict[str, User]) -> None:
    """70 firms in one township, 5 in another: more than a page shows."""
    enter(*(firm(n, territory="白石镇" if n <= 70 else "城关街道") for n in range(1, 76)))


def confirmed_today() -> int:
    return Firm.objects.filter(confirmed_on=timezone.localdate()).count()


def test_all_that_the_query_leaves_is_asked_for_with_its_number_and_done(
    county: None, client_of: Callable[[str], Client]
) -> None:
    client = client_of("clerk")
    sent = sent_from(client, LIST)
    assert sent["all"] == "70"
    page = client.post("/roster/many/confirm/", sent).content.decode()
    assert "将办理 70 条" in page and "所属镇街“白石镇”" in page and "另有 50 条" in page
    assert confirmed_today() == 0
    answer = client.post("/roster/many/confirm/", held(page))
    assert answer.status_code == 302 and answer["Location"] == LIST
    assert confirmed_today() == 70
    assert audit().findings == []


def test_rows_that_came_or_changed_since_are_told_and_asked_again(
    county: None, client_of: Callable[[str], Client]
) -> None:
    client = client_of("clerk")
    sent = sent_from(client, LIST)
    enter(firm(80, territory="白石镇"))
    page = client.post("/roster/many/confirm/", sent)
    assert page.status_code == 409 and "您看到的是 70 条，现在是 71 条" in page.content.decode()
    agreed = held(page.content.decode())
    Firm.objects.filter(pk=code(1)).update(version=2)
    again = client.post("/roster/many/confirm/", agreed)
    assert again.status_code == 409 and "或其中有记录已被他人改动" in again.content.decode()
    assert confirmed_today() == 0
    assert client.post("/roster/many/confirm/", held(again.content.decode())).status_code == 302
    assert confirmed_today() == 71


def test_what_has_to_be_said_is_asked_on_the_same_page_and_kept_when_it_lacks(
    county: None, client_of: Callable[[str], Client]
) -> None:
    client = client_of("clerk")
    page = client.post("/roster/many/", sent_from(client, LIST)).content.decode()
    lacking = client.post("/roster/many/", held(page) | {"reason": "2026年度风险评估结果"})
    assert lacking.status_code == 422 and "请至少选定一项" in lacking.content.decode()
    assert "2026年度风险评估结果" in lacking.content.decode()
    typed = {"risk_level": "重大", "reason": "2026年度风险评估结果"}
    assert client.post("/roster/many/", held(page) | typed).status_code == 302
    assert Firm.objects.filter(risk_level="重大").count() == 70
    assert audit().findings == []


def test_what_is_refused_is_told_row_by_row_and_the_rest_is_done(
    county: None, client_of: Callable[[str], Client], monkeypatch: pytest.MonkeyPatch
) -> None:
    confirm = many.confirm_firms

    def picky(user: User, identities: Sequence[str]) -> int:
        if code(7) in identities:
            raise Refusal("not_listed", "第7户不能核对。")
        return confirm(user, identities)

    monkeypatch.setattr(many, "confirm_firms", picky)
    client = client_of("clerk")
    page = client.post("/roster/many/confirm/", sent_from(client, LIST)).content.decode()
    told = client.post("/roster/many/confirm/", held(page)).content.decode()
    assert "已办理 69 条" in told and "1 条不能办理，保持原样" in told
    assert "青禾县第7机械有限公司" in told and "第7户不能核对。" in told and "青禾县第8机械有限公司" not in told
    assert confirmed_today() == 69


def test_what_takes_too_long_for_one_answer_is_gone_on_with(
    county: None, client_of: Callable[[str], Client], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bulk, "LONGEST", 0.0)
    monkeypatch.setattr(
        "sunlot.office.roster.views.many.CONFIRM",
        bulk.Bulk("核对", lambda user, keys, data: bool(many.confirm_firms(user, keys)), at_once=30),
    )
    client = client_of("clerk")
    page = client.post("/roster/many/confirm/", sent_from(client, LIST)).content.decode()
    first = client.post("/roster/many/confirm/", held(page)).content.decode()
    assert "已办理 30 条" in first and "继续办理余下 40 条" in first and confirmed_today() == 30
    second = client.post("/roster/many/confirm/", held(first)).content.decode()
    assert "继续办理余下 10 条" in second and confirmed_today() == 60
    assert client.post("/roster/many/confirm/", held(second)).status_code == 302
    assert confirmed_today() == 70


def test_asking_costs_as_many_questions_to_the_database_however_many_rows(
    county: None, client_of: Callable[[str], Client]
) -> None:
    client, counts = client_of("clerk"), []
    for address in ("/roster/?q=%E7%AC%AC71", "/roster/?q=%E7%AC%AC"):  # one row, and all
        sent = sent_from(client, address)
        client.post("/roster/many/confirm/", sent)
        with CaptureQueriesContext(connection) as asked:
            client.post("/roster/many/confirm/", sent)
        counts.append(len(asked))
    assert counts[0] == counts[1]


def test_a_part_that_cannot_be_done_is_halved_until_it_stands_alone() -> None:
    calls = []

    def act(user: Any, keys: Sequence[int], data: Mapping[str, Any]) -> bool:
        calls.append(list(keys))
        if 5 in keys:
            raise Refusal("no", "不行。")
        return keys[0] < 4

    outcome = bulk.do(None, bulk.Bulk("x", act, at_once=8), range(8), {})
    assert (outcome.done, outcome.asked, [key for key, _why in outcome.refused]) == (4, 3, [5])
    assert calls == [[0, 1, 2, 3, 4, 5, 6, 7], [0, 1, 2, 3], [4, 5, 6, 7], [4, 5], [4], [5], [6, 7]]
