"""三员分离: one natural person cannot hold two of the three, nobody decides about himself, and none of the three is left without anybody."""

import pytest

from sunlot.office.accounts import keeping
from sunlot.office.accounts.models import User
from sunlot.office.accounts.queries import same_person
from sunlot.office.accounts.services import open_account
from sunlot.refusal import Refusal


def opened(username: str, name: str, role: str, **more: str) -> User:
    return open_account("u/console", username, name, role, "一个-long-password", **more)


def test_the_same_name_in_the_same_department(people: dict[str, User]) -> None:
    opened("li1", "李明", "security", department="办公室")
    with pytest.raises(Refusal, match=r"李 明 已是安全管理员（用户名 li1）.*三个不同的人"):
        opened("li2", "李 明", "auditor", department="办公室")


def test_the_same_number_under_another_name(people: dict[str, User]) -> None:
    opened("li1", "李明", "system", person="P001")
    with pytest.raises(Refusal, match="two_of_three"):
        opened("wang", "王芳", "auditor", person="P001")


def test_namesakes_in_two_departments_are_two_persons(people: dict[str, User]) -> None:
    opened("li1", "李明", "system", department="办公室")
    assert opened("li2", "李明", "auditor", department="纪检组").pk


def test_two_numbers_are_two_persons() -> None:
    one, other = User(name="李明", person="P001"), User(name="李明", person="P002")
    assert not same_person(one, other)
    assert same_person(User(name="李明", department="办公室"), User(name="李明"))


def test_an_account_cannot_be_edited_into_a_second_hat(people: dict[str, User]) -> None:
    first = opened("li1", "李明", "system", department="办公室")
    second = opened("li2", "李明", "auditor", department="纪检组")
    values = {"name": "李明", "department": first.department, "person": ""}
    with pytest.raises(Refusal, match="two_of_three"):
        keeping.change(people["system"], second.pk, second.version, values)


def test_who_left_may_come_back_as_another_of_the_three(people: dict[str, User]) -> None:
    first = opened("li1", "李明", "system", department="办公室")
    keeping.close(people["system"], first.pk, "调整分工")
    assert opened("li2", "李明", "auditor", department="办公室").pk
    with pytest.raises(Refusal, match="two_of_three"):
        keeping.reopen(people["system"], first.pk)


@pytest.mark.parametrize("role", ["security", "auditor"])
def test_the_last_of_each_cannot_be_closed(people: dict[str, User], role: str) -> None:
    with pytest.raises(Refusal, match="最后一个启用的"):
        keeping.close(people["system"], people[role].pk, "离岗")
    opened("next", "接任者", role)
    keeping.close(people["system"], people[role].pk, "离岗")
    people[role].refresh_from_db()
    assert not people[role].is_active


def test_nobody_closes_himself(people: dict[str, User]) -> None:
    opened("next", "接任者", "system")
    with pytest.raises(Refusal, match="不能停用自己的账号"):
        keeping.close(people["system"], people["system"].pk, "离岗")
