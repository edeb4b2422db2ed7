"""A draw's folder on which anything has been changed, dropped or added does not verify."""

import shutil
from pathlib import Path

import pytest

from helpers import complete
from sunlot.draw.verify import DIFFERS, exit_code, verify


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return complete(tmp_path_factory.mktemp("county")).folder


def test_the_untouched_draw_verifies(folder: Path) -> None:
    lines = verify(folder)
    assert exit_code(lines) == 0, lines


def test_a_changed_byte_in_any_file_is_named(folder: Path, tmp_path: Path) -> None:
    for number, path in enumerate(sorted(folder.rglob("*.*"))):
        for place in (0, 0.37, 0.99):
            copy = tmp_path / f"{number}-{place}" / folder.name
            shutil.copytree(folder, copy)
            target = copy / path.relative_to(folder)
            data = bytearray(target.read_bytes())
            data[int(len(data) * place)] ^= 1
            target.write_bytes(data)
            lines = verify(copy)
            assert exit_code(lines) == 1, path
            assert (
                any(path.parent.name in line.text for line in lines if line.kind == DIFFERS) or path.name == "step.json"
            )
            shutil.rmtree(copy.parent)


def test_a_missing_file_and_a_missing_step_are_named(folder: Path, tmp_path: Path) -> None:
    for path in [*folder.rglob("*.*"), *folder.iterdir()]:
        if path == sorted(folder.iterdir())[-1]:
            continue  # the last step alone may be missing: then the draw is not finished
        copy = tmp_path / folder.name
        shutil.copytree(folder, copy)
        gone = copy / path.relative_to(folder)
        shutil.rmtree(gone) if gone.is_dir() else gone.unlink()
        assert exit_code(verify(copy)) == 1, path
        shutil.rmtree(copy)


def test_a_cut_tail_is_no_pass_and_the_check_code_names_it(folder: Path, tmp_path: Path) -> None:
    copy = tmp_path / folder.name
    shutil.copytree(folder, copy)
    code = verify(folder)[-1].text.split()[1].split("：")[0]
    shutil.rmtree(sorted(copy.iterdir())[-1])
    assert exit_code(verify(copy)) == 3
    assert exit_code(verify(copy, check_code=code)) == 1


def test_an_extra_file_is_named(folder: Path, tmp_path: Path) -> None:
    copy = tmp_path / folder.name
    shutil.copytree(folder, copy)
    (copy / "01-notice" / "more.txt").write_text("x")
    assert any("more.txt" in line.text for line in verify(copy))
