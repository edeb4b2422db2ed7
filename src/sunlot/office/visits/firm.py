"""What a firm does behind the check code, without login: rate a visit, complain about it to the supervisor."""

import secrets
import unicodedata
from collections.abc import Mapping
from hashlib import sha256

from sunlot.office.accounts.models import User
from sunlot.office.catalog.policies import office_policy
from sunlot.office.journal.services import deed
from sunlot.office.shell.doorkeeper import DAY, Doorkeeper
from sunlot.office.visits import moment
from sunlot.office.visits.models import Complaint, Rating, Visit
from sunlot.office.visits.states import State
from sunlot.refusal import Refusal

BY = "u/firm"
LIMITS = "visit.code_limits"  # of one visit within a day, in all and from one network
KEEPER = Doorkeeper()
LONGEST = 2000
LETTERS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"  # without 0 O 1 I, which people confuse
LENGTH, GROUP = 16, 4  # 80 random bits, nothing to guess
NOT_SHOWN = (State.ARRANGED,)  # before its approval a visit has no code, unless it is urgent


def visit_of(token: str) -> Visit | None:
    """Return the visit of a check code, None for a code there is not, or not yet."""
    visit = Visit.objects.select_related("firm", "round", "item_list").filter(token=token).first()
    if visit is None or (visit.state in NOT_SHOWN and not visit.urgent):
        return None
    return visit


def rate(token: str, stars: int, text: str, network: str = "") -> None:
    """Take a rating. Raises Refusal before the visit has begun, outside 1 to 5, and when enough came from one network within a day.

    The inspector holds the code too: what he sends uses up his own network's share, never the firm's. Above the day's measure from all networks a
    rating is taken in all the same, marked for the supervisor; the complaint below stays open to everybody.
    """
    limits = _limits()
    with deed(by=BY) as doing:
        visit = _locked(token)
        if visit.started_at is None:
            raise Refusal("not_begun", "检查还没有开始，检查后再评价。")
        if stars not in range(1, 6):
            raise Refusal("stars_wrong", "评分为 1 到 5 分。")
        if KEEPER.count(f"rate {visit.token}", network, DAY) >= limits["network_ratings"]:
            raise Refusal(
                "rated_already",
                "这个网络今天对这次检查的评价已经很多，请明天再评，或换用手机流量；有意见随时可以用下面的投诉。",
            )
        queued = visit.ratings.filter(at__gt=moment.now() - DAY).count() >= limits["ratings"]
        doing.save(Rating(visit=visit, stars=stars, text=_short(text), at=moment.now(), queued=queued))
        doing.record("visit.rated", visit.obj, {"stars": stars})
    KEEPER.note(f"rate {visit.token}", network)


def complain(token: str, text: str, contact: str, network: str = "") -> str:
    """Take a complaint that only the supervisor reads, and return its tracking code (查询码), told once. Raises Refusal without a text.

    None is ever refused for there being many: whoever holds the check code, the inspector too, could keep the firm out. What is above the day's
    measure, of the visit or of one network, queues behind the others.
    """
    code, limits = _new_code(), _limits()
    with deed(by=BY) as doing:
        visit = _locked(token)
        if not text.strip():
            raise Refusal("text_missing", "请写明反映的问题。")
        many = KEEPER.count(f"complain {visit.token}", network, DAY) >= limits["network_complaints"]
        queued = many or visit.complaints.filter(at__gt=moment.now() - DAY).count() >= limits["complaints"]
        row = Complaint(visit=visit, text=_short(text), contact=contact.strip()[:80], at=moment.now(), queued=queued)
        row.code = _kept_form(code)
        doing.save(row)
        doing.record("visit.complaint", visit.obj, {})
    KEEPER.note(f"complain {visit.token}", network)
    return code


def complaint_of(token: str, code: str) -> Complaint:
    """Return what came of a complaint, by its tracking code however it was typed. Raises Refusal for a code there is not."""
    row = Complaint.objects.filter(visit__token=token, code=_kept_form(code)).first()
    if row is None:
        raise Refusal("no_such_tracking_code", "没有这个查询码；请核对 16 位查询码，它只对这次检查的投诉有效。")
    return row


def read_complaint(user: User, number: int, answer: str) -> None:
    """Note that the supervisor has read a complaint, and what came of it."""
    with deed(by=user.actor) as doing:
        row = Complaint.objects.select_for_update(of=("self",)).select_related("visit").get(pk=number)
        row.read_at, row.answer = row.read_at or moment.now(), answer.strip()[:LONGEST] or row.answer
        doing.save(row)
        doing.record("visit.complaint-read", row.visit.obj, {})


def _limits() -> Mapping[str, int]:
    return office_policy(moment.today()).counts(LIMITS)


def _locked(token: str) -> Visit:
    if (visit := visit_of(token)) is None:
        raise Refusal("no_such_code", "没有这个检查码；请核对二维码，或向执法人员索取。")
    return Visit.objects.select_for_update().get(pk=visit.pk)


def _short(text: str) -> str:
    if len(text) > LONGEST:
        raise Refusal("too_long", f"文字不超过 {LONGEST} 字，现为 {len(text)} 字。")
    return text.strip()


def _new_code() -> str:
    letters = "".join(secrets.choice(LETTERS) for _ in range(LENGTH))
    return "-".join(letters[at : at + GROUP] for at in range(0, LENGTH, GROUP))


def _kept_form(code: str) -> str:
    plain = "".join(letter for letter in unicodedata.normalize("NFKC", code).upper() if letter.isalnum())
    return sha256(plain.encode()).hexdigest()
