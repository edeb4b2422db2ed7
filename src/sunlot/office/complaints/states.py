"""Where a report (举报件) stands, as one table: an act leads from a state to the next, and no act leads back."""

from collections.abc import Mapping

from django.db import models
from django.utils.translation import gettext_lazy as _

from sunlot.office.shell.ways import step


class State(models.TextChoices):
    """Where a report stands."""

    QUEUED = "queued", _("排队待阅")
    RECEIVED = "received", _("待受理")
    ACCEPTED = "accepted", _("已受理")
    VERIFYING = "verifying", _("核查中")
    CONCLUDED = "concluded", _("待答复")
    ANSWERED = "answered", _("已办结")
    REFUSED = "refused", _("不予受理")
    TRANSFERRED = "transferred", _("已移送")
    JOINED = "joined", _("已并案")


S = State
WAYS: Mapping[str, Mapping[State, State]] = {
    "release": {S.QUEUED: S.RECEIVED},
    "accept": {S.RECEIVED: S.ACCEPTED},
    "refuse": {S.QUEUED: S.REFUSED, S.RECEIVED: S.REFUSED},
    "transfer": {S.RECEIVED: S.TRANSFERRED, S.ACCEPTED: S.TRANSFERRED},
    "join": {S.QUEUED: S.JOINED, S.RECEIVED: S.JOINED, S.ACCEPTED: S.JOINED},
    "visit": {S.ACCEPTED: S.VERIFYING, S.VERIFYING: S.VERIFYING},  # Report.stands
    "conclude": {S.ACCEPTED: S.CONCLUDED, S.VERIFYING: S.CONCLUDED},
    "answer": {S.CONCLUDED: S.ANSWERED},
}
TITLES = {
    "release": _("移出排队"),
    "accept": _("受理"),
    "refuse": _("不予受理"),
    "transfer": _("移送"),
    "join": _("并案"),
    "visit": _("安排核查"),
    "conclude": _("作出核查结论"),
    "answer": _("答复举报人"),
}
COLOURS = {
    S.QUEUED: "plain",
    S.RECEIVED: "warn",
    S.ACCEPTED: "info",
    S.VERIFYING: "info",
    S.CONCLUDED: "warn",
    S.ANSWERED: "ok",
    S.REFUSED: "plain",
    S.TRANSFERRED: "plain",
    S.JOINED: "plain",
}
NEW = (S.QUEUED, S.RECEIVED)
OPEN = (S.QUEUED, S.RECEIVED, S.ACCEPTED, S.VERIFYING, S.CONCLUDED)
ENDED = (S.ANSWERED, S.REFUSED, S.TRANSFERRED, S.JOINED)


class Result(models.TextChoices):
    """What the verification found."""

    VERIFIED = "verified", _("属实")
    PARTLY = "partly", _("部分属实")
    NOT = "not", _("不属实")


def may(state: str, act: str) -> bool:
    """Return whether the table has a way from this state by this act."""
    return State(state) in WAYS[act]


def after(state: str, act: str) -> State:
    """Return the state that an act leads to. Raises Refusal when the table has no such way."""
    return step("举报件", State(state).label, WAYS[act], State(state), TITLES[act])
