"""The screens in English by a switch on the phone, without a network; what is entered and the record stay as they are."""
# ruff: noqa: F401, F811  (fixtures come in by name)

import re
from pathlib import Path

from phones import Town, at_the_office
from playwright.sync_api import expect
from test_the_field_form_works_offline import office, town

from lottery.conftest import clock, county, story
from office.conftest import client_of, people, quick_passwords
from visits.conftest import drawn, item_list, phone_of, ready

SOURCE = Path(__file__).resolve().parents[2] / "frontend" / "field" / "src"


def test_the_switch_turns_the_screens_and_leaves_what_was_entered(town: Town) -> None:
    first, _ = town.officers()
    first.answer("AQ-01/1", "合格")
    first.page.locator(".back").click()
    first.handed_in()
    first.offline()
    first.page.get_by_role("button", name="English").click()
    expect(first.page.locator("html")).to_have_attribute("lang", "en")
    expect(first.page.locator(".visits")).to_contain_text("Handed in")
    first.page.locator(".visits a").first.click()
    first.page.locator("#steps").get_by_role("link", name="Check", exact=True).click()
    box = first.page.get_by_role("article", name="Point AQ-01/1", exact=True)
    expect(box.get_by_role("radio").first).to_be_checked()
    box.get_by_role("radio").nth(2).check(force=True)
    assert first.fields()["answers/AQ-01/1"] == "na"
    first.page.locator(".back").click()
    first.page.get_by_role("button", name="中文").click()
    expect(first.page.locator("html")).to_have_attribute("lang", "zh-CN")
    first.online()
    first.handed_in()
    assert at_the_office(town.visit)["answers/AQ-01/1"] == "na"


def test_every_plain_text_has_an_english_form() -> None:
    english = (SOURCE / "english.js").read_text("utf-8")
    known = set(re.findall(r'^  "((?:[^"\\]|\\.)*)": ', english, re.MULTILINE))
    used = {
        text
        for path in SOURCE.glob("*.js")
        if path.name not in ("english.js", "words.js")
        for text in re.findall(r"_\('((?:[^'\\]|\\.)*)'\)", path.read_text("utf-8"))
    }
    assert len(used) > 100 and used - known == set()


def test_the_places_of_values_agree() -> None:
    english = (SOURCE / "english.js").read_text("utf-8")
    pairs = re.findall(r'^  "((?:[^"\\]|\\.)*)": "((?:[^"\\]|\\.)*)",$', english, re.MULTILINE)
    assert len(pairs) > 200
    wrong = [chinese for chinese, text in pairs if set(re.findall(r"{\d}", chinese)) != set(re.findall(r"{\d}", text))]
    assert wrong == []
