"""Reading what has been released."""

from django.db.models import QuerySet

from sunlot.office.release.models import Edition, Release, State


def released(kind: str) -> QuerySet[Release]:
    """Return what of a kind is public now, newest first."""
    return Release.objects.filter(kind=kind, state=State.RELEASED).order_by("-year", "-sequence")


def release_of(kind: str, about: str) -> Release | None:
    """Return the release of a visit or a case, None before it is released."""
    return Release.objects.filter(kind=kind, about=about).first()


def latest(release: Release) -> Edition:
    """Return the edition in force, or the last one of what was withdrawn."""
    return release.editions.order_by("-edition")[0]


def overtaken() -> list[Release]:
    """Return the results whose visit has a newer signed record than the one that was released: they are to be corrected."""
    from sunlot.office.visits.models import Record
    from sunlot.office.visits.states import ENDED

    amended = Record.objects.filter(edition__gt=1, replaced=False, visit__state__in=ENDED)
    abouts = {f"visit/{number}": edition for number, edition in amended.values_list("visit_id", "edition")}
    rows = released("result").filter(about__in=abouts).prefetch_related("editions")
    return [row for row in rows if _record_of(row) < abouts[row.about]]


def _record_of(row: Release) -> int:
    import json

    last = max(row.editions.all(), key=lambda edition: edition.edition)
    return int(json.loads(last.body)["record_edition"])
