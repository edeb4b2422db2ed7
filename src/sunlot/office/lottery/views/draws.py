"""A draw after its notice: the notice and its witnesses, the result, the teams' notice, why, substitution, void, opening."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from sunlot.draw.explain import explain_firm, explain_inspector
from sunlot.draw.sources import describe
from sunlot.draw.substitution import additions
from sunlot.office.journal import checkpoints
from sunlot.office.journal import queries as journal
from sunlot.office.journal.models import Checkpoint, Event
from sunlot.office.journal.store import the_log
from sunlot.office.lottery import announcing, drawing, progress, queries, rounds, seeding, substituting
from sunlot.office.lottery.forms.deeds import CosignatureForm, HourForm, ReasonForm, SubstituteForm, VoidForm
from sunlot.office.lottery.forms.sources import SourceSet, initial, suggested
from sunlot.office.lottery.models import Draw
from sunlot.office.lottery.register import folder_of
from sunlot.office.lottery.views.settled import tell_settled
from sunlot.office.shell.forms import form_page, refused_on
from sunlot.office.shell.refusals import said
from sunlot.office.shell.sending import download
from sunlot.refusal import Refusal


def frame(name: str) -> dict[str, Any]:
    """Return what every page of a draw shows: row, round, folder, steps, and whether its lists are closed. Raises Http404."""
    row = get_object_or_404(Draw.objects.select_related("round"), pk=name)
    round_of = getattr(row, "round", None)
    folder = folder_of(name)
    return {
        "draw": row,
        "row": round_of,
        "folder": folder,
        "notice": folder.firms_notice,
        "steps": progress.steps(round_of, folder) if round_of else [],
        "hidden": progress.hidden(round_of),
        "void": folder.void.read_json("void.json") if folder.void else None,
    }


def one(request: HttpRequest, name: str) -> HttpResponse:
    """The notice: what is fixed, its check code, who has witnessed it."""
    tell_settled(request)
    return _notice(request, name, CosignatureForm())


def _notice(request: HttpRequest, name: str, cosign: CosignatureForm) -> HttpResponse:
    context = frame(name)
    folder = context["folder"]
    step = folder.need("notice", "")
    return render(
        request,
        "lottery/draw.html",
        {
            **context,
            "code": step.digest,
            "sources": [(describe(source), source["known_at"]) for source in folder.firms_notice["sources"]],
            "chain": _chain(name),
            "witnesses": _witnesses(),
            "cosign": cosign,
            "sealed": folder.step("seed"),
            "anchored": seeding.anchored(folder),
            "unwitnessed": seeding.nobody_witnesses(),
        },
        status=409 if cosign.errors else 200,
    )


def _chain(name: str) -> list[dict[str, Any]]:
    events = Event.objects.filter(obj=f"draw/{name}").order_by("seq")
    return [
        {
            "at": journal.leaf_of(event)["at"],
            "reads": journal.reads(event),
            "seq": event.seq,
            "standing": journal.standing(event)[0],
        }
        for event in events
    ]


def _witnesses() -> list[dict[str, Any]]:
    names = checkpoints.policy_of(the_log()).witnesses
    return [{"name": name, "seen": checkpoints.last_seen(name)} for name in names]


def request_of(request: HttpRequest, name: str, witness: str) -> HttpResponse:
    """What to carry to a witness."""
    if witness not in checkpoints.policy_of(the_log()).witnesses:
        raise Http404
    announcing.finish(request.user.actor)  # type: ignore[union-attr]
    latest = Checkpoint.objects.order_by("-size").first()
    if latest is None:
        raise Http404
    text = checkpoints.request(latest, _seen(request, witness, latest.size)).text
    return download(f"见证请求-{witness}-{latest.size}.txt", text.encode(), "text/plain; charset=utf-8")


def _seen(request: HttpRequest, witness: str, size: int) -> int:
    """Return how many events the witness saw last: as the office knows it, or as the witness says when its answer was lost on the way."""
    told = request.GET.get("seen", "")
    return min(int(told), size) if told.isascii() and told.isdigit() else checkpoints.last_seen(witness)


@require_POST
def cosign(request: HttpRequest, name: str) -> HttpResponse:
    """Take in what a witness has signed; what does not fit is said above what was pasted."""
    form = CosignatureForm(request.POST, request.FILES)
    if form.is_valid():
        with refused_on(form):
            lines, by = form.cleaned_data["lines"], request.user.actor  # type: ignore[union-attr]
            row, names = checkpoints.take_cosignatures(lines, by)
            messages.success(
                request,
                _("收到 %(names)s 的签署。%(line)s") % {"names": "、".join(names), "line": checkpoints.describe(row)},
            )
            return redirect("lottery:draw", name)
    return _notice(request, name, form)


def result(request: HttpRequest, name: str) -> HttpResponse:
    """Whom the lot fell on, with their teams."""
    tell_settled(request)
    context = frame(name)
    folder = context["folder"]
    outcome = folder.step("outcome")
    counts = outcome.read_json("outcome.json") if outcome else None
    context |= {
        "outcome": counts,
        "entries": [] if context["hidden"] or not outcome else queries.drawn_list(folder),
        "teams_done": bool(folder.step("teams-outcome")),
        "reserves": [] if context["hidden"] or counts is None else counts["reserves"],
        "substitutions": [step.read_json("substitution.json") for step in folder.steps if step.what == "substitution"]
        if not context["hidden"]
        else [],
        "additions": [] if context["hidden"] else additions(folder),
        "waiting": substituting.waiting(request.user, name),  # type: ignore[arg-type]
    }
    return render(request, "lottery/result.html", context)


@require_POST
def run(request: HttpRequest, name: str) -> HttpResponse:
    """Compute the result, once."""
    draw = drawing.run(request.user, name)  # type: ignore[arg-type]
    stage, _step = draw.open_stage()
    messages.success(request, _("检查组已经抽出。") if stage.name == "teams" else _("企业已经抽出。"))
    return redirect("lottery:result", name)


def teams(request: HttpRequest, name: str) -> HttpResponse:
    """The teams' sources, then their notice."""
    tell_settled(request)
    context = frame(name)
    row, folder = context["row"], context["folder"]
    bound = request.POST if request.method == "POST" and request.POST.get("act") == "sources" else None
    formset: Any = SourceSet(bound, initial=initial(row.team_sources) or suggested(), prefix="s")
    refusal = ""
    if request.method == "POST":
        try:
            if bound is not None and formset.is_valid():
                version = int(bound.get("version", 0))
                rounds.name_team_sources(request.user, row.pk, version, formset.sources())  # type: ignore[arg-type]
                messages.success(request, _("来源已保存，请另一人核对后发布检查组公告。"))
                return redirect("lottery:teams", name)
            if bound is None:
                announcing.announce_teams(request.user, name)  # type: ignore[arg-type]
                messages.success(request, _("检查组公告已发布。"))
                return redirect("lottery:teams", name)
        except Refusal as refused:
            refusal = said(refused)
    step = folder.step("teams-notice")
    notice = step.read_json("notice.json") if step else None
    context |= {
        "formset": formset,
        "suggested": not (row.team_sources or bound),
        "refusal": refusal,
        "teams_notice": notice,
        "code": step.digest if step else "",
        "named": [
            (describe(source), source["known_at"]) for source in (notice["sources"] if notice else row.team_sources)
        ],
        "mine": row.team_sources_by_id == request.user.pk,
        "warnings": notice["warnings"] if notice and not context["hidden"] else [],
    }
    return render(request, "lottery/teams.html", context, status=409 if refusal else 422 if formset.is_bound else 200)


