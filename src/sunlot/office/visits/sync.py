"""Taking in what was entered on site: once each, whatever order it comes in, one refused change harming no other (docs/sync.md)."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any

from django.core.signing import BadSignature, Signer

from sunlot.draw.canonical import LARGEST, dumps, loads
from sunlot.draw.errors import DrawError
from sunlot.office.accounts.models import User
from sunlot.office.inspectors.queries import inspector_of
from sunlot.office.journal.services import Deed, deed
from sunlot.office.visits import moment
from sunlot.office.visits.checklist import items_of, points_of
from sunlot.office.visits.fields import UUID, Frame, is_moment, refuse_bad
from sunlot.office.visits.labels import labels_on
from sunlot.office.visits.merge import Entry
from sunlot.office.visits.models import Change, Visit
from sunlot.office.visits.receipts import received
from sunlot.office.visits.states import State, after
from sunlot.refusal import Refusal

MOST = 500  # changes at once
KEYS = {"id", "field", "value", "over", "device", "counter", "at", "stamp"}
ID = re.compile(UUID)
NOT_YET = {
    State.ARRANGED: "检查还没有获得批准，不能录入；请先办理审批。",
    State.APPROVED: "检查还没有通知企业，也没有定为保密；请经办人先办理。",
    State.CANCELLED: "检查已经撤销，不能再录入；手机上的内容仍在。",
}


@dataclass
class Taken:
    """What became of the changes sent: ids of those new, of those there already, and refusals."""

    accepted: list[str] = field(default_factory=list)
    known: list[str] = field(default_factory=list)
    refused: list[dict[str, str]] = field(default_factory=list)


def take(user: User, uid: str, sent: Sequence[Any]) -> Taken:
    """Return what became of the changes. Raises Refusal for a visit that is not this person's, or that may not be held."""
    if len(sent) > MOST:
        raise Refusal("too_many", f"一次最多发送 {MOST} 条，现为 {len(sent)} 条；请分批发送。")
    with deed(by=user.actor) as doing:
        return take_within(doing, user, locked_visit(user, uid), sent)


def take_within(doing: Deed, user: User, visit: Visit, sent: Sequence[Any]) -> Taken:
    """Return what became of the changes, as part of a deed that holds the visit."""
    if visit.state in NOT_YET and not (visit.state == State.ARRANGED and visit.urgent):
        raise Refusal("not_yet", NOT_YET[State(visit.state)])
    frame = frame_for(user, visit)
    there = {row.pk: row for row in Change.objects.filter(pk__in=[one["id"] for one in sent if _has_id(one)])}
    taken, new = Taken(), []
    for one in sent:
        try:
            row = _read(one, frame, visit, user)
            if (twin := there.get(row.pk)) is not None:
                _refuse_another(twin, row)
                taken.known.append(row.pk)
                continue
            there[row.pk] = row
            new.append(row)
            taken.accepted.append(row.pk)
        except (Refusal, DrawError) as refusal:
            taken.refused.append({"id": _id_of(one), "kind": refusal.kind, "sentence": refusal.sentence})
    if new:
        _keep(doing, user, visit, new)
    return taken


def _keep(doing: Deed, user: User, visit: Visit, new: Sequence[Change]) -> None:
    own = [row for row in new if row.author_id == user.pk]
    returned = [row for row in new if row.author_id != user.pk]
    for act, rows in (("visit.changes", own), ("visit.changes-returned", returned)):
        for row in rows:
            doing.save(row)
        if rows:
            doing.record(act, visit.obj, {"count": len(rows), "digest": digest_of(row.pk for row in rows)})
    if visit.state in (State.NOTIFIED, State.SECRET, State.ARRANGED):
        visit.state = after(visit.state, "start_urgently" if visit.state == State.ARRANGED else "start")
        visit.started_at, visit.version = moment.now(), visit.version + 1
        doing.save(visit)
        doing.record("visit.started", visit.obj, {})


