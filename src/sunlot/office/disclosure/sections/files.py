"""Style sheet and picture, below the site's own beginning so that a copy of the site needs nothing else."""

from collections.abc import Iterator
from pathlib import Path

from sunlot.office.disclosure.evidence import type_of
from sunlot.office.disclosure.registry import Answer, NotPublic, Pages, Visit, register

FOLDER = Path(__file__).parents[1] / "static" / "disclosure"


def register_pages() -> None:
    """Add the files."""
    register(Pages("assets/{name}", asset, _names, listed=False))


def _names() -> Iterator[dict[str, str]]:
    return ({"name": path.name} for path in sorted(FOLDER.iterdir()))


def asset(visit: Visit, name: str) -> Answer:
    """One file."""
    if name not in {path.name for path in FOLDER.iterdir()}:
        raise NotPublic(name)
    return Answer((FOLDER / name).read_bytes(), type_of(name))
