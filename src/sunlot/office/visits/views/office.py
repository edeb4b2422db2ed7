"""What the office does: make visits, ask, notify, cancel, correct, report, substitute."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as noop
from django.views.decorators.http import require_POST

from sunlot.office.lottery.models import Round
from sunlot.office.lottery.progress import hidden
from sunlot.office.shell.bulk import Bulk, carry_out, keys_of
from sunlot.office.shell.forms import form_page
from sunlot.office.visits import approval_kinds, attempts, joint, making, offsite, queries, steps
from sunlot.office.visits.forms import (
    AdditionForm,
    ArrangeForm,
    EvidenceForm,
    FoundStatusForm,
    JointForm,
    NoticeForm,
    ReasonForm,
    SwapForm,
    TeamForm,
)
from sunlot.office.visits.models import OFFICERS, Origin, Visit
from sunlot.office.visits.views.visits import VISITS, visible


def new(request: HttpRequest) -> HttpResponse:
    """A visit for a reason, which a second person approves."""

    def act(data: dict[str, Any]) -> str:
        visit = approval_kinds.arrange_and_ask(request.user, form.wanted())  # type: ignore[arg-type]
        messages.success(request, _("已拟定并送审。"))
        return reverse("visits:one", args=[visit.pk])

    form = ArrangeForm(request.POST or None, initial=request.GET.dict())
    return form_page(request, form, act, submit=_("拟定并送审"), back=reverse("visits:list"))


def from_draw(request: HttpRequest) -> HttpResponse:
    """Making the visits of a draw, and asking for their approval."""
    user: Any = request.user
    if request.method == "POST":
        draw, act = request.POST.get("draw", ""), request.POST.get("act", "")
        if act == "make":
            count = making.make_visits(user, draw)
            messages.success(request, _("产生检查 %(n)s 户；检查组与抽取结果一致。") % {"n": count})
        elif act == "ask":
            approval = approval_kinds.ask_for_draw(user, draw, request.POST.get("reason", ""))
            messages.success(request, _("已送审：%(title)s") % {"title": approval.title})
        return redirect("visits:from-draw")
    rows = Round.objects.filter(draw__isnull=False, rehearsal=False).select_related("draw").order_by("-pk")[:50]
    found = [(row, queries.counts_of(row)) for row in rows if queries.teams_are_drawn(row)]
    return render(request, "visits/from_draw.html", {"rounds": found})


def notify(request: HttpRequest) -> HttpResponse:
    """Noting that firms were notified: of the ticked visits, of all that the list's query leaves, or of one."""
    ticked = [number for number in request.POST.getlist("pk") if number.isdigit()]
    if request.POST.get("all"):
        ticked = [str(key) for key in keys_of(request, VISITS, queries.in_the_office())]
    asking = request.method == "POST" and "notice" in request.POST
    numbers = request.GET.get("pk", "") if request.method == "GET" else ",".join(ticked)

    def act(data: dict[str, Any]) -> str:
        count = steps.notify(request.user, [row.pk for row in rows], data["notice"])  # type: ignore[arg-type]
        messages.success(request, _("已登记通知 %(n)s 户。") % {"n": count})
        return reverse("visits:list")

    form = NoticeForm(request.POST if asking else None, initial={"pk": numbers})
    named = form.data.get("pk", numbers) if asking else numbers
    rows = queries.in_the_office(request.user).filter(pk__in=[int(one) for one in named.split(",") if one.isdigit()])
    if not rows:
        messages.error(request, _("请先在列表中勾选要通知的检查。"))
        return redirect("visits:list")
    if not asking:
        return render(request, "visits/notify.html", {"form": form, "rows": rows, "submit": _("登记通知")})
    return form_page(request, form, act, "visits/notify.html", rows=rows, submit=_("登记通知"))


def _with_reason(request: HttpRequest, number: int, service: Any, submit: str) -> HttpResponse:
    visit = visible(request, number)

    def act(data: dict[str, Any]) -> str:
        service(request.user, visit.pk, data["reason"])
        return _page(visit)

    form = ReasonForm(request.POST or None)
    return form_page(request, form, act, submit=submit, back=_page(visit), heading=f"{visit} {visit.firm_name}")


def cancel(request: HttpRequest, number: int) -> HttpResponse:
    """Cancel a visit that has not begun."""
    return _with_reason(request, number, steps.cancel, _("撤销检查"))


def cancel_draw(request: HttpRequest, draw: str) -> HttpResponse:
    """Cancel what has not begun of a voided draw."""
    rows = list(steps.cancellable(draw).select_related("round"))

    def act(data: dict[str, Any]) -> str:
        count = steps.cancel_of_void(request.user, draw, data["reason"])  # type: ignore[arg-type]
        messages.success(request, _("已撤销 %(n)s 户。") % {"n": count})
        return reverse("visits:list")

    if not rows:
        messages.error(request, _("这次抽取没有可以撤销的检查。"))
        return redirect("visits:list")
    context = {
        "draw": draw,
        "rows": rows,
        "closed": hidden(rows[0].round),
        "begun": Visit.objects.filter(draw=draw, started_at__isnull=False).count(),
    }
    form = ReasonForm(request.POST or None)
    return form_page(request, form, act, "visits/cancel_draw.html", submit=_("全部撤销"), **context)


def departments(request: HttpRequest, number: int) -> HttpResponse:
    """The departments that take part in a joint visit."""
    visit = visible(request, number)

    def act(data: dict[str, Any]) -> str:
        user: Any = request.user
        count = joint.arrange(user, visit.pk, joint.read(data["departments"]), data["whole_draw"])
        messages.success(request, _("%(n)s 次检查由这些部门联合实施。") % {"n": count})
        return _page(visit)

    form = JointForm(request.POST or None, initial={"whole_draw": bool(visit.draw)})
    heading = f"{visit} {visit.firm_name}"
    return form_page(request, form, act, submit=_("登记联合部门"), back=_page(visit), heading=heading)


