"""Order sampling by a continuous score, in whole numbers only (Rosén 1997, Ohlsson 1998). Outside format `sunlot/1`.

Chances hold only nearly: within 0.1 % in every population tried where the sum of chance × (1 − chance) is at least 10.
A policy of a few classes has cells instead, which are exact (docs/draw-format.md section 4).
"""

from collections.abc import Mapping

from sunlot.draw.errors import DrawError
from sunlot.draw.tickets import ticket

CERTAIN = 10**9
ENOUGH = 10 * CERTAIN**2


def odd_number(ticket_hex: str) -> int:
    """Return U = 2T + 1 with T the first 13 hex digits: odd, between 0 and 2^53, so that U / 2^53 is never 0 or 1."""
    return 2 * int(ticket_hex[:13], 16) + 1


def pareto_key(ticket_hex: str, chance: int) -> int:
    """Return ⌊2^43 · odds of U / odds of the chance⌋, below 2^126. `chance`: units of 10^-9, neither 0 nor certain."""
    number = odd_number(ticket_hex)
    return ((number * (CERTAIN - chance)) << 43) // ((2**53 - number) * chance)


def sps_key(ticket_hex: str, weight: int, multiple: int) -> int:
    """Return the sequential Poisson key U · multiple / weight. `multiple`: a common multiple of all weights."""
    return odd_number(ticket_hex) * (multiple // weight)


def pareto_order(seed: str, chances: Mapping[str, int]) -> list[str]:
    """Return the ids by (key, ticket, id). `chances`: id → units of 10^-9, each neither 0 nor certain."""
    tickets = {identity: ticket(seed, identity) for identity in chances}
    return sorted(
        chances, key=lambda identity: (pareto_key(tickets[identity], chances[identity]), tickets[identity], identity)
    )


def pareto_sample(seed: str, chances: Mapping[str, int], n: int) -> list[str]:
    """Return n ids: the certain ones bytewise, then the others by key. `chances`: id → units of 10^-9, up to 10^9.

    Raises DrawError when a chance is none, when they do not add up to n, or with too few firms for them to hold.
    """
    if any(not 0 <= chance <= CERTAIN for chance in chances.values()):
        raise DrawError("chance_malformed", "抽中机会应在 0 到 1 之间（以十亿分之一为单位）。")
    if abs(sum(chances.values()) - n * CERTAIN) > len(chances):
        raise DrawError("chances_do_not_add_up", f"各户抽中机会之和不等于要抽的 {n} 户，请重新计算。")
    certain = sorted(identity for identity, chance in chances.items() if chance == CERTAIN)
    uncertain = {identity: chance for identity, chance in chances.items() if 0 < chance < CERTAIN}
    if uncertain and sum(chance * (CERTAIN - chance) for chance in uncertain.values()) < ENOUGH:
        raise DrawError(
            "too_few_for_scores", "单位太少，按连续分值抽取的机会不够准确；请把分值归并为不超过 10 档后再抽取。"
        )
    return certain + pareto_order(seed, uncertain)[: n - len(certain)]
