"""The two rosters as far as the policy allows: firms by snapshot and root, inspectors as the staff list, recusals as counts only."""

from collections import Counter
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import Any

from django.db.models import Count
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from sunlot.draw.canonical import dumps
from sunlot.office.disclosure.evidence import NAMED
from sunlot.office.disclosure.registry import Answer, Pages, Visit, register
from sunlot.office.disclosure.roll import OPEN
from sunlot.office.disclosure.standing import policy, today
from sunlot.office.disclosure.state import remembered
from sunlot.office.inspectors import queries as inspectors
from sunlot.office.inspectors.models import Ground
from sunlot.office.roster.facts import title_of
from sunlot.office.roster.models import Firm, Snapshot
from sunlot.office.roster.snapshots import Changed, differences
from sunlot.office.shell.language import in_chinese, in_words
from sunlot.refusal import Refusal

SHOWN = 500  # firms that differ, on one page
COMPARED = 13  # snapshots that are compared


def register_pages() -> None:
    """Add the pages of this section."""
    register(
        Pages("rosters/index.html", rosters, translated=True, menu=gettext_lazy("名录")),
        Pages("rosters/snapshots.json", snapshots_json),
    )


def rosters(visit: Visit) -> Answer:
    """Snapshots with their roots, what changed in the latest, the staff list, recusals by number."""
    snapshots = list(Snapshot.objects.order_by("-pk"))
    grounds, total = _recusals()
    context = {
        "snapshots": snapshots,
        "differences": _differences(tuple(snapshots)),
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
    """The snapshots as data, each with why it differs from the one before."""
    rows = list(Snapshot.objects.order_by("-pk"))
    with in_chinese():
        why = {each.later.pk: each.reasons for each in _differences(tuple(rows))}
    facts = [
        {
            "date": row.date.isoformat(),
            "root": row.root,
            "size": row.size,
            "sha256": row.sha256,
            "differs": [{"reason": reason, "firms": count} for reason, count in why.get(row.pk, [])],
        }
        for row in reversed(rows)
    ]
    return Answer(dumps({"format": "sunlot-public/1 snapshots", "snapshots": facts}), "application/json")


@dataclass(frozen=True)
class Difference:
    """What differs between two snapshots: reasons with the number of firms, and the firms, by number and name, which the policy opens."""

    earlier: Snapshot
    later: Snapshot
    reasons: list[tuple[str, int]]
    firms: list[dict[str, str]]


@remembered
def _differences(snapshots: tuple[Snapshot, ...]) -> list[Difference]:
    """Return what differs between each snapshot and the one before it, newest first; one whose file is not what was fixed is left out."""
    found = []
    for later, earlier in pairwise(snapshots[:COMPARED]):
        try:
            changed = _changed(_Fixed(earlier), _Fixed(later))
        except Refusal:
            continue
        gone = [each.id for each in changed if not each.after]
        merged = set(Firm.objects.filter(pk__in=gone, merged_into__isnull=False).values_list("pk", flat=True))
        reasons = Counter(reason for each in changed for reason in _reasons(each, merged))
        named = [{"id": each.id, "name": each.name, "fate": _fate(each)} for each in changed[:SHOWN]]
        found.append(Difference(earlier, later, reasons.most_common(), named if _firms_named() else []))
    return found


class _Fixed:
    """A snapshot as a key: the same file is the same roster."""

    def __init__(self, snapshot: Snapshot) -> None:
        self.snapshot = snapshot

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Fixed) and other.snapshot.sha256 == self.snapshot.sha256

    def __hash__(self) -> int:
        return hash(self.snapshot.sha256)


@lru_cache(maxsize=32)
def _changed(earlier: _Fixed, later: _Fixed) -> list[Changed]:
    return list(differences(earlier.snapshot, later.snapshot))


def _reasons(each: Changed, merged: set[str]) -> list[str]:
    """Return why a firm differs: it came, it went, or which facts changed; of its standing (经营状态) also from what to what."""
    if not each.before:
        return [_("新列入名录")]
    if not each.after:
        return [_("并入另一单位") if each.id in merged else _("移出名录（误录、撤销导入）")]
    return [
        f"{in_words('经营状态')}：{before or '—'} → {after or '—'}" if fact == "status" else in_words(title_of(fact))
        for fact, before, after in each.changes
    ]


def _fate(each: Changed) -> str:
    return "added" if not each.before else "changed" if each.after else "removed"


def _firms_named() -> bool:
    return all(policy().openness(fact) in OPEN for fact in ("firm_name", "credit_code"))


@remembered
def _staff() -> list[dict[str, Any]]:
    """Return those who hold a certificate today, with only the fields that the policy opens."""
    shown = {
        "inspector_name": "name",
        "certificate_number": "certificate",
        "inspector_unit": "department",
    }
    opened = [(field, own) for field, own in shown.items() if policy().openness(field) in NAMED]
    people: list[Any] = list(inspectors.standing(today()).order_by("pk"))
    rows = [row for row in people if row.certificate]
    rows.sort(key=lambda row: (str(row.certificate), row.pk))
    return [{own: getattr(row, own) for _, own in opened} for row in rows] if opened else []


@remembered
def _recusals() -> tuple[list[tuple[Any, int]], int]:
    found = dict(inspectors.in_force().order_by().values_list("ground").annotate(n=Count("pk")))
    return [(label, found.get(code, 0)) for code, label in Ground.choices], sum(found.values())
