"""Where the notice of a year is not known, weekends alone count and the answer says so."""

from datetime import date

from sunlot.codes.workdays import add_workdays, is_workday, workdays_between, workdays_of_year


def test_weekends_alone_count() -> None:
    assert is_workday(date(2027, 1, 1))
    assert not is_workday(date(2027, 1, 2))


def test_a_year_says_that_its_notice_is_missing() -> None:
    year = workdays_of_year(2027)
    assert (year.count, year.provisional) == (261, True)
    assert year.note == "2027年的放假安排尚未公布或未录入，暂按周末推算，公布后请重新核对。"


def test_a_deadline_says_so_only_when_it_reaches_into_that_year() -> None:
    assert not add_workdays(date(2026, 12, 1), 20).provisional
    assert add_workdays(date(2026, 12, 15), 20).unpublished == (2027,)


def test_a_span_names_every_year_it_had_to_guess() -> None:
    assert workdays_between(date(2026, 12, 31), date(2028, 1, 1)).note.startswith("2027年、2028年的放假安排")
