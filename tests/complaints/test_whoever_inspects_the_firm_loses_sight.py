"""Nobody who has inspected the firm, is planned or drawn for it, handles a case against it or keeps away from it sees who reported it, nor what."""

from collections.abc import Callable
from datetime import date

import pytest

from complaints.conftest import TEXT
from lottery.conftest import Clock, Story
from sunlot.office.accounts.models import User
from sunlot.office.approvals import services as approvals
from sunlot.office.approvals.models import Approval
from sunlot.office.catalog.models import ItemList
from sunlot.office.complaints import handling, reading, verifying
from sunlot.office.complaints.inspecting import inspects_firm
from sunlot.office.complaints.models import Report
from sunlot.office.complaints.verifying import Going
from sunlot.office.inspectors import recusals
from sunlot.office.lottery.queries import drawn_list
from sunlot.office.lottery.register import folder_of
from sunlot.office.visits.approval_kinds import arrange_and_ask
from sunlot.office.visits.making import Arrangement, make_visits
from sunlot.office.visits.models import Officer
from sunlot.refusal import Refusal
from visits.conftest import drawn  # noqa: F401

Taken = Callable[..., Report]
DAY, CAPPED = date(2025, 9, 22), "2025-09-18T01:00:00Z"


def as_inspector(user: User, number: str) -> User:
    """Return an account that is this inspector's too."""
    User.objects.filter(pk=user.pk).update(person=number)
    return User.objects.get(pk=user.pk)


def campaign(people: dict[str, User], report: Report, *team: str) -> None:
    """Plan a visit to the firm of a report that has nothing to do with it, on a day on which the caps are in force."""
    assert report.firm_id
    wanted = Arrangement(report.firm_id, "campaign", "campaign", "粉尘专项", "青应急〔2023〕9号", DAY, DAY, team)
    arrange_and_ask(people["clerk2"], wanted)


def test_whoever_is_planned_for_the_firm_reads_nothing_and_handles_nothing(
    taken: Taken, item_list: ItemList, county: dict[str, User], clock: Clock
) -> None:
    clock.at = CAPPED
    report, clerk = taken(), as_inspector(county["clerk"], "R001")
    handling.accept(clerk, report.pk, "")
    assert reading.identity(clerk, report.pk)
    campaign(county, report, "R001", "R002")
    assert not reading.may_read(clerk, report) and not reading.may_identify(clerk, report)
    with pytest.raises(Refusal, match="not_for_you"):
        reading.identity(clerk, report.pk)
    for deed in (
        lambda: handling.question(clerk, report.pk, "几点？"),
        lambda: verifying.ask_extension(clerk, report.pk),
    ):
        with pytest.raises(Refusal, match="inspects_the_firm"):
            deed()
    with pytest.raises(Refusal, match="inspects_the_firm"):
        handling.assign(county["chief"], report.pk, clerk.pk)
    handling.assign(county["chief"], report.pk, county["clerk2"].pk)
    assert reading.may_read(county["clerk2"], Report.objects.get(pk=report.pk))


def test_who_was_replaced_on_the_team_or_bears_the_name_reads_nothing(
    taken: Taken, item_list: ItemList, county: dict[str, User], clock: Clock
) -> None:
    clock.at = CAPPED
    report = taken()
    User.objects.filter(pk=county["chief2"].pk).update(name="检查员3")
    chief = User.objects.get(pk=county["chief2"].pk)
    assert reading.may_read(chief, report)
    campaign(county, report, "R002", "R003")
    assert not reading.may_read(chief, report)
    Officer.objects.update(out=True)
    assert not reading.may_read(chief, report) and reading.may_read(county["chief"], report)


def test_whoever_keeps_away_from_the_firm_reads_nothing(taken: Taken, county: dict[str, User]) -> None:
    report, me = taken(), as_inspector(county["inspector"], "R002")
    chief = as_inspector(county["chief2"], "R002")
    assert reading.may_read(chief, report)
    row = recusals.declare(me, date(2023, 8, 20), str(report.firm_id), "", "kin", "厂长是我岳父")
    assert row.approval
    approvals.grant(county["chief"], row.approval.pk)
    assert not reading.may_read(chief, report)


def test_being_drawn_counts_before_a_visit_is_made_and_an_unannounced_draw_tells_nobody_before_his_hour(
    drawn: Callable[..., Story],  # noqa: F811
    story: Callable[..., Story],
    item_list: ItemList,
    county: dict[str, User],
    clock: Clock,
) -> None:
    told = story().done()
    entry = drawn_list(folder_of(told.name))[0]
    person, other = entry["members"][0][0], county["chief2"]
    assert inspects_firm(as_inspector(other, person), entry["id"])
    assert not inspects_firm(county["chief"], entry["id"])
    make_visits(county["clerk"], told.name)
    assert inspects_firm(as_inspector(other, person), entry["id"])
    Officer.objects.all().delete()
    type(told.row).objects.update(secret=True)
    assert not inspects_firm(as_inspector(other, person), entry["id"])
    type(told.row).objects.update(tasks_from="2023-08-01T00:00:00Z")
    make = type(told.row).objects.get(pk=told.row.pk).visits
    make.all().delete()
    assert inspects_firm(as_inspector(other, person), entry["id"])


def test_nobody_goes_who_knows_who_reported(taken: Taken, item_list: ItemList, county: dict[str, User]) -> None:
    report, clerk = taken(text=TEXT + "又"), as_inspector(county["clerk"], "R001")
    handling.accept(clerk, report.pk, "")
    with pytest.raises(Refusal, match="handler_goes"):
        verifying.arrange_visit(clerk, report.pk, Going(DAY, DAY, ("R001", "R002")))
    handling.assign(county["chief"], report.pk, county["clerk2"].pk)
    with pytest.raises(Refusal, match="handler_goes"):  # who handled it before knows it still
        verifying.arrange_visit(county["clerk2"], report.pk, Going(DAY, DAY, ("R001", "R002")))
    verifying.arrange_visit(county["clerk2"], report.pk, Going(DAY, DAY, ("R002", "R003")))
    assert Approval.objects.filter(kind="visits.approve").count() == 1
