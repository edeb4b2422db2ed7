"""What goes onto a disc comes back from it, read by tools that know nothing of us, whichever of its file systems they read."""

from pathlib import Path

import pytest

import discs
from sunlot.evidence.disc_image import BLOCK, FIXED, Marks, room_for, write_image
from sunlot.evidence.disc_read import open_disc
from sunlot.evidence.errors import EvidenceError

MARKS = Marks("3799212026000101", "5e" * 32, 1_700_000_000)
TREE = {
    "00-OPEN-ME.html": b"<html>",
    "also/垚犇喆昇祎.txt": "垚犇喆昇祎".encode(),
    "also/𠮷𪚥𫖯_生僻字.txt": "𠮷𪚥𫖯".encode() * 300,  # beyond the first 65,536 characters
    "also/“引号”—①（全角）.pdf": b"%PDF",
    "also/录像 第一段.mp4": bytes(range(256)) * 1200,
    "also/" + "长" * 20 + ".txt": b"long",
    "also/empty": b"",
    "379921-2026-0001/data/code/sunlot/draw/teams/flow.py": b"x" * BLOCK,
}


@pytest.fixture(scope="module")
def image(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("image") / "a.iso"
    write_image(path, TREE, MARKS)
    return path


def test_seven_zip_reads_the_udf_names(image: Path, tmp_path: Path) -> None:
    assert discs.contents(discs.extracted(image, tmp_path / "out")) == TREE


def test_xorriso_reads_the_rock_ridge_names(image: Path, tmp_path: Path) -> None:
    assert discs.in_rock_ridge(image, tmp_path / "out") == TREE


def test_the_joliet_names_are_all_there(image: Path) -> None:
    assert discs.in_joliet(image) == TREE


def test_our_own_reader_agrees(image: Path) -> None:
    with open_disc(image) as disc:
        assert {name: disc.read(name) for name in disc.names()} == TREE


def test_the_size_was_foreseen(image: Path) -> None:
    assert image.stat().st_size <= FIXED + room_for({name: len(data) for name, data in TREE.items()})


@pytest.mark.parametrize(
    "name, kind",
    [
        ("also/a:b.txt", "name_forbidden"),
        ("also/a\\b.txt", "name_forbidden"),
        ("also/dot.", "name_forbidden"),
        ("also/ space", "name_forbidden"),
        ("also//x", "name_forbidden"),
        ("../x\0", "name_forbidden"),
        ("also/" + "长" * 22, "name_too_long"),
        ("also/e\u0301.txt", "name_not_nfc"),
        ("/".join("abcdefghi"), "too_deep"),
    ],
)
def test_a_name_that_some_system_could_not_show_is_refused(tmp_path: Path, name: str, kind: str) -> None:
    with pytest.raises(EvidenceError, match=kind):
        write_image(tmp_path / "a.iso", {name: b"x"}, MARKS)
    assert not (tmp_path / "a.iso").exists()
