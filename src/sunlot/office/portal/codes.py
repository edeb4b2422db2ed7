"""Giving, stopping and recognizing the codes that open a firm's pages: one of the bureau, or the check code of a visit."""

import secrets
import unicodedata
from dataclasses import dataclass
from datetime import date, timedelta
from hashlib import sha256

from sunlot.office.accounts.models import User
from sunlot.office.catalog.policies import office_policy
from sunlot.office.journal.services import deed
from sunlot.office.portal.models import AccessCode
from sunlot.office.roster.models import Firm
from sunlot.office.visits import firm as check_codes
from sunlot.office.visits import moment
from sunlot.office.visits.models import Visit
from sunlot.office.visits.states import State
from sunlot.refusal import Refusal

ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"  # 32 signs that nobody mistakes for each other
SIGNS, GROUP = 20, 5  # 100 bits, in groups for reading aloud


@dataclass(frozen=True)
class Entrance:
    """What a code opens: one firm, until a day. `via` names the code in the session: code/3 or visit/12."""

    firm: str
    via: str
    until: date


def give(user: User, firm: str, sent_to: str) -> tuple[AccessCode, str]:
    """Return a new code and its text, which is shown this once. Codes given before stay valid until they end or are stopped.

    Raises Refusal for a firm that is not listed, and without a note to whom it goes.
    """
    if not sent_to.strip():
        raise Refusal("receiver_missing", "请填写登录码怎样送交、交给谁（如：挂号信寄法定代表人）。")
    if not Firm.objects.filter(pk=firm, listed=True).exists():
        raise Refusal("no_such_firm", f"名录中没有在册的 {firm}。")
    text = "".join(secrets.choice(ALPHABET) for _ in range(SIGNS))
    days = office_policy(moment.today()).count("firm.access_code_days")
    code = AccessCode(
        firm_id=firm,
        digest=_digest(text),
        sent_to=sent_to.strip()[:200],
        given_by=user,
        given_at=moment.now(),
        until=moment.today() + timedelta(days=days),
    )
    with deed(by=user.actor) as doing:
        doing.save(code)
        doing.record("firm-code.given", f"firm/{firm}", {"until": code.until.isoformat()})
    return code, grouped(text)


def stop(user: User, number: int, reason: str) -> AccessCode:
    """Stop a code at once and return it: whoever is inside with it is outside with the next click. Raises Refusal without a reason."""
    if not reason.strip():
        raise Refusal("reason_missing", "请写明停用理由（如：送错单位、企业遗失）。")
    with deed(by=user.actor) as doing:
        code = AccessCode.objects.select_for_update(of=("self",)).get(pk=number)
        if code.revoked_at:
            raise Refusal("already_stopped", "这个登录码已经停用。")
        code.revoked_at, code.revoked_why = moment.now(), reason.strip()[:200]
        doing.save(code)
        doing.record("firm-code.stopped", f"firm/{code.firm_id}", {})
    return code


def entrance_of(typed: str) -> Entrance | None:
    """Return what a typed code opens, None for one that there is not, or that has ended."""
    text = typed.strip()
    if visit := check_codes.visit_of(text):
        return _by_visit(visit)
    code = AccessCode.objects.filter(digest=_digest(plain(text))).first()
    return _by_code(code) if code else None


def entrance_via(via: str) -> Entrance | None:
    """Return what the code that a session was opened with opens now."""
    kind, _, number = via.partition("/")
    if not number.isdecimal():
        return None
    if kind == "visit":
        visit = Visit.objects.filter(pk=number).first()
        return _by_visit(visit) if visit else None
    code = AccessCode.objects.filter(pk=number).first()
    return _by_code(code) if code else None


def grouped(text: str) -> str:
    """Return a code as it is printed."""
    return "-".join(text[at : at + GROUP] for at in range(0, len(text), GROUP))


def plain(typed: str) -> str:
    """Return a typed code without hyphens and blanks, in capitals."""
    return "".join(sign for sign in unicodedata.normalize("NFKC", typed).upper() if sign.isalnum())


def _by_code(code: AccessCode) -> Entrance | None:
    if code.revoked_at or code.until < moment.today():
        return None
    return Entrance(code.firm_id, f"code/{code.pk}", code.until)


def _by_visit(visit: Visit) -> Entrance | None:
    """A check code opens the pages from the visit's approval until some days after its period (policy: firm.check_code_days)."""
    days = office_policy(moment.today()).count("firm.check_code_days")
    until = visit.window_to + timedelta(days=days)
    hidden = visit.secret and visit.started_at is None  # who holds it before the visit is not the firm
    if visit.state == State.CANCELLED or hidden or until < moment.today():
        return None
    return Entrance(visit.firm_id, f"visit/{visit.pk}", until)


def _digest(text: str) -> str:
    return sha256(text.encode()).hexdigest()
