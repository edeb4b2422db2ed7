"""How far a round is: its steps, and what has to be done next, by whom."""

from dataclasses import dataclass
from functools import lru_cache

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from sunlot.draw.errors import DrawError
from sunlot.draw.state import Draw as DrawFolder
from sunlot.office.lottery.models import Round, RoundState
from sunlot.office.lottery.register import folder_of
from sunlot.office.shell.marks import REHEARSAL

TITLES = {
    "plan": _("方案"),
    "sources": _("种子来源"),
    "check": _("核查与送审"),
    "notice": _("公告与见证"),
    "seed": _("种子"),
    "result": _("企业结果"),
    "teams-notice": _("检查组公告"),
    "teams-seed": _("检查组种子"),
    "teams-result": _("检查组结果"),
    "archive": _("归档"),
}
LAST_DONE = {
    "notice": "notice",
    "seed": "seed",
    "outcome": "result",
    "teams-notice": "teams-notice",
    "teams-seed": "teams-seed",
    "teams-outcome": "teams-result",
}


@dataclass(frozen=True)
class Step:
    """One step of the bar at the top. `state`: done, now or later."""

    name: str
    title: str
    url: str
    state: str


def folder(row: Round) -> DrawFolder | None:
    """Return the draw's folder, None before the notice."""
    return folder_of(row.draw_id) if row.draw_id else None


def current(row: Round, draw: DrawFolder | None) -> str:
    """Return the name of the step at which the round is now."""
    if draw is None:
        if row.state == RoundState.DRAFT and not row.sources:
            return "sources"
        return "check" if row.state == RoundState.DRAFT else "notice"
    return _after(draw)


def _after(draw: DrawFolder) -> str:
    """Return the name of the step that follows the draw's last."""
    done = [LAST_DONE[step.what] for step in draw.steps if step.what in LAST_DONE]
    names = list(TITLES)
    return names[names.index(done[-1]) + 1]


def steps(row: Round, draw: DrawFolder | None) -> list[Step]:
    """Return all steps in order."""
    names, now = list(TITLES), current(row, draw)
    at = names.index(now)
    return [
        Step(name, str(TITLES[name]), address(row, name), "done" if n < at else "now" if n == at else "later")
        for n, name in enumerate(names)
    ]


def address(row: Round, name: str) -> str:
    """Return the page of a step, empty where there is none yet."""
    if name in ("plan", "sources", "check"):
        return reverse(f"lottery:{name}", args=[row.pk])
    if not row.draw_id:
        return reverse("lottery:check", args=[row.pk]) if name == "notice" else ""
    page = {
        "notice": "draw",
        "seed": "seed",
        "result": "result",
        "teams-notice": "teams",
        "teams-seed": "seed",
        "teams-result": "result",
        "archive": "archive",
    }[name]
    stage = "?stage=firms" if name == "seed" else ""
    return reverse(f"lottery:{page}", args=[row.draw_id]) + stage


def standing(row: Round) -> tuple[str, str]:
    """Return the state as people read it, and its colour. `row.waits`, as rounds.with_requests gives it: a decision is asked for."""
    if row.state == RoundState.DRAFT and getattr(row, "waits", False):
        return str(_("待批准")), "warn"
    if not row.draw_id:
        colours = {RoundState.DRAFT: "plain", RoundState.APPROVED: "info", RoundState.ANNOUNCING: "warn"}
        return row.get_state_display(), colours.get(RoundState(row.state), "plain")
    try:
        now = _reached(row.draw_id, row.draw.check_code if row.draw else "")
    except DrawError:
        return str(_("证据缺失或被改动")), "bad"
    if now == "void":
        return str(_("已作废")), "bad"
    return (str(_("已完成")), "ok") if now == "archive" else (str(_("待办：")) + str(TITLES[now]), "info")


def finished(row: Round) -> bool:
    """Return whether a round has been drawn to its end; a folder is read once for each of its steps. Raises DrawError."""
    return bool(row.draw_id and row.draw and _reached(row.draw_id, row.draw.check_code) == "archive")


@lru_cache(maxsize=4096)
def _reached(name: str, check_code: str) -> str:
    """Return how far the draw with this check code is: a list of rounds need not read every folder again. Raises DrawError."""
    draw = folder_of(name)
    return "void" if draw.void else _after(draw)


def hidden(row: Round | None) -> bool:
    """Return whether the round's lists are still closed: unannounced and not yet opened."""
    return bool(row and row.secret and not row.executed_at)


def prefix_of(name: str) -> str:
    """Return what the titles of requests about a draw begin with: a rehearsal says so, any other nothing."""
    return REHEARSAL if Round.objects.filter(draw_id=name, rehearsal=True).exists() else ""
