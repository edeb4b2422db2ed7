"""The draws of an office in the browser are held to its log like those of a register in the shell."""

from collections.abc import Callable
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection

from insider import change_json, mend_steps
from lottery.conftest import Story
from sunlot.cli import main
from sunlot.office.lottery.folders import folder_findings
from sunlot.office.lottery.register import folder_of, register


def test_an_edited_result_is_named(story: Callable[..., Story], capsys: pytest.CaptureFixture[str]) -> None:
    told = story().drawn()
    assert not list(folder_findings(register()))
    folder = folder_of(told.name).folder
    change_json(folder / "03-outcome/outcome.json", lambda outcome: outcome["selected"].reverse())
    mend_steps(folder)
    assert [finding.obj for finding in folder_findings(register())] == [f"draw/{told.name}"]
    if connection.vendor == "sqlite":
        assert main(["journal", "--home", str(settings.HOME), "audit"]) == 1
        assert f"抽取 {told.name} 的步骤 03-outcome 与日志登记的核对码" in capsys.readouterr().out


def test_a_folder_that_is_no_office_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["journal", "--home", str(tmp_path / "nowhere"), "audit"]) == 2
    assert "没有办公室" in capsys.readouterr().err
    assert not (tmp_path / "nowhere").exists()
