"""A bag holds the program that the notice names, even when the office runs a newer one by the time the bag is made."""

from collections.abc import Callable
from pathlib import Path

import pytest
from django.conf import settings

from lottery.conftest import Story
from sunlot.commands.apart import verify_apart
from sunlot.draw import notices
from sunlot.evidence.page import verifier_page
from sunlot.office.lottery.bags import bag_of
from sunlot.office.lottery.register import register


def test_the_bag_is_verified_after_an_upgrade(
    story: Callable[..., Story], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = story().done()
    newer = tmp_path / "newer.py"
    newer.write_text("# a program of tomorrow\n")
    monkeypatch.setattr(notices, "software_files", lambda: {"draw/newer.py": newer})
    bag = bag_of(Path(settings.HOME), register() / told.name, verifier_page(), tmp_path / "bags", "u/console")
    assert not (bag / "data/code/sunlot/draw/newer.py").exists()
    assert verify_apart("bag", [str(bag)]) == 0
