"""A recusal names a firm by its code, checked, or by its name in the roster; what is ambiguous is shown."""

from typing import Any

import pytest

from rosters import code, firm
from sunlot.office.inspectors.firms import which_firm
from sunlot.office.journal.services import deed
from sunlot.refusal import Refusal


@pytest.fixture
def firms(people: dict[str, Any]) -> None:
    with deed(by="u/test") as doing:
        for number, name in ((1, "腾顺石化有限公司"), (2, "腾顺石化城北加油站"), (3, "坚鼎配件厂")):
            doing.save(firm(number, name=name))
        doing.record("log.audited", "x", {"size": 0, "findings": 0})


@pytest.mark.parametrize("text", ["腾顺石化有限公司", code(1), code(1).lower() + " "])
def test_it_is_found(firms: None, text: str) -> None:
    assert which_firm(text) == (code(1), "腾顺石化有限公司")


def test_part_of_a_name_is_enough_when_only_one_bears_it(firms: None) -> None:
    assert which_firm("坚鼎")[0] == code(3)


def test_firms_of_like_names_are_listed_with_their_codes(firms: None) -> None:
    with pytest.raises(Refusal, match=code(2)):
        which_firm("腾顺石化")


def test_a_wrong_digit_is_said_and_not_repaired(firms: None) -> None:
    wrong = code(1)[:-1] + ("0" if code(1)[-1] != "0" else "1")
    with pytest.raises(Refusal, match="校验码"):
        which_firm(wrong)


def test_a_code_outside_the_roster_is_taken(firms: None) -> None:
    assert which_firm(code(9)) == (code(9), "")


def test_an_older_number_keeps_its_type(firms: None) -> None:
    assert which_firm("370830000012345")[0] == which_firm("REG15-370830000012345")[0] == "REG15-370830000012345"
