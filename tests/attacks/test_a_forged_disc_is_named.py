"""The disc in the cupboard is exchanged: for one with an edited result, one with a forged draw, or one of another day."""

from pathlib import Path

import pytest

from insider import County, forge_bag
from sunlot.commands.disc import capacity_of
from sunlot.draw.canonical import hash_of
from sunlot.evidence.disc_set import plan_set
from sunlot.evidence.disc_writing import write_images


@pytest.fixture
def image(county: County) -> Path:
    """The genuine image, whose first copy has been burned."""
    disc(county, "make", county.bag, "--out", county.folder / "discs")
    found = next((county.folder / "discs").rglob("*.iso"))
    disc(county, "burned", found, "--copy", "1", "--by", "张三", "--by", "李四")
    return found


def disc(county: County, *words: str | Path, code: int = 0) -> str:
    return county.run("disc", "--register", county.register, *words, code=code)


def in_the_drive(county: County, data: bytes) -> Path:
    """Return a drive into which a disc with these bytes has been put."""
    drive = county.folder / "drive"
    drive.write_bytes(data)
    return drive


def forged_image(county: County) -> Path:
    """Return an image as ours are made, of a bag that fits in itself: the forger holds the key and the software."""
    forge_bag(county)
    capacity = capacity_of("cd")
    (county.folder / "forged").mkdir()
    write_images(plan_set([county.bag], capacity), county.folder / "forged", capacity)
    return next((county.folder / "forged").glob("*.iso"))


def test_one_edited_byte_on_a_disc(county: County, image: Path) -> None:
    data = image.read_bytes().replace("有限公司".encode(), "有限公可".encode(), 1)
    assert "firms.csv" in disc(county, "check", in_the_drive(county, data), code=1)
    assert "[不符] 光盘 2023-0001（正本）" in disc(county, "reread", county.folder / "drive", "--by", "王五", code=1)


def test_a_whole_forged_disc_is_not_the_one_that_was_burned(county: County, image: Path) -> None:
    drive = in_the_drive(county, forged_image(county).read_bytes())
    said = disc(county, "reread", drive, "--by", "王五", "--seal", "2023-0001", code=1)
    assert "[不符] 光盘 2023-0001（正本）" in said
    assert "复读不符" in disc(county, "list")


def test_the_log_holds_the_hash_even_against_an_edited_table(county: County, image: Path) -> None:
    """The administrator writes the forged disc's hash where the office keeps it; the entry in the log says otherwise."""
    forged = forged_image(county).read_bytes()
    county.sql("UPDATE lottery_disc SET image = ?, size = ?", hash_of(forged), len(forged))
    drive = in_the_drive(county, forged)
    said = disc(county, "reread", drive, "--by", "王五", "--seal", "2023-0001", code=2)
    assert "光盘 2023-0001 的登记表与日志不一致：表被绕过系统改动" in said
    assert "绕过系统改动" in county.audit()


def test_a_bag_that_was_spoiled_is_not_put_on_a_disc(county: County) -> None:
    (county.bag / "data/log/policy.txt").write_text("quorum none\n")
    assert "没有通过核验，不能刻录" in disc(county, "make", county.bag, "--out", county.folder / "discs", code=2)
