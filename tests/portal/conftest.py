"""The county with a drawn visit, from tests/visits, and what followed, from tests/followup."""

from followup.conftest import flawed, standing  # noqa: F401
from lottery.conftest import Story, clock, county, story  # noqa: F401
from office.conftest import client_of, people, quick_passwords  # noqa: F401
from visits.conftest import drawn, item_list, phone_of, ready  # noqa: F401
