"""Ticked firms are noted as right or given the same facts, all or none, with one request while a round is open."""

import re
from collections.abc import Callable

import pytest
from django.test import Client
from django.utils import timezone

from rosters import code, enter, firm
from sunlot.office.accounts.models import User
from sunlot.office.approvals import services as approvals
from sunlot.office.approvals.models import Approval
from sunlot.office.journal.audit import audit
from sunlot.office.roster import changes, many, queries
from sunlot.office.roster.history import history
from sunlot.office.roster.models import Firm
from sunlot.refusal import Refusal

WHY = "2026年度风险评估结果"


def chosen(client: Client, *numbers: int) -> dict[str, str]:
    """Return what the form holds after firms were ticked and 批量修改 was pressed."""
    page = client.post("/roster/many/", {"pk": [code(number) for number in numbers]}).content.decode()
    found = re.findall(r'<input type="hidden" name="(firms|back)" value="([^"]*)"', page)
    return dict(found)


def test_firms_looked_over_are_noted_with_the_day_and_nothing_else_changes(
    client_of: Callable[[str], Client], people: dict[str, User]
) -> None:
    enter(firm(1), firm(2), firm(3))
    answer = client_of("clerk").post(
        "/roster/many/confirm/",
        {"pk": [code(1), code(3)]},
        headers={"referer": "http://testserver/roster/?territory=城关街道"},
    )
    assert answer["Location"].startswith("http://testserver/roster/?territory=")
    days = dict(Firm.objects.values_list("pk", "confirmed_on"))
    today = timezone.localdate()
    assert (days[code(1)], days[code(3)]) == (today, today) and days[code(2)] != today
    assert set(Firm.objects.values_list("version", flat=True)) == {1}
    assert history(Firm.objects.get(pk=code(1)))[0].sentence == "青禾县第1机械有限公司 经核对，登记无误"
    assert audit().findings == []


def test_the_same_facts_for_many_leave_those_that_have_them_alone(
    client_of: Callable[[str], Client], people: dict[str, User]
) -> None:
    enter(firm(1), firm(2, risk_level="重大"), firm(3), firm(4))
    client = client_of("clerk")
    sent = chosen(client, 1, 2, 3) | {"risk_level": "重大", "reason": WHY}
    assert client.post("/roster/many/", sent).status_code == 302
    found = {row.pk: (row.risk_level, row.version) for row in Firm.objects.all()}
    assert found == {code(1): ("重大", 2), code(2): ("重大", 1), code(3): ("重大", 2), code(4): ("一般", 1)}
    latest = history(Firm.objects.get(pk=code(3)))[0]
    assert (latest.sentence, latest.reason) == ("青禾县第3机械有限公司 更改 风险等级", WHY)
    assert audit().findings == []


def test_one_request_asks_for_all_while_a_round_is_open(
    client_of: Callable[[str], Client], people: dict[str, User], open_round: None
) -> None:
    enter(firm(1), firm(2), firm(3))
    client = client_of("clerk")
    sent = chosen(client, 1, 2) | {"key_unit": "是", "status": "停产", "reason": WHY}
    assert client.post("/roster/many/", sent).status_code == 302
    asked = Approval.objects.get()
    assert asked.title == "批量修改检查对象：青禾县第1机械有限公司 等 2 户（2026年度第一次抽查正在进行）"
    assert queries.pending(code(2)) == asked and queries.pending(code(3)) is None
    page = client_of("chief").get(f"/approvals/{asked.pk}/").content.decode()
    assert "青禾县第2机械有限公司 经营状态" in page
    assert set(Firm.objects.values_list("status", flat=True)) == {"正常"}
    assert "已有一份申请" in client.post("/roster/many/", sent).content.decode()
    approvals.grant(people["chief"], asked.pk)
    assert list(Firm.objects.order_by("pk").values_list("key_unit", "status")) == [
        ("是", "停产"),
        ("是", "停产"),
        ("否", "正常"),
    ]
    assert audit().findings == []


def test_a_request_overtaken_by_another_change_is_not_carried_out_in_part(
    people: dict[str, User], open_round: None
) -> None:
    enter(firm(1), firm(2))
    asked = many.edit_firms(people["clerk"], [(code(1), 1), (code(2), 1)], {"risk_level": "重大"}, WHY)
    changes.edit_firm(people["clerk2"], code(2), 1, {"phone": "13911112222"})
    assert asked
    with pytest.raises(Refusal, match="moved_since"):
        approvals.grant(people["chief"], asked.pk)
    assert set(Firm.objects.values_list("risk_level", flat=True)) == {"一般"}


def test_who_was_changed_meanwhile_is_named_nothing_typed_is_lost_and_the_next_submission_counts(
    client_of: Callable[[str], Client], people: dict[str, User]
) -> None:
    enter(firm(1), firm(2))
    client = client_of("clerk")
    sent = chosen(client, 1, 2) | {"risk_level": "重大", "reason": WHY}
    changes.edit_firm(people["clerk2"], code(2), 1, {"territory": "白石镇"})
    answer = client.post("/roster/many/", sent)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "青禾县第2机械有限公司 在您打开之后已被他人修改" in page
    assert page.count("他人已改") == 1 and "白石镇" in page and WHY in page
    assert Firm.objects.get(pk=code(1)).risk_level == "一般"
    again = dict(re.findall(r'<input type="hidden" name="(firms|back)" value="([^"]*)"', page))
    assert client.post("/roster/many/", sent | again).status_code == 302
    assert set(Firm.objects.values_list("risk_level", "territory")) == {("重大", "城关街道"), ("重大", "白石镇")}


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ({"reason": WHY}, "请至少选定一项"),
        ({"risk_level": "重大", "reason": " "}, "这个字段是必填项"),
        ({"risk_level": "一般", "reason": WHY}, "所选单位都已是这样"),
    ],
)
def test_what_makes_no_sense_is_said_on_the_form(
    client_of: Callable[[str], Client], typed: dict[str, str], told: str
) -> None:
    enter(firm(1), firm(2))
    client = client_of("clerk")
    answer = client.post("/roster/many/", chosen(client, 1, 2) | typed)
    assert answer.status_code == 422
    assert told in answer.content.decode()


def test_nothing_ticked_too_many_and_firms_no_longer_listed_are_refused(
    client_of: Callable[[str], Client], people: dict[str, User]
) -> None:
    enter(firm(1), firm(2, listed=False))
    client = client_of("clerk")
    assert "请先勾选单位" in client.post("/roster/many/").content.decode()
    many_ticked = client.post("/roster/many/", {"pk": [str(n) for n in range(501)]})
    assert "一次最多办理 500 户" in many_ticked.content.decode()
    assert "请先在列表中勾选" in client.post("/roster/many/confirm/", {"pk": [code(2)]}).content.decode()
    with pytest.raises(Refusal, match="not_listed"):
        many.edit_firms(people["clerk"], [(code(1), 1), (code(2), 1)], {"risk_level": "重大"}, WHY)
    assert client_of("supervisor").post("/roster/many/", {"pk": [code(1)]}).status_code == 403


def test_the_questions_to_the_database_do_not_grow_with_the_form(client_of: Callable[[str], Client]) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    enter(*(firm(number) for number in range(1, 40)))
    client = client_of("clerk")
    chosen(client, 1)
    counts = []
    for numbers in (range(1, 3), range(1, 40)):
        with CaptureQueriesContext(connection) as asked:
            chosen(client, *numbers)
        counts.append(len(asked))
    assert counts[0] == counts[1]
