"""A plan to work on: an office with people, and a draft for 2027 that stands up to its meters."""

from collections.abc import Callable
from datetime import date

import pytest

from office.conftest import client_of, people, quick_passwords  # noqa: F401
from plans import YEAR, fields
from sunlot.office.accounts.models import User
from sunlot.office.approvals.services import grant
from sunlot.office.plan import services
from sunlot.office.plan.models import Plan
from sunlot.office.plan.rounds import add_round


@pytest.fixture
def clerk(people: dict[str, User]) -> User:  # noqa: F811
    return people["clerk"]


@pytest.fixture
def plan(clerk: User) -> Plan:
    """A draft: 8 officers, 1984 days less 1035 and 535 leave 414; two random rounds of 20 firms, a key round of 30, a covert one of 4."""
    plan = services.draft(clerk, YEAR, "青禾县应急管理局", 8)
    figures = services.Figures(
        organ="青禾县应急管理局",
        officers=8,
        days_each=plan.days_each,
        other={"综合监管": 1035},
        non_enforcement={"值班": 500, "学习、培训、会议": 35},
    )
    plan = services.change_figures(clerk, plan.pk, plan.version, figures)
    add_round(clerk, plan.pk, fields())
    add_round(
        clerk,
        plan.pk,
        fields(title="第二次双随机抽查", first_day=date(YEAR, 9, 1), last_day=date(YEAR, 10, 31)),
    )
    key = {"title": "重点单位检查", "kind": "key", "by_lot": False, "scope": "重点单位", "population": 30, "share": 100}
    add_round(clerk, plan.pk, fields(**key, first_day=date(YEAR, 1, 4), last_day=date(YEAR, 12, 20)))
    covert = {"title": "夜查行动", "kind": "covert", "secret": True, "scope": "烟花爆竹零售点", "population": 40}
    add_round(clerk, plan.pk, fields(**covert, share=None, count=4, items="AQ-03", undertaker="危化科"))
    return plan


@pytest.fixture
def approve(people: dict[str, User]) -> Callable[[Plan], Plan]:  # noqa: F811
    """A function that has a draft submitted by the clerk and granted by the leading group."""

    def run(plan: Plan) -> Plan:
        asked = services.submit(people["clerk"], plan.pk, "按要求编制，请审批")
        grant(people["leading"], asked.pk, "同意")
        return Plan.objects.get(pk=plan.pk)

    return run
