"""Making things public: the edition, its number, its event; a correction, a withdrawal. Only what a second person granted comes here."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from sunlot.office.journal.clock import moment
from sunlot.office.journal.services import Deed, take_log
from sunlot.office.release.draft import Draft
from sunlot.office.release.models import Edition, Kind, Release, State
from sunlot.office.visits.moment import today
from sunlot.refusal import Refusal


def publish(doing: Deed, kind: str, drafts: Sequence[tuple[Draft, date]]) -> list[Release]:
    """Return the releases of what is made public for the first time, each with its last day; one event each. Numbers follow on without a gap.

    Raises Refusal for what has been released already. The log is held first, so that no two releases take one number.
    """
    take_log()
    known = set(Release.objects.filter(kind=kind).values_list("about", flat=True))
    if again := [draft.about for draft, _ in drafts if draft.about in known]:
        raise Refusal("already_released", f"已经公示过：{'、'.join(again)}；要改动请办理更正。")
    year, found = today().year, []
    last = Release.objects.filter(kind=kind, year=year).order_by("-sequence").values_list("sequence", flat=True).first()
    for sequence, (draft, last_day) in enumerate(drafts, (last or 0) + 1):
        release = Release(
            kind=kind,
            about=draft.about,
            firm_id=draft.firm_id or None,
            year=year,
            sequence=sequence,
            due=last_day,
            released_at=moment(),
        )
        doing.save(release)
        _edition(doing, release, draft, 1, "")
        doing.record("release.published", draft.about, _pub(release, draft, 1))
        found.append(release)
    return found


def correct(doing: Deed, number: int, version: int, draft: Draft, reason: str) -> Edition:
    """Return the new edition of what is public, or of what was withdrawn; the older ones stay visible with day and reason."""
    release = _locked(number, version)
    last = release.editions.order_by("-edition")[0]
    if last.sha256 == draft.sha256 and release.state == State.RELEASED:
        raise Refusal("nothing_new", "更正后的内容与现在公示的完全相同，没有可更正的。")
    release.state, release.version = State.RELEASED, release.version + 1
    release.withdrawn_on, release.withdrawn_why = None, ""
    doing.save(release)
    edition = _edition(doing, release, draft, last.edition + 1, reason)
    doing.record("release.corrected", release.about, _pub(release, draft, edition.edition) | {"reason": reason})
    return edition


def withdraw(doing: Deed, number: int, version: int, reason: str) -> Release:
    """Take the content away and return the release: its number, the reason and the day stay public."""
    release = _locked(number, version)
    if release.state != State.RELEASED:
        raise Refusal("not_public", "已经撤回，不能再次撤回。")
    release.state, release.withdrawn_on, release.withdrawn_why = State.WITHDRAWN, today(), reason
    release.version += 1
    doing.save(release)
    for edition in release.editions.filter(withheld=False).order_by("edition"):
        edition.withheld = True
        doing.save(edition)
    pub = {"kind": _title(release), "number": release.number, "reason": reason}
    doing.record("release.withdrawn", release.about, pub)
    return release


def _edition(doing: Deed, release: Release, draft: Draft, number: int, reason: str) -> Edition:
    edition = Edition(
        release=release,
        edition=number,
        body=draft.body,
        sha256=draft.sha256,
        wordings=dict(draft.wordings),
        reason=reason,
        released_at=moment(),
    )
    doing.save(edition)
    return edition


def _pub(release: Release, draft: Draft, edition: int) -> dict[str, Any]:
    return {"kind": _title(release), "number": release.number, "edition": edition, "digest": draft.sha256}


def _title(release: Release) -> str:
    return str(Kind(release.kind).label)


def _locked(number: int, version: int) -> Release:
    release = Release.objects.select_for_update().get(pk=number)
    if release.version != version:
        raise Refusal("changed_meanwhile", f"公示 {release.number} 在送审之后又有变动，请退回重新送审。")
    return release
