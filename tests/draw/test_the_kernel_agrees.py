"""The compiled kernel gives the reference's bytes, and one that does not is refused."""

from array import array
from pathlib import Path
from random import Random

import pytest

from sunlot.draw import tickets
from sunlot.draw.engines import build, native
from sunlot.draw.teams import rounding
from sunlot.draw.teams.arcs import arcs_of, flows_of
from sunlot.draw.teams.network import Edge, Group, Network, Person, Visit
from sunlot.draw.teams.prepare import prepare

needs_compiler = pytest.mark.skipif(not native.available(), reason="no C compiler here: the reference does the work")
SEED = "c4" * 32


@needs_compiler
@pytest.mark.parametrize("width", [1, 5, 18, 21, 32])
def test_tickets(width: int) -> None:
    dice = Random(width)
    ids = sorted({"".join(dice.choices("0123456789ABCDEFGH-", k=dice.randint(1, width))) for _ in range(3000)})
    for n in (0, 1, 7, len(ids) // 2, len(ids), len(ids) + 9):
        assert native.smallest_tickets(SEED, ids, n) == tickets.smallest(SEED, ids, n)


@needs_compiler
def test_rounding() -> None:
    dice = Random(7)
    for number in range(15):
        people = [Person(f"P{p:02d}", 9) for p in range(12)]
        edges = [Edge(f"V{v:02d}", f"P{p:02d}", "any") for v in range(30) for p in range(12) if dice.random() < 0.8]
        net = Network.of([Visit(f"V{v:02d}", 2, (Group("any", 2, 2),)) for v in range(30)], people, edges)
        arcs = arcs_of(net)
        flows = flows_of(arcs, prepare(net).f)
        seed = f"{number:064x}"
        expected = rounding._Rounding(seed, arcs, list(flows)).run()
        found = native.round_arcs(seed, array("i", arcs.tails), array("i", arcs.heads), array("q", flows), arcs.nodes)
        assert list(found) == expected


@needs_compiler
def test_a_kernel_that_lies_is_refused(tmp_path: Path) -> None:
    liar = tmp_path / "liar.so"
    assert build.build(liar, "-DSUNLOT_LIES")
    assert native._load(str(liar)) is None


def test_without_a_compiler_the_reference_does_the_work(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert not build.build(tmp_path / "kernel.so")
    monkeypatch.setattr(native, "available", lambda: False)
    ids = [f"REG15-{number:015d}" for number in range(60_000)]
    assert tickets.smallest(SEED, ids, 3) == sorted((tickets.ticket(SEED, identity), identity) for identity in ids)[:3]
