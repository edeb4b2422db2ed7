"""Who may read what was reported, and who reported it. The policy names them; inspectors of the firm and partners are never among them.

Every look at an identity is an event.
"""

from typing import Any

from sunlot.office.accounts.models import User
from sunlot.office.accounts.roles import CHIEF, CLERK, LEADING, SUPERVISOR
from sunlot.office.catalog.policies import office_policy
from sunlot.office.complaints import pieces
from sunlot.office.complaints.inspecting import inspects_firm
from sunlot.office.complaints.models import Report, Sealed, Sort
from sunlot.office.journal.models import Event, Opening
from sunlot.office.journal.queries import leaf_of
from sunlot.office.journal.services import deed
from sunlot.office.visits.moment import today
from sunlot.refusal import Refusal

POSSIBLE = frozenset({CLERK, CHIEF, LEADING, SUPERVISOR})  # whatever a policy says, nobody else
HANDLER = "handler"
NAMING = (Sort.IDENTITY, Sort.PAYEE)


def may_read(user: Any, report: Report) -> bool:
    """Return whether this person may read what was reported."""
    return _among(user, report, "complaint.content_readers")


def may_identify(user: Any, report: Report) -> bool:
    """Return whether this person may see who reported."""
    return _among(user, report, "complaint.identity_readers")


def refuse_reader(user: Any, report: Report) -> None:
    """Raise Refusal for whoever may not read what was reported."""
    if not may_read(user, report):
        raise Refusal(
            "not_a_reader", f"{report}的内容只有经办人和政策规定的人可以看；需要经办请先“领取”或由科室负责人指派。"
        )


def identity(user: Any, number: int) -> dict[str, Any]:
    """Return who reported, and who gets the reward, after noting that this person looked. Raises Refusal for whoever may not."""
    report = Report.objects.get(pk=number)
    if not may_identify(user, report):
        raise Refusal("not_for_you", "举报人身份只有具体经办人和监督员可以查看。")
    found = pieces.of(report, *NAMING)
    if not found:
        raise Refusal("anonymous", "这是匿名举报，没有留下举报人身份；可以通过查询页面向举报人提问。")
    with deed(by=user.actor) as doing:
        doing.record("complaint.identity-viewed", report.obj, {})
    return {piece.sort: pieces.told(piece) for piece in found}


def file_of(user: Any, number: int, piece: str) -> tuple[bytes, str]:
    """Return bytes and media type of a photo or scan. Raises Refusal for whoever may not read it, and when there is none."""
    row = Sealed.objects.select_related("report").filter(pk=piece, report=number, sort__in=pieces.FILES).first()
    if row is None:
        raise Refusal("no_such_file", "没有这个文件。")
    allowed = may_identify if row.sort == Sort.SCAN else may_read  # a letter is signed, or its hand is known
    if not allowed(user, row.report):
        raise Refusal("not_a_reader", "这个文件只有经办人和政策规定的人可以看。")
    if row.sort == Sort.SCAN:
        with deed(by=user.actor) as doing:
            doing.record("complaint.identity-viewed", row.report.obj, {})
    return pieces.opened(row), row.media


def looked_at(report: Report) -> list[User]:
    """Return who knows who reported: whoever handled the report, now or before, and whoever looked at the identity."""
    handlers = Opening.objects.filter(name=f"{report._meta.label_lower}/{report.pk}/handler_id").values_list("value")
    events = Event.objects.filter(obj=report.obj, act="complaint.identity-viewed")
    lookers = [str(leaf_of(event)["by"]).removeprefix("u/") for event in events]
    known = {text for text in (*(value for (value,) in handlers), *lookers) if text.isdecimal()}
    return list(User.objects.filter(pk__in=known).order_by("pk"))


def _among(user: Any, report: Report, rule: str) -> bool:
    readers = office_policy(today()).labels(rule)
    if user.role not in POSSIBLE or inspects_it(user, report):
        return False
    return user.role in readers or (HANDLER in readers and report.handler_id == user.pk)


def inspects_it(user: Any, report: Report) -> bool:
    """Return whether this natural person inspects the firm of a report: then he reads nothing of it, whatever else he is."""
    return report.firm_id is not None and inspects_firm(user, report.firm_id)
