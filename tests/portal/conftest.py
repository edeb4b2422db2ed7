"""The county with a drawn visit, from tests/visits, and what followed, from tests/followup."""

from collections.abc import Iterator

import pytest

from followup.conftest import flawed, standing  # noqa: F401
from lottery.conftest import Story, clock, county, story  # noqa: F401
from office.conftest import client_of, people, quick_passwords  # noqa: F401
from sunlot.office.complaints.doorkeeper import KEEPER
from visits.conftest import drawn, item_list, phone_of, ready  # noqa: F401


@pytest.fixture(autouse=True)
def nobody_has_come() -> Iterator[None]:
    """The doorkeeper remembers nobody of another test."""
    KEEPER.forget()
    yield
    KEEPER.forget()
