"""How the live site answers: copies that are asked about, both languages, addresses that stay, machine-readable forms."""

import json
from collections.abc import Callable
from xml.etree import ElementTree

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from lottery.conftest import Clock, Story
from sunlot.office.journal.services import deed
from sunlot.office.lottery.register import folder_of

Read = Callable[[str], str]
Start = Callable[..., Story]


def test_a_copy_is_good_until_the_log_grows(people: object) -> None:
    first = Client().get("/public/")
    assert first["Cache-Control"] == "public, no-cache"
    again = Client().get("/public/", headers={"If-None-Match": first["ETag"]})
    assert again.status_code == 304 and again.content == b""
    with deed(by="u/console") as doing:
        doing.record("log.audited", "log", {"size": 1, "findings": 0})
    assert Client().get("/public/", headers={"If-None-Match": first["ETag"]}).status_code == 200


def test_a_page_seen_before_costs_one_query_and_no_session(story: Start, read: Read) -> None:
    told = story().announced()
    for address in ("", f"draws/{told.name}/"):
        read(address)
        with CaptureQueriesContext(
            connection,
        ) as asked:
            answer = Client().get(f"/public/{address}")
        assert len(asked) == 1
        assert not answer.cookies


def test_a_result_is_seen_the_moment_it_is_there(story: Start, read: Read) -> None:
    told = story().announced()
    assert "已公告" in read("draws/")
    told.sealed()
    assert "种子已登记" in read("draws/")


def test_nothing_is_written_by_reading(story: Start, read: Read, clock: Clock) -> None:
    told = story().done()
    clock.at = "2023-11-01T01:00:00Z"
    from sunlot.office.journal.store import size_of_log

    before = size_of_log()
    for address in ("", f"draws/{told.name}/", f"draws/{told.name}/bag/bagit.txt", "verify/", "log/", "feed.atom"):
        read(address)
    assert size_of_log() == before


def test_it_is_read_only(people: object) -> None:
    assert Client().post("/public/").status_code == 405
    assert Client().head("/public/").status_code == 200


@pytest.mark.parametrize(
    "address", ["", "draws/", "firms/", "items/", "plans/", "rosters/", "log/", "verify/", "about/", "data/"]
)
def test_every_section_speaks_english(address: str, people: object, read: Read) -> None:
    page = read(f"en/{address}")
    assert '<html lang="en">' in page and "Draws" in page and "首页" not in page
    assert '<html lang="zh-CN">' in read(address)


def test_an_address_without_its_last_stroke_leads_on(story: Start) -> None:
    told = story().announced()
    for address in ("draws", f"draws/{told.name}", "en", "en/draws"):
        answer = Client().get(f"/public/{address}")
        assert answer.status_code == 301 and answer["Location"].endswith(f"/public/{address}/")


@pytest.mark.parametrize(
    "address",
    [
        "nothing",
        "draws/379921-2023-0009/",
        "firms/x/",
        "firms/in/1.html",
        "items/1/",
        "plans/2026/1/",
        "plans/x/y/",
        "assets/../views.py",
        "en/firms/x/",
    ],
)
def test_what_there_is_not_is_said_with_a_way_back(address: str, people: object) -> None:
    answer = Client().get(f"/public/{address}")
    assert answer.status_code == 404
    assert b'href="' in answer.content


def test_the_feed_is_atom_with_a_lasting_name_for_every_step(story: Start, read: Read) -> None:
    told = story().drawn()
    space = {"a": "http://www.w3.org/2005/Atom"}
    feed = ElementTree.fromstring(read("feed.atom"))
    entries = feed.findall("a:entry", space)
    assert len(entries) == 3
    assert all((entry.findtext("a:id", "", space)).startswith("tag:yj.qinghe.example,2026:log/") for entry in entries)
    links = [entry.find("a:link", space) for entry in entries]
    assert {link.get("href") for link in links if link is not None} == {f"http://testserver/public/draws/{told.name}/"}


def test_the_site_map_names_pages_that_answer(story: Start, read: Read) -> None:
    story().announced()
    found = [loc.text or "" for loc in ElementTree.fromstring(read("sitemap.xml")).iter() if loc.tag.endswith("loc")]
    assert len(found) > 50 and len(set(found)) == len(found)
    for address in found[:: len(found) // 12]:
        assert Client().get(address.removeprefix("http://testserver")).status_code == 200, address


def test_a_long_site_map_is_in_pieces(story: Start, read: Read, monkeypatch: pytest.MonkeyPatch) -> None:
    story().announced()
    whole = [loc.text for loc in ElementTree.fromstring(read("sitemap.xml")).iter() if loc.tag.endswith("loc")]
    assert Client().get("/public/sitemap-1.xml").status_code == 404
    monkeypatch.setattr("sunlot.office.disclosure.sections.feeds.A_FILE", 20)
    index = ElementTree.fromstring(read("sitemap.xml?again=1"))
    assert index.tag.endswith("sitemapindex")
    places = [loc.text or "" for loc in index.iter() if loc.tag.endswith("loc")]
    pieces = [ElementTree.fromstring(read(place.removeprefix("http://testserver/public/"))) for place in places]
    found = [[loc.text for loc in piece.iter() if loc.tag.endswith("loc")] for piece in pieces]
    assert [address for piece in found for address in piece] == whole and max(map(len, found)) == 20
    assert Client().get(f"/public/sitemap-{len(places) + 1}.xml").status_code == 404


def test_the_data_say_what_the_pages_say(story: Start, read: Read) -> None:
    told = story().announced()
    listed = json.loads(read("draws/index.json"))["draws"][0]
    own = json.loads(read(f"draws/{told.name}/draw.json"))
    assert own["check_code"] == listed["check_code"] == folder_of(told.name).check_code
    assert own["chain"][0]["check_code"] == listed["check_code"]
    assert read("draws/index.csv").startswith("draw,title,stage")
    json.loads(read("draws/").split('<script type="application/ld+json">')[1].split("</script>")[0])


def test_the_verifier_has_a_policy_of_its_own(people: object) -> None:
    answer = Client().get("/public/verify/verifier.html")
    assert (
        "connect-src 'self'" in answer["Content-Security-Policy"]
        and "default-src 'none'" in answer["Content-Security-Policy"]
    )
    assert "unsafe-inline" not in Client().get("/public/")["Content-Security-Policy"]
