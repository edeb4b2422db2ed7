"""Each impossible wish has its own error with a sentence a clerk understands, and nothing is written."""

import csv
from collections.abc import Callable
from pathlib import Path

import pytest

from helpers import ANNOUNCED, announced, firm, fixed_secret, notice, plan, policy, rule, tables
from sunlot.commands.demo_county import RANDOMNESS
from sunlot.draw import deeds
from sunlot.draw.errors import DrawError
from sunlot.policy.reader import read_pack

ID = "REG15-000000000000001"


def refuse(kind: str, folder: Path, **changes: object) -> None:
    with pytest.raises(DrawError) as refusal:
        deeds.announce_firms(
            folder / "draws", plan(**changes), read_pack("county-2026"), folder / "tables", ANNOUNCED, fixed_secret
        )
    assert refusal.value.kind == kind
    assert any("\u4e00" <= letter <= "\u9fff" for letter in refusal.value.sentence)
    assert not list((folder / "draws").glob("[0-9]*"))


def rewrite(path: Path, change: Callable[[list[dict[str, str]]], list[dict[str, str]]]) -> None:
    with path.open(newline="") as file:
        rows = list(csv.DictReader(file))
    with path.open("w", newline="") as file:
        writer = csv.DictWriter(file, rows[0])
        writer.writeheader()
        writer.writerows(change(rows))


def test_an_empty_roster(tmp_path: Path) -> None:
    tables(tmp_path)
    (tmp_path / "tables" / "firms.csv").write_text("id,name\n")
    refuse("empty_roster", tmp_path)


def test_nobody_eligible(tmp_path: Path) -> None:
    rewrite(tables(tmp_path) / "firms.csv", lambda rows: [row | {"status": "注销"} for row in rows])
    refuse("nobody_eligible", tmp_path)


def test_an_unknown_territory(tmp_path: Path) -> None:
    tables(tmp_path)
    refuse("unknown_territory", tmp_path, territories=["别处镇"])


def test_more_than_there_are(tmp_path: Path) -> None:
    tables(tmp_path)
    refuse("quota_too_large", tmp_path, budget=100_000)
    refuse("quota_too_large", tmp_path, counts={"一般单位": 100_000})


def test_certificates_that_have_expired(tmp_path: Path) -> None:
    rewrite(
        tables(tmp_path) / "inspectors.csv", lambda rows: [row | {"certificate_valid_to": "2020-01-01"} for row in rows]
    )
    refuse("too_few_inspectors", tmp_path)


def test_only_one_inspector(tmp_path: Path) -> None:
    rewrite(tables(tmp_path) / "inspectors.csv", lambda rows: rows[:1])
    refuse("too_few_inspectors", tmp_path)


def test_two_inspectors_only_gives_a_reason_and_cures(tmp_path: Path) -> None:
    rewrite(
        tables(tmp_path) / "inspectors.csv",
        lambda rows: [row | {"territory": "", "specialities": "无关"} for row in rows[:2]],
    )
    draw = deeds.announce_firms(
        tmp_path / "draws", plan(), read_pack("county-2026"), tmp_path / "tables", ANNOUNCED, fixed_secret
    )
    draw = deeds.record_seed(draw, RANDOMNESS["firms"]["evidence"], RANDOMNESS["firms"]["recorded_at"])
    draw = deeds.run(draw, RANDOMNESS["firms"]["recorded_at"])
    with pytest.raises(DrawError) as refusal:
        deeds.announce_teams(draw, "2023-09-12T01:00:00Z")
    assert refusal.value.kind == "teams_infeasible"
    assert "可选" in refusal.value.sentence


def test_a_source_from_before_the_announcement(tmp_path: Path) -> None:
    tables(tmp_path)
    sources = [dict(RANDOMNESS["firms"]["sources"][0], known_at="2023-08-20T13:15:00Z")]
    refuse("source_too_early", tmp_path, sources=sources)


def test_a_forged_beacon_and_a_missing_source(tmp_path: Path) -> None:
    draw = announced(tmp_path)
    good = RANDOMNESS["firms"]["evidence"]
    forged = [good[0], {"kind": "drand", "signature": good[1]["signature"][:-1] + "3"}]
    for evidence, kind in (
        (forged, "beacon_forged"),
        (good[:1], "source_missing"),
        ([good[0], good[0]], "source_missing"),
    ):
        with pytest.raises(DrawError) as refusal:
            deeds.record_seed(draw, evidence, RANDOMNESS["firms"]["recorded_at"])
        assert refusal.value.kind == kind
    with pytest.raises(DrawError, match="too_early"):
        deeds.record_seed(draw, good, "2023-08-22T02:00:00Z")


@pytest.mark.parametrize(
    "broken",
    [
        {"rate": [1, 0]},
        {"rate": [0.5, 1]},
        {"name": "a/b"},
        {"direction": "up"},
        {"when": {"colour": ["red"]}},
        {"cap": -1},
    ],
)
def test_a_malformed_rule(broken: dict[str, object]) -> None:
    with pytest.raises(DrawError, match="policy_malformed"):
        notice([firm(ID)], policy(rule(**broken)))


@pytest.mark.parametrize(
    "broken", [{"visits": "two"}, {"last_visit": "2026-13-01"}, {"intensity": "x"}, {"id": "91370830ma3c00001x"}]
)
def test_a_malformed_frame(broken: dict[str, str]) -> None:
    with pytest.raises(DrawError, match="malformed"):
        notice([firm(ID) | broken], policy())


def test_the_same_firm_twice() -> None:
    with pytest.raises(DrawError, match="not_canonical"):
        notice([firm(ID), firm(ID)], policy())
