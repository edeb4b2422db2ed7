"""Why the lot falls on a firm more often: entered with level, cause, source and expiry, and withdrawn with a reason."""

from datetime import date

from django.utils import timezone
from django.utils.translation import gettext_noop as noop

from sunlot.office.accounts.models import User
from sunlot.office.approvals.kinds import Change
from sunlot.office.approvals.models import Approval
from sunlot.office.journal.clock import moment
from sunlot.office.journal.services import Deed
from sunlot.office.roster.changes import ACTS, Act, Body, settle
from sunlot.office.roster.models import Cause, Firm, IntensityCause
from sunlot.refusal import Refusal

LEVELS = range(1, 10)  # docs/draw-format.md section 4.1: one digit


def enter_cause(
    user: User, firm: str, level: int, cause: str, since: date, until: date, source: str, reason: str = ""
) -> Approval | None:
    """Enter a cause. Raises Refusal for a level, cause or time that cannot be, and without a source."""
    body = {
        "firm": firm,
        "level": level,
        "cause": cause,
        "since": since.isoformat(),
        "until": until.isoformat(),
        "source": source.strip(),
    }
    return settle(user, "cause", body, reason)


def withdraw_cause(user: User, number: int, reason: str) -> Approval | None:
    """Withdraw a cause before it expires. Raises Refusal without a reason, or when it is withdrawn already."""
    cause = IntensityCause.objects.get(pk=number)
    return settle(user, "uncause", {"firm": cause.firm_id, "cause": number}, reason)


def _check(body: Body) -> list[Change]:
    firm = Firm.objects.select_for_update().filter(pk=body["firm"], listed=True).first()
    if firm is None:
        raise Refusal("no_such_firm", f"名录中没有在册的 {body['firm']}。")
    if body["level"] not in LEVELS:
        raise Refusal("level_wrong", f"级别应为 1 到 9，现为 {body['level']}。")
    if body["cause"] not in Cause.values:
        raise Refusal("cause_wrong", f"没有情形“{body['cause']}”；可选：{'、'.join(Cause.values)}。")
    if body["until"] < body["since"]:
        raise Refusal("ends_before_it_begins", f"有效期至 {body['until']} 早于起始日期 {body['since']}。")
    if not body["source"]:
        raise Refusal("source_missing", "请填写依据文书，例如处罚决定书文号；没有依据不能加大抽查力度。")
    return [
        (
            noop("加大力度"),
            "",
            f"{body['cause']} {body['level']} 级，{body['since']} 至 {body['until']}，{body['source']}",
        )
    ]


def _enter(doing: Deed, body: Body) -> None:
    cause = IntensityCause(
        firm_id=body["firm"],
        level=body["level"],
        cause=body["cause"],
        since=date.fromisoformat(body["since"]),
        until=date.fromisoformat(body["until"]),
        source=body["source"],
    )
    doing.save(cause)
    pub = {name: body[name] for name in ("level", "until")}
    doing.record("roster.cause", f"firm/{body['firm']}", pub, {"reason": body["reason"]} if body["reason"] else None)


def _check_withdrawal(body: Body) -> list[Change]:
    cause = IntensityCause.objects.select_for_update().get(pk=body["cause"])
    if cause.withdrawn_on:
        raise Refusal("withdrawn_already", f"这一情形已于 {cause.withdrawn_on} 撤销。")
    if not body["reason"]:
        raise Refusal("reason_missing", "撤销加大力度请写明理由。")
    return [(noop("加大力度"), f"{cause.cause} {cause.level} 级，至 {cause.until}", "撤销")]


def _withdraw(doing: Deed, body: Body) -> None:
    cause = IntensityCause.objects.select_for_update().get(pk=body["cause"])
    cause.withdrawn_on, cause.withdrawn_why = timezone.localtime(moment()).date(), body["reason"][:200]
    doing.save(cause)
    doing.record("roster.cause-withdrawn", f"firm/{cause.firm_id}", {})


ACTS["cause"] = Act("列入加大抽查力度", _check, _enter)
ACTS["uncause"] = Act("撤销加大抽查力度", _check_withdrawal, _withdraw)