def again(request: HttpRequest, number: int) -> HttpResponse:
    """Try a firm again that could not be reached."""
    return _with_reason(request, number, attempts.try_again, _("安排再次上门"))


def add(request: HttpRequest, number: int) -> HttpResponse:
    """Ask for the next reserve besides a firm that was tried in vain."""
    visit = visible(request, number)

    def act(data: dict[str, Any]) -> str:
        user: Any = request.user
        attempts.ask_addition(user, visit.pk, data["evidence"])
        messages.success(request, _("已送审；批准后追加次序最前的候补，原单位仍在名单。"))
        return _page(visit)

    form = AdditionForm(request.POST or None)
    heading = f"{visit} {visit.firm_name}"
    return form_page(request, form, act, submit=_("申请追加候补"), back=_page(visit), heading=heading)


def mode(request: HttpRequest, number: int) -> HttpResponse:
    """Have a visit held off-site, or on site after all."""
    there = visible(request, number)

    def change(user: Any, pk: int, reason: str) -> None:
        offsite.change_mode(user, pk, not there.offsite, reason)

    return _with_reason(request, number, change, _("改为现场检查") if there.offsite else _("改为非现场检查"))


def amend(request: HttpRequest, number: int) -> HttpResponse:
    """Open a signed record for a new edition."""
    return _with_reason(request, number, steps.amend, _("更正记录"))


def redraft(request: HttpRequest, number: int) -> HttpResponse:
    """Give up a record that somebody has signed, and go on with the visit."""
    return _with_reason(request, number, steps.redraft, _("重新起草记录"))


def ask(request: HttpRequest, number: int) -> HttpResponse:
    """Ask once more for approval."""
    return _with_reason(request, number, approval_kinds.ask_again, _("送审"))


@require_POST
def report(request: HttpRequest, number: int) -> HttpResponse:
    """The one in charge has read of a refused signature, or of a firm that would not be inspected."""
    visit = visible(request, number)
    steps.report(request.user, visit.pk)  # type: ignore[arg-type]
    messages.success(request, _("已阅，记为已报告。"))
    return redirect(_page(visit))


def team(request: HttpRequest, number: int) -> HttpResponse:
    """Other people: by a request for substitution where the team was drawn, else for the people named."""
    visit = visible(request, number)
    going = visit.team.filter(out=False, part__in=OFFICERS)
    drawn = visit.origin == Origin.DRAW

    def act(data: dict[str, Any]) -> str:
        user: Any = request.user
        if drawn:
            steps.substitute_officer(user, visit.pk, data)
            messages.success(request, _("已送审；批准后由次序最前的候补替换。"))
            return _page(visit)
        approval = approval_kinds.ask_team(user, visit.pk, form.members(), data["reason"], data["evidence"])
        return reverse("approvals:one", args=[approval.pk])

    form: Any = (
        SwapForm(request.POST or None, team=[(one.inspector_id, f"{one.inspector_id} {one.name}") for one in going])
        if drawn
        else TeamForm(request.POST or None)
    )
    submit = _("申请以候补替换") if drawn else _("申请更换")
    return form_page(request, form, act, submit=submit, back=_page(visit), heading=f"{visit} {visit.firm_name}")


def substitute(request: HttpRequest, number: int) -> HttpResponse:
    """Ask for the next reserve instead of a firm that is closed or gone."""
    visit = visible(request, number)

    def act(data: dict[str, Any]) -> str:
        steps.substitute_firm(request.user, visit.pk, data["evidence"])  # type: ignore[arg-type]
        messages.success(request, _("已送审；批准后由次序最前的候补替换，并产生新的检查。"))
        return _page(visit)

    form = EvidenceForm(request.POST or None)
    return form_page(
        request, form, act, submit=_("申请以候补替换"), back=_page(visit), heading=f"{visit} {visit.firm_name}"
    )


def status(request: HttpRequest, number: int) -> HttpResponse:
    """The firm's status in the roster, as it was found."""
    visit = visible(request, number)

    def act(data: dict[str, Any]) -> str:
        approval = steps.propose_status(request.user, visit.pk, data["status"])  # type: ignore[arg-type]
        messages.success(request, _("已报审批。") if approval else _("名录已更新。"))
        return _page(visit)

    observed = visit.entry.observed if visit.entry else ""
    form = FoundStatusForm(request.POST or None, initial={"status": observed})
    return form_page(request, form, act, submit=_("更新名录"), back=_page(visit), heading=f"{visit} {visit.firm_name}")


def _page(visit: Visit) -> str:
    return reverse("visits:one", args=[visit.pk])


def _ask(user: Any, keys: Sequence[int], data: Mapping[str, Any]) -> bool:
    approval_kinds.ask_again(user, keys[0], data["reason"])
    return False


def _cancel(user: Any, keys: Sequence[int], data: Mapping[str, Any]) -> bool:
    steps.cancel(user, keys[0], data["reason"])
    return True


ASK, CANCEL = Bulk(noop("送审所选"), _ask, ReasonForm), Bulk(noop("撤销所选"), _cancel, ReasonForm)


@require_POST
def ask_many(request: HttpRequest) -> HttpResponse:
    """Ask for the approval of several visits."""
    return carry_out(request, VISITS, queries.in_the_office(), ASK)


@require_POST
def cancel_many(request: HttpRequest) -> HttpResponse:
    """Cancel several visits that have not begun."""
    return carry_out(request, VISITS, queries.in_the_office(), CANCEL)
