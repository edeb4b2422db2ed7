"""Signing a record, on screen or on paper, and what follows: the visit ends, or ends as refused or failed, and enters the ledger of visits."""

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from sunlot.draw.canonical import loads
from sunlot.office.accounts.models import User
from sunlot.office.bureau import queries as bureau
from sunlot.office.catalog.policies import office_policy
from sunlot.office.journal.services import Deed, deed
from sunlot.office.roster.models import Status
from sunlot.office.roster.services import correct_visit, record_visit
from sunlot.office.visits import attempts, doubts, joint, moment, opening, photos, records, seals
from sunlot.office.visits.fields import UUID, is_moment
from sunlot.office.visits.labels import labels_on
from sunlot.office.visits.models import OFFICERS, Record, Signature, Signer, Visit
from sunlot.office.visits.offsite import firm_signs, ledger_kind
from sunlot.office.visits.sheet import NOBODY_THERE, Sheet
from sunlot.office.visits.states import State, after
from sunlot.office.visits.sync import locked_visit
from sunlot.refusal import Refusal

BOX = (640, 320)  # of the pad on which people sign, width and height (docs/sync.md)
PATH = re.compile(r"M[ML0-9 ]{19,19999}")
NO_WITNESS = "无见证人"
REFUSED: list[
    Callable[[Deed, Visit], None]
] = []  # what a later app makes of a refusal, in the deed that ends the visit
OBSERVED = {"closed": Status.IN_DOUBT, "unreachable": Status.LOST, "gone": Status.IN_DOUBT}


def take_record(
    user: User,
    uid: str,
    text: str,
    signatures: Sequence[Any],
    refusal: Mapping[str, Any] | None = None,
    seal: Mapping[str, Any] | None = None,
) -> tuple[Record, list[str]]:
    """Return a record that came with its signatures and the firm's seal, and what still keeps the visit from ending. The same again is once.

    Raises Refusal for a text that is not what its changes give and for a signature that cannot be.
    """
    with deed(by=user.actor) as doing:
        visit = locked_visit(user, uid)
        record = records.take_text(doing, visit, text)
        add(doing, visit, record, signatures, refusal)
        if seal is not None:
            seals.take(doing, user, visit, record, seal)
        return record, end_if_complete(doing, visit)


def sign_on_screen(
    user: User, uid: str, read: str, signatures: Sequence[Any], refusal: Mapping[str, Any] | None = None
) -> list[str]:
    """Sign on the office's page the record whose digest is `read`: that which was read to its end. Return what still keeps the visit from ending.

    Raises Refusal unless it was read, and for a refusal without a witness that does not say why there is none.
    """
    with deed(by=user.actor) as doing:
        visit = locked_visit(user, uid)
        record = to_sign(visit)
        if read != record.sha256:
            raise Refusal("record_not_read", "请先把检查记录从头读到末尾，并确认“已阅读到末尾”，再签字。")
        if refusal and not (str(refusal.get("note", "")).find(NO_WITNESS) >= 0 or has_witness(record)):
            raise Refusal("witness_note_missing", f"没有见证人签字的，须写明“{NO_WITNESS}：原因”。")
        add(doing, visit, record, signatures, refusal)
        return end_if_complete(doing, visit)


def settle(user: User, uid: str) -> list[str]:
    """Return what still keeps a visit from ending, and end it when nothing does: signatures and photos come in any order."""
    with deed(by=user.actor) as doing:
        return end_if_complete(doing, locked_visit(user, uid))


def waiting_for(visit: Visit, record: Record) -> list[str]:
    """Return what still keeps a signed record from ending its visit."""
    sheet = records.sheet_of(record)
    signed = list(record.signatures.all())
    officers = officers_of(record)
    unsigned = officers.keys() - {one.inspector_id for one in signed if one.who == Signer.OFFICER}
    missing_one = "还没有确认签字页上有本人的签字。" if record.paper else "还没有签字。"
    found = [f"{officers[person]} {missing_one}" for person in sorted(unsigned)]
    firm = any(one.who == Signer.FIRM for one in signed)
    wanted = sheet.outcome not in NOBODY_THERE and firm_signs(sheet.offsite, moment.today())
    if wanted and not firm and not record.refusal:
        found.append("企业没有签字；企业不签的，请注明原因。")
    if (
        visit.state == State.SIGNING
        and record.refusal
        and not has_witness(record)
        and NO_WITNESS not in record.refusal_note
    ):
        found.append(f"企业没有签字，也没有见证人签字；没有见证人的，请写明“{NO_WITNESS}：原因”。")
    signed_for = [(one.capacity, one.name) for one in signed if one.who == Signer.PARTNER]
    least = office_policy(moment.today()).count("visit.min_inspectors")
    if sheet.outcome not in NOBODY_THERE:
        found += joint.unsigned(sheet.departments, sheet.values, signed_for, least)
    missing = sum(not photos.whole(visit, digest) for digest in sheet.photos())
    if missing:
        found.append(f"还有 {missing} 张照片没有上传完。")
    return found


