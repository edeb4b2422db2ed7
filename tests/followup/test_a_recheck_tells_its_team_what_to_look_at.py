"""The phone of who goes says why, and on a recheck which problems of the order are to be looked at again; nobody else is told, and no record repeats it."""

from collections.abc import Callable

from django.db import connection
from django.test.utils import CaptureQueriesContext

from followup.conftest import GENERAL, MAJOR, Flawed, reported
from followup.test_an_order_runs_from_the_record_to_its_end import clock_day
from lottery.conftest import Clock
from sunlot.office.accounts.models import User
from sunlot.office.approvals import services as approvals
from sunlot.office.approvals.models import Approval
from sunlot.office.followup import rechecks
from sunlot.office.visits.briefs import briefs_of
from sunlot.office.visits.checklist import whole_frame
from sunlot.office.visits.models import Visit
from sunlot.office.visits.steps import notify
from visits.conftest import Phone, officers

Phones = Callable[[str], Phone]


def test_the_problems_of_the_order_are_on_the_teams_phones_only(
    people: dict[str, User], flawed: Flawed, phone_of: Phones, clock: Clock
) -> None:
    order = reported(people["clerk"], flawed(GENERAL, MAJOR))
    visit = rechecks.arrange(people["clerk"], order.pk, clock_day(clock), clock_day(clock)).visit
    assert visit is not None
    approvals.grant(people["chief"], Approval.objects.get(obj=visit.obj).pk)
    notify(people["clerk"], [visit.pk], "电话通知")
    today = phone_of(officers(visit)[0]).today()["visits"]
    own = next(one for one in today if one["uid"] == visit.uid)
    assert own["brief"]["source"] == str(order) and "整改复查" in own["brief"]["reason"]
    assert len(own["brief"]["problems"]) == 2
    for problem, line in zip(order.problems.order_by("position"), own["brief"]["problems"], strict=True):
        assert line.startswith(f"{problem.position}．{problem.text.rstrip('。')}") and str(order.deadline) in line
    first = next(one for one in today if one["uid"] == order.visit.uid)
    assert first["brief"]["problems"] == [] and first["brief"]["reason"] == ""
    assert "brief" not in whole_frame(visit) and "problems" not in own["frame"]
    outsider = next(f"R{n:03d}" for n in range(8) if f"R{n:03d}" not in officers(visit))
    assert visit.uid not in {one["uid"] for one in phone_of(outsider).today()["visits"]}


def test_briefs_of_many_take_a_fixed_number_of_queries(people: dict[str, User], flawed: Flawed, clock: Clock) -> None:
    order = reported(people["clerk"], flawed(GENERAL))
    rechecks.arrange(people["clerk"], order.pk, clock_day(clock), clock_day(clock))
    rows = list(Visit.objects.order_by("-pk"))
    with CaptureQueriesContext(connection) as few:
        assert briefs_of(rows[:1])[rows[0].pk]["problems"]
    with CaptureQueriesContext(connection) as many:
        briefs_of(rows)
    assert len(rows) > 2 and len(many) == len(few)
