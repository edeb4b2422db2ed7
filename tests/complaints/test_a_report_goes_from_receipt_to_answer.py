"""The way of a report: taken, accepted, verified by a visit, concluded by two persons, answered, rewarded, and its firm drawn more often."""

import re
from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client
from django.utils import translation

from complaints.conftest import NAME, PHONE, TEXT, jpeg, later
from lottery.conftest import Clock
from sunlot.office.accounts.models import User
from sunlot.office.approvals import services as approvals
from sunlot.office.approvals.models import Approval
from sunlot.office.catalog.models import ItemList
from sunlot.office.complaints import handling, pieces, rewards, todo, verifying
from sunlot.office.complaints.marks import mark_of
from sunlot.office.complaints.models import Report, Reward, Step
from sunlot.office.complaints.states import WAYS, Result, State
from sunlot.office.complaints.verifying import Going
from sunlot.office.roster.models import IntensityCause
from sunlot.office.visits.models import Origin, Visit
from sunlot.refusal import Refusal

Taken = Callable[..., Report]
DAY = date(2023, 8, 22)


def now(report: Report) -> Report:
    return Report.objects.get(pk=report.pk)


def granted(people: dict[str, User], kind: str) -> None:
    approvals.grant(people["chief"], Approval.objects.get(kind=kind, state="pending").pk)


def concluded(people: dict[str, User], report: Report, result: str = "verified") -> Report:
    handling.accept(people["clerk"], report.pk, "")
    verifying.ask_conclusion(people["clerk"], report.pk, result, "现场查看，光电保护确被短接，已责令停用。")
    granted(people, "complaints.conclude")
    return now(report)


def test_the_whole_way(taken: Taken, item_list: ItemList, county: dict[str, User], clock: Clock) -> None:
    clerk, report = county["clerk"], taken()
    handling.accept(clerk, report.pk, "")
    assert (now(report).state, str(now(report).due_on)) == (State.ACCEPTED, "2023-10-19")  # 60 days
    visit = verifying.arrange_visit(clerk, report.pk, Going(DAY, DAY, ("R001", "R002"), ("AQ-01",)))
    assert (visit.origin, visit.kind, visit.firm_name) == (Origin.COMPLAINT, "complaint", "青禾第3厂")
    granted(county, "visits.approve")
    verifying.ask_conclusion(clerk, report.pk, "verified", "光电保护确被短接，已责令停用。")
    assert (now(report).stands, now(report).state) == (
        State.VERIFYING,
        State.ACCEPTED,
    )  # no column tells it, nor a leaf
    with pytest.raises(Refusal, match="not_the_order"):
        handling.ask_transfer(clerk, report.pk, "县消防救援大队")
    granted(county, "complaints.conclude")
    assert (now(report).state, now(report).result) == (State.CONCLUDED, Result.VERIFIED)
    assert str(now(report).due_on) == "2023-09-01"  # ten workdays
    handling.answer(clerk, report.pk, "您反映的问题属实，已责令停用并立案。", "phone")
    assert now(report).state == State.ANSWERED


def test_two_persons_make_a_conclusion(taken: Taken, county: dict[str, User]) -> None:
    report = taken()
    handling.accept(county["clerk"], report.pk, "")
    approval = verifying.ask_conclusion(county["clerk"], report.pk, "not", "没有这样的设备。")
    with pytest.raises(Refusal, match="own_request"):
        approvals.grant(county["clerk"], approval.pk)
    with pytest.raises(Refusal, match="already_asked"):
        verifying.ask_conclusion(county["clerk"], report.pk, "verified", "又改了主意。")
    assert (
        "光电" not in approval.payload and "没有这样的设备" not in approval.payload + approval.reason + approval.title
    )


