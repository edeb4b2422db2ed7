"""Visits times officers times days against the days there are; where they do not fit, the ratio that would."""

from fractions import Fraction

import pytest

from sunlot.policy.arithmetic.capacity import Fit, capacity
from sunlot.policy.arithmetic.numbers import PlanError
from sunlot.policy.arithmetic.visits import VisitGroup, person_days

KEY = VisitGroup("重点单位", 30, 30, 60, days=Fraction(1), officers=2, key=True)
GENERAL = VisitGroup("一般单位", 2000, 200, 200, days=Fraction(1), officers=2, random=True)


def test_enough_days_leave_a_rest() -> None:
    result = capacity(600, [KEY, GENERAL])
    assert result.enough
    assert result.lines == (
        "重点单位：60 户次 × 每次 1 天 × 2 人 = 120 天",
        "一般单位：200 户次 × 每次 1 天 × 2 人 = 400 天",
        "共需 520 天，可用 600 天，够用，余 80 天",
    )


def test_too_few_days_cut_what_is_not_key_and_name_the_ratio() -> None:
    result = capacity(414, [KEY, GENERAL])
    assert not result.enough
    assert result.scale == Fraction(294, 400)
    assert result.fits == (Fit("重点单位", 60, Fraction(2)), Fit("一般单位", 147, Fraction(147, 2000)))
    assert result.lines[-2:] == (
        "共需 520 天，可用 414 天，不够，差 106 天",
        "可行的安排：一般单位 147 户次，抽查比例 7.4%",
    )


def test_what_fits_does_fit_and_one_visit_more_does_not() -> None:
    for days in range(120, 520):
        _, general = capacity(days, [KEY, GENERAL]).fits
        assert KEY.person_days + general.visits * GENERAL.days_per_visit <= days
        assert KEY.person_days + (general.visits + 1) * GENERAL.days_per_visit > days


def test_key_visits_alone_may_be_too_many() -> None:
    result = capacity(100, [KEY, GENERAL])
    assert result.fits[1].visits == 0
    assert "仅重点检查就需 120 天，应增加人员或减少其他工作日" in result.lines[-1]


def test_days_kept_in_reserve_are_not_spent() -> None:
    result = capacity(600, [KEY, GENERAL], Fraction(1, 5))
    assert (result.available, result.enough) == (480, False)
    assert "监督检查工作日 600 天，预留 20%，可用 480 天" in result.lines


def test_half_days_are_exact() -> None:
    assert person_days([VisitGroup("一般", 10, 3, 3, days=Fraction(1, 2), officers=3)]) == Fraction(9, 2)


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"firms": 31}, "计划检查 31 户，名录中只有 30 户"),
        ({"visits": 29}, "计划 29 户次，少于计划户数 30 户"),
        ({"days": Fraction(0)}, "每次检查的天数应大于 0"),
        ({"officers": 0}, "每次检查的人数应为不小于 1 的整数"),
    ],
)
def test_an_impossible_group_is_refused(change: dict[str, int], sentence: str) -> None:
    fields = {"name": "重点单位", "population": 30, "firms": 30, "visits": 60} | change
    with pytest.raises(PlanError, match=sentence):
        VisitGroup(**fields)  # type: ignore[arg-type]
