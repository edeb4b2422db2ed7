"""Tickets (签号): one hash a firm, the only thing that decides who is drawn (docs/draw-format.md section 2)."""

import heapq
from collections.abc import Iterable, Sequence
from hashlib import sha256
from importlib import import_module
from math import isqrt
from types import ModuleType

WORTH_A_KERNEL = 50_000


def ticket(seed: str, identity: str) -> str:
    """Return the ticket of one firm, 64 hex characters. Any SHA-256 tool gives the same."""
    return sha256(f"{seed}|T|{identity}".encode()).hexdigest()


def smallest(seed: str, ids: Sequence[str], n: int) -> list[tuple[str, str]]:
    """Return the n smallest (ticket, id) in order; all of them when there are fewer.

    The 64 characters of the seed fill one SHA-256 block, so its state is computed once. Tickets above a threshold that almost surely
    keeps more than n are dropped at once; should it keep too few, everything is sorted.
    """
    if len(ids) >= WORTH_A_KERNEL and (native := native_engine()):
        found: list[tuple[str, str]] = native.smallest_tickets(seed, ids, n)
        return found
    wanted = min(n, len(ids))
    if wanted < len(ids) // 2:
        cut = 2**256 * (wanted + 8 * isqrt(wanted) + 20) // len(ids)
        if cut < 2**256:
            kept = _below(seed, ids, cut.to_bytes(32, "big"))
            if len(kept) >= wanted:
                return heapq.nsmallest(wanted, kept)
    return sorted((ticket(seed, identity), identity) for identity in ids)[:wanted]


def _below(seed: str, ids: Iterable[str], cut: bytes) -> list[tuple[str, str]]:
    start = sha256(f"{seed}|T|".encode())
    kept = []
    for identity in ids:
        block = start.copy()
        block.update(identity.encode())
        if block.digest() < cut:
            kept.append((block.hexdigest(), identity))
    return kept


def native_engine() -> ModuleType | None:
    """Return the compiled kernel where it is there and has just agreed with the reference, else None."""
    try:
        native = import_module("sunlot.draw.engines.native")
    except ImportError:
        return None
    return native if native.available() else None
