"""The journal against a bare insert, and against its targets: append, audit of 10^6 leaves, proof at 10^6 leaves (SQLite)."""

import os
import statistics
import tempfile
import time
from pathlib import Path

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
    ratios, n = [], 0
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
        bare = time.perf_counter() - started
        started = time.perf_counter()
        for turn in range(TURNS):
            with deed(by="u/17") as doing:
                doing.record("log.audited", f"log/{turn}", {"size": turn, "findings": 0, "text": "x" * 200})
        ours = time.perf_counter() - started
        ratios.append(ours / bare)
    print(
        f"append, one event a transaction: {statistics.median(ratios):.2f} times a bare insert (target 1.3), median of {ROUNDS} pairs"
    )


LEAF = (
    '{{"act":"log.audited","at":"2026-11-24T00:00:00Z","by":"u/17","obj":"log/{}","pub":{{"text":"'
    + "x" * 200
    + '"}},"v":1}}'
)


def _large() -> None:
    from sunlot.office.journal.audit import audit
    from sunlot.office.journal.models import Event
    from sunlot.office.journal.queries import proof_of
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
    from django.conf import settings

    from sunlot.office.journal.checkpoints import sign

    checkpoint = sign(settings.HOME)
    times = []
    for seq in range(0, size, size // 50):
        event = Event.objects.get(seq=seq)
        started = time.perf_counter()
        proof = proof_of(event, checkpoint)
        times.append(time.perf_counter() - started)
    print(
        f"proof at {size} leaves: median {statistics.median(times) * 1000:.2f} ms, slowest {max(times) * 1000:.2f} ms (target 2 ms); {len(proof.path)} hashes"
    )
    started = time.perf_counter()
    report = audit()
    taken = time.perf_counter() - started
    assert not report.findings, report.findings
    print(f"audit of {size} leaves: {taken:.2f} s, {size / taken:,.0f} leaves a second (target 400,000)")


if __name__ == "__main__":
    main()
