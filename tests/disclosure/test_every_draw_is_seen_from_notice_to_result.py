"""The public list of draws: consecutive numbers, states, what is missing or late, and one draw with everything that is public of it."""

import json
import shutil
from collections.abc import Callable

from lottery.conftest import Clock, Story
from sunlot.office.approvals import services as approvals
from sunlot.office.lottery import drawing, queries
from sunlot.office.lottery.register import folder_of, register

Read = Callable[[str], str]
Start = Callable[..., Story]
AFTER = "2023-11-01T01:00:00Z"  # the day after the window


def test_an_office_without_a_draw_says_so(people: object, read: Read) -> None:
    assert "还没有抽取" in read("")
    assert "还没有抽取" in read("draws/")


def test_the_notice_is_public_at_once(story: Start, read: Read) -> None:
    told = story().announced()
    page = read(f"draws/{told.name}/")
    folder = folder_of(told.name)
    assert "已公告，等待种子产生" in page
    assert folder.check_code[:8] in page
    assert folder.firms_notice["frame"]["root"] in page
    assert "尚未锚定" in page
    assert told.name in read("") and told.name in read("draws/")


def test_the_drawn_firms_are_listed_after_the_visits_as_the_policy_says(story: Start, read: Read, clock: Clock) -> None:
    told = story().done()
    drawn = [str(entry["name"]) for entry in queries.drawn_list(folder_of(told.name))]
    page = read(f"draws/{told.name}/")
    assert "抽中名单在检查之后公布" in page
    assert not any(f"{name}<" in page for name in drawn)
    clock.at = AFTER
    page = read(f"draws/{told.name}/")
    assert all(f"{name}<" in page for name in drawn)
    assert "检查员" in page, "the teams are named after the visit"


def test_a_seed_that_is_late_by_its_own_notice_is_said(story: Start, read: Read, clock: Clock) -> None:
    told = story().announced()
    clock.at = "2023-08-24T15:00:00Z"
    page = read(f"draws/{told.name}/")
    assert "种子来源已经产生，尚未登记" in page and "应于 2023-08-24 前公布" in page and "逾期" not in page
    clock.at = "2023-08-24T17:00:00Z"  # past midnight in the office
    assert "逾期：应于 2023-08-24 前公布" in read(f"draws/{told.name}/")
    assert "需要说明的抽取" in read("")


def test_teams_that_are_late_by_their_own_notice_are_said(story: Start, read: Read, clock: Clock) -> None:
    told = story().teams_announced()
    clock.at = "2023-09-18T01:00:00Z"
    assert "应于 2023-09-18 前公布" in read(f"draws/{told.name}/") and "逾期" not in read(f"draws/{told.name}/")
    clock.at = "2023-09-19T01:00:00Z"
    assert "逾期：应于 2023-09-18 前公布" in read("draws/")


def test_a_folder_that_was_removed_is_seen_as_missing(story: Start, read: Read) -> None:
    told = story().announced()
    shutil.move(register() / told.name, register().parent / "hidden")
    assert "证据缺失" in read("draws/")
    assert "文件夹不见了" in read(f"draws/{told.name}/")


def test_a_number_that_was_left_out_is_shown(story: Start, read: Read) -> None:
    told = story().drawn()
    (register() / f"{told.name[:-4]}0003").mkdir()
    listed = json.loads(read("draws/index.json"))["draws"]
    assert [(each["draw"][-4:], each["stage"]) for each in listed] == [
        ("0003", "broken"),
        ("0002", "missing"),
        ("0001", "drawn"),
    ]
    assert "缺号" in read(f"draws/{told.name[:-4]}0002/")


def test_an_unannounced_draw_shows_commitments_only_until_it_is_opened(story: Start, read: Read, clock: Clock) -> None:
    told = story(secret=True, title="秘密的暗查名称").done()
    clock.at = AFTER
    folder = folder_of(told.name)
    drawn = queries.drawn_list(folder)
    page = read(f"draws/{told.name}/")
    assert "只公布承诺值" in page and folder.check_code[:8] in page
    assert "秘密的暗查名称" not in page + read("draws/") + read("") + read("feed.atom")
    assert not any(str(entry["id"]) in page for entry in drawn)
    assert "files/" not in page
    approval = drawing.ask_opening(told.people["clerk"], told.row.pk, "已执行完毕")
    approvals.grant(told.people["chief"], approval.pk)
    page = read(f"draws/{told.name}/")
    assert "秘密的暗查名称" in page
    assert all(str(entry["id"]) in page for entry in drawn)
    assert "证据包（zip）" in page
    assert read(f"firms/{drawn[0]['id']}/").count("所以它被抽中") == 1
