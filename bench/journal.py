"""The journal against a bare insert, and against its targets: append, audit of 10^6 leaves, proof at 10^6 leaves (SQLite)."""

import os
import statistics
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sunlot.office.journal.models import Checkpoint

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sunlot.office.settings")

from sunlot.office.start import open_office

LEAVES = int(os.environ.get("SUNLOT_BENCH_LEAVES", 1_000_000))
TURNS, ROUNDS = 10, 150


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        open_office(Path(folder), "")
        _append()
        _large()


def _append() -> None:
    """Interleaved, each in a transaction of its own: a bare insert of the event's row, and a deed with one event."""
    from django.db import connection, transaction

    from sunlot.office.journal.checkpoints import open_log
    from sunlot.office.journal.services import deed

    open_log(Path(connection.settings_dict["NAME"]).parent, "bench.example")
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE bare (seq integer PRIMARY KEY, act varchar(40), obj varchar(80), leaf text)")
        cursor.execute("CREATE INDEX bare_obj ON bare (obj)")
    bare, ours, n = [], [], 0
    for _ in range(ROUNDS):
        started = time.perf_counter()
        for _ in range(TURNS):
            n += 1
            with transaction.atomic(), connection.cursor() as cursor:
                leaf = LEAF.format(n)
                cursor.execute(
                    "INSERT INTO bare (seq, act, obj, leaf) VALUES (%s, %s, %s, %s)",
                    [n, "log.audited", f"log/{n}", leaf],
                )
        bare.append(time.perf_counter() - started)
        started = time.perf_counter()
        for turn in range(TURNS):
            with deed(by="u/17") as doing:
                doing.record("log.audited", f"log/{turn}", {"size": turn, "findings": 0, "text": "x" * 200})
        ours.append(time.perf_counter() - started)
    ratio = statistics.median(one / other for one, other in zip(ours, bare, strict=True))
    print(
        f"append, one event a transaction: {ratio:.2f} times a bare insert (target 1.3), median of {ROUNDS} pairs of {TURNS};"
        f" {sum(ours) / sum(bare):.2f} over all of them; a bare insert {statistics.median(bare) / TURNS * 1e6:.0f} µs"
    )


LEAF = (
    '{{"act":"log.audited","at":"2026-11-24T00:00:00Z","by":"u/17","obj":"log/{}","pub":{{"text":"'
    + "x" * 200
    + '"}},"v":1}}'
)


def _large() -> None:
    from django.conf import settings

    from sunlot.office.journal.checkpoints import sign
    from sunlot.office.journal.services import deed
    from sunlot.office.journal.store import size_of_log

    size = size_of_log()
    started = time.perf_counter()
    while size < LEAVES:
        many = min(20_000, LEAVES - size)
        with deed(by="u/17") as doing:
            for n in range(many):
                doing.record("log.audited", f"log/{n}", {"size": n, "findings": 0, "text": "x" * 200})
        size += many
    print(f"built {size} leaves in {time.perf_counter() - started:.1f} s")
    checkpoint = sign(settings.HOME)
    _proofs(checkpoint)
    _audits(size)


def _proofs(checkpoint: "Checkpoint") -> None:
    """Fifty events spread over the log, each proved three times in turn; every proof hashes its groups anew."""
    from sunlot.office.journal.models import Event
    from sunlot.office.journal.queries import proof_of

    times: dict[int, list[float]] = {}
    for _ in range(3):
        for seq in range(0, checkpoint.size, checkpoint.size // 50):
            event = Event.objects.get(seq=seq)
            started = time.perf_counter()
            proof_of(event, checkpoint)
            times.setdefault(seq, []).append(time.perf_counter() - started)
    every = [taken * 1000 for three in times.values() for taken in three]
    print(
        f"proof at {checkpoint.size} leaves: median {statistics.median(every):.2f} ms, slowest {max(every):.2f} ms (target 2 ms);"
        f" slowest event at its best {max(map(min, times.values())) * 1000:.2f} ms"
    )


def _audits(size: int) -> None:
    """Three audits, by the clock and by the processors' time, which other work on the machine does not lengthen as much."""
    from sunlot.office.journal.audit import audit

    speeds, busy = [], []
    for _ in range(3):
        started, before = time.perf_counter(), sum(os.times()[:4])
        report = audit()
        speeds.append(size / (time.perf_counter() - started))
        busy.append(sum(os.times()[:4]) - before)
        assert not report.findings, report.findings
    print(
        f"audit of {size} leaves: {', '.join(f'{speed:,.0f}' for speed in speeds)} leaves a second (target 400,000);"
        f" {min(busy):.2f} s of processor time on {os.cpu_count()} cores"
    )


if __name__ == "__main__":
    main()
