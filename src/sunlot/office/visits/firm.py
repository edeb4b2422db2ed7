"""What a firm does behind the check code, without login: rate a visit, complain about it to the supervisor."""

from sunlot.office.accounts.models import User
from sunlot.office.journal.services import deed
from sunlot.office.visits import moment
from sunlot.office.visits.models import Complaint, Rating, Visit
from sunlot.office.visits.states import State
from sunlot.refusal import Refusal

BY = "u/firm"
RATINGS, COMPLAINTS = 3, 10  # a visit, so that nobody floods the office through a code that got about
LONGEST = 2000
NOT_SHOWN = (State.ARRANGED,)  # before its approval a visit has no code, unless it is urgent


def visit_of(token: str) -> Visit | None:
    """Return the visit of a check code, None for a code there is not, or not yet."""
    visit = Visit.objects.select_related("firm", "round", "item_list").filter(token=token).first()
    if visit is None or (visit.state in NOT_SHOWN and not visit.urgent):
        return None
    return visit


def rate(token: str, stars: int, text: str) -> None:
    """Take a rating. Raises Refusal before the visit has begun, outside 1 to 5, and when there are enough."""
    with deed(by=BY) as doing:
        visit = _locked(token)
        if visit.started_at is None:
            raise Refusal("not_begun", "检查还没有开始，检查后再评价。")
        if stars not in range(1, 6):
            raise Refusal("stars_wrong", "评分为 1 到 5 分。")
        if visit.ratings.count() >= RATINGS:
            raise Refusal("rated_already", "这次检查已经评价过；还有意见请用下面的投诉。")
        doing.save(Rating(visit=visit, stars=stars, text=_short(text), at=moment.now()))
        doing.record("visit.rated", visit.obj, {"stars": stars})


def complain(token: str, text: str, contact: str) -> None:
    """Take a complaint that only the supervisor reads. Raises Refusal without a text, and when there are too many."""
    with deed(by=BY) as doing:
        visit = _locked(token)
        if not text.strip():
            raise Refusal("text_missing", "请写明反映的问题。")
        if visit.complaints.count() >= COMPLAINTS:
            raise Refusal("too_many", "这次检查已收到多份投诉，监督员会一并处理；也可以拨打 12345。")
        doing.save(Complaint(visit=visit, text=_short(text), contact=contact.strip()[:80], at=moment.now()))
        doing.record("visit.complaint", visit.obj, {})


def read_complaint(user: User, number: int, answer: str) -> None:
    """Note that the supervisor has read a complaint, and what came of it."""
    with deed(by=user.actor) as doing:
        row = Complaint.objects.select_for_update(of=("self",)).select_related("visit").get(pk=number)
        row.read_at, row.answer = row.read_at or moment.now(), answer.strip()[:LONGEST] or row.answer
        doing.save(row)
        doing.record("visit.complaint-read", row.visit.obj, {})


def _locked(token: str) -> Visit:
    if (visit := visit_of(token)) is None:
        raise Refusal("no_such_code", "没有这个检查码；请核对二维码，或向执法人员索取。")
    return Visit.objects.select_for_update().get(pk=visit.pk)


def _short(text: str) -> str:
    if len(text) > LONGEST:
        raise Refusal("too_long", f"文字不超过 {LONGEST} 字，现为 {len(text)} 字。")
    return text.strip()
