"""Reading rounds and draws."""

from datetime import date, datetime
from typing import Any

from sunlot.draw.state import Draw as DrawFolder
from sunlot.draw.substitution import places_now, teams_now
from sunlot.office.lottery import rounds
from sunlot.office.lottery.models import Round, RoundState
from sunlot.office.lottery.progress import current, folder
from sunlot.office.lottery.register import folder_of


def open_round() -> str:
    """Return the name of the round whose tables must not move: asked for or announced without a result. Empty when there is none.

    A rehearsal holds nothing up: its result counts for nothing.
    """
    for row in Round.objects.filter(rehearsal=False).exclude(state=RoundState.DROPPED).order_by("pk"):
        if row.state == RoundState.DRAFT:
            if rounds.asked(row):
                return row.title
        elif row.draw_id is None:
            return row.title
        else:
            draw = folder_of(row.draw_id)
            if not draw.void and current(row, draw) in ("seed", "result"):
                return row.title
    return ""


def drawn_list(draw: DrawFolder) -> list[dict[str, Any]]:
    """Return the firms now drawn, by id: frame row, cell, ticket, team (ids), leader."""
    outcome = draw.need("outcome", "企业还没有抽取。").read_json("outcome.json")
    entries = {entry["id"]: entry for entry in [*outcome["selected"], *outcome["reserves"]]}
    frame = {row["id"]: row for row in draw.frame()}
    staff = {row["id"]: row["name"] for row in draw.inspectors()}
    done = draw.step("teams-outcome")
    teams = teams_now(draw) if done else {}
    places = places_now(draw)
    leaders = {team["visit"]: team["leader"] for team in done.read_json("outcome.json")["teams"]} if done else {}
    return [
        {
            **frame[firm],
            "cell": entries[firm]["cell"],
            "ticket": entries[firm]["ticket"],
            "members": [(person, staff[person]) for person in teams.get(places[firm], [])],
            "leader": leaders.get(places[firm], ""),
        }
        for firm in sorted(places)
    ]


def tasks_of(person: str, now: datetime, since: date = date.min) -> list[tuple[Round, list[dict[str, Any]]]]:
    """Return by round the visits for which this inspector is drawn; of an unannounced round only from its hour on.

    `since`: leave out rounds whose window was over before that day, whose folders need not be read.
    """
    found = []
    for row in Round.objects.filter(draw__isnull=False, window_to__gte=since).order_by("-window_from", "-pk"):
        draw = folder(row)
        if draw is None or draw.void or not draw.step("teams-outcome"):
            continue
        if row.secret and not row.executed_at and not (row.tasks_from and row.tasks_from <= now):
            continue
        own = [entry for entry in drawn_list(draw) if person in dict(entry["members"])]
        if own:
            found.append((row, own))
    return found
