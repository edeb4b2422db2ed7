"""The lists of cases, and all of one."""

import json
from typing import Any

from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as noop

from sunlot.office.access import pages
from sunlot.office.accounts.roles import READERS
from sunlot.office.approvals.models import Approval
from sunlot.office.approvals.models import State as Asked
from sunlot.office.cases import limits, owing, queries
from sunlot.office.cases.acts import ACTS
from sunlot.office.cases.articles import origin_words
from sunlot.office.cases.models import Case, Origin, Outcome, Part, Party, Step
from sunlot.office.cases.people import is_officer, is_reviewer
from sunlot.office.cases.states import COLOURS, TITLES, State, may
from sunlot.office.papers import printing
from sunlot.office.papers.queries import papers_of
from sunlot.office.shell.incoming import Never
from sunlot.office.shell.listing import Between, Button, Choice, Column, Listing, Search
from sunlot.office.shell.sending import download
from sunlot.office.visits.moment import today

COLUMNS = (
    Column("编号", "pk", sort="pk", link="cases:one"),
    Column("当事人", "party", link="cases:one"),
    Column("涉案单位", "firm__name", on_screen=False),
    Column("统一社会信用代码", "firm_id", on_screen=False),
    Column("案由", "cause"),
    Column("案件来源", "get_origin_kind_display", on_screen=False),
    Column("立案日期", "opened_on", sort="opened_on"),
    Column("状态", "get_state_display", tag=lambda case: COLOURS[case.state]),
    Column("决定期限", "decide_by", sort="decide_by"),
    Column("决定书文号", "decision_number"),
    Column("决定日期", "decided_on", on_screen=False),
    Column("罚款（元）", "fine", sort="fine"),
    Column("违反的规定", "violated", on_screen=False),
    Column("处罚的依据", "basis", on_screen=False),
    Column("送达日期", "served_on", on_screen=False),
    Column("已缴（元）", "paid", on_screen=False),
    Column("结案日期", "closed_on", on_screen=False),
)
FILTERS = (
    Search(("party", "cause", "firm__name", "firm__id", "decision_number")),
    Choice("状态", "state", State.choices),
    Choice("案件来源", "origin_kind", Origin.choices),
    Choice("当事人类别", "party_kind", Party.choices),
    Choice("处理意见", "outcome", Outcome.choices),
    Between("立案日期", "opened_on"),
    Between("决定日期", "decided_on"),
)
CASES = Listing(
    incoming=Never.STEPS,
    name="行政处罚案件",
    columns=COLUMNS,
    filters=FILTERS,
    order=("-pk",),
    buttons=(Button("申请立案", "cases:new", main=True),),
    empty="没有符合条件的案件。在检查或整改指令的页面上申请立案，或在此申请。",
)
OWN = Listing(
    incoming=Never.STEPS,
    name="我承办的案件",
    columns=COLUMNS,
    filters=FILTERS[:2],
    order=("-pk",),
    empty="没有您承办的案件。",
)
TO_REVIEW = Listing(
    incoming=Never.STEPS,
    name="法制审核",
    columns=(*COLUMNS[:5], *COLUMNS[6:9]),
    filters=FILTERS[:1],
    order=("decide_by", "pk"),
    empty="没有等待您审核的案件；只有登记了法制审核资格的人员可以审核。",
)


def list_all(request: HttpRequest) -> HttpResponse:
    """Every case."""
    return CASES.page(request, Case.objects.select_related("firm"))


FINES = Listing(
    name="罚没款执行台账",
    columns=(
        Column("编号", "pk", sort="pk", link="cases:one"),
        Column("当事人", "party", link="cases:one"),
        Column("决定书文号", "decision_number"),
        Column("决定送达日期", "served_on", sort="served_on"),
        Column("罚款（元）", "fine", sort="fine"),
        Column("没收金额（元）", "forfeit", on_screen=False),
        Column("已计加处罚款（元）", lambda case: owing.surcharge(case, today())),
        Column("已决定加处（元）", "surcharge", on_screen=False),
        Column("已缴（元）", "paid"),
        Column("缴款期限", "pay_by", sort="pay_by"),
        Column("缴款催告送达日期", "reminded_on", on_screen=False),
        Column("强制执行催告送达日期", "urged_on", on_screen=False),
        Column("申请强制执行期限", "apply_by", sort="apply_by"),
        Column("申请强制执行日期", "court_asked_on", on_screen=False),
        Column("法院裁定", "get_ruling_display", on_screen=False),
        Column("票据号", lambda case: "；".join(one.receipt for one in owing.payments(case)), on_screen=False),
        Column("状态", "get_state_display", tag=lambda case: COLOURS[case.state]),
    ),
    filters=(
        Search(("party", "firm__name", "firm__id", "decision_number")),
        Choice(
            "状态", "state", [(state, State(state).label) for state in (State.SERVED, State.EXECUTED, State.CLOSED)]
        ),
        Between("缴款期限", "pay_by"),
        Between("申请强制执行期限", "apply_by"),
        Between("决定送达日期", "served_on"),
    ),
    incoming=Never.STEPS,
    order=("apply_by", "pk"),
    empty="没有已送达的罚没款决定。",
)


def fines(request: HttpRequest) -> HttpResponse:
    """Every served penalty with money in it: what is due, paid, added, and by when the court may be asked."""
    rows = queries.decided().filter(Q(fine__gt=0) | Q(forfeit__gt=0)).prefetch_related("steps", "instalments")
    return FINES.page(request, rows)


def own(request: HttpRequest) -> HttpResponse:
    """An officer's own cases."""
    return OWN.page(request, queries.own(request.user))


def to_review(request: HttpRequest) -> HttpResponse:
    """The cases that wait for this person's legal review."""
    return TO_REVIEW.page(request, queries.to_review(request.user, today()))


