"""Tickets and selection of 1 % from 10^6 (and 10^7) firms: against consistent-sampler and against the machine's own SHA-256."""

import resource
import sys
import time
from collections.abc import Callable

from machine import nanoseconds_a_block

from sunlot.draw import tickets
from sunlot.draw.engines import native

SEED = "5f" * 32


def timed(work: Callable[[], object], repeats: int) -> float:
    """Return the best wall time of some repeats, seconds."""
    best = float("inf")
    for _ in range(repeats):
        start = time.perf_counter()
        work()
        best = min(best, time.perf_counter() - start)
    return best


def peer(ids: list[str], n: int) -> list[str]:
    from consistent_sampler import sampler

    return list(sampler(ids, seed=SEED, with_replacement=False, take=n, output="id"))


def reference(ids: list[str], n: int) -> list[tuple[str, str]]:
    available, native.available = native.available, lambda: False
    try:
        return tickets.smallest(SEED, ids, n)
    finally:
        native.available = available


def main(sizes: list[int]) -> None:
    for size in sizes:
        limit, how = nanoseconds_a_block()
        ids = [f"91379921MA{number:08d}" for number in range(size)]
        n = size // 100
        print(f"\n{size} firms, {n} selected; machine limit {limit:.0f} ns a firm ({how})")
        ours = timed(lambda ids=ids, n=n: reference(ids, n), 2)
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        fast = timed(lambda ids=ids, n=n: tickets.smallest(SEED, ids, n), 3) if native.available() else ours
        more = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) * 1024 / size
        assert reference(ids, n) == tickets.smallest(SEED, ids, n)
        theirs = timed(lambda ids=ids, n=n: peer(ids, n), 1)
        limit = min(limit, nanoseconds_a_block()[0])
        name = "kernel" if native.available() else "no compiler: reference"
        line("reference against consistent-sampler", theirs / ours, "at least", 10)
        line(f"{name} against consistent-sampler", theirs / fast, "at least", 10)
        line(f"{name}, times the machine's limit", fast / size * 1e9 / limit, "at most", 2)
        line(f"{name}, peak memory beyond the ids, bytes a firm", more, "at most", 100)
        print(f"  seconds: consistent-sampler {theirs:.2f}, reference {ours:.2f}, {name} {fast:.3f}")


def line(what: str, value: float, direction: str, target: float) -> None:
    """Print one claim with its target and whether it was met."""
    met = value >= target if direction == "at least" else value <= target
    print(f"  {what}: {value:.2f} ({direction} {target}: {'met' if met else 'NOT met'})")


if __name__ == "__main__":
    main([10**5] if "--quick" in sys.argv else [10**6] if "--full" not in sys.argv else [10**6, 10**7])
