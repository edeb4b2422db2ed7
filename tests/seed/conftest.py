"""What the tests of the seed share: real beacons and lotteries, a valid notice and its evidence."""

import json
from pathlib import Path
from typing import Any

import pytest

DATA = Path(__file__).resolve().parents[1] / "data"
QUICKNET = "52db9ba70e0cc0f6eaf7803dd07447a1f5477735fd3f661792ba94600c84e971"
DEFAULT = "8990e7a9aaed2ffed73dbd7092123d6f289930540d7651336225dc172e51b2ce"


@pytest.fixture(scope="session")
def beacons() -> list[dict[str, Any]]:
    rows = json.loads((DATA / "beacons.json").read_text(encoding="utf-8"))
    return [
        {
            "chain": row["chain_hash"],
            "name": row["chain"],
            "round": row["round"],
            "signature": row["sig"],
            "previous": row["prev"] or "",
            "randomness": row["randomness_sha256_of_sig"],
        }
        for row in rows
    ]


@pytest.fixture(scope="session")
def ours(beacons: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The beacons of pinned chains."""
    return [beacon for beacon in beacons if beacon["chain"] in (QUICKNET, DEFAULT)]


@pytest.fixture(scope="session")
def lotteries() -> list[dict[str, Any]]:
    return list(json.loads((DATA / "lotteries.json").read_text(encoding="utf-8"))["draws"])


@pytest.fixture
def notice() -> dict[str, Any]:
    source = {"kind": "ssq", "issue": "2023097", "known_at": "2023-08-22T13:15:00Z"}
    return {"draw": "370830-2023-0001", "stage": "firms", "sources": [source], "secret": False, "nonce_commit": ""}


@pytest.fixture
def evidence() -> dict[str, Any]:
    return {
        "kind": "ssq",
        "issue": "2023097",
        "numbers": "1 9 14 19 29 30 + 15",
        "drawn_on": "2023-08-22",
        "entered_by": ["张三", "李四"],
    }
