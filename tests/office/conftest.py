"""An office with people in it, and clients who have logged in."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client, override_settings

from sunlot.office.accounts.models import User
from sunlot.office.accounts.roles import Role
from sunlot.office.accounts.services import change_password, open_account
from sunlot.office.journal import checkpoints

PASSWORD = "阳光-sunlot-2026"


@pytest.fixture(autouse=True)
def quick_passwords() -> Iterator[None]:
    """Argon2 is slow on purpose; a dozen people a test would be minutes."""
    quick = ["django.contrib.auth.hashers.MD5PasswordHasher", *settings.PASSWORD_HASHERS]
    with override_settings(PASSWORD_HASHERS=quick):
        yield


@pytest.fixture
def people(office: Path, request: pytest.FixtureRequest) -> dict[str, User]:
    """One person of each role by the role's name, with a second clerk, chief and leader `…2`; the first password has been changed.

    They come when the test's `clock` says, where it has one: nothing is written by a clock set back later.
    """
    if "clock" in request.fixturenames:
        request.getfixturevalue("clock")
    checkpoints.open_log(office, "yj.qinghe.example")
    names = [*Role.values, "clerk2", "chief2", "leading2"]
    found = {}
    for name in names:
        user = open_account(
            "u/console",
            name,
            f"{Role(name.rstrip('2')).label}{name[-1:] if name[-1] == '2' else ''}",
            name.rstrip("2"),
            PASSWORD,
        )
        change_password(user, PASSWORD)
        found[name] = user
    return found


@pytest.fixture
def client_of(people: dict[str, User]) -> Callable[[str], Client]:
    """A function that returns a logged-in client for a person's name."""

    def log_in(name: str) -> Client:
        client = Client()
        client.force_login(people[name], backend="django.contrib.auth.backends.ModelBackend")
        return client

    return log_in