@pytest.mark.parametrize("state", [state for state in State if state != State.ACCEPTED])
def test_nothing_is_done_out_of_order(state: State, taken: Taken, county: dict[str, User], item_list: ItemList) -> None:
    clerk, report = county["clerk"], taken()
    Report.objects.filter(pk=report.pk).update(state=state)
    acts: dict[str, Callable[[], object]] = {
        "accept": lambda: handling.accept(clerk, report.pk, ""),
        "refuse": lambda: handling.refuse(clerk, report.pk, "no_facts", ""),
        "transfer": lambda: handling.transfer(clerk, report.pk, ""),
        "answer": lambda: handling.answer(clerk, report.pk, "已办", "page"),
        "conclude": lambda: verifying.ask_conclusion(clerk, report.pk, "not", "查无此事。"),
    }
    for act, do in acts.items():
        if state not in WAYS[act]:
            with pytest.raises(Refusal, match="not_the_order"):
                do()


def test_only_the_handler_handles(taken: Taken, county: dict[str, User]) -> None:
    report = taken()
    for person in ("clerk2", "chief", "supervisor", "inspector"):
        with pytest.raises(Refusal, match="not_the_handler"):
            handling.accept(county[person], report.pk, "")
    with pytest.raises(Refusal, match="taken_already"):
        handling.take(county["clerk2"], report.pk)
    with pytest.raises(Refusal, match="no_such_handler"):
        handling.assign(county["chief"], report.pk, county["inspector"].pk)
    handling.assign(county["chief"], report.pk, county["clerk2"].pk)
    assert handling.accept(county["clerk2"], report.pk, "").state == State.ACCEPTED


def test_a_transfer_is_approved_and_its_receiver_told_to_the_reporter(taken: Taken, county: dict[str, User]) -> None:
    report, clerk = taken(), county["clerk"]
    with pytest.raises(Refusal, match="receiver_missing"):
        handling.ask_transfer(clerk, report.pk, " ")
    row = handling.ask_transfer(clerk, report.pk, "县消防救援大队")
    assert (row.about, row.subject, row.reason) == (
        report.obj,
        "投诉举报 2023-00001",
        "投诉举报反映的事项（事故隐患）不属于本部门职责",
    )
    with pytest.raises(Refusal, match="not_approved"):
        handling.transfer(clerk, report.pk, "")
    granted(county, "followup.transfer")
    handling.transfer(clerk, report.pk, "")
    assert (now(report).state, now(report).receiver) == (State.TRANSFERRED, "县消防救援大队")
    assert "县消防救援大队" in pieces.told(pieces.of(report, "notice")[0])["text"]


def test_refusal_needs_a_reason_of_the_policy(taken: Taken, county: dict[str, User]) -> None:
    report = taken()
    with pytest.raises(Refusal, match="no_such_reason"):
        handling.refuse(county["clerk"], report.pk, "too_hard", "")


def test_more_time_is_given_once_by_a_second_person(taken: Taken, county: dict[str, User]) -> None:
    report = taken()
    with pytest.raises(Refusal, match="no_extension"):
        verifying.ask_extension(county["clerk"], report.pk)
    handling.accept(county["clerk"], report.pk, "")
    verifying.ask_extension(county["clerk"], report.pk)
    granted(county, "complaints.extend")
    assert str(now(report).due_on) == "2023-11-18"
    assert "延长办理时间" in pieces.told(pieces.of(report, "notice")[-1])["text"]
    with pytest.raises(Refusal, match="no_extension"):
        verifying.ask_extension(county["clerk"], report.pk)


def test_a_visit_needs_a_firm_and_its_deed_is_whole(taken: Taken, county: dict[str, User], item_list: ItemList) -> None:
    report = taken(firm="没有登记的小厂")
    handling.accept(county["clerk"], report.pk, "")
    with pytest.raises(Refusal, match="firm_missing"):
        verifying.arrange_visit(county["clerk"], report.pk, Going(DAY, DAY, ("R001", "R002")))
    with pytest.raises(Refusal, match="no_such_firm"):
        handling.name_firm(county["clerk"], report.pk, "还是没有")
    handling.name_firm(county["clerk"], report.pk, "青禾第7厂")
    with pytest.raises(Refusal):
        verifying.arrange_visit(county["clerk"], report.pk, Going(DAY, DAY, ("R001",)))  # two must go
    assert not Visit.objects.exists() and now(report).state == State.ACCEPTED


