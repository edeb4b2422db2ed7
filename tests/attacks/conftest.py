"""Every attack begins in the same county, where one draw has been held and witnessed."""

from pathlib import Path

import pytest

from insider import County, county_of


@pytest.fixture
def county(whole_bag: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> County:
    """A copy that the attack may spoil."""
    return county_of(whole_bag, tmp_path, capsys)
