"""News of releases for the feed: what was made public, corrected, withdrawn."""

from sunlot.office.disclosure.sections.feeds import News
from sunlot.office.journal import queries as journal
from sunlot.office.journal.models import Event
from sunlot.office.release.models import Kind, Release
from sunlot.office.release.site.shown import ACTS, FOLDERS, every


def newest(most: int) -> list[News]:
    """Return the newest events of releases; a firm is named only while it is public."""
    events = list(Event.objects.filter(act__in=ACTS).order_by("-seq")[:most])
    rows = {
        (row.kind, row.about): row.number for row in Release.objects.filter(about__in=[event.obj for event in events])
    }
    found = []
    for event in events:
        for kind in Kind:
            if number := rows.get((kind.value, event.obj)):
                shown = every(kind).get(number)
                page = f"{FOLDERS[kind]}/{number}/index.html"
                at = str(journal.leaf_of(event)["at"])
                found.append(News(event.seq, at, journal.reads(event), page, shown.name if shown else ""))
    return found