def has_witness(record: Record) -> bool:
    """Return whether a witness has signed a record."""
    return record.signatures.filter(who=Signer.WITNESS).exists()


def end_if_complete(doing: Deed, visit: Visit) -> list[str]:
    """Return what still keeps the visit from ending, and end it when nothing does, within a deed that holds it."""
    record = records.latest(visit)
    if record is None or visit.state != State.SIGNING:
        return []
    if found := waiting_for(visit, record):
        return found
    _end(doing, visit, record, records.sheet_of(record))
    return []


def _end(doing: Deed, visit: Visit, record: Record, sheet: Sheet) -> None:
    labels = labels_on(moment.today())
    if sheet.outcome in NOBODY_THERE:
        act, event, pub = "fail", "visit.failed", {"outcome": labels["outcomes"][sheet.outcome]}
    elif record.refusal:
        act, event, pub = "refuse", "visit.refused", {"reason": labels["refusals"][record.refusal]}
    else:
        act, event, pub = "finish", "visit.finished", {"outcome": labels["outcomes"][sheet.outcome]}
    visit.state, visit.outcome, visit.finished_at = after(visit.state, act), sheet.outcome, moment.now()
    visit.reported_at, visit.version = None, visit.version + 1
    _enter(doing, visit, sheet)
    doing.save(visit)
    for earlier in visit.records.filter(edition__lt=record.edition, replaced=False):
        earlier.replaced = True
        doing.save(earlier)
    doing.record(event, visit.obj, pub)
    if act == "refuse":
        for made in REFUSED:
            made(doing, visit)
    opening.open_when_over(doing, visit)
    attempts.keep(doing, visit, record, sheet)
    doubts.find(doing, visit)


def _enter(doing: Deed, visit: Visit, sheet: Sheet) -> None:
    """Enter the visit into the ledger; a later edition of its record, such as of a second attempt, brings its entry up to date."""
    day, held, departments = (
        moment.day_of(sheet.text("times/arrived")),
        sheet.outcome not in NOBODY_THERE,
        _departments(sheet),
    )
    if (entry := visit.entry) is None:
        observed = _observed(visit, sheet)
        visit.entry = record_visit(
            doing, visit.firm_id, day, ledger_kind(visit), visit.draw, departments, observed, held
        )
    else:
        correct_visit(doing, entry, day, departments, _observed(visit, sheet, entry.observed), held)


def _observed(visit: Visit, sheet: Sheet, before: str = "") -> str:
    """Return the status met on site, empty when it is the roster's. `before`: what an earlier edition said; if the roster followed it, a firm that was found after all is told back."""
    found = OBSERVED.get(sheet.outcome)
    if found is None and before and visit.firm.status == before:
        found = Status.NORMAL
    return found.value if found and found != visit.firm.status else ""


def _departments(sheet: Sheet) -> str:
    """Return who held the visit, as the ledger of visits names it."""
    came = joint.there(sheet.departments, sheet.values)
    return "、".join([bureau.name(), *(str(one["name"]) for one in came)])[:80]


def to_sign(visit: Visit) -> Record:
    """Return the record that waits for signatures. Raises Refusal when there is none."""
    record = records.latest(visit)
    if record is None or visit.state != State.SIGNING:
        raise Refusal("nothing_to_sign", "还没有待签字的检查记录；请先形成记录。")
    return record


def officers_of(record: Record) -> dict[str, str]:
    """Return the officers who must sign a record: those of the team who checked in."""
    here = records.sheet_of(record).checked_in()
    team = loads(record.body.encode())["frame"]["team"]
    return {one["inspector"]: one["name"] for one in team if one["part"] in OFFICERS and one["inspector"] in here}


def guests_of(record: Record) -> list[tuple[str, str]]:
    """Return department and name of the officers of partner departments that took part."""
    sheet = records.sheet_of(record)
    return [
        (one["code"], guest["name"]) for one in joint.there(sheet.departments, sheet.values) for guest in one["team"]
    ]


