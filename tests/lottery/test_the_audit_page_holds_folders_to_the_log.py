"""The auditor's page names a draw whose folder was touched behind the office's back."""

import shutil
from collections.abc import Callable

from django.test import Client

from lottery.conftest import Story
from sunlot.office.lottery.register import register


def test_a_removed_step_is_named(story: Callable[..., Story], client_of: Callable[[str], Client]) -> None:
    told = story().drawn()
    clean = client_of("auditor").post("/journal/audit/", {"outside": ""}, follow=True).content.decode()
    assert told.name not in clean
    shutil.rmtree(register() / told.name / "03-outcome")
    page = client_of("auditor").post("/journal/audit/", {"outside": ""}, follow=True).content.decode()
    assert told.name in page
