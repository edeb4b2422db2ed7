"""What watching the office itself leaves behind: that the log was audited, that personal data were looked at."""

from collections.abc import Sequence

from sunlot.office.accounts.models import User
from sunlot.office.journal.audit import Report, audit, enter, findings_besides
from sunlot.office.journal.models import Event, Opening
from sunlot.office.journal.services import deed
from sunlot.office.journal.store import size_of_log
from sunlot.refusal import Refusal

MOST = 262_144  # entries that are audited while somebody waits: half a minute on an office PC
REVEALED = ("account.", "login")  # acts whose sealed fields are the auditor's business: addresses of logins, reasons


def run_audit(by: User, outside: Sequence[str]) -> Report:
    """Return the report of an audit, which is itself an event. Raises Refusal for a log too long to wait for."""
    if (size := size_of_log()) > MOST:
        raise Refusal(
            "log_long",
            f"日志已有 {size} 条，网页上一次最多审计 {MOST} 条；请系统管理员在主机上执行 ./sunlot journal audit。",
        )
    report = audit(outside, besides=findings_besides())
    enter(report, by.actor)
    return report


def reveal(by: User, event: Event) -> list[tuple[str, str]]:
    """Return the sealed fields of an entry about a login or an account; that they were looked at is an event first.

    Raises Refusal for entries of the office's work: what is confidential there (回避申报, 举报) is not the auditor's either.
    """
    if not event.act.startswith(REVEALED):
        raise Refusal(
            "not_revealed", "只能查看登录和账号类条目所附的个人信息；业务条目的个人信息由业务页面按岗位显示。"
        )
    with deed(by=by.actor) as doing:
        doing.record("log.revealed", f"event/{event.seq}", {"event": event.seq})
    return [(row.name, row.value) for row in Opening.objects.filter(seq=event.seq).order_by("name")]
