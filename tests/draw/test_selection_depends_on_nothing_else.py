"""Who is drawn depends on the firm's own code and the seed, not on its neighbours or the order of the roster."""

from hypothesis import given, settings
from hypothesis import strategies as some

from helpers import firm, notice, policy, rule
from sunlot.draw import selection, tickets
from sunlot.draw.selection import draw_firms
from sunlot.draw.tickets import smallest

SEED = "3f" * 32
IDS = [f"REG15-{number:015d}" for number in range(300)]


def test_the_order_of_the_roster_changes_nothing() -> None:
    assert smallest(SEED, IDS, 20) == smallest(SEED, IDS[::-1], 20)


def test_the_threshold_loses_nobody() -> None:
    everybody = sorted((tickets.ticket(SEED, identity), identity) for identity in IDS)
    assert all(smallest(SEED, IDS, n) == everybody[:n] for n in range(len(IDS) + 5))


@settings(max_examples=30, deadline=None)
@given(some.integers(0, 299), some.integers(1, 100))
def test_removing_a_firm_moves_at_most_one(gone: int, n: int) -> None:
    before = {identity for _, identity in smallest(SEED, IDS, n)}
    after = {identity for _, identity in smallest(SEED, IDS[:gone] + IDS[gone + 1 :], n)}
    assert len(after - before) == (1 if IDS[gone] in before else 0)
    assert before <= {identity for _, identity in smallest(SEED, IDS, n + 1)}


def test_equal_tickets_are_settled_by_the_code(monkeypatch) -> None:  # type: ignore[no-untyped-def]
    monkeypatch.setattr(tickets, "ticket", lambda seed, identity: "00")
    assert [identity for _, identity in smallest(SEED, IDS[::-1], 300)] == sorted(IDS)


def test_key_units_are_all_visited_in_two_rounds() -> None:
    rules = [rule("重点", when={"key_unit": ["是"]}, rate=[1, 1]), rule()]
    firms = [firm(identity, key_unit="是" if at % 7 == 0 else "否") for at, identity in enumerate(IDS)]
    first, rows = notice(firms, policy(*rules, rounds=2, round=1))
    drawn = {entry["id"] for entry in draw_firms(first, "n", rows, SEED)["selected"]}
    later = [row | {"drawn": "379921-2026-0001" if row["id"] in drawn else ""} for row in rows]
    second, rows = notice(later, policy(*rules, rounds=2, round=2))
    drawn |= {entry["id"] for entry in draw_firms(second, "n", rows, "4a" * 32)["selected"]}
    assert {row["id"] for row in rows if row["key_unit"] == "是"} <= drawn
    general = [identity for identity in drawn if IDS.index(identity) % 7]
    assert abs(len(general) - (300 - 43) / 10) < 1


def test_every_exclusion_has_its_reason() -> None:
    rows = [
        firm(IDS[0]),
        firm(IDS[1], status="注销"),
        firm(IDS[2], drawn="x"),
        firm(IDS[3], visits="2"),
        firm(IDS[4], last_visit="2026-02-20"),
        firm(IDS[5], hazard_class="矿"),
    ]
    rules = rule(cap=2, gap=30, when={"hazard_class": [""]})
    found, _ = notice(rows, policy(rules))
    assert {entry["reason"]: entry["count"] for entry in found["excluded"]} == dict.fromkeys(
        ("cap", "class", "drawn", "gap", "status"), 1
    )


def test_intensity_expires() -> None:
    rows = [
        firm(IDS[0], intensity="3", intensity_until="2026-03-01"),
        firm(IDS[1], intensity="3", intensity_until="2026-03-02"),
    ]
    found, _ = notice(rows, policy())
    assert [(cell["cell"], cell["chance"]) for cell in found["cells"]] == [("一般/0", [1, 10]), ("一般/3", [1, 2])]
    assert selection is not None
