"""Our engine passes every acceptance test; each engine broken on purpose is caught by the test that names its fault."""

import pytest

from fairness.acceptance import TESTS, Engine, failures, roster, seed_of
from fairness.broken_engines import CAUGHT_BY, fixed_step
from sunlot.draw.tickets import smallest


def ours(ids: list[str], n: int, seed: str) -> set[str]:
    return {identity for _, identity in smallest(seed, ids, n)}


def test_our_engine_passes_all_eight() -> None:
    assert len(TESTS) == 8
    assert failures(ours) == []


@pytest.mark.parametrize("engine", CAUGHT_BY, ids=lambda engine: engine.__name__)
def test_a_broken_engine_is_caught(engine: Engine) -> None:
    assert CAUGHT_BY[engine] in failures(engine)


def test_at_least_eleven_broken_engines_are_tried() -> None:
    assert len(CAUGHT_BY) >= 11


def test_a_fixed_step_leaves_a_third_of_the_firms_without_any_chance() -> None:
    ids = roster(2999)
    outcomes = {frozenset(fixed_step(ids, 1000, seed_of("step", r))) for r in range(200)}
    reached = frozenset().union(*outcomes)
    assert len(outcomes) == 2
    assert round(1 - len(reached) / len(ids), 3) == 0.333
