"""More time to pay, reminders, what late payment adds, and the court: each after its days, by its paper, and decided by a second person."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from cases.conftest import Way
from sunlot.office.approvals import services as approvals
from sunlot.office.cases import collecting, executing, owing
from sunlot.office.cases.models import Case, Part
from sunlot.office.cases.states import State
from sunlot.office.cases.todo import todos
from sunlot.office.journal.audit import audit
from sunlot.office.papers.models import Paper
from sunlot.refusal import Refusal

Ways = Callable[..., Way]


def punished(way: Ways) -> Way:
    return way().opened().proposed().reviewed().told().later(8).decided().served()


def kinds_of(one: Way) -> list[str]:
    return [paper.kind for paper in Paper.objects.filter(obj=one.case.obj).order_by("pk")]


def test_a_fine_may_be_paid_in_parts_once_another_agrees(way: Ways) -> None:
    one = punished(way)
    officer, number = one.officers[0], one.case.pk
    for dues, words in (
        ([(date(2023, 10, 20), 9000), (date(2023, 11, 20), 10000)], "合计应为未缴的罚款 20000 元"),
        ([(date(2023, 10, 2), 20000)], "2023-10-02 是休息日.*2023-10-07"),
        ([(date(2023, 11, 20), 10000), (date(2023, 10, 20), 10000)], "一期比一期晚"),
    ):
        with pytest.raises(Refusal, match=words):
            collecting.ask_deferral(officer, number, one.day, "资金困难", dues)
    dues = [(date(2023, 10, 20), 12000), (date(2023, 11, 20), 8000)]
    asked = collecting.ask_deferral(officer, number, one.day, "资金困难", dues)
    with pytest.raises(Refusal, match="不能审批"):
        approvals.grant(officer, asked.pk)
    one.granted("cases.defer")
    assert kinds_of(one)[-3:] == ["deferral_approval", "deferral_grant", "deferral_grant"]
    assert (one.case.pay_by, one.case.apply_by) == (date(2023, 10, 20), date(2024, 5, 28))
    assert owing.surcharge(one.case, date(2023, 10, 20)) == 0
    one.later((date(2023, 10, 19) - one.day).days)
    executing.pay(one.people["clerk"], number, one.day, 12000, "鲁财票 1")
    assert one.fresh().pay_by == date(2023, 11, 20)
    assert owing.surcharge(one.case, date(2023, 11, 22)) == 2 * 240  # 3 % of what is overdue, 8000, for two days
    assert audit().findings == []


def test_what_is_not_paid_is_reminded_raised_and_brought_to_the_court(way: Ways) -> None:
    one = punished(way)
    officer, clerk, number = one.officers[0], one.people["clerk"], one.case.pk
    with pytest.raises(Refusal, match="缴款期限 2023-09-12 还没有过"):
        collecting.remind(officer, number)
    one.later(20)
    with pytest.raises(Refusal, match="应当催告"):
        collecting.ask_surcharge(officer, number, "逾期")
    collecting.remind(officer, number)
    collecting.reminded(officer, number, one.day, "直接送达", "王某")
    with pytest.raises(Refusal, match="陈述、申辩的期限到 2023-09-20"):
        collecting.ask_surcharge(officer, number, "逾期")
    one.later(4)
    collecting.ask_surcharge(officer, number, "催告后未缴")
    one.granted("cases.surcharge")
    assert one.case.surcharge == owing.surcharge(one.case, one.day) == 600 * 9
    assert collecting.next_step(one.case, one.day) == ("wait", date(2024, 2, 29))
    with pytest.raises(Refusal, match="2024-02-29 起方可催告"):
        collecting.urge(officer, number)
    with pytest.raises(Refusal, match="2024-02-29 起方可催告和申请"):
        collecting.ask_court(officer, number, "青禾县人民法院", "决定书", "未履行")
    one.later((date(2024, 3, 1) - one.day).days)
    with pytest.raises(Refusal, match="之前应当催告"):
        collecting.ask_court(officer, number, "青禾县人民法院", "决定书", "未履行")
    collecting.urge(officer, number)
    collecting.urged(officer, number, one.day, "直接送达", "王某")
    with pytest.raises(Refusal, match="期限到 2024-03-15 届满"):
        collecting.ask_court(officer, number, "青禾县人民法院", "决定书", "未履行")
    one.later(15)
    assert collecting.next_step(one.fresh(), date(2024, 5, 1)) == ("court", date(2024, 5, 28))
    collecting.ask_court(officer, number, "青禾县人民法院", "决定书\n催告书", "未履行")
    one.granted("cases.court")
    assert kinds_of(one)[-4:] == ["payment_reminder", "surcharge_decision", "execution_reminder", "court_application"]
    with pytest.raises(Refusal, match="先登记法院裁定"):
        executing.execute(clerk, number, one.day, "法院已执行")
    collecting.note_ruling(clerk, number, one.day, "granted", "（2024）鲁0001行审1号")
    executing.pay(clerk, number, one.day, 20000, "鲁财票 2")
    executing.pay(clerk, number, one.day, 5400, "鲁财票 3", Part.SURCHARGE)
    executing.execute(clerk, number, one.day, "法院强制执行完毕")
    one.closed()
    assert one.case.state == State.CLOSED and audit().findings == []


def test_past_the_last_day_the_court_is_asked_only_with_a_reason(way: Ways) -> None:
    one = punished(way)
    one.later((date(2024, 5, 6) - one.day).days)
    collecting.urge(one.officers[0], one.case.pk)
    collecting.urged(one.officers[0], one.case.pk, one.day, "直接送达")
    one.later(40)
    with pytest.raises(Refusal, match="期限 2024-05-28 已过"):
        collecting.ask_court(one.officers[0], one.case.pk, "青禾县人民法院", "决定书", "未履行")
    collecting.ask_court(one.officers[0], one.case.pk, "青禾县人民法院", "决定书", "未履行", "不可抗力")


def test_during_a_suit_nothing_is_added_and_the_court_is_not_asked(way: Ways) -> None:
    one = punished(way)
    due = date(2023, 9, 12)
    one.later(17)
    collecting.appeal(one.people["clerk"], one.case.pk, due + timedelta(2), "县政府复议")
    assert owing.surcharge(one.fresh(), due + timedelta(20)) == 600
    with pytest.raises(Refusal, match="不能申请强制执行"):
        collecting.ask_court(one.officers[0], one.case.pk, "青禾县人民法院", "决定书", "未履行")
    one.later(220)
    collecting.end_appeal(one.people["clerk"], one.case.pk, one.day, "县政复决〔2024〕3号")
    assert owing.surcharge(one.fresh(), one.day + timedelta(3)) == 600 * 4
    assert one.case.apply_from == one.day + timedelta(1)
    assert audit().findings == []


def test_late_payment_does_not_wipe_out_what_had_been_added(way: Ways) -> None:
    one = punished(way).later(25)
    added = owing.surcharge(one.case, one.day)
    executing.pay(one.people["clerk"], one.case.pk, one.day, 20000, "鲁财票 1")
    assert owing.surcharge(one.fresh(), one.day + timedelta(30)) == added == 600 * 10
    with pytest.raises(Refusal, match="加处罚款的缴款数额应在 1 到 6000"):
        executing.pay(one.people["clerk"], one.case.pk, one.day, 6001, "鲁财票 2", Part.SURCHARGE)


def test_its_pages_lead_from_the_late_fine_to_the_court(way: Ways, client_of: Callable[[str], Client]) -> None:
    one = punished(way).later(20)
    clerk, site = client_of("clerk"), f"/cases/{one.case.pk}/"
    assert [line.hint for line in todos(one.people["clerk"], one.day)] == ["缴款期限已过，请催告；加处罚款按日计算"]
    wrong = clerk.post(site + "defer/", {"on": str(one.day), "reason": "资金困难", "plan": "下月 20000"})
    assert wrong.status_code == 422 and "第 1 行“下月 20000”应写作" in wrong.content.decode()
    assert clerk.post(site + "remind/").status_code == 302
    served = {"on": str(one.day), "how": "直接送达", "to": "王某"}
    assert clerk.post(site + "reminded/", served).status_code == 302
    one.later(5)
    assert clerk.post(site + "surcharge/", {"reason": "催告后未缴"}).status_code == 302
    one.granted("cases.surcharge")
    shown = clerk.get(site).content.decode()
    assert "加处罚款决定书" in shown and "加罚〔2023〕1号" in shown and "制作强制执行催告书" not in shown
    for name in ("defer", "appeal", "pay", "execute"):
        assert clerk.get(f"{site}{name}/").status_code == 200
    with CaptureQueriesContext(connection) as few:
        assert clerk.get("/cases/fines/").content.decode().count("青禾第1厂") == 1
    facts = {name: value for name, value in vars(one.case).items() if name[0] != "_"} | {"id": None}
    Case.objects.bulk_create(Case(**facts) for _ in range(15))
    with CaptureQueriesContext(connection) as many:
        assert clerk.get("/cases/fines/").content.decode().count("青禾第1厂") == 16
    assert len(many) == len(few)
