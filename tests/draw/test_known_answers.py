"""Tickets, generator and quotas against numbers computed by others."""

import json
from fractions import Fraction
from pathlib import Path

import pytest

from sunlot.draw.errors import DrawError
from sunlot.draw.frame import clean_id
from sunlot.draw.generator import Generator
from sunlot.draw.quotas import spread_out, water_fill
from sunlot.draw.tickets import smallest, ticket

DATA = Path(__file__).resolve().parents[1] / "data"
TICKETS = json.loads((DATA / "tickets.json").read_text())
KAT = json.loads((DATA / "sampling" / "draw_kat.json").read_text())


def test_tickets_and_their_order() -> None:
    for row in TICKETS["tickets"]:
        assert ticket(TICKETS["seed"], row["id"]) == row["ticket"]
    ids = [row["id"] for row in TICKETS["tickets"]]
    assert [identity for _, identity in smallest(TICKETS["seed"], ids, 99)] == TICKETS["order"]


def test_seven_other_spellings_are_refused_and_never_hashed() -> None:
    for row in TICKETS["must_not_equal"]:
        with pytest.raises(DrawError, match="id_malformed"):
            clean_id(row["spelling"])


def test_simple_random_sample_of_twenty_firms() -> None:
    ids = [row["id"] for row in KAT["rows"]]
    assert all(ticket(KAT["seed"], row["id"]) == row["ticket_hex"] for row in KAT["rows"])
    drawn = [identity for _, identity in smallest(KAT["seed"], ids, len(KAT["srs_order"]))]
    assert drawn == KAT["srs_order"]


def test_systematic_rounding_of_quotas() -> None:
    case = KAT["quota_systematic"]
    quotas = {cell["cell"]: Fraction(cell["A"], case["D"]) for cell in case["cells"]}
    assert spread_out(quotas, list(quotas), case["D"], case["t"]) == case["m"]


def test_water_filling() -> None:
    cells = {name: (size, Fraction(weight)) for name, size, weight in KAT["waterfill"]["cells"]}
    for case in (KAT["waterfill"], KAT["waterfill_cap"]):
        quotas = water_fill(case["budget"], cells, "")
        assert {name: str(quota / cells[name][0]) for name, quota in quotas.items()} == case["pi"]


def test_words_above_the_last_multiple_are_passed_over() -> None:
    n = 2**255 + 1  # almost every second word is refused
    words = Generator("ab" * 32, "quota")
    values = [words.below(n) for _ in range(50)]
    assert max(values) < n
    assert words.words_used > 60
