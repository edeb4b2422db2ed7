"""Under the English switch a refusal begins with a sentence of its kind; every kind in the sources has one, and no sentence is left over."""

import ast
import re
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest
from django.test import Client
from django.utils import translation

import sunlot
from sunlot.office.accounts.models import User
from sunlot.office.lottery import rounds
from sunlot.office.shell import refusals
from sunlot.refusal import Refusal

SOURCES = [ast.parse(path.read_text("utf-8")) for path in sorted(Path(sunlot.__file__).parent.rglob("*.py"))]
HAN = re.compile(r"[\u3400-\u9fff]")


def family() -> dict[str, bool]:
    """Return every class of the family of refusals, and whether it names its kind itself."""
    found = {"Refusal": False}
    classes = [node for tree in SOURCES for node in ast.walk(tree) if isinstance(node, ast.ClassDef)]
    while True:
        new = {
            node.name: node
            for node in classes
            if node.name not in found and found.keys() & set(map(name_of, node.bases))
        }
        if not new:
            return found
        found |= {name: bool(kinds_within(node)) for name, node in new.items()}


def name_of(node: ast.expr) -> str:
    return str(getattr(node, "id", "") or getattr(node, "attr", ""))


def kinds_within(node: ast.ClassDef) -> list[str]:
    """Return the kinds that a class hands to the one above it."""
    calls = [each for each in ast.walk(node) if isinstance(each, ast.Call) and name_of(each.func) == "__init__"]
    return [kind for call in calls if len(call.args) > 1 for kind in texts_of(call.args[0])]


def texts_of(node: ast.expr) -> Iterator[str]:
    """Yield the texts that an expression may be: itself, or either side of a choice."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    elif isinstance(node, ast.IfExp):
        yield from (*texts_of(node.body), *texts_of(node.orelse))


def kinds() -> set[str]:
    """Return every kind that the sources may refuse with."""
    known, found = family(), set[str]()
    for node in (node for tree in SOURCES for node in ast.walk(tree)):
        if isinstance(node, ast.ClassDef) and node.name in known:
            found |= set(kinds_within(node))
        elif isinstance(node, ast.Call):
            called = name_of(node.func)
            if called in known and not known[called] and node.args:
                found |= set(texts_of(node.args[0]))
            elif called == "_mapped":  # what a cell cannot be becomes a kind of its own: roster.facts.clean_fact
                found |= {f"{text}_unknown" for text in texts_of(node.args[2])}
    return found | {"date_invalid", "staff_unreadable"}  # … and these two


def test_every_kind_has_an_english_sentence_and_none_is_left_over() -> None:
    found = kinds()
    assert len(found) > 500
    assert sorted(found - refusals.catalogue().keys()) == []
    assert sorted(refusals.catalogue().keys() - found) == []


def test_the_catalogue_is_sorted_and_english() -> None:
    lines = [line for line in refusals.CATALOGUE.read_text("utf-8").splitlines() if not line.startswith("#")]
    assert lines == sorted(lines)
    for kind, sentence in refusals.catalogue().items():
        assert not HAN.search(sentence), kind
        assert sentence[0].isupper() and sentence.endswith(".") and len(sentence) > 15, kind


def test_a_sentence_is_chinese_alone_or_english_first() -> None:
    refusal = Refusal("no_bureau", "还没有填写<本机关>。")
    assert refusals.said(refusal) == refusal.sentence
    with translation.override("en"):
        shown = refusals.said(refusal)
        assert shown.startswith("The bureau&#x27;s code") or shown.startswith("The bureau's code")
        assert shown.endswith('<span lang="zh-Hans">还没有填写&lt;本机关&gt;。</span>')
        assert refusals.said_plainly(refusal).endswith("还没有填写<本机关>。")
        assert refusals.said(Refusal("of_tomorrow", "以后")).startswith("This was refused")


@pytest.fixture
def english(client_of: Callable[[str], Client]) -> Client:
    """A clerk who reads English."""
    client = client_of("clerk")
    client.post("/language/", {"language": "en", "next": "/"})
    return client


def test_a_form_says_it_in_both(english: Client) -> None:
    form = {"title": "一", "year": 2027, "number": 1, "date": "2027-03-01", "pack": "county-2026", "version": 1}
    days = {"window_from": "2027-05-01", "window_to": "2027-04-01"}
    answer = english.post("/lottery/new/", form | days)
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "The last day of the visits lies before the first; correct it." in page
    assert '<span lang="zh-Hans">检查期的止日早于起日，请改正。</span>' in page


def test_a_page_of_its_own_says_it_in_both(english: Client, people: dict[str, User]) -> None:
    row = rounds.start(
        people["clerk"],
        {
            "title": "一",
            "year": 2027,
            "date": date(2027, 3, 1),
            "window_from": date(2027, 3, 2),
            "window_to": date(2027, 4, 1),
        },
    )
    answer = english.post(f"/lottery/rounds/{row.pk}/announce/")
    assert answer.status_code == 409
    page = answer.content.decode()
    assert "This is possible only after approval and before it has been carried out." in page
    assert '<span lang="zh-Hans">“一”现在是' in page
