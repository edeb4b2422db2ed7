"""A firm of the public roster has a page under its number before any draw; townships and letters list all; old addresses lead on."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from django.test import Client

from lottery.conftest import Clock, Story, code
from sunlot.office.accounts.models import User
from sunlot.office.disclosure import roll
from sunlot.office.disclosure.export import write_site
from sunlot.office.journal.services import deed
from sunlot.office.roster.models import Firm, Snapshot
from sunlot.office.roster.snapshots import take_snapshot

Read = Callable[[str], str]


def test_a_firm_of_the_roster_has_a_page_before_any_draw(county: dict[str, User], read: Read) -> None:
    assert Client().get(f"/public/firms/{code(3)}/").status_code == 404
    take_snapshot(county["clerk"], date(2023, 8, 21))
    page = read(f"firms/{code(3)}/")
    assert "青禾第3厂" in page and "城关街道" in page and "在 2023-08-21 的名录快照中" in page
    assert "已公告的抽取里还没有本单位" in page
    assert Client().get(f"/public/firms/{code(3)}/proof.json").status_code == 404
    assert code(3) in read("firms/?q=青何第3厂")


def test_its_draws_stand_on_it_with_chance_and_proof(story: Callable[..., Story], read: Read, clock: Clock) -> None:
    told = story().done()
    take_snapshot(told.people["clerk"], told.row.date)
    clock.at = "2023-11-01T01:00:00Z"
    page = read(f"firms/{code(3)}/")
    assert "抽签之前公布的机会：" in page and told.name in page and "proof.json" in page
    assert "没有参加抽签" in read(f"firms/{code(10)}/") and "抽签之前公布的机会" not in read(f"firms/{code(10)}/")


def test_one_that_came_later_is_found_and_one_that_went_keeps_its_page(
    story: Callable[..., Story], read: Read, clock: Clock
) -> None:
    told = story().done()
    facts = {"name": "青禾新来厂", "territory": "白石镇", "confirmed_on": date(2023, 10, 1)}
    with deed(by="u/1") as doing:
        doing.save(Firm(id=code(99), **facts))
        Firm.objects.filter(pk=code(3)).update(listed=False)
        doing.record("bureau.described", "bureau", {"name": "青禾县应急管理局", "code": "379921"})
    take_snapshot(told.people["clerk"], date(2023, 10, 20))
    assert "在 0 次已公告抽取的名录中" in read(f"firms/{code(99)}/")
    assert "不在最近的名录快照中" in read(f"firms/{code(3)}/")
    assert code(99) in read("firms/?q=新莱厂")


def test_a_snapshot_that_was_altered_shows_nothing(county: dict[str, User], read: Read) -> None:
    take_snapshot(county["clerk"], date(2023, 8, 21))
    Snapshot.objects.update(sha256="0" * 64)
    assert Client().get(f"/public/firms/{code(3)}/").status_code == 404
    assert "公开的名录里共有 0 户" in read("firms/")


def test_lists_by_township_and_letter_hold_every_firm_in_pages(
    county: dict[str, User], read: Read, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(roll, "PER_PAGE", 5)
    monkeypatch.setattr("sunlot.office.disclosure.sections.firms.PER_PAGE", 5)
    take_snapshot(county["clerk"], date(2023, 8, 21))
    front = read("firms/")
    found = [key for key, (title, _) in roll.groups("in").items() if title == "白石镇"]
    assert f"in/{found[0]}/1.html" in front and "az/Q/1.html" in front
    for by in roll.BY:
        listed = "".join(
            read(f"firms/{by}/{key}/{page}.html")
            for key, (_, firms) in roll.groups(by).items()
            for page in range(1, roll.pages_of(firms) + 1)
        )
        assert all(listed.count(f"/{code(number)}/") == 1 for number in range(40))
    assert Client().get(f"/public/firms/in/{found[0]}/9.html").status_code == 404


def test_an_old_address_of_a_township_leads_on(county: dict[str, User], tmp_path: Path) -> None:
    take_snapshot(county["clerk"], date(2023, 8, 21))
    for language in ("", "en/"):
        answer = Client().get(f"/public/{language}firms/in/2.html")
        assert answer.status_code == 301 and answer["Location"].endswith(f"/public/{language}firms/")
    assert Client().get("/public/firms/in/4.html").status_code == 404
    write_site(tmp_path / "site")
    assert 'http-equiv="refresh"' in (tmp_path / "site/firms/in/2.html").read_text()
