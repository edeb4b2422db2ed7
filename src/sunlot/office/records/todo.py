"""What those who watch (审计员, 监督员) have to look at: a log that no witness has seen, an audit that found something, what left the office since.

The clerk and the system administrator are asked to check a clock that may run ahead; everybody is told of one that is behind.
"""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from sunlot.office.accounts.roles import AUDITOR, CLERK, SUPERVISOR, SYSTEM
from sunlot.office.journal import clock
from sunlot.office.journal.checkpoints import policy_of
from sunlot.office.journal.models import Event
from sunlot.office.journal.order import latest_moment
from sunlot.office.journal.queries import leaf_of
from sunlot.office.journal.store import size_of_log, the_log
from sunlot.office.records.queries import anchored_size
from sunlot.office.records.silence import silence_before
from sunlot.office.shell.todo import Todo

UNSEEN = timedelta(days=1)  # how long the log may grow before a witness sees it
AUDITED = timedelta(days=30)  # how long an audit lasts
FURTHEST = 50_000  # entries that are looked through where there was no audit yet
WATCHED = ("data.exported", "access.denied", "account.locked", "log.revealed", "firm-code.guessing")


def todos(user: Any, today: date) -> Iterator[Todo]:
    """Yield what an auditor or a supervisor has to look at, and for everybody that a clock behind the log keeps all from writing."""
    yield from _behind()
    if user.role in (CLERK, SYSTEM):
        yield from _clock(user)
    if user.role not in (AUDITOR, SUPERVISOR):
        return
    last = Event.objects.filter(obj="log", act="log.audited").order_by("-seq").first()
    yield from _unanchored(user)
    yield from _audit(last)
    yield from _since(last)


def _behind() -> Iterator[Todo]:
    """A clock behind the log, which keeps everybody from writing."""
    now, seen = clock.now(), latest_moment()
    if seen > now:
        now, seen = (_shown(datetime.fromisoformat(each)) for each in (now, seen))
        hint = _(
            "现为 %(now)s，日志最后一条在 %(seen)s，此前什么都不能办理。时钟慢了的，请系统管理员校正；没有错的，等时钟走过那个时间"
        )
        yield Todo(_("这台电脑的时钟早于日志"), "", hint % {"now": now, "seen": seen}, state="blocked")


def _shown(moment: datetime) -> str:
    return timezone.localtime(moment).strftime("%Y-%m-%d %H:%M")


def _clock(user: Any) -> Iterator[Todo]:
    """A clock that may run ahead."""
    if silence := silence_before(clock.moment()):
        begin, end = map(_shown, silence)
        hint = _(
            "日志从 %(begin)s 到 %(end)s 没有任何记录。那段时间确实无人办公的，不必处理；不是的，时钟可能走快了，请先校正再办理：%(who)s"
        )
        who = _("期限和公告时间都取自时钟") if user.role == SYSTEM else _("请系统管理员校正")
        yield Todo(_("请核对这台电脑的时钟"), "", hint % {"begin": begin, "end": end, "who": who})


def _unanchored(user: Any) -> Iterator[Todo]:
    """The log must not grow for a day before a witness has seen it; an office without witnesses is told so."""
    url = reverse("records:checkpoints")
    if policy_of(the_log()).quorum == "none":
        yield Todo(
            _("日志还没有见证人"), url, _("请安全管理员登记见证规则；没有见证人，日志只靠本机证明"), state="blocked"
        )
        return
    seen, size = anchored_size(), size_of_log()
    first = Event.objects.filter(seq__gte=seen).order_by("seq").first()
    if first is None or clock.moment() - _at(first) <= UNSEEN:
        return
    hint = _("请签署检查点并送见证人") if user.role == AUDITOR else _("请催办见证签署")
    yield Todo(_("日志超过一天没有锚定"), url, hint, _day(first), "late", count=size - seen)


def _audit(last: Event | None) -> Iterator[Todo]:
    url = reverse("records:audit")
    if last is None:
        yield Todo(_("日志还没有审计过"), url, _("请执行一次日志审计"))
    elif found := int(leaf_of(last)["pub"]["findings"]):
        hint = _("请查明原因；处理后再审计一次")
        yield Todo(_("上次日志审计发现问题"), url, hint, _day(last), "late", count=found)
    elif clock.moment() - _at(last) > AUDITED:
        yield Todo(_("日志超过一个月没有审计"), url, _("请执行一次日志审计"), _day(last), "late")


def _since(last: Event | None) -> Iterator[Todo]:
    """What happened since the last audit and is worth a look; the next audit ends the line."""
    titles = {
        "data.exported": _("上次审计以来的导出"),
        "access.denied": _("上次审计以来的越权访问"),
        "account.locked": _("上次审计以来的登录锁定"),
        "log.revealed": _("上次审计以来查看个人信息"),
        "firm-code.guessing": _("上次审计以来有人试猜企业登录码"),
    }
    begin = last.seq + 1 if last else max(0, size_of_log() - FURTHEST)
    acts = list(Event.objects.filter(seq__gte=begin, act__in=WATCHED).values_list("act", flat=True))
    for act in WATCHED:
        if count := acts.count(act):
            hint = _("请查看是否正常；再次审计后本行消失")
            yield Todo(titles[act], f"{reverse('records:events')}?act={act}", hint, count=count)


def _at(event: Event) -> datetime:
    return datetime.fromisoformat(leaf_of(event)["at"])


def _day(event: Event) -> date:
    return timezone.localtime(_at(event)).date()
