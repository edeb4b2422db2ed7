"""What can be asked for. An app registers its kinds when Django starts (its AppConfig.ready), so that the arrow points from the app to here."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sunlot.office.journal.services import Deed

Change = tuple[str, str, str]  # field, before, after


@dataclass(frozen=True)
class Kind:
    """Something that needs a second person.

    `carry_out(doing, payload, approval)` does it inside the approver's deed and may raise Refusal: then nothing happens.
    `changes(payload)` tells the approver what it will change; `page` and its arguments lead to the thing itself.
    `checks(payload)` are the lines of a checklist by code, each of which the approver must tick; the ticks stand in the event.
    `due(payload)`: the last day for what is asked, where there is one.
    `confidential`: only who asked and who decides see the request, not those who watch.
    """

    code: str
    title: str
    approvers: frozenset[str]
    carry_out: Callable[[Deed, dict[str, Any], Any], None]
    changes: Callable[[dict[str, Any]], Sequence[Change]]
    address: Callable[[dict[str, Any]], str] = lambda payload: ""
    confidential: bool = False
    checks: Callable[[dict[str, Any]], Mapping[str, str]] = lambda payload: {}
    due: Callable[[dict[str, Any]], date | None] = lambda payload: None


KINDS: dict[str, Kind] = {}
CLOSED: list[Callable[[], Iterable[str]]] = []  # things of which, for now, only who asks and who decides may read


def register(kind: Kind) -> None:
    """Make a kind known."""
    KINDS[kind.code] = kind
