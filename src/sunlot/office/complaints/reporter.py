"""What the reporter does behind the tracking code, without login and without a name: read where it stands, answer questions, add photos."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sunlot.office.accounts.queries import VISITOR
from sunlot.office.complaints import pieces, tracking, vault
from sunlot.office.complaints.handling import LONGEST, keep, locked
from sunlot.office.complaints.images import cleaned
from sunlot.office.complaints.intake import PHOTOS
from sunlot.office.complaints.models import Report, Sort
from sunlot.office.complaints.states import ENDED, State
from sunlot.office.journal.services import deed
from sunlot.refusal import Refusal

MOST = 20  # additions to one report
SHOWN = (Sort.NOTICE, Sort.QUESTION, Sort.REPLY)


@dataclass(frozen=True)
class Word:
    """One thing written to or by the reporter."""

    by_reporter: bool
    sort: str
    at: datetime
    text: str


def report_of(code: str) -> Report | None:
    """Return the report of a tracking code as typed, None when there is none."""
    if not code.strip() or not vault.key_path().is_file():
        return None
    return Report.objects.select_related("into").filter(code=tracking.kept_form(code)).first()


def leading(report: Report) -> Report:
    """Return the report with which this one is handled, itself unless it was joined to another."""
    while report.state == State.JOINED and report.into:
        report = report.into
    return report


def words(report: Report) -> list[Word]:
    """Return all that was written to and fro, oldest first: of a joined report also the notices of the one it is handled with."""
    if not report.wrapped:
        return []
    rows = pieces.of(report, *SHOWN)
    first = leading(report)
    if first.pk != report.pk and first.wrapped:
        rows += pieces.of(first, Sort.NOTICE)
    return [
        Word(piece.sort == Sort.REPLY, piece.get_sort_display(), piece.at, pieces.told(piece)["text"])
        for piece in sorted(rows, key=lambda piece: (piece.at, piece.position))
    ]


def add(code: str, text: str, photos: list[bytes]) -> Report:
    """Add a text and photos to a report. Raises Refusal for a wrong code, nothing to add, too much of it, or when all is over."""
    clean = [cleaned(data) for data in photos]
    found = report_of(code)
    if found is None:
        raise Refusal("no_such_code", "没有这个查询码，请核对后再输入。")
    with deed(by=VISITOR) as doing:
        report = locked(found.pk)
        _refuse_more(report, text, len(clean))
        if text.strip():
            pieces.seal(doing, report, Sort.REPLY, {"text": text.strip()})
        for data, media in clean:
            pieces.seal(doing, report, Sort.PHOTO, data, media=media)
        report.unread = True
        keep(doing, report, "complaint.added")
    return report


def _refuse_more(report: Report, text: str, photos: int) -> None:
    if report.state in ENDED and report.state != State.JOINED:
        raise Refusal("ended", "这件举报已经结束；有新的情况，请另行举报。")
    if not text.strip() and not photos:
        raise Refusal("nothing_added", "请填写要补充的情况，或者选择照片。")
    if len(text) > LONGEST or photos > PHOTOS:
        raise Refusal("too_much", f"每次补充不超过 {LONGEST} 字、{PHOTOS} 张照片，现为 {len(text)} 字、{photos} 张。")
    additions: Any = report.pieces.filter(sort__in=(Sort.REPLY, Sort.PHOTO), author=None)
    if additions.count() + photos > MOST + PHOTOS:
        raise Refusal("too_much", "这件举报的补充已经很多；请等待工作人员阅读，或者拨打公开电话。")
