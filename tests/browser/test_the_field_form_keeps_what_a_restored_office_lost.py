"""An office restored from a backup of before the visit was even announced: one phone lets go of nothing, and brings changes, photos and signatures
back, those of the colleague too who entered his on the office's own page."""
# ruff: noqa: F401, F811  (fixtures come in by name)

import shutil
import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.db import connections
from inside import serve_inside
from phones import Officer, Town, at_the_office, everybody_signs
from playwright.sync_api import Browser, expect

from lottery.conftest import Clock, Story, clock, county, story
from office.conftest import PASSWORD, client_of, people, quick_passwords
from sqlite_only import office
from sunlot.office.accounts.models import User
from sunlot.office.approvals import services as approvals
from sunlot.office.journal.audit import audit
from sunlot.office.visits.approval_kinds import ask_for_draw
from sunlot.office.visits.entering import enter
from sunlot.office.visits.models import Change, Photo, Record, Signature, Visit
from sunlot.office.visits.steps import notify
from visits.conftest import Phone, drawn, item_list, officers, phone_of, replaceable


def copy(source: Path, target: Path) -> None:
    connections.close_all()
    with sqlite3.connect(source) as one, sqlite3.connect(target) as other:
        one.backup(other)


@pytest.fixture
def town(
    chromium: Browser, drawn: Callable[..., Story], clock: Clock, phone_of: Callable[[str], Phone], tmp_path: Path
) -> Iterator[Town]:
    """A visit that is approved, and nobody has been told of it."""
    story = drawn()
    approval = ask_for_draw(story.people["clerk"], story.name, "按计划实施")
    approvals.grant(story.people["chief"], approval.pk)
    visit = replaceable(story)
    names = {person: phone_of(person).user.username for person in officers(visit)}
    clock.at = "2023-09-20T04:00:00Z"
    with serve_inside() as url:
        town = Town(chromium, url, visit, names, PASSWORD, tmp_path)
        yield town
        assert town.errors == []


def signed_from_a_desk_too(town: Town, first: Officer, second: Officer) -> None:
    """Let two officers hold the visit, the second one on the office's page, and the first one's phone take all signatures."""
    user = User.objects.get(username=second.username)
    enter(user, town.visit.uid, {f"checkin/{second.person}": {"pledge": True}, "notes/AQ-01/1": "办公室电脑录入"}, {})
    first.fill("未发现问题")
    first.handed_in()
    everybody_signs(first, second)


def log_in_again(officer: Officer) -> None:
    officer.page.locator("#send").click()
    officer.page.get_by_role("button", name="登录").click()
    officer.log_in()


def test_everything_comes_back_once_the_visit_is_announced_again(
    town: Town, people: dict[str, User], office: Path, clock: Clock
) -> None:
    visit, backup, database = town.visit, town.folder / "backup.sqlite3", office / "office.sqlite3"
    copy(database, backup)
    notify(people["clerk"], [visit.pk], "电话通知办公室")
    first, second = town.officers()
    signed_from_a_desk_too(town, first, second)
    visit.refresh_from_db()
    assert visit.state == "done"
    entered, count = at_the_office(visit), Change.objects.count()
    there = [(officer, officer.count()) for officer in (first, second)]
    signatures = set(Signature.objects.values_list("pk", flat=True))

    copy(backup, database)
    shutil.rmtree(office / "photos")
    visit.refresh_from_db()
    assert visit.state == "approved" and not Change.objects.exists()
    for officer, kept in there:
        log_in_again(officer)
        officer.handed_in()
        assert officer.count() == kept

    clock.at = "2023-10-10T04:00:00Z"
    for officer, kept in there:
        officer.context.clock.set_fixed_time(clock.at)
        officer.handed_in()
        assert officer.count() == kept

    notify(people["clerk"], [visit.pk], "电话通知办公室")
    first.handed_in()
    visit.refresh_from_db()
    assert visit.state == "done"
    assert at_the_office(visit) == entered and Change.objects.get(field="notes/AQ-01/1").author.person == second.person
    assert Change.objects.count() == count
    assert set(Signature.objects.values_list("pk", flat=True)) == signatures
    assert Record.objects.count() == 1 and Photo.objects.count() == 1 and audit().findings == []


def test_a_visit_leaves_the_phone_two_weeks_after_its_end(town: Town, people: dict[str, User], clock: Clock) -> None:
    notify(people["clerk"], [town.visit.pk], "电话通知办公室")
    first, second = town.officers()
    signed_from_a_desk_too(town, first, second)
    for at, stays in (("2023-10-03T04:00:00Z", True), ("2023-10-05T04:00:00Z", False)):
        clock.at = at
        first.context.clock.set_fixed_time(at)
        for _round in range(3):  # first it is seen to be on the list no more, then asked about
            first.page.locator("#send").click()
            expect(first.page.locator("#send")).to_be_visible(timeout=20_000)
        assert bool(first.count()) == stays
    expect(first.page.locator(".list")).to_contain_text("现在没有可以进行的检查")
