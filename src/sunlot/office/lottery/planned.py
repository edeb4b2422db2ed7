"""What the lottery tells the apps before it: which planned rounds have a draw, when items were last drawn for."""

import re
from collections.abc import Iterable, Mapping
from datetime import date
from fractions import Fraction
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from sunlot.office.lottery.models import Round, RoundState
from sunlot.office.plan.models import Kind, PlannedRound
from sunlot.office.plan.queries import rounds_to_hold


def held(year: int) -> Iterable[str]:
    """Return the codes of the year's planned rounds that have a real draw; rehearsals hold nothing."""
    rows = Round.objects.filter(year=year, rehearsal=False, draw__isnull=False).exclude(planned="")
    return rows.exclude(draw__state="voided").values_list("planned", flat=True)


def where_to_hold(year: int, code: str) -> str | None:
    """Return the page on which a round of the plan is begun, None when one that was not given up stands for it already."""
    return None if begun(code) else f"{reverse('lottery:new')}?{urlencode({'planned': code})}"


def foreseen(code: str, year: int) -> int | None:
    """Return how many firms the plan in force foresees for its round of this code, by count or by share; None outside the plan."""
    planned = rounds_to_hold(year).filter(code=code).first() if code else None
    return planned.firms if planned else None


def beside_the_plan(row: Round, expected: Fraction) -> int | None:
    """Return the number of firms in the plan where the draw would take another, None where they agree or there is no plan."""
    firms = foreseen(row.planned, row.year)
    return firms if firms is not None and abs(expected - firms) >= 2 else None


def last_draws(day: date) -> Mapping[str, date]:
    """Return by item the last eligibility date of a round that was drawn for it, up to a day."""
    found: dict[str, date] = {}
    rows = Round.objects.filter(state=RoundState.ANNOUNCED, rehearsal=False, date__lte=day).order_by("date")
    for items, used in rows.values_list("items", "date"):
        found |= dict.fromkeys(filter(None, re.split(r"[、,，;；\s]+", items)), used)
    return found


def choices(year: int) -> list[tuple[str, str]]:
    """Return the planned rounds of a year that a round can carry out, as a form offers them."""
    return [("", _("（计划外，须在送审理由中说明）")), *((row.code, str(row)) for row in rounds_to_hold(year))]


def begun(code: str) -> Round | None:
    """Return the round that carries out the planned round of this code, None while nobody has begun it."""
    rows = Round.objects.filter(planned=code, rehearsal=False).exclude(state=RoundState.DROPPED)
    return rows.exclude(draw__state="voided").order_by("-pk").first() if code else None


def as_round(code: str, year: int) -> dict[str, Any]:
    """Return what the plan says of a round, as the form of a new one is filled with; empty when the plan has none by that code."""
    row: PlannedRound | None = rounds_to_hold(year).filter(code=code).first()
    if row is None:
        return {}
    return {
        "title": row.title,
        "planned": row.code,
        "items": row.items,
        "date": row.first_day,
        "window_from": row.first_day,
        "window_to": row.last_day,
        "budget": row.firms,
        "secret": row.secret or row.kind == Kind.COVERT,
    }