def locked_visit(user: User, uid: str) -> Visit:
    """Return a visit on whose team this account is or was, locked. Raises Refusal."""
    person = inspector_of(user)
    mine = Visit.objects.filter(team__inspector=person) if person else Visit.objects.none()
    visit = Visit.objects.select_for_update().filter(uid=uid, pk__in=mine.values("pk")).first()
    if visit is None:
        raise Refusal("no_such_visit", "没有这次检查，或您不在检查组中；手机上的内容仍在，请与经办人联系。")
    return visit


def frame_for(user: User, visit: Visit) -> Frame:
    """Return what this person may enter at the visit."""
    person = inspector_of(user)
    points = points_of(items_of([visit])[visit.pk])
    codes = frozenset(visit.partners.values_list("code", flat=True))
    return Frame(frozenset(points), person.pk if person else "", labels_on(moment.today()), visit.offsite, codes)


def entries(visit: Visit, ids: Iterable[str] | None = None) -> list[Entry]:
    """Return what was entered at a visit, or those entries that are named."""
    rows = visit.changes.all() if ids is None else visit.changes.filter(pk__in=list(ids))
    return [entry_of(row) for row in rows]


def entry_of(row: Change) -> Entry:
    """Return a row as the merge takes it."""
    return Entry(row.pk, row.field, loads(row.value.encode()), tuple(row.over), row.device, row.counter)


def digest_of(ids: Iterable[str]) -> str:
    """Return the hash by which two sides see whether they hold the same changes."""
    return sha256("\n".join(sorted(ids)).encode()).hexdigest()


def new_stamp() -> str:
    """Return the moment, signed: a device that shows it later proves that it was made after."""
    return _signer().sign(moment.text())


def _stamped(stamp: str) -> str:
    """Return the moment of a stamp, empty when it is none of ours (another key after a restore): then there is no lower bound."""
    try:
        return _signer().unsign(stamp)
    except BadSignature:
        return ""


def _signer() -> Signer:
    return Signer(salt="sunlot.visits.stamp")


def _has_id(one: Any) -> bool:
    return isinstance(one, Mapping) and isinstance(one.get("id"), str)


def _id_of(one: Any) -> str:
    return str(one["id"])[:36] if _has_id(one) else ""


def _read(one: Any, frame: Frame, visit: Visit, user: User) -> Change:
    """Return the row of an entry: the sender's own, or with a receipt of this office that of whoever entered it."""
    if not isinstance(one, Mapping) or one.keys() - {"receipt"} != KEYS:
        raise Refusal("change_malformed", "录入的格式不对；请更新手机上的程序。")
    over, counter = one["over"], one["counter"]
    texts = [one[key] for key in ("id", "field", "device", "stamp")]
    sound = (
        all(isinstance(text, str) for text in texts)
        and all(ID.fullmatch(one[key]) for key in ("id", "device"))
        and type(counter) is int
        and 0 < counter < LARGEST
        and isinstance(over, list)
        and len(over) <= 50
        and all(isinstance(each, str) and ID.fullmatch(each) for each in over)
        and is_moment(one["at"])
    )
    if not sound:
        raise Refusal("change_malformed", "录入的编号、序数或时间格式不对；请更新手机上的程序。")
    if (before := received(visit.uid, one)) is None:
        refuse_bad(one["field"], one["value"], frame)
    author, at = before or (user, moment.text())
    return Change(
        id=one["id"],
        visit=visit,
        author=author,
        received_at=at,
        field=one["field"],
        value=dumps(one["value"]).decode(),
        over=sorted(over),
        device=one["device"],
        counter=counter,
        at=one["at"],
        stamp=one["stamp"] if before else _stamped(one["stamp"]),
    )


def _refuse_another(there: Change, sent: Change) -> None:
    same = ("visit_id", "field", "value", "over", "device", "counter", "at")
    if any(getattr(there, name) != getattr(sent, name) for name in same):
        raise Refusal("id_reused", "同一编号已有另一条录入，没有覆盖；请更新手机上的程序。")
