"""The audit of the journal: what an insider with the database in his hands could have done, looked for and named.

1 every leaf is hashed again, and the tree must lead to every checkpoint that was signed, cosigned ones above all;
2 the numbers run without a gap up to the last; 3 times never run backwards, nor past the time at which a witness cosigned what
follows; 4 the tracked tables equal the fold of their events (replay.py).
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from django.conf import settings

from sunlot.draw.moments import utc
from sunlot.ledger.checkpoint import Checkpoint as SignedCheckpoint
from sunlot.ledger.checkpoint import cosigners, open_checkpoint
from sunlot.ledger.errors import LedgerError
from sunlot.ledger.note import parse_note
from sunlot.ledger.suites import Suite
from sunlot.office.journal.checkpoints import log_verifiers, policy_of
from sunlot.office.journal.chunks import Chunk, read_chunks
from sunlot.office.journal.models import Checkpoint, Log, Node
from sunlot.office.journal.replay import Fold
from sunlot.office.journal.services import deed
from sunlot.office.journal.store import size_of_log, snapshot, suite_of, the_log

SKEW = 600  # seconds by which the clocks of witness and office may differ


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


BESIDES: list[Callable[[], Iterable[Finding]]] = []  # apps that keep files append what holds them to the log


def audit(outside: Sequence[str] = (), tables: bool = True, besides: Iterable[Finding] = ()) -> Report:
    """Return the report. `outside`: signed checkpoints (notes) kept elsewhere: a disc, a newspaper, a witness.

    `tables=False` leaves the replay of the tracked tables out; `besides`: what was found elsewhere, as `findings_besides` gives it.
    """
    with snapshot():
        return _audit(outside, tables, besides)


def _audit(outside: Sequence[str], tables: bool, besides: Iterable[Finding]) -> Report:
    log, size = the_log(), size_of_log()
    fold = Fold() if tables else None
    findings = list(_log(log, size, outside, fold))
    if fold:
        findings += [Finding("table_differs", obj, text) for obj, text in fold.differences()]
    findings += besides
    last = Checkpoint.objects.filter(anchored=True).order_by("-size").first()
    return Report(size, last.size if last else 0, findings)


def findings_besides() -> list[Finding]:
    """Return what the apps find when they hold their files to the log."""
    return [finding for find in BESIDES for finding in find()]


def enter(report: Report, by: str, at: str = "") -> None:
    """Enter an audit in the log: who looked, at how much, and what kinds of thing he found how often."""
    kinds = Counter(finding.kind for finding in report.findings)
    found = {"size": report.size, "anchored": report.anchored, "findings": len(report.findings), "kinds": dict(kinds)}
    with deed(by=by, at=at) as doing:
        doing.record("log.audited", "log", found)


def _log(log: Log, size: int, outside: Sequence[str], fold: Fold | None) -> Iterator[Finding]:
    signed: list[tuple[str, SignedCheckpoint]] = []
    for name, checkpoint in _checkpoints(log, outside):
        if isinstance(checkpoint, str):
            yield Finding("checkpoint_wrong", name, f"{name} 无效：{checkpoint}")
        else:
            signed.append((name, checkpoint))
    walk = _Walk(suite_of(log), sorted({checkpoint.size for _, checkpoint in signed}))
    for chunk in read_chunks(size, log.suite, walk.stops, settings.HOME, settings.DATABASE_URL):
        yield from walk.take(chunk)
        if fold:
            for seq, leaf in chunk.changes:
                fold.take(seq, leaf)
    for name, checkpoint in signed:
        if checkpoint.size > size:
            yield Finding("tail_cut", name, f"{name} 签过 {checkpoint.size} 条，现在只有 {size} 条：末尾的记录被删。")
        elif walk.roots.get(checkpoint.size) != checkpoint.root:
            yield Finding(
                "root_differs", name, f"{name}（前 {checkpoint.size} 条）与重算的根哈希不同：签署之后有条目被改动。"
            )
    yield from _late(log, walk)
    yield from walk.nodes_differ()


def _checkpoints(log: Log, outside: Sequence[str]) -> Iterator[tuple[str, SignedCheckpoint | str]]:
    """Yield where each checkpoint was found and what it says, or why it is no checkpoint of this log."""
    notes = [(f"检查点 {row.size}", row.note) for row in Checkpoint.objects.order_by("size")]
    notes += [(f"外部检查点 {n}", note) for n, note in enumerate(outside, 1)]
    for name, note in notes:
        try:
            yield name, open_checkpoint(parse_note(note), log_verifiers(log))
        except LedgerError as error:
            yield name, error.sentence


def _late(log: Log, walk: "_Walk") -> Iterator[Finding]:
    """An entry cannot be younger than the cosignature that covers it."""
    witnesses = tuple(policy_of(log).witnesses.values())
    for row in Checkpoint.objects.order_by("size"):
        try:
            seen = min(cosigners(parse_note(row.note), witnesses).values(), default=None)
        except LedgerError as error:
            yield Finding(
                "checkpoint_wrong", f"检查点 {row.size}", f"检查点 {row.size} 的共同签署无效：{error.sentence}"
            )
            continue
        if seen is not None and (at := walk.times.get(row.size, "")) > (limit := utc(seen + SKEW)):
            text = f"检查点 {row.size} 在 {limit} 之前已被见证，其中却有 {at} 的条目：时钟或条目时间被改。"
            yield Finding("clock", f"检查点 {row.size}", text)


class _Walk:
    """The tree grown from its stretches: its root at every size asked for, and the nodes that the database should hold."""

    def __init__(self, suite: Suite, stops: list[int]) -> None:
        self.suite, self.stops, self.size = suite, stops, 0
        self.roots = {0: suite.digest(b"")}
        self.nodes: dict[tuple[int, int], bytes] = {}
        self.times: dict[int, str] = {}  # the latest time among the first n entries
        self._latest = ""
        self._wanted = set(stops)
        self._peaks: list[tuple[int, bytes]] = []  # (level, hash), levels strictly falling
        self._noted: Counter[int] = Counter()

    def take(self, chunk: Chunk) -> Iterator[Finding]:
        """Grow by one stretch and yield what is wrong with its entries."""
        for kind, seq, text in chunk.troubles:
            yield Finding(kind, f"event/{seq}", text)
        if chunk.earliest and chunk.earliest < self._latest:
            text = f"第 {chunk.first} 条起的时间 {chunk.earliest} 早于前面的 {self._latest}：时钟被拨回或条目被改。"
            yield Finding("clock", f"event/{chunk.first}", text)
        self.times |= {size: max(at, self._latest) for size, at in chunk.times.items()}
        self._latest = max(self._latest, chunk.latest)
        for group in chunk.groups:
            if isinstance(group, bytes):
                self._push(8, group)
            else:
                for leaf in group:
                    self._push(0, leaf)

    def _push(self, level: int, tip: bytes) -> None:
        self.size += 1 << level
        self._note(level, tip)
        while self._peaks and self._peaks[-1][0] == level:
            tip, level = self.suite.node(self._peaks.pop()[1], tip), level + 1
            self._note(level, tip)
        self._peaks.append((level, tip))
        if self.size in self._wanted:
            self.roots[self.size] = self._root()

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
        rows = Node.objects.values_list("level", "number", "hash")
        stored = {(level, number): bytes(value) for level, number, value in rows}
        for level, number in sorted(set(stored) | set(self.nodes)):
            if stored.get((level, number)) != self.nodes.get((level, number)):
                text = f"第 {level} 层第 {number} 个中间哈希与条目重算的不同。"
                yield Finding("node_differs", f"node/{level}/{number}", text)
