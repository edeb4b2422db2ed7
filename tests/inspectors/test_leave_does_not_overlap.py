"""Leave is entered by oneself or by a clerk; days that overlap are refused; a leave that meets an open round is warned of."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.test import Client

from sunlot.office.accounts.models import User
from sunlot.office.inspectors import leaves
from sunlot.office.inspectors.models import Inspector, Leave
from sunlot.office.journal.models import Event
from sunlot.office.roster import guards
from sunlot.refusal import Refusal


def enter(user: User, person: Inspector, start: str, end: str, kind: str = "年休假") -> Leave:
    return leaves.enter(user, person, kind, date.fromisoformat(start), date.fromisoformat(end))


@pytest.mark.parametrize(
    ("start", "end"),
    [
        ("2026-12-05", "2026-12-06"),
        ("2026-11-30", "2026-12-01"),
        ("2026-12-10", "2026-12-20"),
        ("2026-11-01", "2027-01-01"),
    ],
)
def test_a_shared_day_is_refused(people: dict[str, User], roster: dict[str, Inspector], start: str, end: str) -> None:
    enter(people["clerk"], roster["J1"], "2026-12-01", "2026-12-10")
    with pytest.raises(Refusal, match="leave_overlaps"):
        enter(people["clerk"], roster["J1"], start, end)


def test_the_day_after_and_somebody_else_are_free(people: dict[str, User], roster: dict[str, Inspector]) -> None:
    enter(people["clerk"], roster["J1"], "2026-12-01", "2026-12-10")
    enter(people["clerk"], roster["J1"], "2026-12-11", "2026-12-11")
    enter(people["clerk"], roster["J2"], "2026-12-05", "2026-12-06")


def test_a_cancelled_leave_makes_room(people: dict[str, User], roster: dict[str, Inspector]) -> None:
    leave = enter(people["clerk"], roster["J1"], "2026-12-01", "2026-12-10")
    leaves.cancel(people["clerk"], leave.pk)
    enter(people["clerk"], roster["J1"], "2026-12-05", "2026-12-06")


def test_an_inspector_enters_his_own_only(people: dict[str, User], roster: dict[str, Inspector]) -> None:
    people["inspector"].person = "J1"
    people["inspector"].save()
    enter(people["inspector"], roster["J1"], "2026-12-01", "2026-12-02")
    with pytest.raises(Refusal, match="not_yours"):
        enter(people["inspector"], roster["J2"], "2026-12-01", "2026-12-02")


def test_an_inspector_sees_and_cancels_his_own_only(
    people: dict[str, User], roster: dict[str, Inspector], client_of: Callable[[str], Client]
) -> None:
    people["inspector"].person = "J1"
    people["inspector"].save()
    enter(people["clerk"], roster["J1"], "2026-12-01", "2026-12-02", "培训")
    other = enter(people["clerk"], roster["J2"], "2026-12-01", "2026-12-02", "病假")
    client = client_of("inspector")
    page = client.get("/inspectors/leaves/?month=2026-12").content.decode()
    assert "邹思" in page and "乔萍娟" not in page
    assert client.post("/inspectors/leaves/cancel/", {"pk": other.pk}).status_code == 404


def test_why_and_when_somebody_is_away_stays_out_of_the_log(
    people: dict[str, User], roster: dict[str, Inspector]
) -> None:
    leave = enter(people["clerk"], roster["J1"], "2026-12-01", "2026-12-02", "病假")
    leaf = Event.objects.get(obj=leave.obj).leaf
    assert "病假" not in leaf and "2026-12-01" not in leaf and '"J1"' not in leaf


def test_an_overlap_is_told_on_the_form_and_nothing_typed_is_lost(
    people: dict[str, User], roster: dict[str, Inspector], client_of: Callable[[str], Client]
) -> None:
    enter(people["clerk"], roster["J1"], "2026-12-01", "2026-12-10")
    typed = {"person": "J1", "kind": "出差", "start": "2026-12-09", "end": "2026-12-12"}
    answer = client_of("clerk").post("/inspectors/leaves/enter/", typed)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "2026-12-01 至 2026-12-10 已登记年休假" in page
    assert 'value="2026-12-09"' in page and 'value="2026-12-12"' in page


def test_leave_while_a_round_is_open_is_warned_of(
    roster: dict[str, Inspector], client_of: Callable[[str], Client], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(guards, "OPEN_ROUND", [lambda: "2026 年第二轮"])
    typed: dict[str, Any] = {"person": "J1", "kind": "出差", "start": "2099-12-09", "end": "2099-12-12"}
    answer = client_of("clerk").post("/inspectors/leaves/enter/", typed, follow=True)
    assert "2026 年第二轮 正在进行" in answer.content.decode()
    assert Leave.objects.count() == 1


def test_the_month_shows_a_leave_as_one_cell_of_its_days(
    people: dict[str, User], roster: dict[str, Inspector], client_of: Callable[[str], Client]
) -> None:
    enter(people["clerk"], roster["J1"], "2026-11-28", "2026-12-04")
    page = client_of("clerk").get("/inspectors/leaves/?month=2026-12").content.decode()
    assert '<td class="away" colspan="4">年休假' in page
    assert page.count("<td></td>") == 31 - 4