def seen(request: HttpRequest, number: int) -> Case:
    """Return a case that this person may see. Raises Http404 for any other."""
    case = queries.visible_to(request.user).filter(pk=number).first()
    if case is None:
        raise Http404(_("没有这件案件。"))
    return case


def one(request: HttpRequest, number: int) -> HttpResponse:
    """All of one case."""
    case = seen(request, number)
    asked = Approval.objects.filter(obj=case.obj, state=Asked.PENDING).first()
    steps = case.steps.select_related("by").order_by("pk")
    context = {
        "case": case,
        "colour": COLOURS[State(case.state)],
        "buttons": [] if asked else buttons(request.user, case),
        "asked": asked,
        "warnings": list(_warnings(case)),
        "words": limits.penalty_words(case) if case.kinds else "",
        "team": case.officers.order_by("out", "-lead", "inspector_id"),
        "evidence": case.evidence.order_by("withdrawn", "taken_on", "pk"),
        "may_drop": may(case.state, "collect"),
        "papers": papers_of(case.obj),
        "steps": [(step, TITLES[step.act], _details(step)) for step in steps],
        "instalments": case.instalments.filter(replaced=False).order_by("number"),
        "owed": [(Part(part).label, left) for part, left in owing.still_owed(case) if left and case.served_on],
        "violation": getattr(case, "violation", None),
        "origin": origin_words(case.origin),
        "origin_url": _origin_url(request.user, case.origin),
        "reads_all": getattr(request.user, "role", "") in READERS,
    }
    return render(request, "cases/one.html", context)


def buttons(user: Any, case: Case) -> list[dict[str, Any]]:
    """Return what this person may do now, as links."""
    found = []
    for name, act in ACTS.items():
        if not (may(case.state, act.code) and pages()[f"cases:{name}"].open_to(user.role) and act.shown(case)):
            continue
        if name == "review" and (not is_reviewer(user, today()) or is_officer(user, case)):
            continue
        url = reverse(f"cases:{name}", args=[case.pk])
        found.append({"title": act.title, "url": url, "main": act.main, "danger": act.danger})
    return found


def _warnings(case: Case) -> Any:
    day = today()
    if case.decided_on is None and case.decide_by:
        if day > case.decide_by:
            yield _("已超过决定期限 %(day)s。") % {"day": case.decide_by}
        elif (left := (case.decide_by - day).days) <= NEAR:
            yield _("离决定期限 %(day)s 还有 %(left)s 天。") % {"day": case.decide_by, "left": left}
    if case.outcome == Outcome.PENALTY and case.decided_on is None:
        if limits.needs_hearing(case, day):
            yield _("达到听证标准：须告知当事人有要求听证的权利。")
        if limits.needs_discussion(case, day):
            yield _("须经负责人集体讨论，由领导小组负责人批准。")
    if case.state == State.TOLD and case.ripe_on and day < case.ripe_on and not case.waived:
        yield _("陈述、申辩和要求听证的期限尚未届满，%(day)s 起可以报批决定。") % {"day": case.ripe_on}
    if case.serve_by and case.served_on is None and case.state == State.DECIDED:
        yield _("决定书最迟 %(day)s 送达。") % {"day": case.serve_by}
    if case.state == State.SERVED and (extra := owing.surcharge(case, day)):
        yield _("逾期缴款，加处罚款已计 %(n)s 元。") % {"n": extra}
    if case.state == State.SERVED and case.apply_by and not case.court_asked_on:
        told = _("可以申请法院强制执行的期间：%(first)s 至 %(last)s。")
        yield told % {"first": case.apply_from, "last": case.apply_by}


NEAR = 15  # days before the last day of the decision when the page begins to warn
DETAILS = {
    "words": noop("行政处罚"),
    "new_facts": noop("新查明的事实"),
    "answer": noop("复核意见"),
    "name": noop("听证主持人"),
    "held_on": noop("听证日期"),
    "present": noop("参加人"),
    "late_reason": noop("超期原因"),
    "plan": noop("缴款计划"),
    "relief": noop("加处罚款减免的依据和理由"),
    "reason": noop("理由"),
}
FLAGS = {
    "adopted": (noop("予以采纳"), noop("不予采纳")),
    "signed": (noop("当事人已签字"), noop("当事人未签字")),
    "agreed": (noop("同意"), noop("不同意")),
}


def _details(step: Step) -> list[tuple[str, str]]:
    """Return what a step kept besides its text, in titles and values."""
    held = json.loads(step.detail) if step.detail else {}
    found = [(title, str(held[name])) for name, title in DETAILS.items() if held.get(name)]
    return found + [("", _(words[0] if held[name] else words[1])) for name, words in FLAGS.items() if name in held]


def _origin_url(user: Any, origin: str) -> str:
    kind, _slash, number = origin.partition("/")
    page = {"visit": "visits:one", "order": "followup:order", "report": "complaints:one"}.get(kind, "")
    declared = pages().get(page)
    if not (number.isdigit() and declared and declared.open_to(user.role)):
        return ""
    return reverse(page, args=[int(number)])


def paper(request: HttpRequest, number: int, piece: int, form: str) -> HttpResponse:
    """A document of a case as PDF or Word, for whoever may see the case."""
    case = seen(request, number)
    row = papers_of(case.obj).filter(pk=piece).first()
    if row is None or form not in ("pdf", "word"):
        raise Http404(_("没有这份文书。"))
    if form == "pdf":
        data, media, name = printing.paper_pdf(row), printing.PDF, f"{row.title}.pdf"
    else:
        data, media, name = printing.paper_word(row), printing.WORD, f"{row.title}.docx"
    return download(name, data, media, inline=form == "pdf")
