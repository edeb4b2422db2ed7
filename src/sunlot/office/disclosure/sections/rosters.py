"""The two rosters as far as the policy allows: firms by snapshot and root, inspectors as the staff list, recusals as counts only."""

from typing import Any

from django.db.models import Count
from django.utils.translation import gettext_lazy as _

from sunlot.draw.canonical import dumps
from sunlot.office.disclosure.evidence import NAMED
from sunlot.office.disclosure.registry import Answer, Pages, Visit, register
from sunlot.office.disclosure.standing import policy, today
from sunlot.office.disclosure.state import remembered
from sunlot.office.inspectors import queries as inspectors
from sunlot.office.inspectors.models import Ground
from sunlot.office.roster.models import Snapshot
from sunlot.office.roster.snapshots import differences

SHOWN = 500  # firms that differ, on one page


def register_pages() -> None:
    """Add the pages of this section."""
    register(
        Pages("rosters/index.html", rosters, translated=True, menu=_("名录")),
        Pages("rosters/snapshots.json", snapshots_json),
    )


def rosters(visit: Visit) -> Answer:
    """Snapshots with their roots, what changed in the latest, the staff list, recusals by number."""
    snapshots = list(Snapshot.objects.order_by("-pk"))
    changed = _changed(snapshots[1].pk, snapshots[0].pk) if len(snapshots) > 1 else []
    grounds, total = _recusals()
    context = {
        "snapshots": snapshots,
        "changed": changed[:SHOWN],
        "changed_count": len(changed),
        "staff": _staff(),
        "shows": {
            field: policy().openness(field) in NAMED
            for field in ("inspector_name", "certificate_number", "inspector_unit")
        },
        "grounds": grounds,
        "recusals": total,
    }
    return visit.page("rosters.html", context)


def snapshots_json(visit: Visit) -> Answer:
    """The snapshots as data."""
    rows = Snapshot.objects.order_by("pk").values("date", "root", "size", "sha256")
    facts = [{**row, "date": row["date"].isoformat()} for row in rows]
    return Answer(dumps({"format": "sunlot-public/1 snapshots", "snapshots": facts}), "application/json")


@remembered
def _changed(earlier: int, later: int) -> list[dict[str, str]]:
    """Return the firms that came, went or changed between two snapshots: number and name, which the policy lets everybody know."""
    before, after = Snapshot.objects.get(pk=earlier), Snapshot.objects.get(pk=later)
    return [
        {
            "id": each.id,
            "name": each.name,
            "fate": "added" if not each.before else "changed" if each.after else "removed",
        }
        for each in differences(before, after)
    ]


@remembered
def _staff() -> list[dict[str, Any]]:
    """Return those who hold a certificate today, with only the fields that the policy opens."""
    shown = {
        "inspector_name": "name",
        "certificate_number": "certificate",
        "inspector_unit": "department",
    }
    opened = [(field, own) for field, own in shown.items() if policy().openness(field) in NAMED]
    rows: list[Any] = [row for row in inspectors.standing(today()).order_by("pk") if row.certificate]
    rows.sort(key=lambda row: (str(row.certificate), row.pk))
    return [{own: getattr(row, own) for _, own in opened} for row in rows] if opened else []


@remembered
def _recusals() -> tuple[list[tuple[Any, int]], int]:
    found = dict(inspectors.in_force().order_by().values_list("ground").annotate(n=Count("pk")))
    return [(label, found.get(code, 0)) for code, label in Ground.choices], sum(found.values())
