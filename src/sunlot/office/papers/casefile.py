"""案卷: cover, index with pages, every paper of a thing and of what belongs to it with its signed pages, evidence, photos; in one call."""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from itertools import groupby
from typing import Any

from sunlot.documents.statutory import Document, FormError, Scan, Value, case_pdf, case_word, form_in_force
from sunlot.documents.statutory.case import Part
from sunlot.documents.statutory.document import beijing
from sunlot.draw.canonical import loads
from sunlot.office.accounts.models import User
from sunlot.office.catalog.policies import office_policy
from sunlot.office.journal.services import deed
from sunlot.office.papers import dossier, queries, scans
from sunlot.office.papers.body import document_of
from sunlot.office.papers.dossier import Attached
from sunlot.office.papers.issuing import issue
from sunlot.office.papers.models import Paper, Series, State
from sunlot.office.papers.sealing import seal_on
from sunlot.office.papers.start import Start
from sunlot.office.visits import moment, on_paper, photos, records, seals
from sunlot.office.visits.fields import is_moment
from sunlot.office.visits.labels import labels_on
from sunlot.office.visits.models import OFFICERS, Photo, Visit
from sunlot.office.visits.pictured import line_of
from sunlot.office.visits.queries import visible_to as visible_visits
from sunlot.policy.vocabulary import VISIT_KINDS

VISIT = re.compile(r"visit/\d+")
COVER, SIGNED_PAGE, SEAL = "case_file", "检查记录签字页", "企业印章"


@dataclass(frozen=True)
class Contents:
    """What can go into a case file: papers that hold, in the order of their days; files handed in; photos and signed pages of every visit's record."""

    obj: str
    visit: Visit | None
    cover: Paper | None
    papers: Sequence[Paper]
    attached: Sequence[Attached]
    photos: Sequence[
        tuple[Photo, str]
    ]  # with the line under it; signed pages and the firm's seal are called by their titles


def contents_of(user: Any, obj: str, visit: Visit | None) -> Contents:
    """Return what this person may put into the case file of a thing."""
    things = dossier.things_of(obj)
    rows = queries.papers_of(*things) & queries.visible_to(user)
    papers = list(rows.filter(state=State.ISSUED).prefetch_related("pages"))
    cover = next((paper for paper in papers if paper.kind == COVER and paper.obj == obj), None)
    inside = [paper for paper in papers if paper.kind != COVER]
    visit = visit or next((paper.visit for paper in inside if paper.visit), None)
    pictures = [picture for one in _visits(user, things, visit) for picture in _pictures(one)]
    return Contents(obj, visit, cover, inside, dossier.attachments_of(user, things), pictures)


def _visits(user: Any, things: Sequence[str], first: Visit | None) -> list[Visit]:
    """Return the visits whose records go into the file: the first, then those that belong to it and this person may see, rechecks by name."""
    keys = [int(thing.partition("/")[2]) for thing in things if VISIT.fullmatch(thing)]
    others = visible_visits(user, moment.now()).filter(pk__in=keys).exclude(pk=first.pk if first else 0)
    return [*([first] if first else []), *others.distinct().order_by("pk")]


def _pictures(visit: Visit) -> Iterator[tuple[Photo, str]]:
    record = records.in_force(visit)
    if record is None:
        return
    here = {photo.sha256: photo for photo in visit.photos.all()}
    seal = seals.seal_of(record)
    for digest, title in [
        *((page, SIGNED_PAGE) for page in on_paper.pages_of(record)),
        (seal.sha256 if seal else "", SEAL),
    ]:
        if digest in here:
            yield here[digest], title
    sheet, items = records.sheet_of(record), loads(record.body.encode())["frame"]["items"]
    for digest, facts in sheet.photos().items():
        if digest in here:
            yield here[digest], _caption(facts, digest, line_of(facts, sheet, items))


