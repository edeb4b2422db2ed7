"""What a person types."""

import subprocess
import sys
from pathlib import Path

import pytest

from helpers import complete
from sunlot.cli import main
from sunlot.commands.demo_county import write_office_files


def test_the_demo_runs_and_verifies(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    options = ["demo", "--folder", str(tmp_path / "demo"), "--no-serve", "--inspectors", "60"]
    assert main([*options, "--firms", "400"]) == 0
    assert main([*options, "--firms", "300"]) == 0  # its own folder may be made anew
    assert "通过：全部可核对内容一致" in capfd.readouterr().out


def test_the_demo_touches_no_other_folder(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("x")
    with pytest.raises(SystemExit, match="不是空的"):
        main(["demo", "--folder", str(tmp_path)])


def test_import_shows_recognises_and_writes(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    files = [str(path) for path in write_office_files(tmp_path / "office", 50, 10)]
    assert main(["import", *files, "--out", str(tmp_path / "tables"), "--dry-run"]) == 0
    assert not (tmp_path / "tables").exists()
    assert main(["import", *files, "--out", str(tmp_path / "tables")]) == 0
    assert "统一社会信用代码→id" in capsys.readouterr().out
    assert {path.name for path in (tmp_path / "tables").glob("*s.csv")} == {
        "firms.csv",
        "inspectors.csv",
        "recusals.csv",
        "leaves.csv",
    }


def test_a_refusal_is_one_sentence_and_code_two(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["import", str(tmp_path / "no.xlsx")]) == 2
    assert main(["draw", "run", str(tmp_path)]) == 2
    assert "未执行：" in capsys.readouterr().err


def test_the_verifier_loads_only_what_verifies(tmp_path: Path) -> None:
    folder = complete(tmp_path).folder
    script = (
        "import sys; from sunlot.draw.verify import main; code = main([sys.argv[1]]);"
        "print(sorted(m for m in sys.modules if m.startswith('sunlot') or m in ('numpy','ortools','openpyxl','typst','random','python_calamine')));"
        "sys.exit(code)"
    )
    done = subprocess.run([sys.executable, "-I", "-c", script, str(folder)], capture_output=True, text=True)
    assert done.returncode == 0, done.stdout
    modules = done.stdout.splitlines()[-1]
    assert not any(
        word in modules
        for word in ("intake", "commands", "documents", "policy'", "prepare", "numpy", "ortools", "openpyxl", "deeds")
    )


def test_explain_says_why(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    draw = complete(tmp_path)
    outcome = draw.need("outcome", "").read_json("outcome.json")
    drawn, reserve = outcome["selected"][0]["id"], outcome["reserves"][0]["id"]
    away = next(row["id"] for row in draw.frame() if row["status"] != "正常")
    person = draw.need("teams-outcome", "").read_json("outcome.json")["teams"][0]["members"][0]
    expired = next(row["id"] for row in draw.inspectors() if row["drawable"] == "expired")
    for identity, words in (
        (drawn, "被抽中"),
        (reserve, "候补"),
        (away, "经营状态"),
        (person, "公布的机会合计"),
        (expired, "到期"),
    ):
        assert main(["draw", "explain", str(draw.folder), identity]) == 0
        assert words in capsys.readouterr().out
    assert main(["draw", "explain", str(draw.folder), "91370830MA3C000115"]) == 2
