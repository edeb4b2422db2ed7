"""The share of a plan that is drawn by lot is shown by firms, by visits and by person-days."""

from fractions import Fraction

from sunlot.policy.arithmetic.meters import Meter, random_share
from sunlot.policy.arithmetic.visits import VisitGroup

FLOOR = Fraction(3, 10)


def longyan_2025(name: str, drawn: int, all_of_them: int) -> tuple[VisitGroup, VisitGroup]:
    rest = all_of_them - drawn
    return (
        VisitGroup(f"{name}双随机", drawn, drawn, drawn, random=True),
        VisitGroup(f"{name}其他", rest, rest, rest),
    )


def test_longyan_2025_is_below_the_floor_for_mines_and_above_it_for_industry() -> None:
    mines, industry = longyan_2025("非煤矿山", 3, 14), longyan_2025("工贸", 8, 24)
    assert random_share(mines, FLOOR)[0].sentence == ("双随机比例（按户数）：3户 ÷ 14户 = 21.4%，低于 30%，还差 2 户。")
    assert random_share(industry, FLOOR)[0].sentence == "双随机比例（按户数）：8户 ÷ 24户 = 33.3%，达到 30%。"
    assert random_share(mines + industry, FLOOR)[0].share == Fraction(11, 38)


def test_the_three_ways_differ_when_visits_and_days_do() -> None:
    plan = (
        VisitGroup("重点", 10, 10, 40, days=Fraction(2), officers=3, key=True),
        VisitGroup("一般", 400, 20, 20, days=Fraction(1, 2), officers=2, random=True),
    )
    firms, visits, days = random_share(plan, FLOOR)
    assert (firms.share, visits.share, days.share) == (Fraction(2, 3), Fraction(1, 3), Fraction(1, 13))
    assert (firms.met, visits.met, days.met) == (True, True, False)


def test_exactly_the_floor_is_enough() -> None:
    assert Meter("", Fraction(3), Fraction(10), FLOOR, "户").met
    assert not Meter("", Fraction(299), Fraction(1000), FLOOR, "户").met


def test_what_is_missing_reaches_the_floor_and_one_fewer_does_not() -> None:
    for part in range(10):
        meter = Meter("", Fraction(part), Fraction(33), FLOOR, "户")
        more, added = meter.missing, meter.missing_if_added
        assert added is not None
        assert Meter("", Fraction(part + more), Fraction(33), FLOOR, "户").met
        assert Meter("", Fraction(part + added), Fraction(33 + added), FLOOR, "户").met
        if more:
            assert not Meter("", Fraction(part + more - 1), Fraction(33), FLOOR, "户").met
            assert not Meter("", Fraction(part + added - 1), Fraction(32 + added), FLOOR, "户").met


def test_an_empty_plan_has_nothing_to_measure() -> None:
    assert [meter.share for meter in random_share((), FLOOR)] == [None, None, None]
    assert random_share((), FLOOR)[1].sentence == "双随机比例（按户次）：计划中没有可计算的户次数。"
