"""Which sources a notice may name, and what trust they earn."""

from typing import Any

import pytest

from sunlot.draw.beacon import time_of
from sunlot.draw.errors import DrawError
from sunlot.draw.sources import check_sources, commit_reveal, describe, grade

from .conftest import QUICKNET

ANNOUNCED = "2026-03-01T00:00:00Z"
SSQ = {"kind": "ssq", "issue": "2026023", "known_at": "2026-03-03T13:15:00Z"}
DLT = {"kind": "dlt", "issue": "26022", "known_at": "2026-03-04T13:25:00Z"}
D3 = {"kind": "3d", "issue": "2026050", "known_at": "2026-03-03T13:15:00Z"}
HAND = {"kind": "hand", "label": "dice", "bits": 66, "known_at": "2026-03-02T02:00:00Z"}
REVEAL = {"kind": "reveal", "participant": "p1", "commit": "a" * 64, "known_at": "2026-03-02T01:00:00Z"}
DRAND = {"kind": "drand", "chain": QUICKNET, "round": 27000000, "known_at": time_of(QUICKNET, 27000000)}


def refused(*sources: dict[str, Any]) -> str:
    with pytest.raises(DrawError) as caught:
        check_sources(list(sources), ANNOUNCED)
    return caught.value.kind


@pytest.mark.parametrize("sources", [[SSQ], [SSQ, DLT], [REVEAL, HAND, SSQ, DRAND], [HAND], [SSQ, HAND, DLT]])
def test_good_sources_are_accepted(sources: list[dict[str, Any]]) -> None:
    check_sources(sources, ANNOUNCED)


def test_a_source_known_at_the_announcement_is_too_early() -> None:
    assert refused({**SSQ, "known_at": ANNOUNCED}) == "source_too_early"
    assert refused({**SSQ, "known_at": "2026-02-28T23:59:59Z"}) == "source_too_early"


def test_a_beacon_has_the_time_of_its_round() -> None:
    assert refused({**DRAND, "round": 27000001}) == "source_malformed"


def test_a_reveal_needs_its_commitment() -> None:
    assert refused({**REVEAL, "commit": ""}, SSQ) == "source_malformed"


def test_3d_alone_holds_too_little_chance() -> None:
    assert refused(D3) == refused(REVEAL, D3) == refused({**HAND, "bits": 20}) == "too_little_chance"


def test_the_last_source_is_nobodys() -> None:
    late = "2026-03-09T00:00:00Z"
    for known_at in (late, SSQ["known_at"]):
        assert refused(SSQ, {**REVEAL, "known_at": known_at}) == "last_source_controlled"
        assert refused(SSQ, {**HAND, "known_at": known_at}) == "last_source_controlled"
    assert refused(HAND, {**REVEAL, "known_at": late}) == "last_source_controlled"


def test_a_typed_seed_does_not_exist() -> None:
    for kind in ("typed", "system", ""):
        assert refused({"kind": kind, "value": "42", "known_at": SSQ["known_at"]}) == "source_unknown"


def test_no_source_stands_twice() -> None:
    assert refused(SSQ, SSQ) == refused(HAND, {**HAND, "bits": 30}, SSQ) == "source_twice"


def test_no_source_at_all_is_refused() -> None:
    assert refused() == "source_missing"


def test_a_retired_chain_is_refused() -> None:
    assert (
        refused({**DRAND, "chain": "dbd506d6ef76e5f386f41c651dcb808c5bcbd75471cc4eafa3f4df7ad4e4c493"})
        == "unknown_chain"
    )


def test_grades() -> None:
    assert grade([SSQ, DLT], True) == grade([HAND, SSQ, DRAND], True) == "甲"
    assert grade([SSQ, DLT], False) == grade([SSQ], True) == grade([HAND, SSQ], True) == "乙"
    assert grade([HAND], True) == grade([HAND, REVEAL], True) == "丙"


def test_a_commitment_binds_draw_stage_and_participant() -> None:
    one = ("d", "firms", "p1", "7")
    others = [
        ("e", "firms", "p1", "7"),
        ("d", "teams", "p1", "7"),
        ("d", "firms", "p2", "7"),
        ("d", "firms", "p1", "8"),
    ]
    assert len({commit_reveal(*parts) for parts in [one, *others]}) == 5


def test_people_read_a_sources_name() -> None:
    assert describe(SSQ) == "福彩双色球第 2026023 期"
    assert [describe(source)[:5] for source in (HAND, REVEAL, DRAND)] == ["现场摇号 ", "参与人 p", "drand"]
