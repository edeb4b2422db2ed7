"""docs/threats.md and this folder say the same: every attack in the document is performed here, every one performed here is in the document."""

import re
from pathlib import Path

HERE = Path(__file__).parent
DOCUMENT = HERE.parents[1] / "docs" / "threats.md"
ROWS = [line for line in DOCUMENT.read_text().splitlines() if line.startswith("| ") and not line.startswith("| who")]


def test_every_attack_named_has_its_test() -> None:
    for row in ROWS:
        cell = row.rstrip(" |").rpartition("| ")[2]
        link = re.fullmatch(r"\[(test_[a-z_]+\.py)\]\(\.\./tests/attacks/\1\)", cell)
        assert link or cell.startswith("to come"), row
        assert not link or (HERE / link[1]).is_file(), row


def test_every_test_is_named() -> None:
    named = set(re.findall(r"test_[a-z_]+\.py", DOCUMENT.read_text()))
    assert {path.name for path in HERE.glob("test_*.py")} <= named


def test_every_row_says_what_is_there_and_what_is_not() -> None:
    assert len(ROWS) >= 20
    for row in ROWS:
        assert row.count(" | ") == 3, row
        assert all(cell.strip() for cell in row.strip("|").split("|")), row


def test_no_test_stands_empty() -> None:
    for path in HERE.glob("test_*.py"):
        assert re.search(r"^def test_", path.read_text(), re.MULTILINE), path.name
