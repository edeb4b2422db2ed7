"""From the bag to the disc in the cupboard and back, typed as a clerk types it."""

import re
import shutil
from pathlib import Path

import pytest

import discs
from sunlot.cli import main
from sunlot.commands.disc import capacity_of


class Shell:
    """Types `sunlot disc …` in one register and keeps what is printed."""

    def __init__(self, register: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.register, self._capsys = register, capsys

    def __call__(self, *words: object, code: int = 0) -> str:
        found = main(["disc", "--register", str(self.register), *map(str, words)])
        said = self._capsys.readouterr()
        assert found == code, said.out + said.err
        return said.out + said.err


@pytest.fixture
def shell(whole_bag: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Shell:
    """A copy of the register whose log knows the bag."""
    return Shell(Path(shutil.copytree(whole_bag.parents[1] / "draws", tmp_path / "draws")), capsys)


@pytest.fixture
def image(shell: Shell, whole_bag: Path, tmp_path: Path) -> Path:
    said = shell("make", whole_bag, "--out", tmp_path / "discs")
    assert "封号 2023-0001  正本" in said and "封号 2023-0002  副本" in said
    return next((tmp_path / "discs").rglob("*.iso"))


def test_burned_read_again_and_listed(shell: Shell, image: Path) -> None:
    assert "回读一致" in shell("burned", image, "--copy", "1", "--by", "张三", "--by", "李四", "--drive", image)
    assert "没有回读" in shell("burned", image, "--copy", 2, "--by", "张三")
    assert "[相符] 光盘 2023-0002（副本）" in shell("reread", image, "--by", "王五", "--seal", "2023-0002")
    listed = shell("list").splitlines()
    assert [re.split("  +", line)[:5] for line in listed] == [
        ["2023-0001", "正本", "379921-2023-0001", "第 1/1 张", "已刻录"],
        ["2023-0002", "副本", "379921-2023-0001", "第 1/1 张", "已刻录"],
    ]
    assert listed[0].endswith("最近复读 —")


def test_a_disc_that_differs_ends_with_code_one_and_is_replaced(shell: Shell, image: Path, tmp_path: Path) -> None:
    shell("burned", image, "--copy", 1, "--by", "张三")
    (tmp_path / "read").write_bytes(image.read_bytes()[:-1] + b"x")
    assert "[不符] 光盘 2023-0001（正本）" in shell("reread", tmp_path / "read", "--by", "王五", code=1)
    said = shell("replace", image, "--seal", "2023-0001", "--reason", "划伤", "--out", tmp_path / "new")
    assert "封号 2023-0003" in said
    assert "已被代替，由 2023-0003 代替" in shell("list")


def test_an_image_is_checked_with_the_log_and_without_it(shell: Shell, image: Path, tmp_path: Path) -> None:
    said = shell("check", image)
    assert "与日志第 " in said and "封号 2023-0001（正本，待刻录）" in said
    assert "已锚定：每一步都由" in said and said.endswith("通过：全部可核对内容一致。\n")
    elsewhere = Shell(tmp_path / "nowhere", shell._capsys)
    assert "与封存记录、盘面标签核对" in elsewhere("check", image)
    assert "是打开的光盘" in shell("check", discs.extracted(image, tmp_path / "D"))
    forged = tmp_path / "forged.iso"
    data = image.read_bytes()
    forged.write_bytes(data.replace("有限公司".encode(), "有限公可".encode(), 1))
    for place in (shell, elsewhere):
        said = place("check", forged, code=1)
        assert "firms.csv" in said and said.endswith("不通过：有内容不符或缺失。\n")


def test_a_bag_over_several_discs_is_checked_and_joined(shell: Shell, whole_bag: Path, tmp_path: Path) -> None:
    shell("make", whole_bag, "--out", tmp_path / "discs", "--size", "1900000")
    images = sorted((tmp_path / "discs").rglob("*.iso"))
    assert [path.name for path in images] == ["379921-2023-0001-1of2.iso", "379921-2023-0001-2of2.iso"]
    assert "还有文件在第 2 张光盘上" in shell("check", images[0], code=3)
    assert "通过" in shell("check", *images)
    assert "还缺第 1 张（共 2 张）" in shell("join", images[1], "--out", tmp_path / "joined", code=2)
    assert "通过" in shell("join", *images, "--out", tmp_path / "joined")
    assert (tmp_path / "joined" / "379921-2023-0001" / "bagit.txt").is_file()
    assert len(shell("list").splitlines()) == 4


@pytest.mark.parametrize(
    "words, said",
    [
        (["make", "nowhere"], "没有通过核验"),
        (["make", "nowhere", "--size", "blu-ray"], "应为 cd、dvd 或字节数"),
        (["check", "nowhere"], "找不到映像文件"),
        (["burned", "nowhere", "--copy", "1", "--by", "甲"], "找不到映像文件"),
        (["reread", "nowhere", "--by", "甲", "--seal", "2023-0009"], "没有封号"),
    ],
)
def test_a_mistake_is_answered_in_one_sentence(shell: Shell, words: list[str], said: str) -> None:
    assert said in shell(*words, code=2)


def test_sizes_are_named_or_counted() -> None:
    assert (capacity_of("cd"), capacity_of("dvd"), capacity_of("25000000000")) == (
        700_000_000,
        4_600_000_000,
        25 * 10**9,
    )


def test_a_register_that_is_not_there_is_not_made(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert "还没有日志" in Shell(tmp_path / "draws", capsys)("list", code=2)
    assert list(tmp_path.iterdir()) == []


def test_an_office_is_named_by_its_folder(shell: Shell, image: Path) -> None:
    elsewhere = Shell(image.parent / "nowhere", shell._capsys)
    assert "2023-0002" in elsewhere("--home", shell.register / ".private" / "office", "list")
