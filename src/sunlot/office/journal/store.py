"""The tree's hashes as the database holds them: a node over every 256, everything else computed again from at most 256 rows a level."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, transaction
from django.db.models import Max

from sunlot.ledger import tree
from sunlot.ledger.suites import SUITES, Suite
from sunlot.office.journal.models import Event, Log, Node

SPAN, DEPTH = 256, 8  # 256 = 2^8 children below each stored node


def the_log() -> Log:
    """Return the office's log. Raises Log.DoesNotExist before it is opened."""
    return Log.objects.get()


def size_of_log() -> int:
    """Return how many events the log has."""
    last = Event.objects.aggregate(last=Max("seq"))["last"]
    return 0 if last is None else int(last) + 1


def suite_of(log: Log) -> Suite:
    """Return the log's hash suite."""
    return SUITES[log.suite]


@contextmanager
def snapshot() -> Iterator[None]:
    """Read the database as it is at one moment, while others go on writing. Within a transaction that is open already nothing changes."""
    if connection.in_atomic_block:
        yield
    elif connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("BEGIN DEFERRED")  # Django's own transactions take the writer's lock
            try:
                yield
            finally:
                cursor.execute("ROLLBACK")
    else:
        with transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            yield


class Reader:
    """`get(level, n)` for ledger.tree over one snapshot of the log; each group of 256 is read once."""

    def __init__(self, suite: Suite) -> None:
        self.suite = suite
        self._groups: dict[tuple[int, int], list[list[bytes]]] = {}

    def get(self, level: int, n: int) -> bytes:
        """Return the hash of the complete subtree over leaves n·2^level … (n+1)·2^level − 1."""
        stored, within = divmod(level, DEPTH)
        group = n >> (DEPTH - within)
        levels = self._levels(stored, group)
        return levels[within][n - (group << (DEPTH - within))]

    def top(self, stored: int, group: int) -> bytes:
        """Return the one hash over a full group, computed from its 256."""
        return self._levels(stored, group)[-1][0]

    def _levels(self, stored: int, group: int) -> list[list[bytes]]:
        if (stored, group) not in self._groups:
            levels = [self._row(stored, group)]
            while len(levels[-1]) > 1:
                levels.append(self.suite.above(levels[-1]))
            self._groups[stored, group] = levels
        return self._groups[stored, group]

    def _row(self, stored: int, group: int) -> list[bytes]:
        """Return the hashes of one group: of leaves from their text, of nodes as stored."""
        first, last = group * SPAN, group * SPAN + SPAN - 1
        with connection.cursor() as cursor:
            if stored == 0:
                cursor.execute(
                    f"SELECT leaf FROM {Event._meta.db_table} WHERE seq BETWEEN %s AND %s ORDER BY seq", [first, last]
                )
                return self.suite.leaves(leaf for (leaf,) in cursor.fetchall())
            cursor.execute(
                f"SELECT hash FROM {Node._meta.db_table} WHERE level = %s AND number BETWEEN %s AND %s ORDER BY number",
                [stored, first, last],
            )
            return [bytes(value) for (value,) in cursor.fetchall()]


def group_hash(level: int, number: int) -> bytes:
    """Return the hash over the 256 hashes of one full group of the level below `level`."""
    return Reader(suite_of(the_log())).top(level - 1, number)


def root_at(size: int, reader: Reader) -> bytes:
    """Return the root of the first `size` events."""
    return tree.root_of(size, reader.get, reader.suite)