def add(
    doing: Deed,
    visit: Visit,
    record: Record,
    sent: Sequence[Any],
    refusal: Mapping[str, Any] | None,
    on_paper: bool = False,
) -> None:
    """Add signatures to a record, each place once, and why the firm's is missing, within a deed that holds the visit.

    `on_paper`: they stand on a page that was handed in, so nothing is drawn. Raises Refusal for a signature that cannot be.
    """
    there = {one.pk for one in record.signatures.all()}
    places = {_place(one) for one in record.signatures.all() if one.who != Signer.WITNESS}
    new = []
    for one in sent:
        row = _signature(record, one, on_paper)
        if row.pk in there or _place(row) in places:
            continue
        if Signature.objects.filter(pk=row.pk).exists():
            raise Refusal("id_reused", "签字的编号已用于另一份记录；请重新签字。")
        new.append(row)
        there.add(row.pk)
        if row.who != Signer.WITNESS:
            places.add(_place(row))
    if (new or (refusal and not record.refusal)) and visit.state != State.SIGNING:
        raise Refusal("nothing_to_sign", "这份记录已经办结或退回重新起草，不能再加签字；要更正请另出一版。")
    for row in new:
        doing.save(row)
    if refusal and (not record.refusal or (visit.state == State.SIGNING and NO_WITNESS not in record.refusal_note)):
        _refuse(record, refusal)
        doing.save(record)
    if new or refusal:
        pub = {"edition": record.edition, "count": len(new), "digest": record.sha256}
        doing.record("visit.signed", visit.obj, pub)


def _place(one: Signature) -> tuple[str, ...]:
    """Return the place under the record where somebody signs: once each; of partner departments by department and name."""
    return (one.who, one.capacity, one.name) if one.who == Signer.PARTNER else (one.who, one.inspector_id or "")


def _refuse(record: Record, refusal: Mapping[str, Any]) -> None:
    reasons = labels_on(moment.today())["refusals"]
    reason, note = str(refusal.get("reason", "")), str(refusal.get("note", "")).strip()
    if reason not in reasons:
        raise Refusal("refusal_reason_missing", f"未能取得签字的原因只能是：{'、'.join(reasons.values())}。")
    if reason == "other" and not note:
        raise Refusal("refusal_note_missing", "原因选“其他”时须写明情况。")
    if any(one.who == Signer.FIRM for one in record.signatures.all()):
        raise Refusal("firm_has_signed", "企业已经签字，不能再记为未取得签字。")
    record.refusal, record.refusal_note = reason, note[:1000]


def _signature(record: Record, one: Any, on_paper: bool) -> Signature:
    keys = {"id", "who", "inspector", "name", "capacity", "path", "at"}
    if not isinstance(one, Mapping) or one.keys() != keys or not all(isinstance(one[key], str) for key in keys):
        raise Refusal("signature_malformed", "签字的格式不对；请更新手机上的程序。")
    who, name = one["who"], one["name"].strip()
    if not re.fullmatch(UUID, one["id"]) or who not in Signer.values or not is_moment(one["at"]):
        raise Refusal("signature_malformed", "签字的编号、身份或时间不对；请更新手机上的程序。")
    if not ((on_paper and not one["path"]) or PATH.fullmatch(one["path"])) or len(one["path"]) > 20000:
        raise Refusal("signature_empty", f"请{name or ''}在框内手写签名。")
    if who == Signer.OFFICER:
        name = officers_of(record).get(one["inspector"], "")
        if not name:
            raise Refusal("not_an_officer_here", "签字的执法人员不在检查组中，或没有签到。")
    if who == Signer.PARTNER and (one["capacity"], name) not in guests_of(record):
        raise Refusal("not_a_guest_here", "签字的人不在联合部门的名单中。")
    if not name or len(name) > 40:
        raise Refusal("name_missing", "请写明签字人的姓名（不超过 40 字）。")
    if who == Signer.FIRM and one["capacity"] not in labels_on(moment.today())["capacities"]:
        raise Refusal("capacity_missing", "请选择企业签字人的身份；不要求必须是法定代表人。")
    return Signature(
        id=one["id"],
        record=record,
        who=who,
        inspector_id=one["inspector"] if who == Signer.OFFICER else None,
        name=name,
        capacity=one["capacity"] if who in (Signer.FIRM, Signer.PARTNER) else "",
        path=one["path"],
        sha256=record.sha256,
        at=one["at"],
    )


def unsigned_guests(record: Record) -> list[tuple[str, str, str]]:
    """Return code, department and name of those of partner departments who have not signed a record."""
    names = {one["code"]: str(one["name"]) for one in records.sheet_of(record).departments}
    signed = set(record.signatures.filter(who=Signer.PARTNER).values_list("capacity", "name"))
    return [(code, names[code], name) for code, name in guests_of(record) if (code, name) not in signed]


def unsigned_officers(record: Record) -> list[tuple[str, str]]:
    """Return number and name of the officers who still have to sign a record."""
    signed = set(record.signatures.filter(who=Signer.OFFICER).values_list("inspector_id", flat=True))
    return [(person, name) for person, name in officers_of(record).items() if person not in signed]