def test_a_verified_report_raises_the_intensity(taken: Taken, county: dict[str, User]) -> None:
    report = concluded(county, taken())
    assert verifying.strengthen(county["clerk"], report.pk) is None
    cause = IntensityCause.objects.get()
    assert (cause.firm_id, cause.level, cause.cause) == (report.firm_id, 2, "投诉举报查实")
    assert (str(cause.since), str(cause.until)) == ("2023-08-20", "2024-08-20")
    assert cause.source == f"{mark_of(report)}核查结论"
    with pytest.raises(Refusal, match="not_verified"):
        verifying.strengthen(county["clerk"], report.pk)


@pytest.mark.parametrize("result", ["partly", "not"])
def test_what_was_not_verified_raises_nothing(result: str, taken: Taken, county: dict[str, User]) -> None:
    report = concluded(county, taken(), result)
    with pytest.raises(Refusal, match="not_verified"):
        verifying.strengthen(county["clerk"], report.pk)
    assert not IntensityCause.objects.exists()


def test_while_a_round_is_open_a_second_person_decides_on_the_intensity(
    taken: Taken, county: dict[str, User], monkeypatch: pytest.MonkeyPatch
) -> None:
    from sunlot.office.roster import guards

    report = concluded(county, taken())
    monkeypatch.setattr(guards, "OPEN_ROUND", [lambda: "2023年第一次抽查"])
    approval = verifying.strengthen(county["clerk"], report.pk)
    assert approval is not None and not IntensityCause.objects.exists()
    approvals.grant(county["chief"], approval.pk)
    assert IntensityCause.objects.count() == 1


def test_a_reward_is_approved_paid_and_its_payee_sealed(taken: Taken, county: dict[str, User]) -> None:
    clerk, report = county["clerk"], concluded(county, taken())
    assert [rewards.reckoned(fine) for fine in (0, 20_000, 100_000, 9_000_000)] == [3000, 3000, 15_000, 300_000]
    with pytest.raises(Refusal, match="reward_wrong"):
        rewards.ask_reward(clerk, report.pk, 300_001, "超过上限", NAME)
    approval = rewards.ask_reward(clerk, report.pk, 15_000, "罚款 100000 元的 15%", f"{NAME}，现金")
    assert NAME not in approval.payload + approval.reason + approval.title
    with pytest.raises(Refusal, match="rewarded_already"):
        rewards.ask_reward(clerk, report.pk, 3000, "再来一次", NAME)
    with pytest.raises(Refusal, match="nothing_to_pay"):
        rewards.pay(clerk, report.pk, "凭证1号")
    granted(county, "complaints.reward")
    rewards.pay(clerk, report.pk, "凭证1号")
    assert Reward.objects.get().step == Step.PAID


def test_a_reward_turned_down_may_be_asked_for_anew(taken: Taken, county: dict[str, User]) -> None:
    clerk, report = county["clerk"], concluded(county, taken())
    approvals.refuse(county["chief"], rewards.ask_reward(clerk, report.pk, 9000, "算错了", NAME).pk, "重算")
    rewards.ask_reward(clerk, report.pk, 3000, "下限", NAME)
    assert sorted(Reward.objects.values_list("step", flat=True)) == ["asked", "dropped"]


def test_the_clocks_stand_on_the_list_of_things_to_do(taken: Taken, county: dict[str, User], clock: Clock) -> None:
    taken()
    line = next(todo.todos(county["clerk"], DAY))
    assert (line.title, str(line.due), line.state) == ("投诉举报 2023-00001", "2023-08-29", "due")
    late = date(2023, 9, 1)
    assert next(todo.todos(county["clerk"], late)).state == "late"
    assert [line.count for line in todo.todos(county["chief"], late) if line.state == "late"] == [1]
    assert not list(todo.todos(county["inspector"], late))


