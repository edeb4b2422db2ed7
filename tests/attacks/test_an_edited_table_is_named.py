"""The database administrator never touches the log; he edits, removes or adds rows of a business table."""

import pytest

from insider import County

NAME = "379921-2023-0001"


@pytest.mark.parametrize(
    ("statement", "said"),
    [
        ("UPDATE lottery_draw SET state = 'voided'", f"抽取 {NAME} 的 state 现为 'voided'"),
        (f"UPDATE lottery_draw SET check_code = '{'0' * 64}'", f"抽取 {NAME} 的 check_code 现为"),
        ("DELETE FROM lottery_draw", f"抽取 {NAME} 在日志第"),
        (
            "INSERT INTO lottery_draw SELECT '379921-2023-0002', title, state, steps, check_code, rehearsal FROM lottery_draw",
            "抽取 379921-2023-0002 没有任何日志条目",
        ),
    ],
)
def test_the_replay_names_the_row(county: County, statement: str, said: str) -> None:
    county.sql(statement)
    assert said in county.audit()
