"""Adding, editing, closing: each is a new version with its event; wrong input is refused with what would be right; nobody overwrites another."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from rosters import code, enter, firm
from sunlot.office.accounts.models import User
from sunlot.office.journal.audit import audit
from sunlot.office.journal.models import Event
from sunlot.office.roster import changes
from sunlot.office.roster.history import history
from sunlot.office.roster.models import FACTS, Firm
from sunlot.office.shell.forms import StaleEdit
from sunlot.refusal import Refusal


def filled(row: Firm, **changed: str) -> dict[str, str]:
    """Return what the edit form sends."""
    facts = {field: str(getattr(row, field)) for field in FACTS if field != "status"}
    return facts | {"version": str(row.version), "reason": ""} | changed


def test_a_firm_is_added_with_its_code_brought_to_its_one_spelling(client_of: Callable[[str], Client]) -> None:
    typed = {"id": f" {code(7).lower()} ", "name": "青禾县第7机械有限公司", "status": "正常", "risk_level": "一般"}
    answer = client_of("clerk").post("/roster/add/", typed)
    assert answer.status_code == 302, answer.content.decode()
    found = Firm.objects.get(pk=code(7))
    assert (found.name, found.version, found.status) == ("青禾县第7机械有限公司", 1, "正常")
    assert audit().findings == []


@pytest.mark.parametrize(
    ("field", "typed", "told"),
    [
        ("id", code(7)[:-1] + "O", "不允许的字符"),
        ("id", code(7)[:17], "17 位"),
        ("name", "", "这个字段是必填项"),
        ("territory", "城关/街道", "/"),
        ("established", "2018-02-30", "2026-03-02 的样子"),
        ("staff", "很多", "填写整数"),
        ("name", "长" * 201, "最多 200 字"),
    ],
)
def test_wrong_input_is_refused_beside_its_field_and_nothing_typed_is_lost(
    client_of: Callable[[str], Client], field: str, typed: str, told: str
) -> None:
    data = {"id": code(7), "name": "青禾县第7机械有限公司", "address": "工业路7号"} | {field: typed}
    answer = client_of("clerk").post("/roster/add/", data)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert told in page
    assert "工业路7号" in page
    assert not Firm.objects.exists()


def test_a_code_that_is_there_already_is_not_added_twice(people: dict[str, User]) -> None:
    enter(firm(1))
    with pytest.raises(Refusal, match="firm_known"):
        changes.add_firm(people["clerk"], code(1), {"name": "另一名称"})


def test_an_edit_is_a_new_version_and_its_history_reads_in_chinese(
    client_of: Callable[[str], Client], people: dict[str, User]
) -> None:
    enter(firm(1))
    client = client_of("clerk")
    sent = filled(Firm.objects.get(), risk_level="红", phone="139 1111 2222", reason="企业来函")
    assert client.post(f"/roster/firms/{code(1)}/edit/", sent).status_code == 302
    found = Firm.objects.get()
    assert (found.risk_level, found.phone, found.version) == ("重大", "13911112222", 2)
    latest = history(found)[0]
    assert latest.sentence == "青禾县第1机械有限公司 更改 风险等级、联系电话"
    assert latest.changes == [("风险等级", "一般", "重大")]
    assert (latest.who, latest.reason) == (people["clerk"].name, "企业来函")
    page = client.get(f"/roster/firms/{code(1)}/history/").content.decode()
    assert "更改 风险等级、联系电话" in page
    leaf = Event.objects.get(act="roster.changed").leaf
    assert "13911112222" not in leaf
    assert "企业来函" not in leaf
    assert audit().findings == []


def test_whoever_comes_second_sees_what_the_first_did_and_may_save_again(client_of: Callable[[str], Client]) -> None:
    enter(firm(1))
    seen = Firm.objects.get()
    address = f"/roster/firms/{code(1)}/edit/"
    client_of("clerk").post(address, filled(seen, risk_level="重大"))
    second = client_of("clerk2")
    answer = second.post(address, filled(seen, territory="白石镇"))
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "已被他人修改" in page and 'value="白石镇"' in page and "<td>重大</td>" in page
    assert Firm.objects.get().territory == "城关街道"
    assert 'name="version" value="2"' in page
    second.post(address, filled(seen, territory="白石镇", risk_level="重大", version="2"))
    assert (Firm.objects.get().territory, Firm.objects.get().risk_level) == ("白石镇", "重大")


def test_the_service_itself_refuses_an_old_version(people: dict[str, User]) -> None:
    enter(firm(1, version=4))
    with pytest.raises(StaleEdit):
        changes.edit_firm(people["clerk"], code(1), 3, {"risk_level": "低"})


def test_closing_and_reopening_needs_a_reason(client_of: Callable[[str], Client], people: dict[str, User]) -> None:
    enter(firm(1))
    client, address = client_of("clerk"), f"/roster/firms/{code(1)}/status/"
    assert client.post(address, {"status": "注销", "reason": "", "version": "1"}).status_code == 422
    assert client.post(address, {"status": "注销", "reason": "市场监管局注销通知", "version": "1"}).status_code == 302
    assert Firm.objects.get().status == "注销"
    assert history(Firm.objects.get())[0].sentence == "青禾县第1机械有限公司 经营状态由“正常”改为“注销”"
    client.post(address, {"status": "正常", "reason": "注销撤回", "version": "2"})
    assert (Firm.objects.get().status, Firm.objects.get().version) == ("正常", 3)
    with pytest.raises(Refusal, match="reason_missing"):
        changes.change_status(people["clerk"], code(1), 3, "停产", " ")


def test_an_edit_that_changes_nothing_is_refused(people: dict[str, User]) -> None:
    enter(firm(1))
    with pytest.raises(Refusal, match="nothing_changed"):
        changes.edit_firm(people["clerk"], code(1), 1, {"risk_level": "一般"})


def test_a_visit_of_another_department_is_entered(client_of: Callable[[str], Client]) -> None:
    enter(firm(1))
    client, address = client_of("clerk"), f"/roster/firms/{code(1)}/visit/"
    sent: dict[str, Any] = {"date": "2026-01-05", "kind": "joint", "department": "市场监管局", "observed": "停产"}
    assert client.post(address, sent).status_code == 302
    page = client.get(f"/roster/firms/{code(1)}/").content.decode()
    assert "市场监管局" in page and "联合检查" in page
    assert "已经登记过" in client.post(address, sent).content.decode()
    assert "今天之后" in client.post(address, sent | {"date": "2999-01-01"}).content.decode()
