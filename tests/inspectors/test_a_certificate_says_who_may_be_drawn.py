"""Certificates follow each other; one that ended, was revoked or has not begun makes nobody drawable."""

from datetime import date, timedelta

import pytest

from inspectors.conftest import facts
from sunlot.office.accounts.models import User
from sunlot.office.inspectors import leaves
from sunlot.office.inspectors.changes import submit
from sunlot.office.inspectors.models import Certificate, Inspector
from sunlot.office.inspectors.queries import reason, standing
from sunlot.refusal import Refusal

DAY = date(2026, 11, 25)


def why(number: str, day: date = DAY) -> str:
    return reason(standing(day).get(pk=number))


def certify(people: dict[str, User], number: str, certificate: str, start: date | None, end: date) -> None:
    submit(people["clerk"], "certify", number, {"number": certificate, "valid_from": start, "valid_to": end})


def test_the_last_day_still_counts(roster: dict[str, Inspector]) -> None:
    end = date(2026, 5, 29)
    assert (why("J3", end), why("J3", end + timedelta(1))) == ("yes", "expired")


def test_a_renewal_counts_from_its_first_day(people: dict[str, User], roster: dict[str, Inspector]) -> None:
    certify(people, "J3", "鲁37003", date(2026, 12, 1), date(2031, 11, 30))
    assert (why("J3"), why("J3", date(2026, 12, 1))) == ("expired", "yes")


def test_a_revoked_certificate_ends_on_its_day(people: dict[str, User], roster: dict[str, Inspector]) -> None:
    number = Certificate.objects.get(number="鲁37001").pk
    submit(people["clerk"], "revoke", "J1", {"certificate": number, "day": DAY}, "调离")
    assert (why("J1", DAY - timedelta(1)), why("J1")) == ("yes", "certificate")


def test_one_without_a_last_day_makes_nobody_drawable(people: dict[str, User], roster: dict[str, Inspector]) -> None:
    submit(people["clerk"], "add", "J8", facts("孟某", number="鲁37008", valid_to=None))
    assert why("J8") == "expired"


def test_the_certificate_of_another_is_refused(people: dict[str, User], roster: dict[str, Inspector]) -> None:
    with pytest.raises(Refusal, match="J1 邹思"):
        certify(people, "J2", "鲁37001", None, date(2031, 1, 1))


def test_days_in_the_wrong_order_are_refused(people: dict[str, User], roster: dict[str, Inspector]) -> None:
    with pytest.raises(Refusal, match="days_reversed"):
        certify(people, "J2", "鲁37002B", date(2031, 1, 1), date(2030, 1, 1))


def test_who_is_away_or_off_duty_is_not_drawable(people: dict[str, User], roster: dict[str, Inspector]) -> None:
    leaves.enter(people["clerk"], roster["J1"], "出差", DAY, DAY)
    submit(people["clerk"], "edit", "J2", {"version": 1, "state": "借调"}, "借调市局")
    assert (why("J1"), why("J1", DAY + timedelta(1)), why("J2")) == ("leave", "yes", "duty")
