"""Beside the times that were typed stand the moments between which the office knows they were; an arrival that contradicts the check-in is a doubt."""

from collections.abc import Callable

import pytest
from django.test import Client

from lottery.conftest import Clock
from sunlot.office.visits.bounds import Bounds, minutes_outside
from sunlot.office.visits.models import Visit
from sunlot.office.visits.states import State
from visits.conftest import JPEG, Phone, fill, officers, record_text, signature

Phones = Callable[[str], Phone]
DAY = "2023-09-20T"


def held(visit: Visit, phone_of: Phones, clock: Clock, arrived: str, checked_in: tuple[str, str]) -> Visit:
    """Hold a visit whose phones last heard of the office at the first moment of `checked_in` and hand in at the second; it ends at 04:00."""
    phones = [phone_of(person) for person in officers(visit)]
    clock.at = f"{DAY}{checked_in[0]}:00Z"
    stamps = [phone.today()["stamp"] for phone in phones]
    fill(phones, visit)
    first = phones[0]
    for name, at in {"times/arrived": arrived, "times/left": "04:00"}.items():
        first.enter(name, f"{DAY}{at}:00Z", [one["id"] for one in first.log if one["field"] == name])
    clock.at = f"{DAY}{checked_in[1]}:00Z"
    for phone, stamp in zip(phones, stamps, strict=True):
        for change in phone.log:
            change["stamp"] = stamp
        phone.send(visit.uid)
    clock.at = f"{DAY}04:00:00Z"
    first.upload(visit.uid, JPEG)
    text = record_text(first, visit, [change for phone in phones for change in phone.log])
    team = [signature("officer", phone.person) for phone in phones]
    body = {"record": text, "signatures": [*team, signature("firm", name="王某", capacity="site")], "refusal": None}
    answer = first.post(visit.uid, "record", body)
    assert answer.status_code == 200, answer.content.decode()
    visit.refresh_from_db()
    assert visit.state == State.DONE
    return visit


@pytest.fixture
def early(ready: Callable[..., Visit], clock: Clock) -> Visit:
    visit = ready()
    clock.at = f"{DAY}00:00:00Z"
    return visit


@pytest.mark.parametrize(
    ("arrived", "checked_in", "doubts"),
    [
        ("02:00", ("01:55", "02:10"), []),
        ("02:00", ("00:05", "03:50"), []),  # without a network: the bounds are wide
        ("01:00", ("02:00", "02:10"), []),  # an hour is allowed
        ("00:30", ("02:00", "02:10"), ["clock"]),  # says he came long before he can have checked in
        ("03:30", ("01:00", "02:00"), ["clock"]),  # the office had the check-in long before he says he came
    ],
)
def test_only_what_contradicts_is_a_doubt(
    arrived: str,
    checked_in: tuple[str, str],
    doubts: list[str],
    early: Visit,
    phone_of: Phones,
    clock: Clock,
) -> None:
    visit = held(early, phone_of, clock, arrived, checked_in)
    assert [kind for kind in visit.doubts.values_list("kind", flat=True) if kind != "short"] == doubts


def test_the_page_shows_between_which_moments_it_was_entered(
    early: Visit, phone_of: Phones, clock: Clock, client_of: Callable[[str], Client]
) -> None:
    visit = held(early, phone_of, clock, "00:30", ("02:00", "02:10"))
    page = client_of("chief").get(f"/visits/{visit.pk}/").content.decode()
    assert page.count("录入于 2023-09-20 10:00 至 2023-09-20 10:10 之间（办公室时间）") == 2 + len(officers(visit))
    assert "到达时间与签到不符" in page and "相差 90 分钟以上" in page


def test_a_device_that_never_heard_of_the_office_gives_no_lower_bound() -> None:
    assert minutes_outside("2026-03-02T01:00:00Z", Bounds("", "2026-03-02T03:00:00Z")) == 0
    assert minutes_outside("2026-03-02T05:00:00Z", Bounds("", "2026-03-02T03:00:00Z")) == 120