def _caption(facts: Mapping[str, Any], digest: str, line: str) -> str:
    """Return what a photo shows, when it was taken by the phone's clock, and the beginning of its hash."""
    taken = str(facts.get("taken") or "")
    when = f"，{beijing(datetime.fromisoformat(taken)):%Y-%m-%d %H:%M} 拍摄" if is_moment(taken) else ""
    return f"{line or '现场照片'}{when}（SHA-256 {digest[:16]}…）"


def begin_cover(contents: Contents) -> Start:
    """Return what the cover begins with: of a visit from its record, of anything else from what its app says."""
    if (visit := contents.visit) is None or not contents.obj.startswith("visit/"):
        return Start(dossier.cover_of(contents.obj))
    record = records.in_force(visit)
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
    user: User,
    contents: Contents,
    chosen: Collection[int],
    files: Collection[str],
    pictures: Collection[str],
    as_word: bool,
) -> bytes:
    """Return the case file of the chosen papers (by key), files and photos (by hash) as PDF, or as a zip of Word files, and note that it was made.

    Where there is no cover it is made of what is known, with its number. Raises Refusal for a photo that is lost, FormError for one that is no
    picture, and where what is known is not enough for a cover.
    """
    parts = list(_parts(contents, chosen, files, pictures))
    if not parts:
        raise FormError("case_empty", "案卷中还没有文书，不能生成案卷。")
    cover = contents.cover or issue_cover(user, contents, begin_cover(contents).fields)
    make = case_word if as_word else case_pdf
    data = make(document_of(cover), parts, office_policy)
    with deed(by=user.actor) as doing:
        papers = sum(isinstance(part, Document) for part in parts)
        doing.record("paper.bundled", contents.obj, {"papers": papers, "photos": len({*files, *pictures})})
    return data


def issue_cover(user: User, contents: Contents, fields: Mapping[str, Value]) -> Paper:
    """Return the cover as a paper with its number; of two who ask at once the second gets that of the first."""
    with deed(by=user.actor) as doing:
        list(Series.objects.select_for_update().filter(code=form_in_force(COVER, moment.today()).number))
        there = queries.papers_of(contents.obj).filter(kind=COVER, state=State.ISSUED).first()
        return there or issue(doing, user, COVER, contents.obj, fields, visit=contents.visit)


def _parts(
    contents: Contents, chosen: Collection[int], files: Collection[str], pictures: Collection[str]
) -> Iterator[Part]:
    for paper in contents.papers:
        if paper.pk in chosen:
            yield replace(document_of(paper), seal=seal_on(paper))
            if scan := scans.scan_of(paper):
                yield scan
    attached = [one for one in contents.attached if one.digest in files]
    for (title, day), group in groupby(attached, key=lambda one: (one.title, one.day)):
        yield Scan(title, [one.read() for one in group], day=day)
    there = [(photo, text) for photo, text in contents.photos if photo.sha256 in pictures]
    for visit, taken in groupby(there, key=lambda one: one[0].visit):
        yield from _scans(visit, list(taken))


def _scans(visit: Visit, taken: Sequence[tuple[Photo, str]]) -> Iterator[Part]:
    """Yield the signed pages of a visit's record, the firm's seal and the photos, under the day on which it was held."""
    there = [(photos.bytes_of(photo), text) for photo, text in taken]
    shot = [(data, text) for data, text in there if text not in (SIGNED_PAGE, SEAL)]
    day = _day(visit.started_at)
    for title in (SIGNED_PAGE, SEAL):
        if pages := [data for data, text in there if text == title]:
            yield Scan(title, pages, day=day)
    if shot:
        lines = [f"{number}．{text}" for number, (_, text) in enumerate(shot, 1)]
        yield Scan(f"现场照片（{len(shot)}张）", [data for data, _ in shot], day=day, captions=lines)


def _day(at: Any) -> date | None:
    return moment.day_of(at.isoformat()) if at else None
