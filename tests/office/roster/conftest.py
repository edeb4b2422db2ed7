"""A round that is open."""

import pytest

from sunlot.office.roster import guards


@pytest.fixture
def open_round(monkeypatch: pytest.MonkeyPatch) -> None:
    """While this lasts, a round is open."""
    monkeypatch.setattr(guards, "OPEN_ROUND", [lambda: "", lambda: "2026年度第一次抽查"])
