"""Lotteries broken on purpose, most of them as found in public systems (names of systems are left out)."""

from hashlib import sha256
from random import Random


def _number(seed: str, k: int) -> int:
    return int.from_bytes(sha256(f"{seed}|{k}".encode()).digest(), "big")


def math_round_pick(ids: list[str], n: int, seed: str) -> set[str]:
    """round(random · (N−1)): the first and the last have half the chance."""
    dice, drawn = Random(seed), set[str]()
    while len(drawn) < n:
        drawn.add(ids[int(dice.random() * (len(ids) - 1) + 0.5)])
    return drawn


def fixed_step(ids: list[str], n: int, seed: str) -> set[str]:
    """One random start, then every k-th: the tail of the roster can never be reached."""
    step = len(ids) // n
    start = _number(seed, 0) % step
    return {ids[start + step * k] for k in range(n)}


def circular_step(ids: list[str], n: int, seed: str) -> set[str]:
    """One random start anywhere, then every k-th around: single chances are right, joint ones are not."""
    start, step = _number(seed, 0) % len(ids), len(ids) // n
    return {ids[(start + step * k) % len(ids)] for k in range(n)}


def five_swaps(ids: list[str], n: int, seed: str) -> set[str]:
    """Five random exchanges, then the first n."""
    order = list(ids)
    for k in range(5):
        a, b = _number(seed, 2 * k) % len(ids), _number(seed, 2 * k + 1) % len(ids)
        order[a], order[b] = order[b], order[a]
    return set(order[:n])


def naive_shuffle(ids: list[str], n: int, seed: str) -> set[str]:
    """Every place is exchanged with any place: N^N ways do not divide among N! orders."""
    order, dice = list(ids), Random(seed)
    for a in range(len(ids)):
        b = dice.randrange(len(ids))
        order[a], order[b] = order[b], order[a]
    return set(order[:n])


def byte_modulo(ids: list[str], n: int, seed: str) -> set[str]:
    """Fisher–Yates with one byte modulo the remaining number."""
    order = list(ids)
    stream = b"".join(sha256(f"{seed}|{k}".encode()).digest() for k in range(len(ids) // 32 + 1))
    for a in range(min(n, len(ids) - 1)):
        b = a + stream[a] % (len(ids) - a)
        order[a], order[b] = order[b], order[a]
    return set(order[:n])


def _by_key(ids: list[str], n: int, key) -> set[str]:  # type: ignore[no-untyped-def]
    return set(sorted(ids, key=key)[:n])


def short_seed(ids: list[str], n: int, seed: str) -> set[str]:
    """Only ten bits of the seed are used."""
    short = str(int(seed, 16) % 1024)
    return _by_key(ids, n, lambda identity: sha256(f"{short}|T|{identity}".encode()).digest())


def weak_mixing(ids: list[str], n: int, seed: str) -> set[str]:
    """A linear mix of seed and code."""
    start = int(seed[:8], 16)
    return _by_key(ids, n, lambda identity: ((start + int(identity[6:])) * 1103515245 + 12345) % 2**31)


def _short_ticket(bits: int, ids: list[str], n: int, seed: str) -> set[str]:
    return _by_key(ids, n, lambda identity: int(sha256(f"{seed}|T|{identity}".encode()).hexdigest(), 16) >> 256 - bits)


def eight_bit_tickets(ids: list[str], n: int, seed: str) -> set[str]:
    """Ties are settled by the place in the roster."""
    return _short_ticket(8, ids, n, seed)


def twelve_bit_tickets(ids: list[str], n: int, seed: str) -> set[str]:
    """The same with fewer ties."""
    return _short_ticket(12, ids, n, seed)


def library_sample(ids: list[str], n: int, seed: str) -> set[str]:
    """A library's sample: fair, but it depends on the roster's order and nobody can check one firm alone."""
    return set(Random(seed).sample(ids, n))


def roster_index(ids: list[str], n: int, seed: str) -> set[str]:
    """Walking the list by index (as RFC 3797): one name more or less changes everybody's lot."""
    rest = list(ids)
    return {rest.pop(_number(seed, k) % len(rest)) for k in range(n)}


CAUGHT_BY = {
    math_round_pick: "t_single",
    fixed_step: "t_pair",
    circular_step: "t_pair",
    five_swaps: "t_position",
    naive_shuffle: "t_single",
    byte_modulo: "t_order",
    short_seed: "t_repeat",
    weak_mixing: "t_pair",
    eight_bit_tickets: "t_order",
    twelve_bit_tickets: "t_order",
    library_sample: "t_order",
    roster_index: "t_monotone",
}
