"""The county of tests/lottery."""

from lottery.conftest import clock, county, story  # noqa: F401
from office.conftest import client_of, people, quick_passwords  # noqa: F401
