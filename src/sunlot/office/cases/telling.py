"""告知、陈述申辩、听证: the party is told, may answer and may ask for a hearing; each is kept with its day."""

import json
from datetime import date
from typing import Any

from sunlot.codes.workdays import add_workdays
from sunlot.office.accounts.models import User
from sunlot.office.cases import documents
from sunlot.office.cases.limits import ask_hearing_by, cite, needs_hearing, penalty_words, ripe_on
from sunlot.office.cases.models import Case
from sunlot.office.cases.people import refuse_presider, refuse_stranger
from sunlot.office.cases.writing import locked, need, refuse_day, take_step
from sunlot.office.catalog.policies import office_policy
from sunlot.office.journal.services import deed
from sunlot.office.visits.moment import day_of, today
from sunlot.refusal import Refusal


def tell(user: User, number: int, on: date, how: str, to: str = "") -> Case:
    """Note that notice was served (and of the hearing too, where one is due), `how` and `to` whom. Raises Refusal."""
    with deed(by=user.actor) as doing:
        case = locked(number)
        refuse_stranger(user, case)
        reviewed = day_of(case.reviewed_at.isoformat()) if case.reviewed_at else None
        refuse_day(on, reviewed, "告知送达日期", "法制审核日期")
        documents.refuse_untold(case, on)
        case.told_on, case.waived = on, False
        case.ripe_on = ripe_on(case)
        hearing = needs_hearing(case, on)
        detail = {"words": penalty_words(case, on), "hearing": hearing}
        pub = {"on": on.isoformat(), "hearing": "含听证告知" if hearing else "不属于应当告知听证的处罚"}
        take_step(doing, case, "tell", user, on, need(f"{how}　{to}", "tell", "送达方式和接收人"), detail, pub)
        documents.note_service(doing, case, (documents.NOTICE, documents.HEARING), on, how, to)
    return case


def defend(user: User, number: int, on: date, statement: str, answer: str, adopted: bool) -> Case:
    """Keep what the party stated and what its review gave (行政处罚法第45条第1款: it must be reviewed)."""
    with deed(by=user.actor) as doing:
        case = locked(number)
        refuse_stranger(user, case)
        refuse_day(on, case.told_on, "陈述申辩日期", "告知送达日期")
        statement = need(statement, "defend", "当事人陈述、申辩的内容")
        if not answer.strip():
            law = cite("defence", today())
            raise Refusal("not_reviewed", f"对当事人提出的事实、理由和证据应当复核（{law}）；请写明复核意见。")
        detail = {"answer": answer.strip(), "adopted": adopted}
        take_step(doing, case, "defend", user, on, statement, detail, {"adopted": "采纳" if adopted else "不予采纳"})
    return case


def waive(user: User, number: int, on: date, paper: str) -> Case:
    """Note that the party has given up statement, defence and hearing in writing. `paper`: which paper says so."""
    with deed(by=user.actor) as doing:
        case = locked(number)
        refuse_stranger(user, case)
        refuse_day(on, case.told_on, "放弃日期", "告知送达日期")
        case.waived = True
        take_step(doing, case, "waive", user, on, need(paper, "waive", "当事人书面放弃的文书"))
    return case


def request_hearing(user: User, number: int, on: date, text: str) -> Case:
    """Note that the party asks for a hearing. Raises Refusal past the deadline, or where no hearing is due."""
    with deed(by=user.actor) as doing:
        case = locked(number)
        refuse_stranger(user, case)
        refuse_day(on, case.told_on, "申请日期", "告知送达日期")
        last = ask_hearing_by(case)
        if last is None:
            raise Refusal("no_hearing_due", f"拟作出的处罚不属于应当听证的范围（{cite('hearing', on)}）。")
        if on > last.day:
            law = cite("hearing_request", on)
            raise Refusal("asked_too_late", f"听证申请应在 {last.day} 前提出，{on} 已逾期（{law}），视为放弃听证权利。")
        case.hearing_asked_on, case.waived = on, False
        detail = need(text, "request_hearing", "申请人和申请方式")
        take_step(doing, case, "request_hearing", user, on, detail, pub={"on": on.isoformat()})
    return case


def call_hearing(user: User, number: int, on: date, held_on: date, place: str, presider: int) -> Case:
    """Note that the party was told time and place of the hearing, and who presides. Raises Refusal for too short a notice or an officer of the case."""
    with deed(by=user.actor) as doing:
        case = locked(number)
        refuse_stranger(user, case)
        refuse_day(on, case.hearing_asked_on, "通知日期", "听证申请日期")
        least = office_policy(on).count("penalty.hearing_notice_workdays")
        if held_on < add_workdays(on, least).day:
            law = cite("hearing_notice", on)
            raise Refusal(
                "notice_too_short",
                f"应当在听证 {least} 个工作日前通知当事人（{law}）：{on} 通知的，听证不早于 {add_workdays(on, least).day}。",
            )
        chair = _presider(case, presider, on)
        detail = {"held_on": held_on.isoformat(), "presider": chair.pk, "name": chair.name}
        take_step(doing, case, "call_hearing", user, on, need(place, "call_hearing", "听证地点"), detail)
    return case


def hold_hearing(user: User, number: int, on: date, presider: int, record: str, signed: bool) -> Case:
    """Keep the hearing that was held. `signed`: the party has signed the record; else the presider notes in it why not."""
    with deed(by=user.actor) as doing:
        case = locked(number)
        refuse_stranger(user, case)
        called = case.steps.filter(act="call_hearing").order_by("pk").last()
        if called is None or (case.hearing_asked_on and called.on < case.hearing_asked_on):
            raise Refusal(
                "not_called", f"还没有登记听证通知（{cite('hearing_notice', today())}）；请先登记通知的日期。"
            )
        least = office_policy(called.on).count("penalty.hearing_notice_workdays")
        refuse_day(on, add_workdays(called.on, least).day, "听证日期", "可以举行听证的最早日期")
        chair = _presider(case, presider, on)
        case.heard_on = on
        detail = {"presider": chair.pk, "name": chair.name, "signed": signed}
        take_step(doing, case, "hold_hearing", user, on, need(record, "hold_hearing", "听证笔录摘要"), detail)
    return case


def drop_hearing(user: User, number: int, on: date, why: str) -> Case:
    """Note that the hearing was taken back, or ended because the party stayed away (行政处罚法第64条第6项)."""
    with deed(by=user.actor) as doing:
        case = locked(number)
        refuse_stranger(user, case)
        refuse_day(on, case.hearing_asked_on, "终止日期", "听证申请日期")
        take_step(doing, case, "drop_hearing", user, on, need(why, "drop_hearing", "撤回或终止的情形"))
    return case


def _presider(case: Case, account: int, day: date) -> User:
    chair = User.objects.filter(pk=account, is_active=True).first()
    if chair is None:
        raise Refusal("no_presider", "请从账号中指定听证主持人。")
    refuse_presider(chair, case, day)
    return chair


def last_call(case: Case) -> dict[str, Any]:
    """Return day, presider and name of the hearing that was called last, empty when none was."""
    called = case.steps.filter(act="call_hearing").order_by("pk").last()
    found: dict[str, Any] = json.loads(called.detail) if called else {}
    return found
