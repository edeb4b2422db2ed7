"""The English switch: the catalogue is whole, and an English page has no Chinese in its menu, headings, table heads, labels and buttons."""

import io
import re
from collections.abc import Callable, Iterator
from html.parser import HTMLParser

import pytest
from django.test import Client
from django.urls import NoReverseMatch, reverse
from django.utils import translation
from django.utils.translation import gettext
from openpyxl import load_workbook

from sunlot.office import messages
from sunlot.office.access import pages
from sunlot.office.accounts.models import User
from sunlot.office.accounts.roles import Role
from sunlot.office.journal.services import deed

HAN = re.compile(r"[\u3400-\u9fff]")
PLACES = re.compile(r"%\(\w+\)[sd]|%[sd]|\{\w*\}")
CHROME = {"title", "h1", "h2", "h3", "th", "caption", "legend", "label", "button", "dt"}
SPOKEN = ("aria-label", "title", "alt", "placeholder", "data-confirm")
ANSWERS_WITHOUT_PAGE = {"accounts:logout"}


class Chrome(HTMLParser):
    """Collects the Chinese that belongs to a page itself: data stands in cells, and who reads it in the header."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[
            tuple[str, bool, bool]
        ] = []  # tag, whether its text is the page's own, whether it is said to be Chinese
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        self.found += [given[name] for name in SPOKEN if HAN.search(given.get(name, ""))]
        if tag in ("meta", "link", "input", "img", "br", "hr", "meter"):
            return
        _, inside, chinese = self.open[-1] if self.open else ("", False, False)
        button = tag == "a" and "button" in given.get("class", "").split()
        chinese = given["lang"].startswith("zh") if "lang" in given else chinese
        row_head = tag == "th" and given.get("scope") == "row"  # names what the row is about: a firm, a rule, a pack
        own = inside or tag == "nav" or button or (tag in CHROME and not row_head)
        self.open.append((tag, own, chinese))

    def handle_endtag(self, tag: str) -> None:
        while self.open and self.open.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        if self.open and self.open[-1][1] and not self.open[-1][2] and HAN.search(data):
            self.found.append(data.strip())


def chinese_in(page: str) -> list[str]:
    """Return the Chinese of a page that is not data."""
    parser = Chrome()
    parser.feed(page)
    return parser.found


def in_english(client: Client) -> Client:
    """Return the client with the switch turned."""
    client.post("/language/", {"language": "en", "next": "/"})
    return client


def open_pages(role: str) -> Iterator[tuple[str, str]]:
    """Yield name and address of the pages that this role may open and that need no number."""
    for name, page in pages().items():
        if page.open_to(role) and name not in ANSWERS_WITHOUT_PAGE:
            try:
                yield name, reverse(name)
            except NoReverseMatch:
                continue


def test_every_text_has_an_english_form() -> None:
    assert messages.missing() == []


def test_placeholders_are_the_same_in_both_languages() -> None:
    entries = [message for message in messages.read_catalogue() if message.id]
    different = [
        entry.id for entry in entries if sorted(PLACES.findall(entry.id)) != sorted(PLACES.findall(str(entry.string)))
    ]
    assert different == []


def test_no_text_of_the_catalogue_is_unused() -> None:
    assert {str(message.id) for message in messages.read_catalogue() if message.id} - set(messages.texts()) == set()


def test_an_english_form_has_no_chinese_but_quoted_words() -> None:
    """What a person must type or look for in Chinese stands in quotation marks or brackets, or is the name of a law."""
    quoted = re.compile(
        r"“[^”]*”|\([^)]*\)|安监总政法〔2017〕150号|安全生产法第99条|安全生产法第36条\S+|危险化学品；冶金| 、 "
    )
    told = [str(message.string) for message in messages.read_catalogue() if message.id]
    assert [text for text in told if HAN.search(quoted.sub("", text))] == []


def test_the_catalogue_is_as_the_command_writes_it(tmp_path: object, monkeypatch: pytest.MonkeyPatch) -> None:
    before = messages.CATALOGUE.read_text("utf-8")
    copy = messages.CATALOGUE.with_name("copy.po")
    copy.write_text(before, "utf-8")
    try:
        monkeypatch.setattr(messages, "CATALOGUE", copy)
        messages.write_catalogue()
        assert copy.read_text("utf-8") == before
    finally:
        copy.unlink()


@pytest.mark.parametrize("role", Role.values)
def test_an_english_page_has_no_chinese_of_its_own(role: str, client_of: Callable[[str], Client]) -> None:
    client = in_english(client_of(role))
    told = {}
    for name, address in open_pages(role):
        answer = client.get(address)
        if answer.status_code == 200 and answer["Content-Type"].startswith("text/html"):
            told[name] = chinese_in(answer.content.decode())
    assert len(told) > 3
    assert {name: found for name, found in told.items() if found} == {}


def test_the_switch_survives_the_login(people: dict[str, User]) -> None:
    client = in_english(Client())
    assert "Log in" in client.get("/accounts/login/").content.decode()
    client.force_login(people["clerk"], backend="django.contrib.auth.backends.ModelBackend")
    assert '<html lang="en">' in client.get("/").content.decode()
    client.post("/accounts/logout/")
    assert "Log in" in client.get("/accounts/login/").content.decode()


def test_the_log_is_chinese_whoever_writes_it(people: dict[str, User]) -> None:
    with translation.override("en"):
        assert gettext("是") == "Yes"
        with deed(by=people["clerk"].actor) as doing:
            doing.record("data.exported", "export", {"list": gettext("是"), "rows": 0})
            assert gettext("是") == "是"
        assert gettext("是") == "Yes"


def test_an_excel_file_is_chinese_so_that_it_can_come_back(client_of: Callable[[str], Client]) -> None:
    answer = in_english(client_of("system")).get("/accounts/users/?as=xlsx")
    sheet = load_workbook(io.BytesIO(answer.content)).active
    assert sheet is not None
    first = [cell.value for cell in next(iter(sheet.iter_rows(max_row=1)))]
    assert first[:3] == ["用户名", "姓名", "岗位"]
    assert "系统管理员" in {row[2].value for row in sheet.iter_rows()}
