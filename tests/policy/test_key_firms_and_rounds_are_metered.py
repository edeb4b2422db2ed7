"""Every key firm is to be visited in the year, and random checks are held twice."""

from fractions import Fraction

from sunlot.policy.arithmetic.meters import key_coverage, rounds_meter
from sunlot.policy.arithmetic.visits import VisitGroup


def test_key_firms_without_a_visit_are_counted() -> None:
    plan = (
        VisitGroup("危险化学品", 25, 24, 48, key=True),
        VisitGroup("烟花爆竹", 5, 5, 5, key=True, random=True),
        VisitGroup("一般", 1000, 50, 50, random=True),
    )
    meter = key_coverage(plan, Fraction(1))
    assert not meter.met
    assert meter.sentence == "重点单位覆盖率：29户 ÷ 30户 = 96.7%，低于 100%，还差 1 户。"
    assert meter.missing_if_added is None


def test_one_round_of_two_is_half() -> None:
    assert rounds_meter(1, 2).sentence == "随机抽查轮次：1轮 ÷ 2轮 = 50.0%，低于 100%，还差 1 轮。"
    assert rounds_meter(2, 2).met
    assert rounds_meter(3, 2).met
