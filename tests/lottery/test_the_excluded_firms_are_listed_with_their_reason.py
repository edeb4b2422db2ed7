"""排除的单位: whoever watches a round reads which firms it leaves out and why, before the notice and after; a closed list stays closed."""

import io
from collections.abc import Callable

from django.test import Client
from openpyxl import load_workbook

from lottery.conftest import PLAN, Story, code, sources
from sunlot.office.lottery import queries, rounds
from sunlot.office.lottery.excluding import excluded_of
from sunlot.office.lottery.register import folder_of

STOPPED = {code(number) for number in (0, 10, 20, 30)}


def second(told: Story) -> Story:
    """Return a second round of the year."""
    row = rounds.start(told.people["clerk"], PLAN | {"title": "第二次抽查", "number": 2})
    row = rounds.change(told.people["clerk"], row.pk, row.version, {"sources": sources("firms")})
    return Story(told.people, told.clock, row)


def test_supervisor_and_chief_read_search_and_take_away_the_list(
    story: Callable[..., Story], client_of: Callable[[str], Client]
) -> None:
    told = story()
    address = f"/lottery/rounds/{told.row.pk}/excluded/"
    assert address in client_of("supervisor").get(f"/lottery/rounds/{told.row.pk}/check/").content.decode()
    for role in ("supervisor", "chief", "clerk"):
        page = client_of(role).get(address).content.decode()
        assert all(firm in page for firm in STOPPED) and "经营状态不在范围" in page and "停产" in page
        assert code(1) not in page
    client = client_of("supervisor")
    found = client.get(address, {"q": code(10)}).content.decode()
    assert code(10) in found and code(20) not in found
    assert code(10) not in client.get(address, {"reason": "gap"}).content.decode()
    sheet = load_workbook(io.BytesIO(client.get(address, {"as": "xlsx"}).getvalue())).worksheets[0]
    cells = {str(cell.value) for line in sheet.iter_rows() for cell in line}
    assert cells >= STOPPED | {"经营状态不在范围"}
    assert code(30) in client.get(address, {"as": "print"}).content.decode()
    assert client_of("inspector").get(address).status_code == 403


def test_after_the_notice_it_is_what_the_notice_fixed(story: Callable[..., Story]) -> None:
    told = story().announced()
    told.row.refresh_from_db()
    named, unnamed = excluded_of(told.row)
    counts = {entry["reason"]: entry["count"] for entry in folder_of(told.name).firms_notice["excluded"]}
    assert {one.pk for one in named} == STOPPED and unnamed == 0
    assert counts == {"status": len(STOPPED)}


def test_who_was_drawn_by_a_closed_list_is_counted_and_not_named(
    story: Callable[..., Story], client_of: Callable[[str], Client]
) -> None:
    told = story(secret=True).done()
    drawn = {str(entry["id"]) for entry in queries.drawn_list(folder_of(told.name))}
    later = second(told)
    named, unnamed = excluded_of(later.row)
    assert unnamed == len(drawn) and not drawn & {one.pk for one in named}
    page = client_of("supervisor").get(f"/lottery/rounds/{later.row.pk}/excluded/").content.decode()
    assert f"另有 {len(drawn)} 户" in page and not any(firm in page for firm in drawn)


def test_who_was_drawn_before_is_listed_with_the_draw(story: Callable[..., Story]) -> None:
    told = story().done()
    drawn = {str(entry["id"]) for entry in queries.drawn_list(folder_of(told.name))}
    named, _ = excluded_of(second(told).row)
    assert {one.pk for one in named if one.ground == told.name and one.reason == "drawn"} == drawn
