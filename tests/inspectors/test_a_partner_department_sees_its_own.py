"""A partner department (协作部门) sees its own people and the joint rounds that name it, and nobody else's."""

from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client

from sunlot.office.accounts.models import User
from sunlot.office.inspectors.models import Inspector
from sunlot.office.plan.models import Plan, PlannedRound


@pytest.fixture
def partner(roster: dict[str, Inspector], people: dict[str, User], client_of: Callable[[str], Client]) -> Client:
    """Somebody of 工贸监管科, to which J2 belongs."""
    User.objects.filter(pk=people["partner"].pk).update(department="工贸监管科")
    return client_of("partner")


def test_the_list_and_its_excel_hold_its_own_people(partner: Client) -> None:
    page = partner.get("/inspectors/").content.decode()
    assert "乔萍娟" in page
    assert "邹思" not in page
    assert "执法大队" not in page


def test_a_person_of_another_department_is_not_found(partner: Client, client_of: Callable[[str], Client]) -> None:
    assert partner.get("/inspectors/person/J2/").status_code == 200
    assert partner.get("/inspectors/person/J1/").status_code == 404
    assert client_of("inspector").get("/inspectors/person/J1/").status_code == 200


def test_an_account_without_a_department_sees_nobody(partner: Client, people: dict[str, User]) -> None:
    Inspector.objects.filter(pk="J1").update(department="")
    User.objects.filter(pk=people["partner"].pk).update(department="")
    page = partner.get("/inspectors/").content.decode()
    assert "邹思" not in page
    assert "请系统管理员核对" in page


def test_the_rounds_it_joins_are_told_but_no_unannounced_one(partner: Client) -> None:
    plan = Plan.objects.create(year=2027, organ="青禾县应急管理局", state="published")
    draft = Plan.objects.create(year=2028, organ="青禾县应急管理局", state="draft")
    rounds = [
        (plan, "联合甲", "市场监管局、工贸监管科", False),
        (plan, "联合乙", "县工贸监管科", False),
        (plan, "夜查丙", "工贸监管科", True),
        (draft, "草稿丁", "工贸监管科", False),
    ]
    for number, (of, title, departments, secret) in enumerate(rounds, 1):
        PlannedRound.objects.create(
            plan=of,
            number=number,
            code=f"{of.year}-{number:02d}",
            title=title,
            kind="joint",
            first_day=date(of.year, 3, 1),
            last_day=date(of.year, 4, 1),
            scope="机械",
            population=10,
            count=2,
            items="AQ-01",
            undertaker="执法大队",
            departments=departments,
            secret=secret,
        )
    page = partner.get("/plan/ours/").content.decode()
    assert [title for _of, title, _names, _secret in rounds if title in page] == ["联合甲"]