def test_a_letter_is_taken_in_by_the_clerk_with_its_scan(
    county: dict[str, User], client_of: Callable[[str], Client]
) -> None:
    from complaints.conftest import code_in, photo

    facts = {"channel": "letter", "kind": "violation", "text": TEXT, "firm": "青禾第3厂", "name": NAME, "phone": PHONE}
    facts |= {"scans": [photo(b"%PDF-1.7 letter"), photo(jpeg())]}  # type: ignore[dict-item]
    client = client_of("clerk")
    answer = client.post("/complaints/intake/", facts)
    assert answer.status_code == 200 and len(code_in(answer)) == 19
    report = Report.objects.get()
    assert (report.channel, report.handler, report.named) == ("letter", county["clerk"], True)
    scan = pieces.of(report, "scan")[0]
    letter = client.get(f"/complaints/{report.pk}/files/{scan.pk}/")
    assert (letter.content, letter["Content-Disposition"]) == (b"%PDF-1.7 letter", 'attachment; filename="letter.pdf"')
    assert client_of("chief").get(f"/complaints/{report.pk}/files/{scan.pk}/").status_code == 409  # a hand is known


def test_the_pages_lead_from_taking_to_answering(
    taken: Taken, item_list: ItemList, county: dict[str, User], client_of: Callable[[str], Client], clock: Clock
) -> None:
    report, client = taken(), client_of("clerk")
    here = f"/complaints/{report.pk}/"

    def do(act: str, **data: object) -> None:
        assert client.get(f"{here}do/{act}/").status_code == 200
        answer = client.post(f"{here}do/{act}/", data)
        assert (answer.status_code, answer.headers.get("Location")) == (302, here), answer.content.decode()[:3000]

    assert TEXT in client.get(here).content.decode()
    do("accept", text="")
    assert "受理通知书" in client.get(f"{here}receipt/accepted/").content.decode()
    assert NAME not in client.get(f"{here}receipt/accepted/").content.decode()
    do("question", text="是哪一台？")
    do("visit", window_from="2023-08-22", window_to="2023-08-23", team="R001、R002", secret="on")
    do("conclude", result="verified", finding="确有此事。")
    assert "等待审批" in client.get(here).content.decode()
    granted(county, "complaints.conclude")
    do("answer", text="属实，已处理。", how="page")
    do("strengthen")
    do("reward", amount="3000", ground="下限", payee=NAME)
    assert client.get(f"{here}receipt/answered/").status_code == 200
    assert client.get(f"{here}receipt/refused/").status_code == 404
    wrong = client.post(f"{here}do/reward/", {"amount": "0", "ground": "", "payee": ""})
    assert wrong.status_code == 422
    with translation.override("zh-hans"):  # the reader's language ends with the block
        client.post("/language/", {"language": "en", "next": "/"})
        answer = client.get(f"{here}receipt/received/").content.decode()
    paper = answer.partition("<article")[2].partition("</article>")[0]
    assert not re.search("[A-Za-z]{3}", re.sub("<[^>]*>", "", paper.partition(">")[2])), (
        "what leaves the office is Chinese"
    )


def test_a_death_is_for_the_government(taken: Taken, client_of: Callable[[str], Client]) -> None:
    report = taken(kind="fatality")
    assert "由县级以上人民政府组织核查处理" in client_of("clerk").get(f"/complaints/{report.pk}/").content.decode()


def test_the_supervisor_finds_the_complaints_behind_check_codes(
    county: dict[str, User], client_of: Callable[[str], Client]
) -> None:
    assert "/visits/complaints/" in client_of("supervisor").get("/complaints/").content.decode()
    assert "/visits/complaints/" not in client_of("clerk").get("/complaints/").content.decode()


def test_two_who_take_it_at_once_are_told(taken: Taken, county: dict[str, User], clock: Clock) -> None:
    report = taken()
    later(clock, hours=1)
    with pytest.raises(Refusal, match="taken_already"):
        handling.take(county["clerk"], report.pk)
