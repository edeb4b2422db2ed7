"""The compiled kernel through ctypes. It is used only after it has agreed with the reference on known answers in this process."""

import ctypes
import os
from array import array
from collections.abc import Sequence
from functools import cache
from hashlib import sha256
from math import isqrt
from pathlib import Path

from sunlot.draw.engines.build import library

THREADS = min(64, os.cpu_count() or 1)


def available() -> bool:
    """Return whether the kernel is compiled and tells the truth."""
    return _load(str(library())) is not None


@cache
def _load(path: str) -> ctypes.CDLL | None:
    """Return the kernel at `path` when it agrees with hashlib, else None."""
    if not Path(path).exists():
        return None
    try:
        kernel = ctypes.CDLL(path)
        kernel.sunlot_below.restype = ctypes.c_int64
        kernel.sunlot_below.argtypes = [
            ctypes.c_char_p, ctypes.c_char_p, ctypes.c_int, ctypes.c_int64, ctypes.c_char_p, ctypes.c_int64, ctypes.c_int,
            ctypes.c_void_p, ctypes.c_void_p, ctypes.c_void_p,
        ]  # fmt: skip
        kernel.sunlot_round.argtypes = [
            ctypes.c_char_p,
            ctypes.c_int64,
            ctypes.c_int,
            ctypes.c_void_p,
            ctypes.c_void_p,
            ctypes.c_void_p,
        ]
    except (OSError, AttributeError):
        return None
    seed = sha256(b"self-check").hexdigest()
    ids = [f"{'91370830MA3C0001157'[: 1 + number % 18]}{number}" for number in range(200)]
    reference = sorted((sha256(f"{seed}|T|{identity}".encode()).hexdigest(), identity) for identity in ids)
    return kernel if _smallest(kernel, seed, ids, 200) == reference else None


def smallest_tickets(seed: str, ids: Sequence[str], n: int) -> list[tuple[str, str]]:
    """Return the n smallest (ticket, id) in order, as `draw.tickets.smallest` does."""
    kernel = _load(str(library()))
    if kernel is None:
        raise RuntimeError("the kernel is not available")
    return _smallest(kernel, seed, ids, n)


def smallest_packed(seed: str, packed: bytes, width: int, n: int) -> list[tuple[str, str]]:
    """The same for ids packed side by side, `width` bytes each, shorter ones padded with zero bytes. Memory: about 40 bytes a *found* row."""
    kernel = _load(str(library()))
    if kernel is None:
        raise RuntimeError("the kernel is not available")
    return _search(kernel, seed, packed, width, n)


def _smallest(kernel: ctypes.CDLL, seed: str, ids: Sequence[str], n: int) -> list[tuple[str, str]]:
    width = max(map(len, ids), default=1)
    if min(map(len, ids), default=1) == width:
        packed = "".join(ids).encode("ascii")
    else:
        packed = b"".join(identity.encode("ascii").ljust(width, b"\0") for identity in ids)
    return _search(kernel, seed, packed, width, n)


def _search(kernel: ctypes.CDLL, seed: str, packed: bytes, width: int, n: int) -> list[tuple[str, str]]:
    """Keep tickets below a threshold that almost surely leaves more than n, and sort those; else look at everything."""
    if width > 50:
        raise ValueError("an id longer than 50 bytes does not fit one block")
    count = len(packed) // width
    wanted = min(n, count)
    if not wanted:
        return []
    likely = wanted + 8 * isqrt(wanted) + 20
    cuts = [2**256 * likely // count] if likely < count else []
    for cut in [*cuts, 2**256]:
        room = count + THREADS if cut == 2**256 else 2 * likely + 64 * THREADS
        found = _below(kernel, seed, packed, width, count, min(cut, 2**256 - 1), room)
        if found is not None and len(found) >= wanted:
            return sorted(found)[:wanted]
    raise RuntimeError("the kernel lost a ticket")


def _below(
    kernel: ctypes.CDLL, seed: str, packed: bytes, width: int, count: int, cut: int, room: int
) -> list[tuple[str, str]] | None:
    room += -room % THREADS
    rows, tickets, counts = (
        (ctypes.c_int64 * room)(),
        ctypes.create_string_buffer(32 * room),
        (ctypes.c_int64 * THREADS)(),
    )
    done = kernel.sunlot_below(
        seed.encode(), packed, width, count, cut.to_bytes(32, "big"), room, THREADS, rows, tickets, counts
    )
    if done < 0:
        return None
    each, raw = room // THREADS, tickets.raw
    places = (thread * each + place for thread in range(THREADS) for place in range(counts[thread]))
    return [
        (raw[32 * at : 32 * at + 32].hex(), packed[width * rows[at] : width * (rows[at] + 1)].rstrip(b"\0").decode())
        for at in places
    ]


def round_arcs(seed: str, tails: "array[int]", heads: "array[int]", flows: "array[int]", nodes: int) -> "array[int]":
    """Return whole flows, as `draw.teams.rounding` does. `tails`, `heads`: 32-bit nodes; `flows`: 64-bit, units of 2^-20."""
    kernel = _load(str(library()))
    if kernel is None:
        raise RuntimeError("the kernel is not available")
    result = array("q", flows)
    done = kernel.sunlot_round(
        seed.encode(), len(result), nodes, tails.buffer_info()[0], heads.buffer_info()[0], result.buffer_info()[0]
    )
    if done:
        raise ArithmeticError("the flow is not conserved" if done == -2 else "out of memory")
    return result
