"""One witnessed bag for all tests of this folder."""

from pathlib import Path

import pytest

import bags


@pytest.fixture(scope="session")
def whole_bag(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A bag that nobody has touched; copy it before spoiling it."""
    return bags.make(tmp_path_factory.mktemp("county"))


@pytest.fixture
def bag(whole_bag: Path, tmp_path: Path) -> Path:
    """A copy of the bag."""
    return bags.copied(whole_bag, tmp_path)
