"""The acceptance tests of a lottery engine (draw.md section 9). Each statistical limit has a false-alarm rate of one in a million.

An engine is `engine(ids, n, seed) -> set of ids`. Seeds follow a fixed rule, so nothing here is flaky.
"""

from collections import Counter
from collections.abc import Callable
from hashlib import sha256
from itertools import combinations
from random import Random

Engine = Callable[[list[str], int, str], set[str]]
Z = 4.891638475698591


def seed_of(tag: str, number: int) -> str:
    return sha256(f"double-random acceptance v0|{tag}|{number}".encode()).hexdigest()


def roster(size: int) -> list[str]:
    return [f"REG15-{number:015d}" for number in range(size)]


def t_single(engine: Engine, size: int = 40, n: int = 8, draws: int = 4000) -> bool:
    """Every firm is drawn equally often: chi-square with 39 degrees of freedom."""
    ids = roster(size)
    counts = Counter(identity for r in range(draws) for identity in engine(ids, n, seed_of("single", r)))
    expected = draws * n / size
    statistic = (size - 1) / size * sum((counts[i] - expected) ** 2 for i in ids) / (expected * (1 - n / size))
    return statistic <= 96.12556491301818


def t_sample(engine: Engine, size: int = 7, n: int = 3, draws: int = 7000) -> bool:
    """All 35 samples come equally often: joint chances of every order at once."""
    ids = roster(size)
    counts = Counter(frozenset(engine(ids, n, seed_of("sample", r))) for r in range(draws))
    expected = draws / 35
    found = sum((counts[frozenset(sample)] - expected) ** 2 / expected for sample in combinations(ids, n))
    return found <= 88.3832823968413 and sum(counts[frozenset(s)] for s in combinations(ids, n)) == draws


def t_pair(engine: Engine, size: int = 16, n: int = 4, draws: int = 6000) -> bool:
    """Every pair is drawn equally often: projections on the Johnson scheme, 15 + 104 degrees of freedom."""
    ids = roster(size)
    counts = Counter(pair for r in range(draws) for pair in combinations(sorted(engine(ids, n, seed_of("pair", r))), 2))
    p2, p3, p4 = (_falling(n, k) / _falling(size, k) for k in (2, 3, 4))
    off = {pair: counts[pair] - draws * p2 for pair in combinations(ids, 2)}
    sums = Counter[str]()
    for (left, right), value in off.items():
        sums[left] += value  # type: ignore[assignment]
        sums[right] += value  # type: ignore[assignment]
    first = sum(value**2 for value in sums.values()) / (size - 2)
    second = sum(value**2 for value in off.values()) - first
    one, two = p2 + (size - 4) * p3 - (size - 3) * p4, p2 - 2 * p3 + p4
    return first / (draws * one) + second / (draws * two) <= 207.1986092557202


def _falling(n: int, k: int) -> int:
    return n if k == 1 else n * _falling(n - 1, k - 1)


def t_avalanche(engine: Engine, size: int = 60, n: int = 20, draws: int = 1500) -> bool:
    """One flipped bit of the seed gives an unrelated sample: the overlap is hypergeometric."""
    ids, overlap = roster(size), 0
    for r in range(draws):
        seed = seed_of("avalanche", r)
        flipped = f"{int(seed, 16) ^ (1 << r % 256):064x}"
        overlap += len(engine(ids, n, seed) & engine(ids, n, flipped))
    variance = n * (n / size) * (1 - n / size) * (size - n) / (size - 1)
    return bool(abs(overlap - draws * n * n / size) <= Z * (draws * variance) ** 0.5)


def t_position(engine: Engine, size: int = 50, n: int = 10, draws: int = 3000) -> bool:
    """The place in the roster does not matter: mean rank of the selected."""
    ids = roster(size)
    rank = {identity: at for at, identity in enumerate(ids)}
    total = sum(rank[identity] for r in range(draws) for identity in engine(ids, n, seed_of("position", r)))
    mean, variance = n * (size - 1) / 2, n * (size - n) * (size + 1) / 12
    return bool(abs(total - draws * mean) <= Z * (draws * variance) ** 0.5)


def t_repeat(engine: Engine, size: int = 100, n: int = 30, seeds: int = 3000) -> bool:
    """As many outcomes as seeds."""
    ids = roster(size)
    return len({frozenset(engine(ids, n, seed_of("repeat", r))) for r in range(seeds)}) == seeds


def t_order(engine: Engine, size: int = 3000, n: int = 300) -> bool:
    """A shuffled roster gives the same firms."""
    ids, shuffled = roster(size), roster(size)
    Random(1).shuffle(shuffled)
    return all(engine(ids, n, seed_of("order", r)) == engine(shuffled, n, seed_of("order", r)) for r in range(40))


def t_monotone(engine: Engine, size: int = 80, n: int = 12) -> bool:
    """Without an unselected firm nothing changes, without a selected one exactly one comes in, and a larger n keeps the smaller."""
    ids = roster(size)
    for r in range(6):
        seed = seed_of("monotone", r)
        drawn = engine(ids, n, seed)
        if not drawn < engine(ids, n + 1, seed):
            return False
        for gone in ids:
            rest = engine([identity for identity in ids if identity != gone], n, seed)
            if len(drawn - rest) != (gone in drawn) or len(rest) != n:
                return False
    return True


TESTS = {
    test.__name__: test for test in (t_single, t_sample, t_pair, t_avalanche, t_position, t_repeat, t_order, t_monotone)
}


def failures(engine: Engine) -> list[str]:
    """Return the names of the tests the engine does not pass."""
    return [name for name, test in TESTS.items() if not test(engine)]
