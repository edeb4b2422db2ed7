"""The county of the lottery's tests, read by somebody who has not logged in."""

from collections.abc import Callable

import pytest
from django.test import Client

from lottery.conftest import clock, county, story  # noqa: F401
from office.conftest import client_of, people, quick_passwords  # noqa: F401


@pytest.fixture
def read() -> Callable[[str], str]:
    """A function that returns the text of a public address, which must be there."""

    def open_page(address: str = "") -> str:
        answer = Client().get(f"/public/{address}")
        assert answer.status_code == 200, f"{address}: {answer.status_code}"
        return answer.content.decode("utf-8-sig")

    return open_page
