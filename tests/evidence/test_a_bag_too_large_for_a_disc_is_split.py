"""A set over several discs says which file is on which; together they verify, apart they say what is missing, joined they are the bag."""

import filecmp
import json
import shutil
from hashlib import sha256
from pathlib import Path

import pytest

import discs
from sunlot.draw.verify import DIFFERS, NOT_YET, PASSED, WITHHELD, exit_code
from sunlot.evidence.check_bag import check_bag
from sunlot.evidence.disc_check import check_discs, join_discs
from sunlot.evidence.disc_packing import Piece, pack
from sunlot.evidence.disc_set import DiscSet, plan_set
from sunlot.evidence.disc_writing import whole_folder, write_images
from sunlot.evidence.errors import EvidenceError

SMALL = 1_900_000
DRAW = "379921-2023-0001"


def written(planned: DiscSet, folder: Path, capacity: int) -> list[Path]:
    with whole_folder(folder) as staging:
        images = write_images(planned, staging, capacity)
    return [folder / image.name for image in images]


@pytest.fixture(scope="module")
def images(whole_bag: Path, tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    return written(plan_set([whole_bag], SMALL), tmp_path_factory.mktemp("split") / "set", SMALL)


def test_every_disc_keeps_to_its_size_and_carries_the_list(images: list[Path], tmp_path: Path) -> None:
    assert len(images) == 2
    assert all(path.stat().st_size <= SMALL for path in images)
    shown = [discs.extracted(path, tmp_path / path.name) for path in images]
    lists = [(folder / "disc.json").read_text() for folder in shown]
    assert lists[0].replace('"number":1', '"number":2') == lists[1]
    assert all((folder / "00-OPEN-ME.html").is_file() for folder in shown)
    assert "第 2 张，共 2 张" in (shown[1] / "00-READ-ME.txt").read_text(encoding="utf-8-sig")


def test_the_list_alone_lets_anyone_check_every_file(images: list[Path], tmp_path: Path) -> None:
    """With nothing of ours: the list says where each file is, and the set's id, its hash, stands in every descriptor."""
    for number, image in enumerate(images, 1):
        shown = discs.contents(discs.extracted(image, tmp_path / image.name))
        said = json.loads(shown["disc.json"])
        text = json.dumps(said["set"], ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode()
        descriptor = image.read_bytes()[16 * discs.BLOCK : 17 * discs.BLOCK]
        assert descriptor[190:318].decode().strip() == sha256(text).hexdigest()
        assert descriptor[40:72].decode().strip() == f"379921202300010{number}"
        listed = {entry["path"]: entry["sha256"] for entry in said["set"]["files"] if entry["disc"] == number}
        assert {name: sha256(data).hexdigest() for name, data in shown.items() if name.startswith(DRAW)} == listed


def test_together_they_verify(images: list[Path]) -> None:
    assert exit_code(check_discs(images)) == PASSED


def test_one_alone_says_which_it_still_needs(images: list[Path]) -> None:
    lines = check_discs(images[:1])
    assert exit_code(lines) == NOT_YET
    assert [line.text for line in lines if line.kind == WITHHELD] == [
        f"证据包 {DRAW} 还有文件在第 2 张光盘上；请把全部光盘一起核对"
    ]


def test_joined_they_are_the_bag_again(images: list[Path], whole_bag: Path, tmp_path: Path) -> None:
    opened = discs.extracted(images[1], tmp_path / "drive")  # one image, one opened disc: both serve
    (bag,) = join_discs([images[0], opened], tmp_path / "joined")
    compared = filecmp.dircmp(whole_bag, bag)
    assert (compared.left_only, compared.right_only, compared.diff_files) == ([], [], [])
    assert exit_code(check_bag(bag)) == PASSED


def test_copied_together_by_hand_they_are_the_bag_too(images: list[Path], tmp_path: Path) -> None:
    for path in images:
        shutil.copytree(discs.extracted(path, tmp_path / path.name), tmp_path / "merged", dirs_exist_ok=True)
    assert exit_code(check_bag(tmp_path / "merged" / DRAW)) == PASSED


def test_a_missing_disc_is_named_and_nothing_is_written(images: list[Path], tmp_path: Path) -> None:
    with pytest.raises(EvidenceError, match="还缺第 2 张（共 2 张）"):
        join_discs(images[:1], tmp_path / "joined")
    assert list(tmp_path.iterdir()) == []


def test_a_disc_of_another_set_is_named(images: list[Path], whole_bag: Path, tmp_path: Path) -> None:
    other = written(plan_set([whole_bag], 1_400_000), tmp_path / "other", 1_400_000)
    with pytest.raises(EvidenceError, match="不是同一套光盘"):
        join_discs([images[0], other[1]], tmp_path / "joined")
    lines = check_discs([images[0], other[1]])
    assert any("不是同一套光盘" in line.text for line in lines if line.kind == DIFFERS)
    assert not (tmp_path / "joined").exists()


def test_a_file_altered_on_one_disc_is_named_and_not_joined(images: list[Path], tmp_path: Path) -> None:
    opened = discs.extracted(images[1], tmp_path / "drive")
    victim = next(path for path in sorted((opened / DRAW).rglob("*")) if path.is_file())
    victim.chmod(0o644)
    victim.write_bytes(b"x" + victim.read_bytes()[1:])
    name = victim.relative_to(opened).as_posix()
    with pytest.raises(EvidenceError, match="不予合并") as refused:
        join_discs([images[0], opened], tmp_path / "joined")
    assert name in refused.value.sentence
    assert any(name in line.text for line in check_discs([opened]) if line.kind == DIFFERS)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["drive"]


def test_a_file_larger_than_a_disc_is_refused_by_name(whole_bag: Path, tmp_path: Path) -> None:
    recording = tmp_path / "抽取现场录像.mp4"
    recording.write_bytes(b"\0" * 3_000_000)
    with pytest.raises(EvidenceError, match="file_too_large") as refused:
        plan_set([whole_bag], 3_000_000, [recording])
    assert "also/抽取现场录像.mp4（3,000,000 字节）" in refused.value.sentence
    assert "--size dvd" in refused.value.sentence


def test_a_disc_too_small_for_its_own_list_is_refused(whole_bag: Path) -> None:
    for capacity in (0, 700_000, 1_000_000):
        with pytest.raises(EvidenceError, match=r"disc_too_small|file_too_large"):
            plan_set([whole_bag], capacity)


def test_bags_stay_whole_where_they_can() -> None:
    def unit(name: str, *sizes: int) -> list[Piece]:
        return [Piece(f"{name}/{n:03d}", Path(name), size, "") for n, size in enumerate(sizes)]

    placed = pack([unit("a", *[100_000] * 6), unit("b", *[100_000] * 9), unit("c", *[100_000] * 30)], 1_200_000)
    where = {name: {n for n, disc in enumerate(placed) for piece in disc if piece.path[0] == name} for name in "abc"}
    assert (len(where["a"]), len(where["b"])) == (1, 1)
    assert len(where["c"]) == 3
    assert sum(map(len, placed)) == 45
