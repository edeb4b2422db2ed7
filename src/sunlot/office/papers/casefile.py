"""案卷: cover, index with pages, every paper of a thing and of what belongs to it with its signed pages, photos as an annex; in one call."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sunlot.documents.statutory import Document, Scan, case_pdf, case_word
from sunlot.documents.statutory.case import Part
from sunlot.office.accounts.models import User
from sunlot.office.catalog.policies import office_policy
from sunlot.office.journal.services import deed
from sunlot.office.papers import dossier, queries, scans
from sunlot.office.papers.body import document_of
from sunlot.office.papers.models import Paper, State
from sunlot.office.papers.start import Start
from sunlot.office.visits import moment, photos, records
from sunlot.office.visits.labels import labels_on
from sunlot.office.visits.models import OFFICERS, Photo, Visit
from sunlot.policy.vocabulary import VISIT_KINDS
from sunlot.refusal import Refusal

COVER = "case_file"


@dataclass(frozen=True)
class Contents:
    """What can go into a case file: papers that hold, in the order of their days; photos and signed pages of the visit's record."""

    obj: str
    visit: Visit | None
    cover: Paper | None
    papers: Sequence[Paper]
    photos: Sequence[tuple[Photo, str]]  # with what it shows


def contents_of(user: Any, obj: str, visit: Visit | None) -> Contents:
    """Return what this person may put into the case file of a thing."""
    rows = queries.papers_of(*dossier.things_of(obj)) & queries.visible_to(user)
    papers = list(rows.filter(state=State.ISSUED).prefetch_related("pages"))
    cover = next((paper for paper in papers if paper.kind == COVER and paper.obj == obj), None)
    inside = [paper for paper in papers if paper.kind != COVER]
    visit = visit or next((paper.visit for paper in inside if paper.visit), None)
    return Contents(obj, visit, cover, inside, list(_pictures(visit)) if visit else [])


def _pictures(visit: Visit) -> Iterator[tuple[Photo, str]]:
    record = records.latest(visit)
    here = {photo.sha256: photo for photo in visit.photos.filter(media__in=scans.PRINTABLE)}
    if record and record.paper in here:
        yield here[record.paper], "检查记录签字页"
    for digest, facts in (records.sheet_of(record).photos() if record else {}).items():
        if digest in here:
            yield here[digest], str(facts.get("caption") or "现场照片")


def begin_cover(contents: Contents) -> Start:
    """Return what the cover begins with: of a visit from its record, of anything else from what its app says."""
    if (visit := contents.visit) is None or not contents.obj.startswith("visit/"):
        return Start(dossier.cover_of(contents.obj))
    record = records.latest(visit)
    sheet = records.sheet_of(record) if record else None
    outcome = labels_on(moment.today())["outcomes"].get(visit.outcome, "") if visit.outcome else ""
    officers = visit.team.filter(out=False, part__in=OFFICERS).order_by("part", "inspector_id")
    fields: dict[str, Any] = {
        "case": f"{visit.firm_name}{VISIT_KINDS[visit.kind]}",
        "cause": f"对{visit.firm_name}实施{VISIT_KINDS[visit.kind]}（{visit.draw or visit.source}）",
        "result": "\n".join(filter(None, [outcome, sheet.text("handling") if sheet else ""])),
        "opened_on": _day(visit.approved_at or visit.started_at),
        "closed_on": _day(visit.finished_at),
        "officers": "、".join(one.name for one in officers),
        "archived_on": moment.today(),
    }
    return Start({name: value for name, value in fields.items() if value})


def put_together(
    user: User, contents: Contents, chosen: Collection[int], pictures: Collection[str], as_word: bool
) -> bytes:
    """Return the case file of the chosen papers (by key) and photos (by hash) as PDF, or as a zip of Word files, and note that it was made.

    Raises Refusal without a cover, for a photo that is lost, FormError for one that is no picture.
    """
    if contents.cover is None:
        raise Refusal("no_cover", "还没有案卷首页；请先填写并制作案卷首页。")
    parts = list(_parts(contents, chosen, pictures))
    make = case_word if as_word else case_pdf
    data = make(document_of(contents.cover), parts, office_policy)
    with deed(by=user.actor) as doing:
        papers = sum(isinstance(part, Document) for part in parts)
        doing.record("paper.bundled", contents.obj, {"papers": papers, "photos": len(pictures)})
    return data


def _parts(contents: Contents, chosen: Collection[int], pictures: Collection[str]) -> Iterator[Part]:
    for paper in contents.papers:
        if paper.pk in chosen:
            yield document_of(paper)
            if scan := scans.scan_of(paper):
                yield scan
    there = [(photo, text) for photo, text in contents.photos if photo.sha256 in pictures]
    signed = [photos.bytes_of(photo) for photo, text in there if text == "检查记录签字页"]
    shot = [photos.bytes_of(photo) for photo, text in there if text != "检查记录签字页"]
    day = _day(contents.visit.started_at) if contents.visit else None
    if signed:
        yield Scan("检查记录签字页", signed, day=day)
    if shot:
        yield Scan(f"现场照片（{len(shot)}张）", shot, day=day)


def _day(at: Any) -> date | None:
    return moment.day_of(at.isoformat()) if at else None
