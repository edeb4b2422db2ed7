"""The field form for a finger in the rain, a keyboard, a screen reader; on an address without HTTPS, in two windows, on a phone that two officers share."""
# ruff: noqa: F401, F811  (fixtures come in by name)

from urllib.parse import urlsplit

import pytest
from axe import violations
from django.test import override_settings
from phones import NOW, Officer, Town, at_the_office, photo
from playwright.sync_api import expect
from test_the_field_form_works_offline import office, town

from lottery.conftest import Clock, Story, clock, county, story
from office.conftest import PASSWORD, client_of, people, quick_passwords
from sunlot.office.visits.models import Change, Visit
from visits.conftest import Phone, drawn, item_list, officers, phone_of, ready

FINGER = 44  # px
SMALL = """(least) => [...document.querySelectorAll('button, a, summary, label, input:not([type=file]), textarea')]
  .filter((one) => one.offsetParent && !one.closest('.hidden, .field > label') && !one.matches('.skip, .hidden, .field > label, p a'))
  .map((one) => [one.tagName, one.textContent, one.getBoundingClientRect()])
  .filter(([, , box]) => box.width < least || box.height < least)
  .map(([tag, text, box]) => `${tag} ${text} ${Math.round(box.width)}×${Math.round(box.height)}`)"""


def all_steps(officer: Officer) -> None:
    """Enter something of everything, so that every step shows what it can."""
    officer.check_in()
    officer.answer("AQ-01/1", "合格")
    officer.answer("AQ-01/2", "不合格")
    officer.finding("AQ-01/2", "标志脱落", "一般", photo(officer.page, officer.town.folder / "a.jpg", 400, 300))
    officer.hazard("电线裸露", "重大")
    officer.answer("AQ-02/1", "合格")
    officer.facts("发现问题待后续处理")


@pytest.mark.parametrize("width", [360, 820])
def test_every_target_fits_a_finger_nothing_scrolls_sideways_and_axe_finds_nothing(town: Town, width: int) -> None:
    first, second = town.officers()
    second.check_in()
    second.handed_in()
    first.page.set_viewport_size({"width": width, "height": 640})
    all_steps(first)
    first.handed_in()
    for step in ("in", "check", "found", "facts", "sign"):
        first.open(step)
        if step == "sign":
            first.make_record()
            first.read_to_the_end()
        assert first.page.evaluate(SMALL, FINGER) == [], step
        assert first.page.evaluate("document.documentElement.scrollWidth") <= width, step
        assert violations(first.page) == [], step


def test_a_point_is_answered_and_described_by_keyboard_alone(town: Town) -> None:
    first, _ = town.officers()
    first.open("check")
    box = first.point("AQ-01/1")
    box.get_by_role("radio", name="合格", exact=True).focus()
    first.page.keyboard.press("ArrowRight")
    expect(box.get_by_role("radio", name="不合格", exact=True)).to_be_checked()
    expect(box.get_by_label("问题描述")).to_be_visible()
    first.page.keyboard.press("Tab")
    first.page.keyboard.press("Enter")
    first.page.keyboard.press("Tab")
    first.page.keyboard.type("on the door")
    first.handed_in()
    sheet = at_the_office(town.visit)
    assert (sheet["answers/AQ-01/1"], sheet["notes/AQ-01/1"]) == ("fail", "on the door")


def test_taking_away_can_be_undone(town: Town) -> None:
    first, _ = town.officers()
    first.answer("AQ-01/2", "不合格")
    first.finding("AQ-01/2", "标志脱落", "一般")
    box = first.point("AQ-01/2")
    box.get_by_role("button", name="撤下这个问题").click()
    expect(box).to_contain_text("已撤下：标志脱落")
    box.get_by_role("button", name="恢复").click()
    expect(box.get_by_label("问题描述")).to_have_value("标志脱落")


def test_without_https_it_says_so_and_works_online(town: Town) -> None:
    port = urlsplit(town.url).port
    with override_settings(ALLOWED_HOSTS=["verify.test"]):
        town.url = f"http://verify.test:{port}"
        first = Officer(town, next(iter(town.usernames)), secure=False)
        expect(first.page.locator("#notices")).to_contain_text("不是 HTTPS")
        first.answer("AQ-01/1", "合格")
        first.shoot("facts", photo(first.page, town.folder / "a.jpg", 400, 300))
        first.handed_in()
    assert at_the_office(town.visit)["answers/AQ-01/1"] == "pass"


def test_only_one_window_writes(town: Town) -> None:
    first, _ = town.officers()
    other = first.new_page()
    other.goto(f"{town.url}/field/")
    expect(other.locator("main")).to_contain_text("已在另一个窗口打开")
    other.get_by_role("button", name="在这里继续").click()
    expect(other.locator(".visits")).to_be_visible()
    expect(first.page.locator("main")).to_contain_text("这里不再录入")


def test_two_officers_share_a_phone_and_neither_loses_a_word(town: Town) -> None:
    first, second = town.officers()
    first.open("facts")
    first.offline()
    first.type("检查场所", "一车间")
    first.context.clear_cookies()
    first.online()
    first.page.get_by_role("button", name="登录").click()
    first.username, mine = second.username, first.username
    first.log_in()
    expect(first.page.locator("main")).to_contain_text(f"{second.name}的检查")
    assert not Change.objects.exists()
    first.context.clear_cookies()
    first.page.goto(f"{town.url}/accounts/login/?next=/field/")
    first.username = mine
    first.log_in()
    expect(first.page.locator("main")).to_contain_text(f"{first.name}的检查")
    first.handed_in()
    assert at_the_office(town.visit) == {"place": "一车间"}
    assert Change.objects.get().author.username == mine
