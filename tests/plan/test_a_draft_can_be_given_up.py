"""A draft started by mistake is given up: it stays readable, and the year is free for another."""

from typing import Any

import pytest

from sunlot.office.plan import services
from sunlot.office.plan.models import Plan
from sunlot.office.plan.queries import edition_before
from sunlot.refusal import Refusal


def test_the_year_is_free_again_and_the_draft_stays_readable(people: dict[str, Any]) -> None:
    first = services.draft(people["clerk"], 2027, "青禾县应急管理局", 20)
    services.drop(people["clerk"], first.pk, "起草错了年度")
    second = services.draft(people["clerk"], 2027, "青禾县应急管理局", 20)
    assert Plan.objects.get(pk=first.pk).state == "dropped"
    assert (second.edition, edition_before(second)) == (2, None)


def test_a_reason_is_asked_for_and_only_a_draft_can_be_given_up(people: dict[str, Any]) -> None:
    plan = services.draft(people["clerk"], 2027, "青禾县应急管理局", 20)
    with pytest.raises(Refusal, match="理由"):
        services.drop(people["clerk"], plan.pk, " ")
    services.drop(people["clerk"], plan.pk, "不再需要")
    with pytest.raises(Refusal):
        services.drop(people["clerk"], plan.pk, "再放弃一次")
