"""The audit of the journal: what an insider with the database in his hands could have done, looked for and named.

1 every leaf is hashed again, and the tree must lead to every checkpoint that was signed, cosigned ones above all;
2 the numbers run without a gap up to the log's size; 3 times never run backwards, nor past the
time at which a witness cosigned what follows; 4 the tracked tables equal the fold of their
events (replay.py).
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.db import connection

from sunlot.ledger.checkpoint import Checkpoint as SignedCheckpoint
from sunlot.ledger.checkpoint import cosigners, open_checkpoint
from sunlot.ledger.errors import LedgerError
from sunlot.ledger.note import parse_note
from sunlot.ledger.suites import Suite
from sunlot.office.journal.checkpoints import log_verifiers, policy_of
from sunlot.office.journal.models import Checkpoint, Event, Log, Node
from sunlot.office.journal.replay import Fold
from sunlot.office.journal.services import utc
from sunlot.office.journal.store import SPAN, suite_of, the_log

BATCH = SPAN * 64
SKEW = 600  # seconds


@dataclass(frozen=True)
class Finding:
    """One thing that is not as it should be: what kind, which object, and a Chinese sentence."""

    kind: str
    obj: str
    text: str


@dataclass(frozen=True)
class Report:
    """What an audit saw. `anchored`: the size of the last cosigned checkpoint; what came after rests on this machine alone."""

    size: int
    anchored: int
    findings: list[Finding]


def audit(outside: Sequence[str] = (), tables: bool = True) -> Report:
    """Return the report. `outside`: signed checkpoints (notes) kept elsewhere: a disc, a newspaper, a witness.

    `tables=False` leaves the replay of the tracked tables out.
    """
    log = the_log()
    fold = Fold() if tables else None
    wanted = _checkpoints(log, outside)
    findings = list(_log(log, wanted, fold))
    if fold:
        findings += [Finding("table_differs", obj, text) for obj, text in fold.differences()]
    last = Checkpoint.objects.filter(anchored=True).order_by("-size").first()
    return Report(log.size, last.size if last else 0, findings)


def _checkpoints(log: Log, outside: Sequence[str]) -> list[tuple[str, SignedCheckpoint | str]]:
    """Return where each checkpoint was found and what it says, or why it is no checkpoint of this log."""
    notes = [(f"检查点 {row.size}", row.note) for row in Checkpoint.objects.order_by("size")]
    notes += [(f"外部检查点 {n}", note) for n, note in enumerate(outside, 1)]
    found: list[tuple[str, SignedCheckpoint | str]] = []
    for name, note in notes:
        try:
            found.append((name, open_checkpoint(parse_note(note), log_verifiers(log))))
        except LedgerError as error:
            found.append((name, error.sentence))
    return found


def _log(log: Log, wanted: list[tuple[str, SignedCheckpoint | str]], fold: Fold | None) -> Iterator[Finding]:
    for name, checkpoint in wanted:
        if isinstance(checkpoint, str):
            yield Finding("checkpoint_wrong", name, f"{name} 无效：{checkpoint}")
    signed = [(name, checkpoint) for name, checkpoint in wanted if isinstance(checkpoint, SignedCheckpoint)]
    walk = _Walk(suite_of(log), {checkpoint.size for _, checkpoint in signed})
    yield from walk.over(_batches(), fold)
    if walk.size != log.size:
        yield Finding("size_differs", "log", f"日志登记 {log.size} 条，实有 {walk.size} 条。")
    for name, checkpoint in signed:
        if checkpoint.size > walk.size:
            yield Finding(
                "tail_cut", name, f"{name} 签过 {checkpoint.size} 条，现在只有 {walk.size} 条：末尾的记录被删。"
            )
        elif walk.roots.get(checkpoint.size) != checkpoint.root:
            yield Finding(
                "root_differs", name, f"{name}（前 {checkpoint.size} 条）与重算的根哈希不同：签署之后有条目被改动。"
            )
    yield from _late(log, walk)
    yield from walk.nodes_differ()


def _late(log: Log, walk: "_Walk") -> Iterator[Finding]:
    """An entry cannot be younger than the cosignature that covers it; witness and office may differ by ten minutes."""
    witnesses = tuple(policy_of(log).witnesses.values())
    for row in Checkpoint.objects.filter(size__in=list(walk.times)).order_by("size"):
        try:
            seen = min(cosigners(parse_note(row.note), witnesses).values(), default=None)
        except LedgerError as error:
            yield Finding(
                "checkpoint_wrong", f"检查点 {row.size}", f"检查点 {row.size} 的共同签署无效：{error.sentence}"
            )
            continue
        if seen is not None and walk.times[row.size] > (limit := utc(seen + SKEW)):
            yield Finding(
                "clock",
                f"检查点 {row.size}",
                f"检查点 {row.size} 在 {limit} 之前已被见证，其中却有 {walk.times[row.size]} 的条目：时钟或条目时间被改。",
            )


def _batches() -> Iterator[list[tuple[int, str, str, str]]]:
    """Yield the events in order, by key range so that no server holds a cursor and no memory grows."""
    table, last = Event._meta.db_table, -1
    while True:
        with connection.cursor() as cursor:
            cursor.execute(
                f"SELECT seq, leaf, act, obj FROM {table} WHERE seq > %s ORDER BY seq LIMIT %s", [last, BATCH]
            )
            rows = cursor.fetchall()
        if not rows:
            return
        yield rows
        last = rows[-1][0]


class _Walk:
    """One pass over all leaves: the running peaks of the tree, its root at every size asked for, the nodes at every 256."""

    def __init__(self, suite: Suite, sizes: set[int]) -> None:
        self.suite, self.size, self.roots = suite, 0, dict.fromkeys(sizes & {0}, suite.digest(b""))
        self.nodes: dict[tuple[int, int], bytes] = {}
        self.times = dict.fromkeys(sizes, "")  # the latest time among the first n entries
        self._stops = sorted(size for size in sizes if size)
        self._peaks: list[tuple[int, bytes]] = []  # (level, hash), levels strictly falling
        self._noted: Counter[int] = Counter()

    def over(self, batches: Iterator[list[tuple[int, str, str, str]]], fold: Fold | None) -> Iterator[Finding]:
        """Hash every leaf and yield what is wrong with single events."""
        before = ""
        for rows in batches:
            expected = self.size
            for seq, leaf, act, obj in rows:
                if seq != expected:
                    yield Finding("gap", f"event/{expected}", f"缺少第 {expected} 条（下一条是 {seq}）：有条目被删。")
                    expected = seq
                at = leaf[leaf.find('"at":"') + 6 : leaf.find('"at":"') + 26]
                if at < before:
                    yield Finding(
                        "clock", f"event/{seq}", f"第 {seq} 条的时间 {at} 早于前一条 {before}：时钟被拨回或条目被改。"
                    )
                if f'"act":"{act}"' not in leaf or f'"obj":"{obj}"' not in leaf:
                    yield Finding("index_differs", f"event/{seq}", f"第 {seq} 条的检索字段与原文不同：检索字段被改动。")
                before, expected = max(at, before), expected + 1
                if expected in self.times:
                    self.times[expected] = before
            if fold:
                for seq, leaf, _, _ in rows:
                    if '"rows":' in leaf or '"log.redacted"' in leaf:
                        fold.take(seq, leaf)
            self._add([self.suite.leaf(leaf.encode()) for _, leaf, _, _ in rows])

    def _add(self, hashes: list[bytes]) -> None:
        """Add leaves: whole groups of 256 at once where they stand on a border, single ones elsewhere."""
        at = 0
        while at < len(hashes):
            stop = next((size for size in self._stops if size > self.size), None)
            room = len(hashes) - at if stop is None else min(len(hashes) - at, stop - self.size)
            if self.size % SPAN == 0 and room >= SPAN:
                self._push(8, self._group(hashes[at : at + SPAN]))
                taken = SPAN
            else:
                taken = min(room, SPAN - self.size % SPAN)
                for leaf in hashes[at : at + taken]:
                    self._push(0, leaf)
            at, self.size = at + taken, self.size + taken
            if self.size == stop:
                self.roots[self.size] = self._root()

    def _group(self, row: list[bytes]) -> bytes:
        digest = self.suite.digest
        while len(row) > 1:
            pairs = iter(row)
            row = [digest(b"\x01" + left + right) for left, right in zip(pairs, pairs, strict=True)]
        return row[0]

    def _push(self, level: int, tip: bytes) -> None:
        self._note(level, tip)
        while self._peaks and self._peaks[-1][0] == level:
            tip, level = self.suite.node(self._peaks.pop()[1], tip), level + 1
            self._note(level, tip)
        self._peaks.append((level, tip))

    def _note(self, level: int, tip: bytes) -> None:
        """Remember the hashes at the levels that the database stores: 8, 16, 24 …; at each they come from left to right."""
        if level and level % 8 == 0:
            self.nodes[level // 8, self._noted[level]] = tip
            self._noted[level] += 1

    def _root(self) -> bytes:
        tip = self._peaks[-1][1]
        for _, peak in reversed(self._peaks[:-1]):
            tip = self.suite.node(peak, tip)
        return tip

    def nodes_differ(self) -> Iterator[Finding]:
        """Yield stored nodes that are not what the leaves give."""
        stored = {
            (level, number): bytes(value)
            for level, number, value in Node.objects.values_list("level", "number", "hash")
        }
        for level, number in sorted(set(stored) | set(self.nodes)):
            if stored.get((level, number)) != self.nodes.get((level, number)):
                yield Finding(
                    "node_differs", f"node/{level}/{number}", f"第 {level} 层第 {number} 个中间哈希与条目重算的不同。"
                )
