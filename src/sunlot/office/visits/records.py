"""检查记录: made from the changes it names, to the byte; whoever makes it from the same changes, phone or office, gets the same text."""

import json
from collections.abc import Iterable, Mapping
from typing import Any

from sunlot.draw.canonical import dumps, hash_of, loads
from sunlot.draw.errors import DrawError
from sunlot.draw.moments import seconds_of, utc
from sunlot.office.catalog.policies import office_policy
from sunlot.office.journal.services import Deed
from sunlot.office.visits import moment
from sunlot.office.visits.checklist import points_of, whole_frame
from sunlot.office.visits.labels import labels_on
from sunlot.office.visits.merge import sheet as merged
from sunlot.office.visits.models import OFFICERS, Record, Visit
from sunlot.office.visits.sheet import Sheet, lacks
from sunlot.office.visits.staff import certified
from sunlot.office.visits.states import State, after
from sunlot.office.visits.sync import entries
from sunlot.refusal import Refusal

FORMAT = "sunlot/1 visit record"
FAST = 15 * 60  # seconds by which a phone's clock may be ahead of the office's


class NotThisRecord(Refusal):
    """A record that cannot be taken; `more` tells the device what to do."""

    def __init__(self, kind: str, sentence: str, **more: Any) -> None:
        super().__init__(kind, sentence)
        self.more = more


def build(frame: Mapping[str, Any], edition: int, visit: Visit, ids: Iterable[str]) -> str:
    """Return the canonical text of a record over the named changes."""
    found = entries(visit, ids)
    body = {
        "format": FORMAT,
        "frame": frame,
        "edition": edition,
        "changes": sorted(entry.id for entry in found),
        "sheet": merged(found),
    }
    return dumps(body).decode()


def latest(visit: Visit) -> Record | None:
    """Return the record of the highest edition, None before the first."""
    return visit.records.order_by("-edition").first()


def in_force(visit: Visit) -> Record | None:
    """Return the latest record that was not given up, None before the first."""
    return visit.records.filter(given_up=False).order_by("-edition").first()


def edition_to_make(visit: Visit) -> int:
    """Return the edition of the next record: one more once somebody has signed the last."""
    last = latest(visit)
    if last is None:
        return 1
    return last.edition + 1 if is_signed(last) else last.edition


def is_signed(record: Record) -> bool:
    """Return whether anybody has signed a record; then it never changes."""
    return bool(record.paper) or record.signatures.exists()


def sheet_of(record: Record) -> Sheet:
    """Return what a record says."""
    body = loads(record.body.encode())
    return sheet_in(body)


def sheet_in(body: Mapping[str, Any]) -> Sheet:
    """Return what the body of a record says."""
    frame = body["frame"]
    return Sheet(body["sheet"], points_of(frame["items"]), bool(frame.get("offsite")), frame.get("departments", ()))


def freeze(doing: Deed, visit: Visit) -> Record:
    """Return the record of all that was entered so far, made in the office. Raises Refusal that names what is missing."""
    ids = visit.changes.values_list("pk", flat=True)
    return take_text(doing, visit, build(whole_frame(visit), edition_to_make(visit), visit, ids))


def take_text(doing: Deed, visit: Visit, text: str) -> Record:
    """Return the record that a text is, kept within a deed that holds the visit; the same text again is the record that is there.

    Raises NotThisRecord for a text that is not what its changes give, or lacks what the law wants.
    """
    digest = hash_of(text)
    last = latest(visit)
    if last is not None and last.sha256 == digest:
        return last
    body = _read(text)
    missing = sorted(
        set(body["changes"]) - set(visit.changes.filter(pk__in=body["changes"]).values_list("pk", flat=True))
    )
    if missing:
        raise NotThisRecord("changes_missing", "记录所依据的录入还没有全部上传；请先上传再签字。", missing=missing)
    if last is not None and is_signed(last) and visit.state != State.UNDERWAY:
        raise NotThisRecord(
            "edition_taken",
            f"第 {last.edition} 版记录已经签字；要更正，请先办理“{'重新起草记录' if visit.state == State.SIGNING else '更正记录'}”，另出一版重新签字。",
        )
    frame, edition = whole_frame(visit), edition_to_make(visit)
    if body["frame"] != frame:
        raise NotThisRecord("frame_changed", "检查组或检查内容在此期间有变动；请更新后重新形成记录、重新签字。")
    expected = build(frame, edition, visit, body["changes"])
    if expected != text:
        raise NotThisRecord(
            "record_differs", "记录与所依据的录入不一致，没有收下；请更新手机上的程序。", expected=expected
        )
    refuse_incomplete(visit, sheet_in(body), frame)
    return _keep(doing, visit, last, text, digest, edition)


def _read(text: str) -> dict[str, Any]:
    try:
        body = loads(text.encode(), "检查记录")
    except DrawError as error:
        raise NotThisRecord("record_malformed", error.sentence) from None
    keys = {"format", "frame", "edition", "changes", "sheet"}
    if not isinstance(body, dict) or body.keys() != keys or body["format"] != FORMAT:
        raise NotThisRecord("record_malformed", "检查记录的格式不对；请更新手机上的程序。")
    if not isinstance(body["changes"], list) or not all(isinstance(one, str) for one in body["changes"]):
        raise NotThisRecord("record_malformed", "检查记录没有列明所依据的录入。")
    return body


def refuse_incomplete(visit: Visit, sheet: Sheet, frame: Mapping[str, Any]) -> None:
    """Raise NotThisRecord that names everything a record still lacks."""
    arrived, wrong = sheet.text("times/arrived"), _wrong_times(visit, sheet)
    day = moment.day_of(arrived) if arrived and not wrong else moment.today()
    officers = [one["inspector"] for one in frame["team"] if one["part"] in OFFICERS]
    least = office_policy(day).count("visit.min_inspectors")
    if missing := wrong + lacks(sheet, certified(officers, day), least, labels_on(day)):
        raise NotThisRecord("record_incomplete", "检查记录还不完整：" + "".join(missing), missing=missing)


def _wrong_times(visit: Visit, sheet: Sheet) -> list[str]:
    """Return what cannot be true of the times of a visit: the clock of a phone may be wrong, the record must not be."""
    arrived, left = sheet.text("times/arrived"), sheet.text("times/left")
    began, ended = ("核查开始时间", "核查结束时间") if sheet.offsite else ("到达时间", "离开时间")
    found = []
    if max(arrived, left) > utc(seconds_of(moment.text()) + FAST):
        found.append(f"{began}或{ended}在将来，请核对手机的时钟后改正。")
    if arrived and moment.day_of(arrived) < visit.window_from:
        found.append(f"{began}早于检查期起 {visit.window_from}，请改正。")
    if arrived and left and left < arrived:
        found.append(f"{ended}早于{began}，请改正。")
    return found


def _keep(doing: Deed, visit: Visit, last: Record | None, text: str, digest: str, edition: int) -> Record:
    """Write a record; one that nobody has signed gives way to the next of its edition."""
    record = last if last is not None and last.edition == edition else Record(visit=visit, edition=edition)
    record.body, record.sha256, record.frozen_at = text, digest, moment.text()
    doing.save(record)
    visit.state, visit.version = after(visit.state, "freeze"), visit.version + 1
    doing.save(visit)
    doing.record("visit.frozen", visit.obj, {"edition": edition, "digest": digest})
    return record


def late(visit: Visit) -> int:
    """Return how many changes came after the record that is in force was made, and are not in it."""
    last = latest(visit)
    if last is None:
        return 0
    return visit.changes.exclude(pk__in=json.loads(last.body)["changes"]).count()
