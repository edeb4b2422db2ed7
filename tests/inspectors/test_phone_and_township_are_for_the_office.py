"""Where somebody lives, his telephone and his leave: the office and he himself see them, those who watch and his colleagues do not."""

import io
from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client
from openpyxl import load_workbook

from sunlot.office.accounts.models import User
from sunlot.office.inspectors import leaves
from sunlot.office.inspectors.models import Inspector

PAGE = "/inspectors/person/J1/"


@pytest.fixture(autouse=True)
def away(people: dict[str, User], roster: dict[str, Inspector]) -> None:
    leaves.enter(people["clerk"], roster["J1"], "病假", date(2099, 1, 1), date(2099, 1, 2))


@pytest.mark.parametrize("name", ["clerk", "chief", "leading"])
def test_the_office_reads_them(name: str, client_of: Callable[[str], Client]) -> None:
    page = client_of(name).get(PAGE).content.decode()
    assert "13800000000" in page and "石桥镇" in page and "病假" in page


@pytest.mark.parametrize("name", ["supervisor", "auditor", "inspector", "partner"])
def test_others_do_not(name: str, people: dict[str, User], client_of: Callable[[str], Client]) -> None:
    User.objects.filter(pk=people["partner"].pk).update(department="执法大队")  # whom it sees at all are its own people
    client = client_of(name)
    for address in (PAGE, "/inspectors/", "/inspectors/?as=print"):
        page = client.get(address).content.decode()
        assert "邹思" in page
        assert "13800000000" not in page and "石桥镇" not in page and "病假" not in page


def test_he_himself_does(people: dict[str, User], client_of: Callable[[str], Client]) -> None:
    people["inspector"].person = "J1"
    people["inspector"].save()
    assert "13800000000" in client_of("inspector").get(PAGE).content.decode()


@pytest.mark.parametrize(("name", "told"), [("clerk", True), ("supervisor", False)])
def test_the_workbook_holds_them_only_for_the_office(name: str, told: bool, client_of: Callable[[str], Client]) -> None:
    sheet = load_workbook(io.BytesIO(client_of(name).get("/inspectors/?as=xlsx").content)).active
    assert sheet is not None
    cells = [str(cell) for row in sheet.iter_rows(values_only=True) for cell in row]
    assert "邹思" in cells
    assert ("13800000000" in cells) is told
