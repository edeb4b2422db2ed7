"""Snapshots: the list, taking one, what changed between two, and the page that anybody may read."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as noop
from django.views.decorators.http import require_POST

from sunlot.office.roster.facts import title_of
from sunlot.office.roster.history import reasons_between
from sunlot.office.roster.models import Snapshot
from sunlot.office.roster.snapshots import Changed, differences, entry, take_snapshot
from sunlot.office.roster.views.firms import changes_text
from sunlot.office.shell.incoming import Never
from sunlot.office.shell.listing import Between, Button, Choice, Column, Listing, Search
from sunlot.office.shell.reckoned import Reckoned

SHOWN = 500  # differences on one page
SNAPSHOTS = Listing(
    incoming=Never.RECORD,
    name="名录快照",
    columns=(
        Column("日期", "date", sort="date", link="roster:difference"),
        Column("户数", "size"),
        Column("默克尔根", "root"),
        Column("文件校验值", "sha256", on_screen=False),
    ),
    filters=(Between("日期", "date"),),
    order=("-date", "-pk"),
    buttons=(Button("公开页面", "roster:public"),),
    empty="还没有快照。抽取之前应拍摄一次。",
)


def list_all(request: HttpRequest) -> HttpResponse:
    """Every snapshot; the clerk takes a new one here."""
    return SNAPSHOTS.page(request, Snapshot.objects.all(), template="roster/snapshots.html")


@require_POST
def take(request: HttpRequest) -> HttpResponse:
    """Take a snapshot of the roster as it stands."""
    user: Any = request.user
    snapshot = take_snapshot(user, timezone.localdate())
    messages.success(request, _("已拍摄：%(size)s 户，根 %(root)s。") % {"size": snapshot.size, "root": snapshot.root})
    return redirect("roster:snapshots")


def _pair(request: HttpRequest, rows: QuerySet[Snapshot], pk: int) -> tuple[Snapshot, Snapshot | None]:
    """Return the snapshot and the one it is compared with: the one asked for, else the one before."""
    later = rows.filter(pk=pk).first()
    if later is None:
        raise Http404
    asked = request.GET.get("with", "")
    earlier = rows.filter(pk=int(asked)).first() if asked.isdigit() else None
    earlier = earlier or rows.filter(pk__lt=pk).order_by("-pk").first()
    return (earlier, later) if earlier and earlier.pk > later.pk else (later, earlier)


@dataclass(frozen=True)
class Line:
    """A firm that differs between two snapshots, and what the log says of it. `fate`: a word and its colour."""

    id: str
    name: str
    fate: tuple[str, str]
    changes: list[tuple[str, str, str]]
    reasons: list[str]

    @property
    def pk(self) -> str:
        """The firm's identifier, as a list asks for it."""
        return self.id


def _lines(later: Snapshot, earlier: Snapshot) -> list[Line]:
    """Return the differences with their reasons."""
    why = reasons_between(earlier.seq, later.seq)
    return [
        Line(
            changed.id,
            changed.name,
            _fate(changed),
            [(title_of(field), before, after) for field, before, after in changed.changes]
            if changed.before and changed.after
            else [],
            why.get(changed.id, []),
        )
        for changed in differences(earlier, later)
    ]


def _fate(changed: Changed) -> tuple[str, str]:
    if not changed.before:
        return _("新增"), "ok"
    return (_("变更"), "info") if changed.after else (_("移出"), "warn")


def difference(request: HttpRequest, pk: int) -> HttpResponse:
    """What changed between two snapshots, with the reasons that the log gives."""
    rows = Snapshot.objects.order_by("-pk")
    later, earlier = _pair(request, rows, pk)
    lines = _lines(later, earlier) if earlier else []
    context = {"later": later, "earlier": earlier, "count": len(lines)}
    listing = _differing(list(rows.exclude(pk=pk)[:100]))
    return listing.page(request, Reckoned(lines), template="roster/difference.html", **context)


def _differing(others: list[Snapshot]) -> Listing:
    return Listing(
        incoming=Never.RECKONED,
        name="快照对照",
        columns=(
            Column("单位", "name", sort="name"),
            Column("统一社会信用代码", "id", sort="id"),
            Column("变化", lambda line: line.fate[0], tag=lambda line: line.fate[1]),
            Column("内容", lambda line: changes_text(line.changes)),
            Column("缘由（日志）", lambda line: "；".join(line.reasons)),
        ),
        filters=(
            Choice(
                "与哪一次对照",
                "with",
                [(other.pk, f"{other.date}（{other.size}）{other.root[:8]}") for other in others],
                how=lambda lines, chosen: lines,
                blank=noop("上一次"),
            ),
            Search(("name", "id")),
        ),
        order=(),
        empty="没有不同。",
    )


def public(request: HttpRequest) -> HttpResponse:
    """Roots and numbers of every snapshot, what changed in the latest, and one firm's entry by its code. No personal data."""
    rows = list(Snapshot.objects.order_by("-pk")[:50])
    later, earlier = (rows[0] if rows else None), (rows[1] if len(rows) > 1 else None)
    code = request.GET.get("code", "").strip().upper()
    lines = _lines(later, earlier) if later and earlier else []
    context = {
        "snapshots": rows,
        "later": later,
        "earlier": earlier,
        "lines": lines[:SHOWN],
        "count": len(lines),
        "left_out": max(0, len(lines) - SHOWN),
        "code": code,
        "entry": [(title_of(field), value) for field, value in (entry(later, code) or {}).items()]
        if later and code
        else [],
    }
    return render(request, "roster/public.html", context)
