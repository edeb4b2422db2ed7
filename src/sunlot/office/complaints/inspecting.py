"""Who inspects a firm: he must not learn who reported it, neither before he goes nor after he was there.

All who ever were on a team for it or are sent or drawn for it, who handle a case against it, and who keep away from it for kinship or shares. It
is asked at each look, so that somebody who comes to inspect the firm loses sight of its reports with that.
"""

from collections.abc import Iterable
from typing import Any

from django.db.models import Q

from sunlot.office.cases.models import CaseOfficer
from sunlot.office.inspectors.models import Inspector
from sunlot.office.inspectors.queries import in_force, inspector_of
from sunlot.office.lottery.models import Round
from sunlot.office.lottery.progress import folder
from sunlot.office.lottery.queries import drawn_list
from sunlot.office.roster.models import Firm
from sunlot.office.visits import moment
from sunlot.office.visits.models import Officer, Visit


def inspects(user: Any, team: Iterable[str]) -> bool:
    """Return whether this natural person is among the inspectors of these numbers: by the number of his account, or by his name."""
    rows, me = Inspector.objects.filter(pk__in=list(team)), Q(name=user.name)
    if person := inspector_of(user):
        me |= Q(pk__in=[user.person, person.pk]) | Q(merged_into=person)
    return rows.filter(me).exists()


def inspects_firm(user: Any, firm: str) -> bool:
    """Return whether this natural person inspects a firm, has inspected it, or keeps away from it."""
    return inspects(user, _on_record(_called(firm))) or inspects(user, _drawn(_called(firm)))


def _called(firm: str) -> set[str]:
    """Return the numbers of a firm and of those that were merged into it."""
    return {firm, *Firm.objects.filter(merged_into=firm).values_list("pk", flat=True)}


def _on_record(firms: set[str]) -> set[str]:
    """Return who was ever on a team, planned ones among them, who handles a case, who declared an interest."""
    teams = Officer.objects.filter(visit__firm__in=firms).filter(_told_to_him("visit__round__"))
    cases = CaseOfficer.objects.filter(case__firm__in=firms)
    barred = in_force().filter(firm_id__in=firms)
    return {person for rows in (teams, cases, barred) for person in rows.values_list("inspector_id", flat=True)}


def _drawn(firms: set[str]) -> set[str]:
    """Return who is drawn for a firm by a draw from which no visits have been made yet."""
    made = Visit.objects.exclude(draw="").values("draw")
    rows = Round.objects.filter(_told_to_him(""), draw__isnull=False, rehearsal=False).exclude(draw__in=made)
    found = set()
    for row in rows:
        draw = folder(row)
        if draw and not draw.void and draw.step("teams-outcome"):
            teams = [entry["members"] for entry in drawn_list(draw) if entry["id"] in firms]
            found |= {person for members in teams for person, _ in members}
    return found


def _told_to_him(round_: str) -> Q:
    """Return which rounds count: an unannounced one from the hour at which the inspector himself is told, since losing sight would tell him before."""
    told = Q(**{f"{round_}executed_at__isnull": False}) | Q(**{f"{round_}tasks_from__lte": moment.now()})
    announced = Q(**{f"{round_}secret": False})
    return announced | told | Q(**{round_.rstrip("_"): None}) if round_ else announced | told
