"""What belongs to a visit is said by the apps that know; whatever they answer, each thing comes once."""

from collections.abc import Iterator

import pytest

from sunlot.office.papers import dossier


@pytest.fixture(autouse=True)
def alone() -> Iterator[None]:
    """Empty the register, and leave it as it was."""
    before = list(dossier._RELATED)
    dossier._RELATED.clear()
    yield
    dossier._RELATED[:] = before


def test_what_belongs_to_what_belongs_belongs() -> None:
    dossier.register(lambda obj: ["order/1", "order/2"] if obj == "visit/7" else [])
    dossier.register(lambda obj: ["transfer/1", "visit/7", "order/1"] if obj == "order/2" else [])
    assert dossier.things_of("visit/7") == ["visit/7", "order/1", "order/2", "transfer/1"]
    assert dossier.things_of("visit/8") == ["visit/8"]
