"""A round that names an item off the list is refused before anything is announced: after the public draw it would be too late."""

from collections.abc import Callable

import pytest

from lottery.conftest import Story
from sunlot.office.catalog.models import ItemList
from sunlot.office.lottery import asking, rounds
from sunlot.refusal import Refusal
from visits.conftest import clock, county, item_list, story  # noqa: F401


@pytest.mark.parametrize("items", ["AQ-01、AJ-007", "ZY-01"], ids=["unknown", "disabled"])
def test_it_cannot_be_asked_for(story: Callable[..., Story], item_list: ItemList, items: str) -> None:  # noqa: F811
    told = story(items=items)
    with pytest.raises(Refusal, match=f"{items[-5:]} 不在检查期起日生效的随机抽查事项清单中"):
        asking.ask(told.people["clerk"], told.row.pk, told.row.version, "按计划")
    told.row = rounds.change(told.people["clerk"], told.row.pk, told.row.version, {"items": "AQ-01，AQ-02"})
    assert asking.ask(told.people["clerk"], told.row.pk, told.row.version, "按计划")
