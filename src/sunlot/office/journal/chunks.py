"""The heavy part of an audit: the leaves of one stretch of the log, read and hashed again. Stretches are independent of each other."""

import os
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from functools import partial
from multiprocessing import get_context
from pathlib import Path

from django.db import connection

from sunlot.ledger.suites import SUITES, Suite
from sunlot.office.journal.models import Event
from sunlot.office.journal.store import SPAN
from sunlot.office.start import open_office

LENGTH = SPAN * SPAN  # leaves of a stretch
BATCH = SPAN * 32
FEW = 4 * LENGTH  # below that, starting processes costs more than it saves
Trouble = tuple[str, int, str]  # kind, event, sentence


@dataclass
class Chunk:
    """One stretch: the hash over each group of 256 leaves, single leaf hashes where a checkpoint ends or the log does, and what was odd."""

    first: int
    groups: list[bytes | list[bytes]] = field(default_factory=list)
    troubles: list[Trouble] = field(default_factory=list)
    times: dict[int, str] = field(default_factory=dict)
    changes: list[tuple[int, str]] = field(default_factory=list)
    earliest: str = ""
    latest: str = ""


def read_chunks(size: int, suite: str, stops: Sequence[int], home: Path, url: str) -> Iterator[Chunk]:
    """Yield the stretches of the first `size` leaves in order; a long log is read by as many processes as there are cores.

    `stops`: sizes, ascending, at which the caller needs the root.
    """
    one = partial(read_chunk, suite=suite, stops=stops, size=size)
    starts = range(0, size, LENGTH)
    if size < FEW or (os.cpu_count() or 1) < 2:
        yield from map(one, starts)
        return
    with ProcessPoolExecutor(mp_context=get_context("spawn"), initializer=open_office, initargs=(home, url)) as pool:
        yield from pool.map(one, starts)


def read_chunk(first: int, suite: str, stops: Sequence[int], size: int) -> Chunk:
    """Return the stretch that begins at leaf `first`."""
    chunk, hashes = Chunk(first), SUITES[suite]
    for start in range(first, min(first + LENGTH, size), BATCH):
        end = min(start + BATCH, first + LENGTH, size)
        leaves = _leaves(chunk, start, end, stops)
        for at in range(0, len(leaves), SPAN):
            group = hashes.leaves(leaves[at : at + SPAN])
            whole = len(group) == SPAN and not _ends_inside(stops, start + at)
            chunk.groups.append(_over(group, hashes) if whole else group)
    return chunk


def _ends_inside(stops: Sequence[int], start: int) -> bool:
    """Return whether a wanted size lies strictly inside the group that begins at `start`."""
    after = bisect_left(stops, start + 1)
    return after < len(stops) and stops[after] < start + SPAN


def _over(row: list[bytes], suite: Suite) -> bytes:
    while len(row) > 1:
        row = suite.above(row)
    return row[0]


def _leaves(chunk: Chunk, start: int, end: int, stops: Sequence[int]) -> list[str]:
    """Return the leaves start … end − 1 and note what is odd about them; a missing one stands as an empty text."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT seq, leaf, act, obj FROM {Event._meta.db_table} WHERE seq >= %s AND seq < %s ORDER BY seq",
            [start, end],
        )
        rows = cursor.fetchall()
    leaves = [leaf for _, leaf, _, _ in rows]
    odd = [
        seq
        for seq, leaf, act, obj in rows
        if not leaf.startswith(f'{{"act":"{act}","at":"') or f'"obj":"{obj}"' not in leaf
    ]
    chunk.troubles += [("index_differs", seq, f"第 {seq} 条的检索字段与原文不同：检索字段被改动。") for seq in odd]
    _times(chunk, rows, stops)
    chunk.changes += [(seq, leaf) for seq, leaf, _, _ in rows if '"rows":' in leaf]
    if len(rows) == end - start:
        return leaves
    present = {seq: leaf for seq, leaf, _, _ in rows}
    missing = [seq for seq in range(start, end) if seq not in present]
    chunk.troubles += [("gap", seq, f"缺少第 {seq} 条：有条目被删。") for seq in missing]
    return [present.get(seq, "") for seq in range(start, end)]


def _times(chunk: Chunk, rows: Iterable[tuple[int, str, str, str]], stops: Sequence[int]) -> None:
    """Note where times run backwards, and the latest time before each wanted size."""
    times = [leaf[16 + len(act) : 36 + len(act)] for _, leaf, act, _ in rows]
    numbers = [seq for seq, _, _, _ in rows]
    if not times:
        return
    if times != sorted(times) or times[0] < chunk.latest:
        latest = chunk.latest
        for seq, at in zip(numbers, times, strict=True):
            if at < latest:
                chunk.troubles.append(
                    ("clock", seq, f"第 {seq} 条的时间 {at} 早于前面的 {latest}：时钟被拨回或条目被改。")
                )
            latest = max(latest, at)
    for stop in stops[bisect_left(stops, numbers[0] + 1) : bisect_left(stops, numbers[-1] + 2)]:
        chunk.times[stop] = max([chunk.latest, *times[: bisect_left(numbers, stop)]])
    chunk.earliest = chunk.earliest or times[0]
    chunk.latest = max(chunk.latest, *times)
