"""A correction makes a new edition and the old one stays visible with reason and day; a withdrawal leaves number, reason and day."""

from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client

from lottery.conftest import Clock
from release.conftest import FINDING, Finish, grant, problem
from sunlot.office.accounts.models import User
from sunlot.office.journal.audit import audit
from sunlot.office.journal.models import Event
from sunlot.office.release.asking import ask_correction, ask_withdrawal
from sunlot.office.release.models import Release
from sunlot.refusal import Refusal

Give = Callable[..., Release]
Read = Callable[[str], str]
TEXT = f"{FINDING}/text"


def test_old_and_new_stand_side_by_side(
    finish: Finish, release: Give, people: dict[str, User], read: Read, clock: Clock
) -> None:
    row = release(finish(more=problem("安全出口堵塞")), {TEXT: "一处安全出口堵死"})
    clock.at = "2023-09-25T02:00:00Z"
    grant(people, ask_correction(people["clerk"], row.pk, {TEXT: "一处安全出口堵塞"}, "用语不准确"))
    page = read(f"results/{row.number}/")
    assert "2023-09-25 第 2 版，更正理由：用语不准确" in page and "2023-09-20 首次公示" in page
    now, _, before = page.partition("公示的历史")
    assert "一处安全出口堵塞" in now and "一处安全出口堵死" not in now and "一处安全出口堵死" in before
    assert "堵死" in read(f"results/{row.number}/1.json") and "堵塞" in read(f"results/{row.number}/2.json")
    assert "已更正" in read("results/") and "用语不准确" in read("feed.atom")
    assert audit().findings == []


def test_the_same_again_is_no_correction(finish: Finish, release: Give, people: dict[str, User]) -> None:
    row = release(finish())
    asked = ask_correction(people["clerk"], row.pk, {}, "没有不同")
    with pytest.raises(Refusal, match="没有可更正的"):
        grant(people, asked)


def test_a_withdrawal_leaves_number_reason_and_day(
    finish: Finish, release: Give, people: dict[str, User], read: Read, clock: Clock
) -> None:
    visit = finish(more=problem("安全出口堵塞"))
    row = release(visit)
    clock.at = "2023-09-25T02:00:00Z"
    grant(people, ask_withdrawal(people["clerk"], row.pk, "检查对象登记错误", date(2023, 9, 25)))
    page = read(f"results/{row.number}/")
    assert "2023-09-25 撤回，理由：检查对象登记错误" in page and row.number in read("results/")
    for address in ("results/", f"results/{row.number}/", "results/index.json", "results/index.csv", "feed.atom"):
        assert visit.firm_name not in read(address) and "堵塞" not in read(address), address
    assert Client().get(f"/public/results/{row.number}/1.json").status_code == 404
    leaves = "".join(Event.objects.values_list("leaf", flat=True))
    assert "堵塞" not in leaves and "检查对象登记错误" in leaves
    assert audit().findings == []


def test_what_was_withdrawn_comes_back_as_a_new_edition_only(
    finish: Finish, release: Give, people: dict[str, User], read: Read
) -> None:
    row = release(finish(more=problem("安全出口堵塞")), {TEXT: "不该公开的话"})
    grant(people, ask_withdrawal(people["clerk"], row.pk, "用语不当", date(2023, 9, 20)))
    grant(people, ask_correction(people["clerk"], row.pk, {TEXT: "安全出口堵塞"}, "改正后重新公示"))
    page = read(f"results/{row.number}/")
    assert "安全出口堵塞" in page and "不该公开的话" not in page and "内容已随撤回隐去" in page
    row.refresh_from_db()
    assert row.state == "released" and row.withdrawn_on is None


def test_reasons_are_public_and_hold_no_personal_data(finish: Finish, release: Give, people: dict[str, User]) -> None:
    row = release(finish())
    with pytest.raises(Refusal, match="电话"):
        ask_withdrawal(people["clerk"], row.pk, "投诉人 13953700001 要求", date(2023, 9, 20))
    with pytest.raises(Refusal, match="电话"):
        ask_correction(people["clerk"], row.pk, {}, "致电 0537-7212345 核实")


def test_two_requests_meet_and_the_second_is_turned_down(
    finish: Finish, release: Give, people: dict[str, User]
) -> None:
    row = release(finish(more=problem("安全出口堵塞")))
    first = ask_correction(people["clerk"], row.pk, {TEXT: "出口堵塞"}, "用语不准确")
    second = ask_withdrawal(people["clerk2"], row.pk, "登记错误", date(2023, 9, 20))
    grant(people, first)
    with pytest.raises(Refusal, match="送审之后又有变动"):
        grant(people, second)
