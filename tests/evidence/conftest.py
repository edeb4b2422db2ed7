"""What the tests of the evidence share."""

from pathlib import Path

import pytest

import bags


@pytest.fixture
def bag(whole_bag: Path, tmp_path: Path) -> Path:
    """A copy of the bag."""
    return bags.copied(whole_bag, tmp_path)
