"""An off-site check on the phone: no place, no camera, papers to the byte, the record of both officers without the firm's signature."""
# ruff: noqa: F401, F811  (fixtures come in by name)

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

import pytest
from axe import violations
from inside import serve_inside
from phones import Officer, Town, at_the_office
from playwright.sync_api import Browser, expect
from test_the_field_form_works_offline import office

from lottery.conftest import Clock, Story, clock, county, story
from office.conftest import PASSWORD, client_of, people, quick_passwords
from sunlot.office.accounts.models import User
from sunlot.office.approvals import services as approvals
from sunlot.office.roster.models import VisitEntry
from sunlot.office.visits import photos
from sunlot.office.visits.approval_kinds import ask_for_draw
from sunlot.office.visits.models import Photo, Record, Visit
from sunlot.office.visits.offsite import change_mode
from sunlot.office.visits.steps import notify
from visits.conftest import Phone, drawn, item_list, officers, phone_of

PDF = b"%PDF-1.4\n" + b"training register\n" * 200


@pytest.fixture
def serve_visit(
    chromium: Browser, drawn: Callable[..., Story], phone_of: Callable[[str], Phone], clock: Clock, tmp_path: Path
) -> Callable[..., AbstractContextManager[Town]]:
    """A function that serves an office with a drawn visit, prepared in some way before its approval."""

    @contextmanager
    def serve(prepare: Callable[[User, Visit], object]) -> Iterator[Town]:
        story = drawn()
        visit = Visit.objects.filter(draw=story.name).order_by("pk")[0]
        prepare(story.people["clerk"], visit)
        approvals.grant(story.people["chief"], ask_for_draw(story.people["clerk"], story.name, "按计划实施").pk)
        notify(story.people["clerk"], [visit.pk], "电话通知办公室")
        clock.at = "2023-09-20T04:00:00Z"
        visit = Visit.objects.get(pk=visit.pk)
        names = {person: phone_of(person).user.username for person in officers(visit)}
        with serve_inside() as url:
            town = Town(chromium, url, visit, names, PASSWORD, tmp_path)
            yield town
            assert town.errors == []

    return serve


@pytest.fixture
def town(serve_visit: Callable[..., AbstractContextManager[Town]]) -> Iterator[Town]:
    """A visit that is held off-site."""
    with serve_visit(lambda clerk, visit: change_mode(clerk, visit.pk, True, "监测数据足以核查")) as town:
        yield town


def take_part(officer: Officer) -> None:
    officer.open("in")
    expect(officer.page.get_by_role("button", name="附上当前位置")).to_have_count(0)
    officer.page.get_by_role("button", name="我参加本次核查，承诺遵守").click()
    expect(officer.page.get_by_text("您已确认参加并承诺")).to_be_visible()


def test_papers_are_kept_to_the_byte_and_the_officers_sign_alone(town: Town) -> None:
    first, second = town.officers()
    expect(first.page.locator(".visits a", has_text=town.visit.firm_name).first).to_contain_text("不入企")
    take_part(second)
    second.handed_in()
    first.offline()
    take_part(first)
    for point in ("AQ-01/1", "AQ-01/2", "AQ-02/1"):
        first.answer(point, "合格")
    first.open("facts")
    expect(first.page.get_by_label("检查场所", exact=True)).to_have_count(0)
    expect(first.page.locator("label.pick", has_text="实地核查")).to_have_count(0)
    first.pick("书面检查")
    first.type("检查情况", "核查培训台账和监测截图")
    first.pick("未发现问题")
    first.type("处理情况", "无需处理")
    first.page.get_by_role("button", name="记为现在").click()
    first.open("sign")
    expect(first.page.locator(".gaps")).to_contain_text("没有任何材料或截图")
    first.open("facts")
    papers = town.folder / "register.pdf"
    papers.write_bytes(PDF)
    first.page.locator(".shots input[type=file]").last.set_input_files(papers)
    expect(first.page.locator(".photos .noimg")).to_have_text("PDF")
    first.saved()
    assert violations(first.page) == []
    first.online()
    first.handed_in()
    first.make_record()
    expect(first.page.get_by_role("region", name="检查记录全文")).to_contain_text("非现场检查，没有入企")
    first.read_to_the_end()
    first.sign_with(second)
    first.complete()
    first.handed_in()
    assert Visit.objects.get(pk=town.visit.pk).state == "done"
    assert Photo.objects.get().media == "application/pdf" and photos.bytes_of(Photo.objects.get()) == PDF
    assert VisitEntry.objects.get(firm=town.visit.firm).kind == "offsite"
    assert Record.objects.get().signatures.count() == 2 and "place" not in at_the_office(town.visit)
