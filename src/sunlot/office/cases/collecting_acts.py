"""What can be done to collect a penalty, as the table of acts takes it in."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_noop as noop

from sunlot.office.cases import collecting, owing
from sunlot.office.cases import collecting_forms as f
from sunlot.office.cases import collecting_papers as papers
from sunlot.office.cases.act import Act
from sunlot.office.cases.documents import terms_said
from sunlot.office.cases.forms import ReasonForm, TellForm
from sunlot.office.cases.models import Case, Part, Ruling
from sunlot.office.visits.moment import today


def _late(case: Case) -> bool:
    due = owing.next_due(case)
    return due is not None and today() > due


def _may_ask(case: Case) -> bool:
    """Return whether the time for the court has come and it has not been asked, or has refused."""
    days = owing.court_days(case)
    if days is None or today() < days[0] or case.appealed_on:
        return False
    return case.court_asked_on is None or case.ruling == Ruling.REFUSED


def _deferral(case: Case) -> dict[str, Any]:
    return {
        "on": today(),
        "plan": f"{'' if case.pay_by is None else case.pay_by} {owing.open_of(case, Part.FINE)}",
    }


def _court(case: Case) -> dict[str, Any]:
    paper = case.decision_number
    return {
        "court": f"{terms_said(case).court}人民法院" if terms_said(case).court else "",
        "materials": f"行政处罚决定书（{paper}）及送达回执\n行政强制执行事先催告书及送达回执\n当事人的意见及催告情况\n申请强制执行标的情况",
    }


COLLECTING: Mapping[str, Act] = {
    "defer": Act(
        "defer",
        noop("报批延期、分期缴款"),
        f.DeferForm,
        lambda user, n, form: collecting.ask_deferral(
            user, n, form.cleaned_data["on"], form.cleaned_data["reason"], form.cleaned_data["plan"]
        ),
        noop("已报批，由另一名负责人决定。"),
        initial=_deferral,
        shown=lambda case: owing.next_due(case) is not None,
    ),
    "remind": Act(
        "remind",
        noop("制作缴款催告书"),
        forms.Form,
        lambda user, n, form: collecting.remind(user, n),
        noop("已制作缴纳罚款催告书。"),
        shown=lambda case: _late(case) and papers.waiting(case, papers.REMINDER) is None,
    ),
    "reminded": Act(
        "reminded",
        noop("登记缴款催告送达"),
        TellForm,
        lambda user, n, form: collecting.reminded(user, n, **form.cleaned_data),
        noop("已登记催告书送达。"),
        shown=lambda case: papers.waiting(case, papers.REMINDER) is not None,
        main=True,
    ),
    "surcharge": Act(
        "surcharge",
        noop("报批加处罚款"),
        ReasonForm,
        lambda user, n, form: collecting.ask_surcharge(user, n, form.cleaned_data["reason"]),
        noop("已报批，由另一名负责人决定。"),
        shown=lambda case: case.reminded_on is not None and owing.surcharge(case, today()) > case.surcharge,
    ),
    "appeal": Act(
        "appeal",
        noop("登记复议或诉讼"),
        f.AppealForm,
        lambda user, n, form: collecting.appeal(user, n, **form.cleaned_data),
        noop("已登记；其间不计加处罚款，不申请强制执行。"),
        shown=lambda case: case.appealed_on is None,
    ),
    "appeal-ended": Act(
        "appeal_ended",
        noop("登记复议或诉讼结束"),
        f.AppealEndedForm,
        lambda user, n, form: collecting.end_appeal(user, n, **form.cleaned_data),
        noop("已登记。"),
        shown=lambda case: case.appealed_on is not None,
        main=True,
    ),
    "urge": Act(
        "urge",
        noop("制作强制执行催告书"),
        forms.Form,
        lambda user, n, form: collecting.urge(user, n),
        noop("已制作行政强制执行事先催告书。"),
        shown=lambda case: _may_ask(case) and papers.waiting(case, papers.URGING) is None,
    ),
    "urged": Act(
        "urged",
        noop("登记强制执行催告送达"),
        TellForm,
        lambda user, n, form: collecting.urged(user, n, **form.cleaned_data),
        noop("已登记催告书送达。"),
        shown=lambda case: papers.waiting(case, papers.URGING) is not None,
        main=True,
    ),
    "apply": Act(
        "apply",
        noop("报批申请法院强制执行"),
        f.CourtForm,
        lambda user, n, form: collecting.ask_court(user, n, **form.cleaned_data),
        noop("已报批，由另一名负责人签发。"),
        initial=_court,
        shown=lambda case: case.urged_on is not None and _may_ask(case),
    ),
    "court": Act(
        "court",
        noop("登记法院裁定"),
        f.RulingForm,
        lambda user, n, form: collecting.note_ruling(user, n, **form.cleaned_data),
        noop("已登记法院裁定。"),
        shown=lambda case: case.court_asked_on is not None and not case.ruling,
        main=True,
    ),
}
