"""The log itself: its checkpoints with who cosigned them, its keys, and the tiles by which anybody audits it."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext_lazy as _

from sunlot.ledger.checkpoint import cosigners, parse_checkpoint
from sunlot.ledger.note import parse_note
from sunlot.office.disclosure import tiles
from sunlot.office.disclosure.registry import Answer, NotPublic, Pages, Visit, register
from sunlot.office.disclosure.state import remembered
from sunlot.office.journal.checkpoints import policy_of
from sunlot.office.journal.models import Checkpoint, Log
from sunlot.office.journal.store import SPAN

TEXT, BYTES = "text/plain; charset=utf-8", "application/octet-stream"
SHOWN = 50


def register_pages() -> None:
    """Add the pages of this section."""
    register(
        Pages("log/index.html", log, translated=True, menu=_("日志")),
        Pages("log/checkpoint", checkpoint, _if_any),
        Pages("log/policy.txt", policy, _if_open),
        Pages("log/tile/entries/{path*}", bundle, lambda: ({"path": path} for path in tiles.bundles()), listed=False),
        Pages("log/tile/{path*}", tile, lambda: ({"path": path} for path in tiles.paths()), listed=False),
    )


def _if_any() -> Iterator[dict[str, str]]:
    return iter([{}] if tiles.latest() else [])


def _if_open() -> Iterator[dict[str, str]]:
    return iter([{}] if Log.objects.exists() else [])


def log(visit: Visit) -> Answer:
    """The newest checkpoints, the keys, what is kept back for now."""
    row = Log.objects.first()
    kept = {number: reason for number in range(tiles.size() // SPAN + 1) if (reason := tiles.kept_back(number))}
    return visit.page("log.html", {"log": row, "checkpoints": _checkpoints(), "kept": kept, "size": tiles.size()})


@remembered
def _checkpoints() -> list[dict[str, Any]]:
    row = Log.objects.first()
    if row is None:
        return []
    witnesses = policy_of(row).witnesses
    found = []
    for each in Checkpoint.objects.order_by("-size")[:SHOWN]:
        note = parse_note(each.note)
        signed = cosigners(note, tuple(witnesses.values()))
        names = [name for name, key in witnesses.items() if key in signed]
        root = parse_checkpoint(note.text).root.hex()
        found.append({"size": each.size, "root": root, "anchored": each.anchored, "witnesses": names})
    return found


def checkpoint(visit: Visit) -> Answer:
    """The published checkpoint with its signatures, as it was signed."""
    if (found := tiles.latest()) is None:
        raise NotPublic("checkpoint")
    return Answer(found.note.encode(), TEXT)


def policy(visit: Visit) -> Answer:
    """Whose signatures count (C2SP tlog-policy)."""
    if (row := Log.objects.first()) is None:
        raise NotPublic("policy")
    return Answer(row.policy.encode(), TEXT)


def tile(visit: Visit, path: str) -> Answer:
    """One tile of hashes."""
    return Answer(tiles.tile(path), BYTES)


def bundle(visit: Visit, path: str) -> Answer:
    """One bundle of entries."""
    return Answer(tiles.bundle(path), BYTES)
