"""Two witnesses asked one after the other sign the same checkpoint, so that a quorum of both is met."""

from pathlib import Path

import pytest

from helpers import announced
from sunlot.cli import main

NAMES = ("纪检", "上级")


class Desk:
    """The office and its two witnesses, each with a folder of its own."""

    def __init__(self, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.folder, self._capsys = folder, capsys
        log_key = self.journal("init", "yj.qinghe.example").strip().splitlines()[-1]
        lines = [f"log {log_key}"]
        for number, name in enumerate(NAMES):
            key = self.witness(name, "init", f"w{number}.example").strip().splitlines()[-1]
            self.witness(name, "trust", log_key)
            lines.append(f"witness {name} {key}")
        policy = folder / "policy.txt"
        policy.write_text("\n".join([*lines, "group both all 纪检 上级", "quorum both", ""]))
        self.journal("policy", str(policy))

    def journal(self, *words: str) -> str:
        return self._said("journal", "--register", str(self.folder / "draws"), *words)

    def witness(self, name: str, *words: str) -> str:
        return self._said("witness", "--home", str(self.folder / name), *words)

    def cosign(self, name: str) -> str:
        request, answer = str(self.folder / f"{name}-request.txt"), str(self.folder / f"{name}-answer.txt")
        self.journal("request", name, "--out", request)
        self.witness(name, "sign", request, "--out", answer)
        return self.journal("cosigned", answer)

    def _said(self, *words: str) -> str:
        code = main(list(words))
        said = self._capsys.readouterr()
        assert code == 0, said.out + said.err
        return said.out + said.err


@pytest.fixture
def desk(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Desk:
    return Desk(tmp_path, capsys)


def test_one_after_the_other_is_enough(desk: Desk) -> None:
    assert "尚未锚定" in desk.cosign("纪检")
    assert "已锚定" in desk.cosign("上级").replace("尚未锚定", "")


def test_the_next_round_meets_again_in_the_other_order(desk: Desk) -> None:
    for name in NAMES:
        desk.cosign(name)
    desk._said(
        "draw",
        "void",
        str(announced(desk.folder).folder),
        "--reason",
        "x",
        "--by",
        "甲",
        "--by",
        "乙",
        "--missing",
        "1",
    )
    assert "尚未锚定" in desk.cosign("上级")
    assert "尚未锚定" not in desk.cosign("纪检")
    assert "作废（第 2 步" in desk.journal("show", "--last", "4")
    assert desk.journal("show", "--last", "4").count("[已锚定]") == 2


def test_a_deed_in_between_makes_both_look_again(desk: Desk) -> None:
    desk.cosign("纪检")
    desk._said(
        "draw",
        "void",
        str(announced(desk.folder).folder),
        "--reason",
        "x",
        "--by",
        "甲",
        "--by",
        "乙",
        "--missing",
        "1",
    )
    assert "尚未锚定" in desk.cosign("上级")
    assert "尚未锚定" not in desk.cosign("纪检")
