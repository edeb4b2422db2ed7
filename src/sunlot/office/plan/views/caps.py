"""How often each firm was visited in a year over all kinds of check and departments, against its cap: a list with Excel and print."""

from collections.abc import Mapping

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext_noop as noop

from sunlot.office.journal.memory import remembered
from sunlot.office.plan import known, queries
from sunlot.office.plan.caps import STATES, Burden, burdens, by_state
from sunlot.office.shell.incoming import Never
from sunlot.office.shell.language import in_words
from sunlot.office.shell.listing import Button, Choice, Column, Listing, Search, Year
from sunlot.office.shell.reckoned import Reckoned
from sunlot.policy.draw_pack import draw_rules
from sunlot.policy.in_force import Policy
from sunlot.policy.reader import read_pack

DRAW_PACK = "county-2026"
READ = ("roster.firm", "roster.visitentry", "plan.plan", "plan.plannedround", "plan.keylistentry")
ASSUMED = noop("上限按最宽一档")  # a grade is unknown
COLOURS = {"over": "bad", "exceeds": "bad", "full": "warn", "free": "ok"}


def caps(request: HttpRequest) -> HttpResponse:
    """The firms that were visited in the year or are planned, those in trouble first."""
    today = timezone.localdate()
    text = request.GET.get("year", "")
    year = int(text) if text.isdecimal() and 2008 <= int(text) <= 2100 else today.year
    policy = known.policy_for(year, today)
    rules = hash(repr(sorted(policy.rules.items())))
    found, counts = remembered(f"plan.caps/{year}/{today}/{rules}", lambda: _reckoned(year, policy), READ)
    kinds = known.visit_kinds().items()
    context = {
        "rule": policy.rule("visit.caps"),
        "draw_rules": draw_rules(read_pack(DRAW_PACK)),
        "draw_pack": DRAW_PACK,
        "counted": [title for kind, title in kinds if policy.counted(kind)],
        "uncounted": [title for kind, title in kinds if not policy.counted(kind)],
    }
    return _listing(year, counts).page(request, Reckoned(found), template="plan/caps.html", **context)


def _listing(year: int, counts: Mapping[str, int]) -> Listing:
    states = [(code, f"{in_words(title)} ({counts[code]})") for code, title in STATES.items()]
    return Listing(
        incoming=Never.RECKONED,
        name="频次上限",
        columns=(
            Column("单位编号", "pk", sort="pk"),
            Column("单位名称", "name", sort="name"),
            Column("已查（计入）", "standing__made", sort="standing__made", amount=True),
            Column("已查（不计入）", "standing__uncounted", sort="standing__uncounted", amount=True),
            Column("重点名单计划", "standing__planned", sort="standing__planned", amount=True),
            Column("上限", "standing__cap__sentence"),
            Column("上限依据", lambda row: ASSUMED if row.standing.cap.assumed else "", words=True),
            Column("还可检查", "standing__left", sort="standing__left", amount=True),
            Column("状态", lambda row: STATES[row.state], tag=lambda row: COLOURS[row.state], words=True),
        ),
        filters=(Year("年度", "year", year), Search(("pk", "name")), Choice("状态", "state", states)),
        order=(),
        buttons=(Button("检查台账", "roster:visits"),),
        empty="本年还没有检查记录，计划中也没有重点单位。",
    )


def _reckoned(year: int, policy: Policy) -> tuple[list[Burden], dict[str, int]]:
    """Return what was done and is planned in a year to each firm that it concerns, and how many firms are in each state."""
    plan = queries.plan_in_force(year)
    key = list(plan.key_list.filter(round__isnull=False).select_related("round")) if plan else []
    planned = {entry.firm: entry.round.visits_each for entry in key if entry.round}
    firms = {entry.firm: known.FirmFact(entry.firm, entry.name) for entry in key} | dict(known.firms(planned))
    found = burdens(known.visits_of(year), planned, firms, policy)
    return found, by_state(found)
