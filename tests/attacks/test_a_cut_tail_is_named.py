"""The newest entries are cut off, as if the last deeds had never been done."""

import shutil

from insider import County, both_name, mend_bag, new_bag
from sunlot.draw.state import open_draw

LAST = "SELECT MAX(seq) FROM journal_event WHERE act = 'draw.outcome'"


def cut(county: County, checkpoints_too: bool) -> str:
    """Cut the log before its firms' outcome, and return the newest checkpoint that was published."""
    published = (county.bag / "data/log/checkpoint.txt").read_text()
    ((seq,),) = county.sql(LAST)
    county.sql("DELETE FROM journal_event WHERE seq >= ?", seq)
    if checkpoints_too:
        county.sql("DELETE FROM journal_checkpoint WHERE size > ?", seq)
    return published


def test_the_signed_checkpoints_name_it(county: County) -> None:
    cut(county, checkpoints_too=False)
    assert "末尾的记录被删" in county.audit()


def test_without_them_rows_and_folders_stand_without_an_entry(county: County) -> None:
    cut(county, checkpoints_too=True)
    said = county.audit()
    assert "步骤 03-outcome 没有任何日志条目" in said
    assert "抽取 379921-2023-0001 的 state 现为" in said


def test_with_everything_mended_a_copy_outside_still_names_it(county: County) -> None:
    newspaper = county.folder / "newspaper.txt"
    newspaper.write_text(cut(county, checkpoints_too=True))
    for step in sorted(county.draw.iterdir())[2:]:
        shutil.rmtree(step)
    _undo_row(county)
    assert "发现 0 处" in county.journal("audit")
    assert "末尾的记录被删" in county.audit("--against", newspaper)


def test_a_bag_of_the_shorter_past_is_named_by_a_checkpoint_or_a_check_code(county: County) -> None:
    code = open_draw(county.draw).check_code
    cut(county, checkpoints_too=True)
    for step in sorted(county.draw.iterdir())[2:]:
        shutil.rmtree(step)
    both_name(new_bag(county), "与您提供的不同", "check_code_given", code=code)


def test_a_checkpoint_rolled_back_inside_a_bag(county: County) -> None:
    old = (county.bag / "data/log/01-notice.tlog-proof").read_text().split("\n\n", 1)[1]
    (county.bag / "data/log/checkpoint.txt").write_text(old)
    mend_bag(county.bag, county.key)
    both_name(county.bag, "检查点被退回", "rolled_back")


def _undo_row(county: County) -> None:
    """Give the draw's row the values that the shorter log says."""
    draw = open_draw(county.draw)
    statement = "UPDATE lottery_draw SET state = 'seeded', steps = 2, check_code = ?"
    county.sql(statement, draw.check_code)
