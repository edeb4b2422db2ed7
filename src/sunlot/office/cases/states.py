"""The way of a case, as a table: what may be done in which state, and what it becomes. No way leads round review, notice or a hearing asked for."""

from collections.abc import Mapping

from django.db import models
from django.utils.translation import gettext_lazy as _

from sunlot.office.shell.ways import step


class State(models.TextChoices):
    """Where a case stands."""

    ASKED = "asked", _("待立案审批")
    OPEN = "open", _("调查取证")
    PROPOSED = "proposed", _("待法制审核")
    REVIEWED = "reviewed", _("审核通过")
    TOLD = "told", _("已告知")
    HEARING = "hearing", _("听证中")
    HEARD = "heard", _("听证后待审核")
    READY = "ready", _("听证后审核通过")
    DECIDED = "decided", _("已决定，待送达")
    SERVED = "served", _("已送达，待执行")
    EXECUTED = "executed", _("已执行，待结案")
    CLOSED = "closed", _("已结案")
    NOT_OPENED = "not_opened", _("不予立案")
    ANNULLED = "annulled", _("决定已撤销")


S = State
WAYS: Mapping[str, Mapping[State, State]] = {
    "open": {S.ASKED: S.OPEN},
    "not_open": {S.ASKED: S.NOT_OPENED},
    "team": {S.ASKED: S.ASKED, S.OPEN: S.OPEN, S.TOLD: S.TOLD, S.HEARING: S.HEARING},
    "collect": {S.ASKED: S.ASKED, S.OPEN: S.OPEN, S.TOLD: S.TOLD, S.HEARING: S.HEARING},
    "propose": {S.OPEN: S.PROPOSED},
    "pass_review": {S.PROPOSED: S.REVIEWED, S.HEARD: S.READY},  # after a hearing once more (行政处罚法第58条第1款第2项)
    "fail_review": {S.PROPOSED: S.OPEN, S.HEARD: S.OPEN},
    "notice": {S.REVIEWED: S.REVIEWED},
    "tell": {S.REVIEWED: S.TOLD},
    "defend": {S.TOLD: S.TOLD, S.HEARING: S.HEARING},
    "waive": {S.TOLD: S.TOLD},
    "request_hearing": {S.TOLD: S.HEARING},
    "call_hearing": {S.HEARING: S.HEARING},
    "hold_hearing": {S.HEARING: S.HEARD},
    "drop_hearing": {S.HEARING: S.TOLD},  # taken back by the party, or nobody came
    "revise": {S.REVIEWED: S.OPEN, S.TOLD: S.OPEN, S.HEARD: S.OPEN, S.READY: S.OPEN},
    "discuss": {S.REVIEWED: S.REVIEWED, S.TOLD: S.TOLD, S.READY: S.READY},
    "decide": {S.REVIEWED: S.DECIDED, S.TOLD: S.DECIDED, S.READY: S.DECIDED},
    "transfer": {S.DECIDED: S.DECIDED},
    "serve": {S.DECIDED: S.SERVED},
    "pay": {S.SERVED: S.SERVED},
    "appeal": {S.SERVED: S.SERVED},
    "appeal_ended": {S.SERVED: S.SERVED},
    "defer": {S.SERVED: S.SERVED},
    "remind": {S.SERVED: S.SERVED},
    "reminded": {S.SERVED: S.SERVED},
    "surcharge": {S.SERVED: S.SERVED},
    "urge": {S.SERVED: S.SERVED},
    "urged": {S.SERVED: S.SERVED},
    "apply": {S.SERVED: S.SERVED},
    "court": {S.SERVED: S.SERVED},
    "execute": {S.SERVED: S.EXECUTED},
    "close": {S.DECIDED: S.CLOSED, S.SERVED: S.CLOSED, S.EXECUTED: S.CLOSED},
    "annul": {S.DECIDED: S.ANNULLED, S.SERVED: S.ANNULLED, S.EXECUTED: S.ANNULLED, S.CLOSED: S.ANNULLED},
}
TITLES = {
    "open": _("批准立案"),
    "not_open": _("不予立案"),
    "team": _("更换承办人"),
    "collect": _("登记证据"),
    "propose": _("提出处理意见"),
    "pass_review": _("法制审核通过"),
    "fail_review": _("法制审核退回"),
    "notice": _("制作告知书"),
    "tell": _("登记告知"),
    "defend": _("登记陈述申辩"),
    "waive": _("登记放弃权利"),
    "request_hearing": _("登记听证申请"),
    "call_hearing": _("通知听证"),
    "hold_hearing": _("登记听证"),
    "drop_hearing": _("终止听证"),
    "revise": _("退回补充调查"),
    "discuss": _("登记集体讨论"),
    "decide": _("作出决定"),
    "transfer": _("移送"),
    "serve": _("登记送达"),
    "pay": _("登记缴款"),
    "appeal": _("登记复议或诉讼"),
    "appeal_ended": _("登记复议或诉讼结束"),
    "defer": _("批准延期、分期缴款"),
    "remind": _("制作缴款催告书"),
    "reminded": _("登记缴款催告送达"),
    "surcharge": _("决定加处罚款"),
    "urge": _("制作强制执行催告书"),
    "urged": _("登记强制执行催告送达"),
    "apply": _("申请法院强制执行"),
    "court": _("登记法院裁定"),
    "execute": _("登记执行完毕"),
    "close": _("结案"),
    "annul": _("撤销决定"),
}
COLOURS = {
    S.ASKED: "plain",
    S.OPEN: "info",
    S.PROPOSED: "warn",
    S.REVIEWED: "info",
    S.TOLD: "warn",
    S.HEARING: "warn",
    S.HEARD: "warn",
    S.READY: "info",
    S.DECIDED: "warn",
    S.SERVED: "info",
    S.EXECUTED: "ok",
    S.CLOSED: "ok",
    S.NOT_OPENED: "plain",
    S.ANNULLED: "bad",
}
UNDECIDED = (
    S.OPEN,
    S.PROPOSED,
    S.REVIEWED,
    S.TOLD,
    S.HEARING,
    S.HEARD,
    S.READY,
)  # while the clock of the decision runs


def may(state: str, act: str) -> bool:
    """Return whether the table has a way from this state by this act."""
    return State(state) in WAYS[act]


def after(state: str, act: str) -> State:
    """Return the state that an act leads to. Raises Refusal when the table has no such way."""
    return step("案件", State(state).label, WAYS[act], State(state), TITLES[act])
