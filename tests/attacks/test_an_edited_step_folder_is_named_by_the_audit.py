"""Whoever can write on the disk edits, removes or adds a step of a draw and mends every hash in the folder; the log still knows."""

import shutil

import pytest

from insider import County, change_json, mend_steps

PLACE = "379921-2023-0001"


def test_nothing_is_found_before(county: County) -> None:
    assert "发现 0 处" in county.journal("audit")


def test_an_edited_step(county: County) -> None:
    change_json(county.draw / "03-outcome/outcome.json", lambda it: it["selected"][0].update(id="91370830MA3C000115"))
    mend_steps(county.draw)
    said = county.audit()
    for step in ("03-outcome", "04-teams-notice", "06-teams-outcome"):
        assert f"抽取 {PLACE} 的步骤 {step} 与日志登记的核对码" in said
    assert "02-seed" not in said


def test_an_edited_file_alone(county: County) -> None:
    path = county.draw / "03-outcome/result.xlsx"
    path.write_bytes(path.read_bytes() + b"x")
    assert "03-outcome/result.xlsx" in county.audit()


def test_a_removed_step(county: County) -> None:
    shutil.rmtree(county.draw / "06-teams-outcome")
    assert f"抽取 {PLACE} 的步骤 06-teams-outcome 不见了" in county.audit()


def test_an_added_step(county: County) -> None:
    shutil.copytree(county.draw / "06-teams-outcome", county.draw / "07-substitution")
    assert "07-substitution 没有任何日志条目" in county.audit()


def test_a_whole_draw_removed(county: County) -> None:
    shutil.rmtree(county.draw)
    assert f"抽取 {PLACE} 在日志里有 6 步，文件夹却不见了" in county.audit()


def test_a_number_left_out(county: County) -> None:
    county.draw.rename(county.register / "379921-2023-0003")
    said = county.audit()
    assert "抽取编号 379921-2023-0002 空缺" in said


@pytest.mark.parametrize("words", [[], ["--enter"]])
def test_the_audit_itself_stands_in_the_log_when_it_is_asked_to(county: County, words: list[str]) -> None:
    before = len(county.sql("SELECT seq FROM journal_event"))
    county.journal("audit", *words)
    assert len(county.sql("SELECT seq FROM journal_event")) == before + len(words)
    if words:
        assert "审计日志" in county.journal("show", "--last", "1")
        assert "发现 0 处" in county.journal("audit")
