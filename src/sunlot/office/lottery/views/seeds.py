"""Recording the seed: what is named, what has come in, and sealing it."""

import unicodedata
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as noop
from django.views.decorators.http import require_POST

from sunlot.draw.lotteries import GAMES
from sunlot.draw.seed import beijing_day
from sunlot.draw.sources import describe
from sunlot.draw.state import FIRMS, Draw
from sunlot.office.lottery import seeding
from sunlot.office.lottery.models import SeedEntry
from sunlot.office.lottery.register import folder_of
from sunlot.office.lottery.views.draws import frame
from sunlot.office.lottery.views.settled import tell_settled
from sunlot.office.shell.language import in_words
from sunlot.office.shell.refusals import said
from sunlot.refusal import Refusal

WORDS = {
    "early": (noop("尚未产生"), "plain"),
    "waiting": (noop("等待录入"), "info"),
    "second": (noop("等待第二人录入"), "warn"),
    "differs": (noop("两人录入不一致"), "bad"),
    "ready": (noop("已齐"), "ok"),
    "absent": (noop("缺席（公开写明）"), "warn"),
}


def seed(request: HttpRequest, name: str) -> HttpResponse:
    """All sources of the open notice and where each stands."""
    tell_settled(request)
    return _show(request, name)


def _show(request: HttpRequest, name: str, refusal: str = "", typed: dict[str, Any] | None = None) -> HttpResponse:
    context = frame(name)
    folder = context["folder"]
    stage, _notice = folder.open_stage()
    past = request.GET.get("stage") == "firms" and stage != FIRMS
    if past:
        stage = FIRMS
    sealed = folder.step(f"{stage.prefix}seed")
    found = [] if past else seeding.places(folder)
    context |= {
        "stage": stage,
        "sealed": sealed,
        "past": _sources_of(folder) if past else [],
        "record": sealed.read_json("seed.json") if sealed else None,
        "places": [_line(place, request.user, typed or {}) for place in found],
        "complete": all(place.evidence is not None for place in found),
        "anchored": seeding.anchored(folder),
        "unwitnessed": seeding.nobody_witnesses(),
        "done": bool(folder.step(f"{stage.prefix}outcome")),
        "refusal": refusal,
    }
    return render(request, "lottery/seed.html", context, status=409 if refusal else 200)


def _sources_of(folder: Draw) -> list[tuple[str, str]]:
    """Return the firms' sources as they were recorded: what each is, and its text in the seed."""
    notice = folder.need("notice", "").read_json("notice.json")
    record = folder.need("seed", "").read_json("seed.json")
    return [
        (describe(source), entry["text"]) for source, entry in zip(notice["sources"], record["sources"], strict=True)
    ]


def _line(place: seeding.Place, user: Any, typed: dict[str, Any]) -> dict[str, Any]:
    mine = next((entry for entry in place.entries if entry.person_id == user.pk), None)
    kind = place.source["kind"]
    word, colour = WORDS[place.state]
    return {
        "place": place,
        "word": word,
        "colour": colour,
        "kind": "lottery" if kind in GAMES else kind,
        "day": beijing_day(place.known_at),
        "mine": mine,
        "who": [entry.person.name for entry in place.entries],
        "shown": [(entry.person.name, _typed(entry.value)) for entry in _visible(place, mine)],
        "open": mine is None and place.state in ("waiting", "second", *(("early",) if kind == "hand" else ())),
        "typed": typed if typed.get("place") == str(place.number) else {},
    }


def _visible(place: seeding.Place, mine: SeedEntry | None) -> list[SeedEntry]:
    """Nobody sees another's entry before his own is in, unless it proves itself."""
    if len(place.entries) > 1 or place.source["kind"] == "drand":
        return place.entries
    return [mine] if mine else []


def _typed(value: dict[str, Any]) -> str:
    return next((str(value[key]) for key in ("numbers", "value", "signature") if key in value), "")


@require_POST
def enter(request: HttpRequest, name: str, number: int) -> HttpResponse:
    """One person's entry for one source."""
    kept = {
        key: _as_typed(request.POST[key])
        for key in ("numbers", "value", "signature", "previous")
        if request.POST.get(key)
    }
    try:
        source = seeding.source_of(folder_of(name), number)
        if source["kind"] in GAMES:
            kept |= {"issue": source["issue"], "drawn_on": beijing_day(source["known_at"])}
        place = seeding.enter(request.user, name, number, kept)  # type: ignore[arg-type]
    except Refusal as refused:
        return _show(request, name, said(refused), {**kept, "place": str(number)})
    told = _("已录入：%(title)s，%(state)s。") % {"title": place.title, "state": in_words(WORDS[place.state][0])}
    (messages.warning if place.state == "differs" else messages.success)(request, told)
    return redirect("lottery:seed", name)


def _as_typed(text: str) -> str:
    """Return what was typed, digits and punctuation of a Chinese input method taken for those of a keyboard."""
    return unicodedata.normalize("NFKC", text).replace("、", ",").strip()


@require_POST
def withdraw(request: HttpRequest, name: str, number: int) -> HttpResponse:
    """Take one's own entry back."""
    seeding.withdraw(request.user, name, number)  # type: ignore[arg-type]
    return redirect("lottery:seed", name)


@require_POST
def seal(request: HttpRequest, name: str) -> HttpResponse:
    """Record the seed, once."""
    try:
        seeding.seal(request.user, name, unanchored=request.POST.get("unanchored") == "yes")  # type: ignore[arg-type]
    except Refusal as refused:
        return _show(request, name, said(refused))
    messages.success(request, _("种子已登记，不能再改。现在可以计算结果。"))
    return redirect("lottery:seed", name)
