"""Reading the roster: firms, and the tables that a draw is made from."""

from collections.abc import Collection, Iterable, Sequence
from datetime import date
from hashlib import sha256
from pathlib import Path

from django.conf import settings
from django.db.models import F, Q, QuerySet
from django.db.models.functions import Coalesce

from sunlot.draw.canonical import write_table
from sunlot.files import replace_file
from sunlot.office.approvals.models import Approval, State
from sunlot.office.roster.models import DRAWABLE, Firm, IntensityCause, Snapshot, VisitEntry, told_of
from sunlot.refusal import Refusal

VISITS = ("firm_id", "date", "draw", "counted")


def listed() -> QuerySet[Firm]:
    """Return the firms that are in the roster: neither merged into another nor taken back."""
    return Firm.objects.filter(listed=True)


def frame_table() -> bytes:
    """Return the drawable facts of every listed firm as a canonical table (docs/draw-format.md section 1)."""
    return write_table(DRAWABLE, listed().order_by().values(*DRAWABLE).iterator(chunk_size=5000))


def write_firm_tables(folder: Path, day: date, counting: Collection[str], snapshot: Snapshot | None = None) -> None:
    """Write `firms.csv`, `visits.csv` and `intensity.csv` as a draw reads them (docs/draw.md).

    `day`: visits after it and causes not in force on it are left out. `counting`: the kinds of visit that count against the cap; any other is
    in the table as one that does not, since it too is a last visit. `snapshot`: firms.csv is its file to the byte; without one, the roster
    as it stands. Raises Refusal when the snapshot's file is missing or altered.
    """
    folder.mkdir(parents=True, exist_ok=True)
    replace_file(folder / "visits.csv", _csv(VISITS, _visits(day, counting), VISITS))
    columns = ("firm_id", "intensity", "cause", "until")
    replace_file(folder / "intensity.csv", _csv(columns, _strongest(day), ("firm_id",)))
    replace_file(folder / "firms.csv", snapshot_file(snapshot) if snapshot else frame_table())


def snapshot_path(digest: str) -> Path:
    """Return where a snapshot's file lies in the office's folder."""
    home: Path = settings.HOME
    return home / "snapshots" / f"{digest}.csv"


def snapshot_file(snapshot: Snapshot) -> bytes:
    """Return the bytes of a snapshot. Raises Refusal when they are missing or not what was fixed."""
    path = snapshot_path(snapshot.sha256)
    data = path.read_bytes() if path.is_file() else b""
    if sha256(data).hexdigest() != snapshot.sha256:
        raise Refusal(
            "snapshot_altered",
            f"{snapshot.date} 的名录快照文件缺失或被改动（{path.name}）；请从备份恢复该文件，或重新拍摄快照。",
        )
    return data


def visits_of(firms: Iterable[str]) -> QuerySet[VisitEntry]:
    """Return every visit of these firms, those of firms merged into them included."""
    wanted = list(firms)
    return VisitEntry.objects.filter(Q(firm_id__in=wanted) | Q(firm__merged_into_id__in=wanted))


def held_visits_of(firms: Iterable[str]) -> QuerySet[VisitEntry]:
    """Return the visits of these firms that were held: those on which nobody was found count for nothing."""
    return visits_of(firms).filter(held=True)


def causes_in_force(day: date) -> QuerySet[IntensityCause]:
    """Return the causes for more intensity that count on a day."""
    standing = Q(withdrawn_on__isnull=True) | Q(withdrawn_on__gt=day)
    return IntensityCause.objects.filter(standing, since__lte=day, until__gte=day)


def causes_of(firm: str) -> QuerySet[IntensityCause]:
    """Return every cause a firm has or had, those of firms merged into it included, the latest first."""
    mine = Q(firm_id=firm) | Q(firm__merged_into_id=firm)
    return IntensityCause.objects.filter(mine).order_by("-since", "-pk")


def pending(firm: str) -> Approval | None:
    """Return the request about this firm, or about many of which it is one, that waits for a decision."""
    among = Q(kind="roster.change", obj__startswith="firms/", payload__contains=f'"{firm}"')
    return Approval.objects.filter(Q(obj=f"firm/{firm}") | among, state=State.PENDING).first()


def territories() -> list[str]:
    """Return the territories that occur in the roster."""
    return list(Firm.objects.exclude(territory="").values_list("territory", flat=True).distinct().order_by("territory"))


def hazard_classes() -> list[str]:
    """Return the hazard classes that occur in the roster."""
    return list(
        Firm.objects.exclude(hazard_class="").values_list("hazard_class", flat=True).distinct().order_by("hazard_class")
    )


def _csv(columns: Sequence[str], rows: Iterable[tuple[str, ...]], key: Sequence[str]) -> bytes:
    return write_table(columns, (dict(zip(columns, row, strict=True)) for row in sorted(set(rows))), key)


def _visits(day: date, counting: Collection[str]) -> Iterable[tuple[str, ...]]:
    """Yield firm, day, draw and whether it counts, of visits that were held; a visit belongs to the firm that its own was merged into."""
    rows = VisitEntry.objects.filter(date__lte=day, held=True).annotate(now=Coalesce("firm__merged_into_id", "firm_id"))
    for firm, when, draw, kind in rows.values_list("now", "date", "draw", "kind").iterator(chunk_size=5000):
        yield firm, when.isoformat(), draw, "1" if kind in counting else "0"


def _strongest(day: date) -> Iterable[tuple[str, ...]]:
    """Yield one cause a firm: the highest level in force, the longest of equals."""
    rows = causes_in_force(day).annotate(now=Coalesce("firm__merged_into_id", "firm_id"))
    ordered = rows.order_by("now", F("level").asc(), F("until").asc())
    found = {
        firm: (firm, str(level), told_of(cause), until.isoformat())
        for firm, level, cause, until in ordered.values_list("now", "level", "cause", "until")
    }
    return found.values()
