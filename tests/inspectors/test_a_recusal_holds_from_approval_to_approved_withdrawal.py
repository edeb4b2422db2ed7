"""A recusal bars from the day a second person grants it until he grants that it is taken back; every step is a new version."""

import csv
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from rosters import code
from sunlot.office.accounts.models import User
from sunlot.office.approvals import services as approvals
from sunlot.office.inspectors import recusals
from sunlot.office.inspectors.models import Recusal, Step
from sunlot.office.inspectors.queries import write_staff_tables
from sunlot.refusal import Refusal

DAY = date(2026, 11, 25)


@pytest.fixture
def zou(people: dict[str, User], roster: dict[str, Any]) -> User:
    """The inspector J1 with his account."""
    people["inspector"].person = "J1"
    people["inspector"].save()
    return people["inspector"]


def barred(folder: Path) -> set[tuple[str, str]]:
    write_staff_tables(folder, DAY)
    with (folder / "recusals.csv").open(encoding="utf-8", newline="") as file:
        return {(row["inspector_id"], row["firm_id"]) for row in csv.DictReader(file)}


def declare(user: User, number: int = 1) -> Recusal:
    return recusals.declare(user, DAY, code(number), "腾顺石化", "shares", "持股 5%")


def test_it_bars_once_it_is_granted(people: dict[str, User], zou: User, tmp_path: Path) -> None:
    row = declare(zou)
    assert barred(tmp_path) == set()
    approvals.grant(people["chief"], row.approval_id)
    assert barred(tmp_path) == {("J1", code(1))}


def test_who_declares_cannot_grant(people: dict[str, User], roster: dict[str, Any], tmp_path: Path) -> None:
    people["chief"].person = "J2"
    people["chief"].save()
    row = declare(people["chief"])
    with pytest.raises(Refusal, match="own_request"):
        approvals.grant(people["chief"], row.approval_id)
    approvals.grant(people["chief2"], row.approval_id)
    assert barred(tmp_path) == {("J2", code(1))}


def test_the_leading_group_does_not_decide_it(people: dict[str, User], zou: User) -> None:
    with pytest.raises(Refusal, match="not_an_approver"):
        approvals.grant(people["leading"], declare(zou).approval_id)


def test_a_withdrawal_bars_until_it_is_granted(people: dict[str, User], zou: User, tmp_path: Path) -> None:
    row = declare(zou)
    approvals.grant(people["chief"], row.approval_id)
    back = recusals.withdraw(zou, row.pk, DAY, "股份已转让")
    assert barred(tmp_path) == {("J1", code(1))}
    approvals.grant(people["chief"], back.approval_id)
    assert barred(tmp_path) == set()
    steps = Recusal.objects.order_by("version").values_list("version", "step", "withdraws")
    assert list(steps) == [(1, Step.ENDED, False), (2, Step.IN_FORCE, True)]


def test_other_words_are_a_new_version(people: dict[str, User], zou: User, tmp_path: Path) -> None:
    row = declare(zou)
    approvals.grant(people["chief"], row.approval_id)
    again = recusals.revise(zou, row.pk, DAY, "kinship", "配偶持股")
    approvals.grant(people["chief"], again.approval_id)
    row.refresh_from_db()
    assert (row.step, row.detail) == (Step.ENDED, "持股 5%")
    assert barred(tmp_path) == {("J1", code(1))}


def test_one_turned_down_never_bars_and_can_be_declared_anew(
    people: dict[str, User], zou: User, tmp_path: Path
) -> None:
    approvals.refuse(people["chief"], declare(zou).approval_id, "请补充说明")
    assert barred(tmp_path) == set()
    approvals.grant(people["chief"], declare(zou).approval_id)
    assert barred(tmp_path) == {("J1", code(1))}


def test_after_a_refused_withdrawal_it_can_be_asked_again(people: dict[str, User], zou: User) -> None:
    row = declare(zou)
    approvals.grant(people["chief"], row.approval_id)
    approvals.refuse(people["chief"], recusals.withdraw(zou, row.pk, DAY, "已转让").approval_id, "请附凭证")
    assert recusals.withdraw(zou, row.pk, DAY, "已转让，附凭证").version == 3


def test_the_same_firm_is_declared_once(people: dict[str, User], zou: User) -> None:
    declare(zou)
    with pytest.raises(Refusal, match="already_declared"):
        declare(zou)


def test_nobody_withdraws_for_another(people: dict[str, User], zou: User) -> None:
    row = declare(zou)
    approvals.grant(people["chief"], row.approval_id)
    people["chief2"].person = "J2"
    people["chief2"].save()
    with pytest.raises(Refusal, match="not_yours"):
        recusals.withdraw(people["chief2"], row.pk, DAY, "不必")


def test_an_account_that_is_nobody_in_the_roster_cannot_declare(
    people: dict[str, User], roster: dict[str, Any]
) -> None:
    with pytest.raises(Refusal, match="nobody"):
        declare(people["inspector"])
