"""Signing a record on paper: the scanned pages belong to the record whose code they bear, and each officer confirms his own signature on them."""

import uuid
from collections.abc import Mapping, Sequence
from hashlib import sha256
from typing import Any

from django.db import transaction

from sunlot.office.accounts.models import User
from sunlot.office.inspectors.queries import inspector_of
from sunlot.office.journal.services import Deed, deed
from sunlot.office.shell.printed_code import says
from sunlot.office.visits import moment, photos, signing
from sunlot.office.visits.models import Record, SignedPage, Signer, Visit
from sunlot.office.visits.sync import locked_visit
from sunlot.refusal import Refusal


def sign_on_paper(
    user: User,
    uid: str,
    code: str,
    pages: Sequence[bytes],
    names: Mapping[str, str],
    capacity: str,
    refusal: Mapping[str, Any] | None = None,
) -> list[str]:
    """Take scanned pages on which the frozen record was signed, and return what still keeps the visit from ending.

    `code`: what the QR code of the pages says, or at least eight signs of the digest beside it; `pages`: pictures or PDF; `names`: of the
    firm's representative and the witness, empty for none. Whoever hands them in says so of his own signature, of the firm's and of those of
    the departments that took part; every other officer confirms his own (`confirm`). Raises Refusal for pages of another record.
    """
    with transaction.atomic():
        _belonging(locked_visit(user, uid), code)
    digests = [_kept(user, uid, number, data) for number, data in enumerate(pages, 1)]
    with deed(by=user.actor) as doing:
        visit = locked_visit(user, uid)
        record = _belonging(visit, code)
        _keep_pages(doing, record, digests)
        others = [
            {"who": who, "name": names[who].strip(), "capacity": capacity if who == Signer.FIRM else ""}
            for who in (Signer.FIRM, Signer.WITNESS)
            if names.get(who, "").strip()
        ]
        guests = [{"who": Signer.PARTNER, "name": name, "capacity": code} for code, name in signing.guests_of(record)]
        signed = [_on_paper(one) for one in [*_own(user, record), *guests, *others]]
        signing.add(doing, visit, record, signed, refusal, on_paper=True)
        return signing.end_if_complete(doing, visit)


def confirm(user: User, uid: str) -> list[str]:
    """Note that the pages handed in bear this officer's own signature, and return what still keeps the visit from ending. Raises Refusal."""
    with deed(by=user.actor) as doing:
        visit = locked_visit(user, uid)
        record = signing.to_sign(visit)
        if not record.paper:
            raise Refusal("no_signed_page", "还没有人上传纸质签字页，没有可以确认的签字。")
        own = [_on_paper(one) for one in _own(user, record)]
        if not own:
            raise Refusal("not_an_officer_here", "签字的执法人员不在检查组中，或没有签到。")
        signing.add(doing, visit, record, own, None, on_paper=True)
        return signing.end_if_complete(doing, visit)


def to_confirm(user: Any, record: Record) -> bool:
    """Return whether pages were handed in on which this officer has not yet confirmed his signature."""
    person = inspector_of(user)
    return bool(record.paper) and person is not None and person.pk in dict(signing.unsigned_officers(record))


def pages_of(record: Record) -> list[str]:
    """Return the hashes of the scanned pages of a record, in their order; of an old one the page that there is."""
    return list(record.pages.values_list("sha256", flat=True)) or ([record.paper] if record.paper else [])


def _belonging(visit: Visit, code: str) -> Record:
    record = signing.to_sign(visit)
    if not says(code, record.sha256):
        raise Refusal(
            "another_record",
            f"校验值与第 {record.edition} 版检查记录（{record.sha256[:16]}…）不符：这一页属于另一份或更早的记录。请核对后再上传。",
        )
    return record


def _kept(user: User, uid: str, number: int, data: bytes) -> str:
    photos.page_media(number, data, "作为签字页")
    digest = sha256(data).hexdigest()
    photos.keep(user, uid, digest, data)
    return digest


def _keep_pages(doing: Deed, record: Record, digests: Sequence[str]) -> None:
    there = pages_of(record)
    new = [digest for digest in dict.fromkeys(digests) if digest not in there]
    if not (there or new):
        raise Refusal("scan_missing", "请上传签字页的照片或扫描件。")
    if not record.paper:
        record.paper = new[0]
        doing.save(record)
    for order, digest in enumerate(new, len(there) + 1):
        doing.save(SignedPage(record=record, order=order, sha256=digest))


def _own(user: User, record: Record) -> list[dict[str, str]]:
    person = inspector_of(user)
    name = signing.officers_of(record).get(person.pk, "") if person else ""
    return [{"who": Signer.OFFICER, "inspector": person.pk, "name": name}] if person and name else []


def _on_paper(one: Mapping[str, Any]) -> dict[str, Any]:
    return {"id": str(uuid.uuid4()), "inspector": "", "capacity": "", "path": "", "at": moment.text(), **one}
