"""An article that was renumbered, a rule that begins: the day decides, not the version of the program."""

from datetime import date

import pytest

from sunlot.policy.document_numbers import document_number
from sunlot.policy.errors import PolicyError
from sunlot.policy.in_force import policy_in_force


@pytest.mark.parametrize(
    ("rule", "before", "after", "day"),
    [
        ("citation.power_cut", "安全生产法第67条", "安全生产法第70条", date(2021, 9, 1)),
        ("citation.evidence_registration", "行政处罚法第37条第2款", "行政处罚法第56条", date(2021, 7, 15)),
        ("citation.penalty_notice", "行政处罚法第31条", "行政处罚法第44条", date(2021, 7, 15)),
        ("citation.defence", "行政处罚法第32条", "行政处罚法第45条", date(2021, 7, 15)),
        ("citation.hearing", "行政处罚法第42条", "行政处罚法第63条", date(2021, 7, 15)),
    ],
)
def test_an_article_takes_its_new_number_on_the_day(rule: str, before: str, after: str, day: date) -> None:
    assert policy_in_force(date.fromordinal(day.toordinal() - 1)).text(rule) == before
    assert policy_in_force(day).text(rule) == after


def test_the_prefix_of_documents_follows_the_name_of_the_office() -> None:
    number = document_number(policy_in_force(date(2026, 3, 1)), "汶", "onsite_record", 1)
    assert number == "（汶）应急检记〔2026〕1号"
    assert document_number(policy_in_force(date(2018, 3, 1)), "汶", "onsite_record", 1) == "（汶）安监检记〔2018〕1号"


def test_a_document_there_is_not_is_refused() -> None:
    with pytest.raises(PolicyError, match="没有种类为“poem”的文书"):
        document_number(policy_in_force(date(2026, 3, 1)), "汶", "poem", 1)
