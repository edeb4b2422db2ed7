"""A firm types its name or code as people type, and reads why it was drawn or not, with a proof that needs none of our software."""

import json
from collections.abc import Callable
from hashlib import sha256
from urllib.parse import quote

import pytest

from lottery.conftest import Clock, Story, code
from sunlot.office.lottery import queries
from sunlot.office.lottery.register import folder_of

AFTER = "2023-11-01T01:00:00Z"
Read = Callable[[str], str]
Start = Callable[..., Story]


@pytest.mark.parametrize(
    "typed",
    [
        "青禾第17厂",
        "青禾 第 17 厂",
        "第17厂",
        "青禾第１７厂",
        "青何第17厂",  # a wrong character
        "青禾17厂",  # one left out
        "青禾禾第17厂",  # one doubled
        code(17),
        code(17).lower(),
        code(17)[:4] + " " + code(17)[4:],
        code(17).replace("0", "O"),  # a letter O for every zero
        code(17)[:10] + code(17)[11:],  # a figure left out
        code(17)[:16] + code(17)[17] + code(17)[16],  # two exchanged
    ],
)
def test_it_is_found_however_it_is_typed(typed: str, story: Start, read: Read) -> None:
    story().announced()
    page = read(f"firms/?q={quote(typed)}")
    found = page[page.index("查到的单位") :]
    assert code(17) in found[: found.index("</section>")]


def test_nonsense_finds_nothing_and_breaks_nothing(story: Start, read: Read) -> None:
    story().announced()
    for typed in ("ＺＺＺ不存在", "<script>alert(1)</script>", "'; DROP TABLE roster_firm; --", "%00", "。" * 500):
        page = read(f"firms/?q={quote(typed)}")
        assert "<script>alert" not in page
    assert "没有与此相近的单位" in read("firms/?q=ＺＺＺ不存在")


def test_the_reason_is_told_with_what_to_paste_into_any_tool(story: Start, read: Read, clock: Clock) -> None:
    told = story().done()
    clock.at = AFTER
    folder = folder_of(told.name)
    drawn = {str(entry["id"]) for entry in queries.drawn_list(folder)}
    for number in range(40):
        page = read(f"firms/{code(number)}/")
        if number % 10 == 0:
            assert "没有参加抽签" in page
            continue
        assert ("所以它被抽中" in page) == (code(number) in drawn)
        assert sha256(f"{folder.seed_of('firms')}|T|{code(number)}".encode()).hexdigest() in page


def test_the_proof_leads_from_the_row_to_the_root_of_the_notice(story: Start, read: Read) -> None:
    told = story().announced()
    root = folder_of(told.name).firms_notice["frame"]["root"]
    for number in range(0, 40, 3):
        own = json.loads(read(f"firms/{code(number)}/proof.json"))["draws"][0]
        assert own["root"] == root and own["result"] in ("later", "excluded")
        assert f"青禾第{number}厂" in own["record"]
        assert climb(own) == root
        spoilt = own | {"record": own["record"].replace("青禾", "青未")}
        assert climb(spoilt) != root


def climb(own: dict[str, object]) -> str:
    """Compute the root from a row and its path by RFC 9162 section 2.1.3.2, written apart from our tree."""
    index, last = int(str(own["index"])), int(str(own["rows"])) - 1
    at = sha256(b"\x00" + str(own["record"]).encode()).digest()
    for step in own["path"]:  # type: ignore[attr-defined]
        other = bytes.fromhex(step)
        if index & 1 or index == last:
            at = sha256(b"\x01" + other + at).digest()
            while not index & 1 and index:
                index, last = index >> 1, last >> 1
        else:
            at = sha256(b"\x01" + at + other).digest()
        index, last = index >> 1, last >> 1
    return at.hex()
