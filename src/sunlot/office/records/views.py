"""The journal as a list, one entry with what proves it, and the history of one object."""

from collections.abc import Mapping
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as later
from django.views.decorators.http import require_POST

from sunlot.office.accounts.models import User
from sunlot.office.accounts.queries import names_by_actor
from sunlot.office.accounts.roles import AUDITOR, SUPERVISOR
from sunlot.office.accounts.telling import Told, told
from sunlot.office.journal.models import Event
from sunlot.office.journal.queries import ANCHORED, NOT_YET, proof_of
from sunlot.office.records import queries, services
from sunlot.office.shell.incoming import Never
from sunlot.office.shell.listing import Between, Choice, Column, Listing, Search
from sunlot.office.shell.sending import download


def _listing(name: Any, names: Mapping[str, str], anchored: int, watcher: bool) -> Listing:
    """Return the list of events for somebody; only watchers open single entries."""
    last: dict[int, Told] = {}  # a row has several columns and is told once

    def tell(row: Event) -> Told:
        if row.seq not in last:
            last.clear()
            last[row.seq] = told(row, names)
        return last[row.seq]

    return Listing(
        incoming=Never.RECORD,
        name=name,
        columns=(
            Column("编号", "seq", link="records:event" if watcher else ""),
            Column("时间", lambda row: tell(row).at),
            Column("操作人", lambda row: tell(row).by),
            Column("事项", lambda row: tell(row).text),
            Column("对象", "obj", link="records:history", key="obj"),
            Column(
                "锚定",
                lambda row: ANCHORED if row.seq < anchored else NOT_YET,
                tag=lambda row: "ok" if row.seq < anchored else "plain",
                words=True,
            ),
        ),
        filters=(
            Choice("事项", "act", queries.titles_of_acts),
            Search(("obj",), title="对象", name="obj"),
            Choice("操作人", "by", lambda: sorted(names.items(), key=lambda pair: pair[1]), queries.by_person),
            Between("日期", "day", queries.on_days),
        ),
        order=("-seq",),
    )


def events(request: HttpRequest) -> HttpResponse:
    """Everything that happened, newest first."""
    listing = _listing("日志", names_by_actor(), queries.anchored_size(), True)
    return listing.page(request, Event.objects.all())


def history(request: HttpRequest, obj: str) -> HttpResponse:
    """Everything that happened to one object. Accounts are for those who watch."""
    watcher = request.user.role in (AUDITOR, SUPERVISOR)  # type: ignore[union-attr]
    if obj.startswith("u/") and not watcher:
        raise Http404
    names = names_by_actor()
    listing = _listing(
        format_lazy("{} {}", later("履历"), names.get(obj, obj)), names, queries.anchored_size(), watcher
    )
    return listing.page(request, Event.objects.filter(obj=obj), heading=listing.name)


def event(request: HttpRequest, seq: int) -> HttpResponse:
    """One entry."""
    return _show(request, get_object_or_404(Event, pk=seq))


@require_POST
def reveal(request: HttpRequest, seq: int) -> HttpResponse:
    """One entry with the personal data it commits to; looking is itself an event."""
    found = get_object_or_404(Event, pk=seq)
    return _show(request, found, services.reveal(_by(request), found))


def _show(request: HttpRequest, found: Event, opened: list[tuple[str, str]] | None = None) -> HttpResponse:
    context = {
        "event": found,
        "told": told(found, names_by_actor()),
        "body": queries.body_of(found),
        "evidence": queries.evidence_of(found),
        "sealed": queries.sealed_of(found),
        "opened": opened,
        "revealable": found.act.startswith(services.REVEALED),
        "newest": Event.objects.order_by("-seq").values_list("seq", flat=True).first(),
    }
    return render(request, "records/event.html", context)


def proof(request: HttpRequest, seq: int) -> HttpResponse:
    """The proof of an entry as a file (C2SP tlog-proof), or with ?as=leaf the text that it proves."""
    found = get_object_or_404(Event, pk=seq)
    if request.GET.get("as") == "leaf":
        return download(f"{seq}.json", found.leaf.encode(), "application/json")
    return download(f"{seq}.tlog-proof", proof_of(found).text.encode(), "text/plain; charset=utf-8")


def _by(request: HttpRequest) -> User:
    return request.user  # type: ignore[return-value]
