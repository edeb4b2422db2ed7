"""What can be done in a case on its page: each act with its form, its service and who may; the page, its buttons and its addresses read this table."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_noop as noop

from sunlot.office.cases import deciding, documents, executing, investigating, opening, owing, reviewing, telling
from sunlot.office.cases import forms as f
from sunlot.office.cases.act import Act
from sunlot.office.cases.collecting_acts import COLLECTING
from sunlot.office.cases.limits import needs_discussion, needs_hearing
from sunlot.office.cases.models import Case, Outcome, Part
from sunlot.office.cases.people import officers_of
from sunlot.office.cases.states import State
from sunlot.office.shell.fields import listed
from sunlot.office.visits.moment import today


def _propose(case: Case) -> dict[str, Any]:
    names = ("facts", "violated", "basis", "discretion", "severe", "complicated", "demand")
    found = {name: getattr(case, name) for name in names} | {"kinds": case.kind_codes, "version": case.version}
    return found | {
        "outcome": case.outcome or Outcome.PENALTY,
        "fine": case.fine or None,
        "forfeit": case.forfeit or None,
    }


def _team(case: Case) -> dict[str, Any]:
    return {"team": "、".join(row.inspector_id for row in officers_of(case)), "version": case.version}


def _decide(case: Case) -> dict[str, Any]:
    return documents.terms_of(documents.usual_terms())


def _payment(case: Case) -> dict[str, Any]:
    part, amount = next(((part, left) for part, left in owing.still_owed(case) if left), (Part.FINE.value, None))
    return {"on": today(), "part": part, "amount": amount}


def _hearing(case: Case) -> dict[str, Any]:
    called = telling.last_call(case)
    return {"on": today()} | ({"presider": called["presider"]} if called else {})


def _data(form: forms.Form) -> dict[str, Any]:
    return dict(form.cleaned_data)


def _is_penalty(case: Case) -> bool:
    return case.outcome == Outcome.PENALTY


def _to_tell(case: Case) -> bool:
    return _is_penalty(case) and documents.standing(case, documents.NOTICE) is not None


def _closable(case: Case) -> bool:
    return case.state == State.EXECUTED or not _is_penalty(case)


def _decidable(case: Case) -> bool:
    return case.state != State.REVIEWED or not _is_penalty(case)


ACTS: Mapping[str, Act] = {
    "ask": Act(
        "open",
        noop("再次送审"),
        f.ReasonForm,
        lambda user, n, form: opening.ask_again(user, n, form.cleaned_data["reason"]),
        noop("已送审。"),
    ),
    "lay-aside": Act(
        "not_open",
        noop("不予立案"),
        f.ReasonForm,
        lambda user, n, form: opening.not_open(user, n, form.cleaned_data["reason"]),
        noop("已登记不予立案。"),
        danger=True,
    ),
    "evidence": Act(
        "collect",
        noop("登记证据"),
        f.EvidenceForm,
        lambda user, n, form: investigating.collect(user, n, **_data(form)),
        noop("已登记证据。"),
        initial=lambda case: {"taken_on": today(), "source": case.origin, "kind": "record"},
    ),
    "propose": Act(
        "propose",
        noop("提出处理意见"),
        f.ProposalForm,
        lambda user, n, form: investigating.propose(user, n, form.cleaned_data["version"], form.wanted()),
        noop("已提出处理意见，转法制审核。"),
        initial=_propose,
        main=True,
    ),
    "review": Act(
        "pass_review",
        noop("法制审核"),
        f.ReviewForm,
        lambda user, n, form: reviewing.review(user, n, **_data(form)),
        noop("已登记审核意见。"),
        main=True,
        submit=noop("提交审核意见"),
    ),
    "notice": Act(
        "notice",
        noop("制作告知书"),
        forms.Form,
        lambda user, n, form: documents.issue_notice(user, n),
        noop("已制作告知书。"),
        shown=lambda case: _is_penalty(case) and not _to_tell(case),
        main=True,
    ),
    "tell": Act(
        "tell",
        noop("登记告知送达"),
        f.TellForm,
        lambda user, n, form: telling.tell(user, n, **_data(form)),
        noop("已登记告知送达。"),
        shown=_to_tell,
        main=True,
    ),
    "defend": Act(
        "defend",
        noop("登记陈述申辩"),
        f.DefendForm,
        lambda user, n, form: telling.defend(user, n, **_data(form)),
        noop("已登记陈述申辩和复核意见。"),
    ),
    "waive": Act(
        "waive",
        noop("登记放弃权利"),
        f.WaiveForm,
        lambda user, n, form: telling.waive(user, n, **_data(form)),
        noop("已登记。"),
        shown=lambda case: not case.waived,
    ),
    "hearing-asked": Act(
        "request_hearing",
        noop("登记听证申请"),
        f.HearingAskedForm,
        lambda user, n, form: telling.request_hearing(user, n, **_data(form)),
        noop("已登记听证申请。"),
        shown=lambda case: bool(case.told_on) and needs_hearing(case, case.told_on or today()),
    ),
    "hearing-called": Act(
        "call_hearing",
        noop("登记听证通知"),
        f.HearingCalledForm,
        lambda user, n, form: telling.call_hearing(user, n, **_data(form)),
        noop("已登记听证通知。"),
    ),
    "hearing-held": Act(
        "hold_hearing",
        noop("登记听证"),
        f.HearingHeldForm,
        lambda user, n, form: telling.hold_hearing(user, n, **_data(form)),
        noop("已登记听证，转法制审核。"),
        initial=_hearing,
        main=True,
    ),
    "hearing-dropped": Act(
        "drop_hearing",
        noop("终止听证"),
        f.HearingDroppedForm,
        lambda user, n, form: telling.drop_hearing(user, n, **_data(form)),
        noop("已登记听证终止。"),
    ),
    "discuss": Act(
        "discuss",
        noop("登记集体讨论"),
        f.DiscussForm,
        lambda user, n, form: deciding.discuss(user, n, **_data(form)),
        noop("已登记集体讨论。"),
        shown=lambda case: case.discussed_at is None and needs_discussion(case, today()) and _decidable(case),
        main=True,
    ),
    "decide": Act(
        "decide",
        noop("报批决定"),
        f.DecideForm,
        lambda user, n, form: deciding.ask_decision(
            user, n, form.cleaned_data["reason"], form.cleaned_data["late_reason"], form.terms()
        ),
        noop("已报批，由另一名负责人决定。"),
        initial=_decide,
        shown=_decidable,
        main=True,
    ),
    "transfer": Act(
        "transfer",
        noop("移送司法机关"),
        f.TransferForm,
        lambda user, n, form: executing.transfer(user, n, **_data(form)),
        noop("已提出移送，由负责人审批。"),
        initial=lambda case: {"receiver": "公安机关"},
        shown=lambda case: case.outcome == Outcome.CRIMINAL,
        main=True,
    ),
    "serve": Act(
        "serve",
        noop("登记决定送达"),
        f.TellForm,
        lambda user, n, form: deciding.serve(user, n, **_data(form)),
        noop("已登记送达。"),
        main=True,
    ),
    "pay": Act(
        "pay",
        noop("登记缴款"),
        f.PayForm,
        lambda user, n, form: executing.pay(user, n, **_data(form)),
        noop("已登记缴款。"),
        initial=_payment,
        shown=lambda case: case.amount > 0,
        main=True,
    ),
    **COLLECTING,
    "execute": Act(
        "execute",
        noop("登记执行完毕"),
        f.ExecuteForm,
        lambda user, n, form: executing.execute(user, n, **_data(form)),
        noop("已登记执行完毕。"),
        shown=_is_penalty,
    ),
    "close": Act(
        "close",
        noop("报批结案"),
        f.ReasonForm,
        lambda user, n, form: executing.ask_closing(user, n, form.cleaned_data["reason"]),
        noop("已报批结案。"),
        shown=_closable,
        main=True,
    ),
    "revise": Act(
        "revise",
        noop("退回补充调查"),
        f.ReasonForm,
        lambda user, n, form: investigating.revise(user, n, form.cleaned_data["reason"]),
        noop("已退回补充调查。"),
    ),
    "team": Act(
        "team",
        noop("更换承办人"),
        f.TeamForm,
        lambda user, n, form: opening.change_team(
            user, n, form.cleaned_data["version"], listed(form.cleaned_data["team"]), form.cleaned_data["why"]
        ),
        noop("已更换承办人。"),
        initial=_team,
    ),
    "annul": Act(
        "annul",
        noop("决定被撤销"),
        f.AnnulForm,
        lambda user, n, form: executing.ask_annulment(user, n, **_data(form)),
        noop("已报批。"),
        shown=_is_penalty,
        danger=True,
    ),
}