def explain(request: HttpRequest, name: str) -> HttpResponse:
    """Why one firm or inspector was drawn or not."""
    context = frame(name)
    identity = request.GET.get("id", "").strip().upper()
    context["id"] = identity
    if identity and not context["hidden"]:
        folder = context["folder"]
        known = {row["id"] for row in folder.inspectors()}
        try:
            context["lines"] = (
                explain_inspector(folder, identity)
                if identity in known
                else explain_firm(folder, identity, _nonce(folder))
            )
        except Refusal as refused:
            context["refusal"] = said(refused)
    return render(request, "lottery/explain.html", context)


def _nonce(folder: Any) -> str:
    from sunlot.draw.deeds import read_private

    return str(read_private(folder.folder.parent, folder.name)["nonces"].get("firms", ""))


def substitute(request: HttpRequest, name: str) -> HttpResponse:
    """Ask a second person to have one replaced who cannot be visited, or cannot go. Of a closed list the answer is always the same."""
    context = frame(name)

    user: Any = request.user

    def act(data: dict[str, Any]) -> str:
        substituting.ask(user, name, data)
        messages.success(request, _("已提交，由负责人审批。"))
        return reverse("lottery:substitute", args=[name])

    form = SubstituteForm(request.POST or None, initial=request.GET.dict())
    context["waiting"] = substituting.waiting(user, name)
    return form_page(request, form, act, "lottery/substitute.html", submit=_("申请替换"), **context)


def void(request: HttpRequest, name: str) -> HttpResponse:
    """Ask a second person to void the draw."""

    def act(data: dict[str, Any]) -> str:
        approval = drawing.ask_void(request.user, name, data["reason"], data.get("missing", []))  # type: ignore[arg-type]
        return reverse("approvals:one", args=[approval.pk])

    form = VoidForm(request.POST or None, never_came=drawing.never_came(name))
    return form_page(request, form, act, "lottery/void.html", submit=_("申请作废"), **frame(name))


def hour(request: HttpRequest, name: str) -> HttpResponse:
    """Set the hour from which inspectors see their own tasks."""
    context = frame(name)

    def act(data: dict[str, Any]) -> str:
        rounds.set_hour(request.user, context["row"].pk, data["at"])  # type: ignore[arg-type]
        return reverse("lottery:result", args=[name])

    return form_page(
        request, HourForm(request.POST or None), act, back=reverse("lottery:result", args=[name]), **context
    )


def opening(request: HttpRequest, name: str) -> HttpResponse:
    """Ask a second person to open an unannounced round that has been carried out."""
    context = frame(name)

    def act(data: dict[str, Any]) -> str:
        approval = drawing.ask_opening(request.user, context["row"].pk, data["reason"])  # type: ignore[arg-type]
        return reverse("approvals:one", args=[approval.pk])

    form = ReasonForm(request.POST or None)
    return form_page(request, form, act, submit=_("申请公开结果"), heading=_("执行完毕，公开结果"), **context)
