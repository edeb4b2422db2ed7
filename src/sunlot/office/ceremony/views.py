"""The clerk's desk, the big screen, the phones of those present."""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

from django.contrib import messages
from django.core.cache import cache
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from sunlot.draw.state import Draw
from sunlot.office.bureau.queries import absolute
from sunlot.office.ceremony import services
from sunlot.office.ceremony.models import Ceremony
from sunlot.office.ceremony.state import state_of
from sunlot.office.journal.store import size_of_log
from sunlot.office.lottery import moment, progress
from sunlot.office.lottery.models import Envelope, Round
from sunlot.office.shell.refusals import said_plainly
from sunlot.refusal import Refusal

KEPT = 2  # seconds for which an answer to the phones is kept; another second or another entry of the log has another answer


def desk(request: HttpRequest, number: int) -> HttpResponse:
    """Where the clerk leads the ceremony: who is here, what is next."""
    row = get_object_or_404(Round, pk=number)
    found = Ceremony.objects.filter(round=row).first()
    if request.method == "POST":
        _lead(request, row, found)
        return redirect("ceremony:desk", number)
    draw = progress.folder(row)
    people = Envelope.objects.filter(round=row).order_by("pk")
    phones = _address(request, found) if found else ""
    context = {
        "row": row,
        "steps": progress.steps(row, draw),
        "ceremony": found,
        "people": people,
        "phones": phones,
        "local": urlsplit(phones).hostname in ("127.0.0.1", "localhost", "::1"),
        "next": progress.address(row, progress.current(row, draw)),
        "stale": bool(found) and not row.draw_id and _stale(row),
    }
    return render(request, "ceremony/desk.html", context)


def _lead(request: HttpRequest, row: Round, found: Ceremony | None) -> None:
    user: Any = request.user
    act = request.POST.get("act", "")
    if act == "open":
        services.open_ceremony(user, row.pk)
    elif found and act in ("join", "close"):
        services.set_joining(user, found, act == "join")
    elif found and act == "clear":
        count = services.clear(user, found)
        messages.success(request, _("已清空 %(n)s 个密封数，请参与人重新密封。") % {"n": count})


def _stale(row: Round) -> bool:
    _stage, number = services.stage_of(row)
    return Envelope.objects.filter(round=row).exclude(draw_number=number).exists()


def _address(request: HttpRequest, ceremony: Ceremony) -> str:
    return absolute(request, reverse("ceremony:phone", args=[ceremony.token]))


def screen(request: HttpRequest, number: int) -> HttpResponse:
    """The big screen. It asks for the state every second."""
    found = get_object_or_404(Ceremony.objects.select_related("round"), round_id=number)
    return render(
        request,
        "ceremony/screen.html",
        {"row": found.round, "ceremony": found, "phones": _address(request, found), "rehearsal": found.round.rehearsal},
    )


def state(request: HttpRequest, number: int) -> HttpResponse:
    """The state of the ceremony, for the screen."""
    return JsonResponse(state_of(get_object_or_404(Ceremony.objects.select_related("round"), round_id=number)))


def minutes(request: HttpRequest, number: int) -> HttpResponse:
    """Who was there, what they sealed and said, and their signatures: to print."""
    row = get_object_or_404(Round, pk=number)
    people = Envelope.objects.filter(round=row).order_by("pk")
    draw = progress.folder(row)
    context: dict[str, Any] = {"row": row, "people": people, "draw": draw, "stages": _stages(draw) if draw else []}
    if draw and (outcome := draw.step("outcome")):
        context["drawn"] = len(outcome.read_json("outcome.json").get("selected", []))
    return render(request, "ceremony/minutes.html", context)


def _stages(draw: Draw) -> list[dict[str, Any]]:
    """Return what was made public in each stage: the code of its notice and, once recorded, its seed."""
    found = []
    for prefix, title in (("", _("企业抽取")), ("teams-", _("检查组抽取"))):
        if notice := draw.step(f"{prefix}notice"):
            sealed = draw.step(f"{prefix}seed")
            found.append(
                {"title": title, "code": notice.digest, "record": sealed.read_json("seed.json") if sealed else None}
            )
    return found


def phone(request: HttpRequest, token: str) -> HttpResponse:
    """The page on the phone of somebody present."""
    found = get_object_or_404(Ceremony.objects.select_related("round"), token=token)
    return render(request, "ceremony/phone.html", {"row": found.round, "ceremony": found})


def told(request: HttpRequest, token: str) -> HttpResponse:
    """The state of the ceremony, for a phone: names and signatures of the others stay away."""
    found = get_object_or_404(Ceremony.objects.select_related("round"), token=token)
    key = f"ceremony/{found.pk}/{size_of_log()}/{moment.now()[:19]}"
    known: dict[str, Any] | None = cache.get(key)
    if known is None:
        cache.set(key, known := _for_phones(found), KEPT)
    stage, number = services.stage_of(found.round)
    return JsonResponse(
        known | {"sealing": {"stage": stage, "draw": number} if stage and found.round.reveal_minutes else None}
    )


def _for_phones(found: Ceremony) -> dict[str, Any]:
    """Return what all phones are told alike: a full room asks a hundred times a second, and each answer would read the whole draw."""
    known = state_of(found)
    for name in ("code_picture", "entries"):
        known.pop(name, None)
    known["people"] = [{key: one[key] for key in ("code", "sealed", "value")} for one in known["people"]]
    return known


@require_POST
def do(request: HttpRequest, token: str, act: str) -> HttpResponse:
    """What a phone does: come in, seal, reveal, sign. Answers plain data; a refusal is a sentence with status 409."""
    found = get_object_or_404(Ceremony.objects.select_related("round"), token=token)
    given = request.POST.get
    acts: dict[str, Callable[[], dict[str, Any]]] = {
        "join": lambda: _joined(*services.join(found, given("name", ""))),
        "seal": lambda: _of(services.seal(found, given("code", ""), given("key", ""), given("commit", ""))),
        "reveal": lambda: _of(services.reveal(found, given("code", ""), given("value", ""))),
        "sign": lambda: _of(services.sign(found, given("code", ""), given("key", ""), given("path", ""))),
    }
    if act not in acts:
        raise Http404
    try:
        return JsonResponse(acts[act]())
    except Refusal as refusal:
        return JsonResponse({"kind": refusal.kind, "sentence": said_plainly(refusal)}, status=409)


def _joined(row: Envelope, key: str) -> dict[str, Any]:
    return _of(row) | {"key": key}


def _of(row: Envelope) -> dict[str, Any]:
    return {
        "code": row.participant,
        "stage": row.stage,
        "draw": row.draw_number,
        "sealed": bool(row.commit),
        "value": row.value,
    }
