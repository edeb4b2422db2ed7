"""The way of a plan, as a table: what it may become next. Nothing leads back except what was turned down."""

from collections.abc import Mapping

from django.db import models
from django.utils.translation import gettext_lazy as _

from sunlot.refusal import Refusal


class State(models.TextChoices):
    """Where an edition of a plan stands."""

    DRAFT = "draft", _("草稿")
    PENDING = "pending", _("待审批")
    APPROVED = "approved", _("已批准")
    FILED = "filed", _("已备案")
    PUBLISHED = "published", _("已公布")
    AMENDED = "amended", _("已被修订")
    DROPPED = "dropped", _("已放弃")


MOVES: Mapping[State, frozenset[State]] = {
    State.DRAFT: frozenset({State.PENDING, State.DROPPED}),
    State.PENDING: frozenset({State.DRAFT, State.APPROVED}),
    State.APPROVED: frozenset({State.FILED, State.AMENDED}),
    State.FILED: frozenset({State.PUBLISHED, State.AMENDED}),
    State.PUBLISHED: frozenset({State.AMENDED}),
    State.AMENDED: frozenset(),
    State.DROPPED: frozenset(),
}
IN_FORCE = (State.APPROVED, State.FILED, State.PUBLISHED)
UNDECIDED = (State.DRAFT, State.PENDING)


def may_become(now: str, wanted: State) -> bool:
    """Return whether the table leads from one state to the other."""
    return wanted in MOVES[State(now)]


def must_lead_to(now: str, wanted: State) -> None:
    """Raise Refusal when the table does not lead from one state to the other."""
    if not may_become(now, wanted):
        raise Refusal(
            "not_the_order", f"计划现为“{State(now).label}”，不能改为“{wanted.label}”；请刷新页面，按顺序办理。"
        )
