"""The way of a visit, as a table: what may be done in which state, and what it becomes. It starts at 未检查 and no way leads back to it."""

from collections.abc import Mapping

from django.db import models
from django.utils.translation import gettext_lazy as _

from sunlot.office.shell.ways import step


class State(models.TextChoices):
    """Where a visit stands."""

    ARRANGED = "arranged", _("已安排（未检查）")
    APPROVED = "approved", _("已批准")
    NOTIFIED = "notified", _("已通知")
    SECRET = "secret", _("保密（不通知）")
    UNDERWAY = "underway", _("进行中")
    SIGNING = "signing", _("待签字")
    DONE = "done", _("已完成")
    REFUSED = "refused", _("拒签")
    FAILED = "failed", _("未能检查")
    CANCELLED = "cancelled", _("已撤销")


S = State
WAYS: Mapping[str, Mapping[State, State]] = {
    "approve": {S.ARRANGED: S.APPROVED},
    "notify": {S.APPROVED: S.NOTIFIED},
    "keep_secret": {S.APPROVED: S.SECRET},
    "start": {S.NOTIFIED: S.UNDERWAY, S.SECRET: S.UNDERWAY},
    "start_urgently": {S.ARRANGED: S.UNDERWAY},  # approved afterwards
    "freeze": {S.UNDERWAY: S.SIGNING, S.SIGNING: S.SIGNING},
    "go_on": {S.SIGNING: S.UNDERWAY},  # the record was not right: nobody had signed it
    "redraft": {S.SIGNING: S.UNDERWAY},  # it was not right, and somebody had signed it: that edition is kept, given up
    "finish": {S.SIGNING: S.DONE},
    "refuse": {S.SIGNING: S.REFUSED},
    "fail": {S.SIGNING: S.FAILED},
    "amend": {S.DONE: S.UNDERWAY, S.REFUSED: S.UNDERWAY, S.FAILED: S.UNDERWAY},  # a new version, new signatures
    "try_again": {S.FAILED: S.UNDERWAY},  # on another day: whoever could not be reached
    "cancel": {S.ARRANGED: S.CANCELLED, S.APPROVED: S.CANCELLED, S.NOTIFIED: S.CANCELLED, S.SECRET: S.CANCELLED},
}
TITLES = {
    "approve": _("批准"),
    "notify": _("通知企业"),
    "keep_secret": _("保密，不通知"),
    "start": _("开始检查"),
    "start_urgently": _("紧急检查"),
    "freeze": _("形成检查记录"),
    "go_on": _("继续检查"),
    "redraft": _("重新起草记录"),
    "finish": _("签字完成"),
    "refuse": _("记录拒签"),
    "fail": _("记录未能检查"),
    "amend": _("更正记录"),
    "try_again": _("再次上门"),
    "cancel": _("撤销"),
}
COLOURS = {
    S.ARRANGED: "plain",
    S.APPROVED: "info",
    S.NOTIFIED: "info",
    S.SECRET: "info",
    S.UNDERWAY: "warn",
    S.SIGNING: "warn",
    S.DONE: "ok",
    S.REFUSED: "bad",
    S.FAILED: "bad",
    S.CANCELLED: "plain",
}
OPEN = (S.ARRANGED, S.APPROVED, S.NOTIFIED, S.SECRET, S.UNDERWAY, S.SIGNING)
ENDED = (S.DONE, S.REFUSED, S.FAILED)


def may(state: str, act: str) -> bool:
    """Return whether the table has a way from this state by this act."""
    return State(state) in WAYS[act]


def after(state: str, act: str) -> State:
    """Return the state that an act leads to. Raises Refusal when the table has no such way."""
    return step("检查", State(state).label, WAYS[act], State(state), TITLES[act])
