"""What another department is competent for goes there with approval, and its receipt and result come back."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from followup.conftest import GENERAL, PDF, Flawed, day, file, ordered
from lottery.conftest import Clock
from sunlot.office.accounts.models import User
from sunlot.office.approvals import services as approvals
from sunlot.office.approvals.models import Approval
from sunlot.office.followup import queries, transfers
from sunlot.office.followup.states import TransferState
from sunlot.office.followup.transfer_models import Transfer
from sunlot.office.journal.audit import audit
from sunlot.refusal import Refusal

People = dict[str, User]


@pytest.fixture
def asked(people: People, county: People) -> Transfer:
    """A clue that was asked to be transferred."""
    return transfers.send(people["clerk"], "report/3", "县消防救援大队", "属消防职责", subject="堵塞消防通道的举报")


def approved(people: People, row: Transfer) -> Transfer:
    approvals.grant(people["chief"], Approval.objects.get(obj=row.obj, kind=transfers.TRANSFER).pk)
    return Transfer.objects.get(pk=row.pk)


def receipted(people: People, row: Transfer, on: str) -> Transfer:
    asked = transfers.receive(people["clerk"], row.pk, day(on), "", [file(PDF, "回执.pdf")])
    approvals.grant(people["chief"], asked.pk)
    return Transfer.objects.get(pk=row.pk)


def test_from_the_request_to_the_result(people: People, asked: Transfer, clock: Clock) -> None:
    with pytest.raises(Refusal, match="不能“发出”"):
        transfers.dispatch(people["clerk"], asked.pk, day("2023-08-20"))
    row = approved(people, asked)
    row = transfers.dispatch(people["clerk"], row.pk, day("2023-08-20"))
    assert (row.state, row.receipt_by) == (TransferState.SENT, day("2023-09-01"))
    assert not queries.receipts_missed(day("2023-09-01")).exists()
    assert list(queries.receipts_missed(day("2023-09-02"))) == [row]
    clock.at = "2023-09-05T04:00:00Z"
    row = receipted(people, row, "2023-09-04")
    assert row.files.get().media == "application/pdf"
    row = transfers.answer(people["chief"], row.pk, day("2023-09-05"), "已责令清理")
    assert row.state == TransferState.ANSWERED and not queries.receipts_missed(day("2023-10-01")).exists()
    assert audit().findings == []


def test_the_same_does_not_go_twice_to_the_same(people: People, asked: Transfer) -> None:
    with pytest.raises(Refusal, match="不能重复移送"):
        transfers.send(people["chief"], "report/3", " 县消防救援大队 ", "属消防职责")
    transfers.drop(people["clerk"], asked.pk, "接收单位写错")
    transfers.send(people["clerk"], "report/3", "县消防救援大队", "属消防职责")
    with pytest.raises(Refusal, match="不能“批准”"):
        approvals.grant(people["chief"], Approval.objects.filter(obj=asked.obj).earliest("pk").pk)


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({"about": "firm/1"}, "不能移送"),
        ({"receiver": " "}, "接收单位和移送理由"),
        ({"reason": ""}, "接收单位和移送理由"),
        ({"sort": "gift"}, "移送种类"),
        ({"sort": "case"}, "立案日期和移送依据"),
    ],
)
def test_what_is_unfounded_is_refused(people: People, county: People, more: dict[str, Any], words: str) -> None:
    given = {"about": "visit/1", "receiver": "县公安局", "reason": "涉嫌犯罪"} | more
    with pytest.raises(Refusal, match=words):
        transfers.send(people["clerk"], given.pop("about"), given.pop("receiver"), given.pop("reason"), **given)


def test_a_visit_brings_its_firm(people: People, flawed: Flawed) -> None:
    visit = flawed(GENERAL)
    row = transfers.send(people["clerk"], visit.obj, "县市场监管局", "超出本机关职责")
    assert row.firm_id == visit.firm_id
    assert list(queries.transfers_of(visit.firm_id)) == [row] and list(queries.transfers_about(visit.obj)) == [row]


def test_an_order_brings_its_firm_too(people: People, flawed: Flawed) -> None:
    order = ordered(people["clerk"], flawed(GENERAL))
    row = transfers.send(people["clerk"], order.obj, "县市场监管局", "超出本机关职责")
    assert (row.firm_id, row.thing) == (order.firm_id, f"第 {order.pk} 号责令限期整改")


def test_who_asked_does_not_approve(people: People, county: People) -> None:
    row = transfers.send(people["chief"], "report/3", "县消防救援大队", "属消防职责")
    with pytest.raises(Refusal, match="不能审批自己的申请"):
        approved(people, row)


def test_a_scanned_receipt_counts_once_another_has_compared_it(people: People, asked: Transfer, clock: Clock) -> None:
    row = transfers.dispatch(people["clerk"], approved(people, asked).pk, day("2023-08-20"))
    with pytest.raises(Refusal, match="请附上回执的扫描件"):
        transfers.receive(people["clerk"], row.pk, day("2023-08-20"), "消防收〔2023〕1号", [])
    shown = transfers.receive(people["clerk"], row.pk, day("2023-08-20"), "", [file(PDF, "回执.pdf")])
    with pytest.raises(Refusal, match="已报另一人核对"):
        transfers.receive(people["clerk"], row.pk, day("2023-08-20"), "", [file(PDF, "回执.pdf")])
    with pytest.raises(Refusal, match="不能审批自己的申请"):
        approvals.grant(people["clerk"], shown.pk)
    assert Transfer.objects.get().state == TransferState.SENT
    approvals.grant(people["chief"], shown.pk)
    row = Transfer.objects.get()
    assert (row.state, row.receipt_on, row.receipt_way) == (TransferState.RECEIVED, day("2023-08-20"), "scan")


def test_the_receiving_department_confirms_by_its_own_login(
    people: People, asked: Transfer, client_of: Callable[[str], Client]
) -> None:
    own, page = client_of("partner"), f"/followup/incoming/{asked.pk}/"
    partner = people["partner"]
    row = approved(people, asked)
    User.objects.filter(pk=partner.pk).update(department="县消防救援大队")
    assert own.get(page).status_code == 404, "nothing has left yet"
    transfers.dispatch(people["clerk"], row.pk, day("2023-08-20"))
    assert "移送到贵部门，请确认收到" in own.get("/").content.decode()
    assert "堵塞消防通道的举报" in own.get("/followup/incoming/").content.decode()
    assert own.post(page + "acknowledge/").status_code == 302
    assert own.post(page + "reply/", {"on": "2023-08-20", "text": "已责令清理"}).status_code == 302
    row.refresh_from_db()
    assert (row.state, row.receipt_way, row.answer) == (TransferState.ANSWERED, "login", "已责令清理")
    User.objects.filter(pk=partner.pk).update(department="县气象局")
    assert own.get(page).status_code == 404 and own.post(page + "acknowledge/").status_code == 404
    assert "堵塞消防通道" not in own.get("/followup/incoming/").content.decode()


def test_a_reminder_is_noted_and_its_time_begins_anew(people: People, asked: Transfer, clock: Clock) -> None:
    row = transfers.dispatch(people["clerk"], approved(people, asked).pk, day("2023-08-20"))
    clock.at = "2023-09-05T04:00:00Z"
    assert list(queries.receipts_missed(day("2023-09-05"))) == [row]
    row = transfers.urge(people["clerk"], row.pk, "电话联系，答复本周寄出")
    assert (row.urges, row.urged_on, row.receipt_by) == (1, day("2023-09-05"), day("2023-09-19"))
    assert not queries.receipts_missed(day("2023-09-19")).exists() and queries.receipts_missed(day("2023-09-20"))
    assert audit().findings == []


def test_others_may_not_touch_it(people: People, asked: Transfer) -> None:
    with pytest.raises(Refusal, match="只有提出移送的人"):
        transfers.drop(people["inspector"], asked.pk, "不送了")
    with pytest.raises(Refusal, match="您的岗位不办理移送"):
        transfers.send(people["supervisor"], "report/4", "县公安局", "涉嫌犯罪")


def test_days_cannot_run_backwards(people: People, asked: Transfer) -> None:
    row = approved(people, asked)
    for on, words in (("2023-08-19", "早于批准日期"), ("2023-08-21", "在将来")):
        with pytest.raises(Refusal, match=words):
            transfers.dispatch(people["clerk"], row.pk, day(on))


def test_receivers_are_kept_in_a_list(people: People, county: People) -> None:
    row = transfers.keep_receiver(people["clerk"], None, 0, "县公安局", "李某 0000", False)
    with pytest.raises(Refusal, match="已在列表中"):
        transfers.keep_receiver(people["clerk"], None, 0, "县公安局", "", False)
    assert transfers.keep_receiver(people["chief"], row.pk, row.version, "县公安局", "", True).closed
