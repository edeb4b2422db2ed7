"""The county of tests/lottery with a published item list, and the visits of its first draw."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from catalog.conftest import entry
from lottery.conftest import Clock, Story, clock, county, story  # noqa: F401
from office.conftest import client_of, people, quick_passwords  # noqa: F401
from sunlot.office.accounts.models import User
from sunlot.office.approvals import services as approvals
from sunlot.office.catalog.drafting import draft_from_rows
from sunlot.office.catalog.models import ItemList
from sunlot.office.catalog.publishing import ask_publication
from sunlot.office.visits.making import make_visits
from sunlot.office.visits.models import Visit


@pytest.fixture
def item_list(county: dict[str, User]) -> ItemList:  # noqa: F811
    """A list of two items with three points, in force since January 2023; AQ-02 must always be checked."""
    rows = [
        entry("AQ-01", points=("有无警示标志", "标志是否完好")),
        entry("AQ-02", name="安全生产责任制", basis="安全生产法第4条", points=("是否建立责任制",), mandatory=True),
        entry("ZY-01", enabled=False, disabled_because="由卫生健康部门主管"),
    ]
    draft = draft_from_rows(county["clerk"], rows)
    approval = ask_publication(county["clerk"], draft.pk, draft.version, date(2023, 1, 1), "首次公布")
    approvals.grant(county["chief"], approval.pk)
    return ItemList.objects.get(pk=draft.pk)


@pytest.fixture
def drawn(story: Callable[..., Story], item_list: ItemList) -> Callable[..., Story]:  # noqa: F811
    """A function that carries a round through both stages and makes its visits."""

    def finish(**more: Any) -> Story:
        done = story(**more).done()
        make_visits(done.people["clerk"], done.name)
        return done

    return finish


def visits_of(story: Story) -> list[Visit]:  # noqa: F811
    """Return the visits of a story's draw, by firm."""
    return list(Visit.objects.filter(draw=story.name).order_by("firm_id"))
