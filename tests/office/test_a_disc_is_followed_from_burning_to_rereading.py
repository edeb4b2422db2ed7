"""The log knows every disc: its image, who burned it, and how it was found whenever it was read again."""

from collections.abc import Callable
from pathlib import Path
from threading import Thread

import pytest
from django.db import connection

import bags
import discs
from sunlot.commands.demo_witness import later, open_rehearsal
from sunlot.draw.canonical import hash_of
from sunlot.draw.verify import DIFFERS, EQUAL
from sunlot.evidence.disc_check import check_discs
from sunlot.evidence.disc_image import write_image
from sunlot.evidence.disc_set import SIZES, DiscSet, pieces_of, plan_set
from sunlot.evidence.disc_writing import whole_folder, write_images
from sunlot.evidence.errors import EvidenceError
from sunlot.evidence.page import verifier_page
from sunlot.office.journal.audit import audit
from sunlot.office.journal.checkpoints import open_log
from sunlot.office.journal.models import Event
from sunlot.office.journal.queries import reads
from sunlot.office.journal.services import deed
from sunlot.office.lottery.bags import bag_of
from sunlot.office.lottery.disc_queries import standing
from sunlot.office.lottery.discs import burned, make_discs, replace, reread
from sunlot.office.lottery.models import Disc

DRAW = "379921-2023-0001"
PEOPLE = ["张三丰", "李四光"]


@pytest.fixture(scope="module")
def two_bags(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """The bag of one draw, made when the log was shorter and made again when it had grown."""
    folder = tmp_path_factory.mktemp("county")
    rehearsal = open_rehearsal(folder / "draws", bags.OPENED)
    draw = bags.witnessed_draw(folder, rehearsal)
    older, newer = (
        bag_of(rehearsal.home, draw.folder, verifier_page(), folder / out, "u/1", at=later(rehearsal.at))
        for out in ("older", "newer")
    )
    return older, newer


@pytest.fixture(scope="module")
def bag_of_another(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The bag of another county's draw."""
    return bags.make(tmp_path_factory.mktemp("other"), organ="379922")


def written(bag: Path, folder: Path) -> Path:
    """Return the image of a bag, made by somebody whose log is not ours."""
    with whole_folder(folder) as staging:
        (image,) = write_images(plan_set([bag], SIZES["cd"]), staging, SIZES["cd"])
    return folder / image.name


@pytest.fixture
def image(office: Path, two_bags: tuple[Path, Path], tmp_path: Path) -> Path:
    """An image whose two discs an office has entered, on either database."""
    open_log(office, "yj.qinghe.example")
    know(two_bags[1])
    folder, _ = make_discs([two_bags[1]], tmp_path / "discs", SIZES["cd"], "u/1")
    return folder / f"{DRAW}.iso"


def know(bag: Path) -> None:
    """Let the office's log say that it made the bag."""
    with deed(by="u/1") as doing:
        digest = hash_of((bag / "tagmanifest-sha256.txt").read_bytes())
        doing.record("bag.made", f"draw/{bag.name}", {"draw": bag.name, "digest": digest})


def acts() -> list[str]:
    return list(Event.objects.filter(obj__startswith="disc/").order_by("seq").values_list("act", flat=True))


def last_sentence() -> str:
    event = Event.objects.order_by("-seq").first()
    assert event
    return reads(event)


def test_a_set_is_one_image_two_seal_numbers_and_its_forms(image: Path) -> None:
    assert sorted(path.name for path in image.parent.iterdir()) == [
        f"{DRAW}.iso",
        "labels.pdf",
        "seal-record-1.pdf",
        "seal-record-2.pdf",
    ]
    rows = list(Disc.objects.order_by("seal"))
    assert [(row.seal, row.get_copy_display(), row.state) for row in rows] == [
        ("2023-0001", "正本", "made"),
        ("2023-0002", "副本", "made"),
    ]
    assert {row.image for row in rows} == {hash_of(image.read_bytes())}
    assert acts() == ["disc.made", "disc.made"]
    assert [line.kind for line in standing(image)] == [EQUAL]
    assert audit().findings == []


def test_making_it_again_gives_the_same_bytes_and_the_same_seals(
    image: Path, two_bags: tuple[Path, Path], tmp_path: Path
) -> None:
    folder, rows = make_discs([two_bags[1]], tmp_path / "again", SIZES["cd"], "u/1")
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == {
        path.name: path.read_bytes() for path in image.parent.iterdir()
    }
    assert [row.seal for row in rows] == ["2023-0001", "2023-0002"]
    assert acts() == ["disc.made", "disc.made"]


def test_burned_and_read_again(image: Path, tmp_path: Path) -> None:
    drive = tmp_path / "drive"
    drive.write_bytes(image.read_bytes() + b"\0" * 300 * 2048)  # a drive pads what was burned
    disc, reason = burned(image, 1, PEOPLE, "u/1", drive)
    assert (disc.state, reason) == ("burned", "")
    assert "刻录后回读一致" in last_sentence()
    burned(image, 2, PEOPLE, "u/1")
    assert "刻录后未回读" in last_sentence()
    disc, reason = reread(drive, PEOPLE[:1], "u/1", seal="封〔2023〕0002号")
    assert (disc.seal, disc.state, reason) == ("2023-0002", "burned", "")
    assert disc.reread_at
    assert last_sentence() == f"复读光盘 2023-0002（副本，抽取 {DRAW}）：{image.stat().st_size} 字节与登记的映像一致"
    assert acts() == ["disc.made", "disc.made", "disc.burned", "disc.burned", "disc.reread"]
    assert audit().findings == []


def test_names_of_people_never_enter_a_leaf(image: Path) -> None:
    burned(image, 1, PEOPLE, "u/1")
    assert not any("张三丰" in leaf for leaf in Event.objects.values_list("leaf", flat=True))
    assert Disc.objects.get(pk="2023-0001").burned_by == "张三丰、李四光"


def one_byte(where: Callable[[bytes], int]) -> Callable[[Path, Path], None]:
    def change(image: Path, forged: Path) -> None:
        data = bytearray(image.read_bytes())
        data[where(bytes(data))] ^= 1
        forged.write_bytes(data)

    return change


FORGED: dict[str, tuple[Callable[[Path, Path], object], str]] = {
    "one byte of the roster": (one_byte(lambda data: data.index("有限公司".encode())), "firms.csv"),
    "one byte of the last block": (one_byte(lambda data: len(data) - 1), "不是原来的光盘"),
    "one byte of a descriptor": (one_byte(lambda data: data.index(b"CD001") + 1), "CD001"),
    "cut short": (lambda image, forged: forged.write_bytes(image.read_bytes()[:-2048]), "没有刻完或被截断"),
    "empty": (lambda image, forged: forged.write_bytes(b""), "没有刻完或被截断"),
    "something else": (lambda image, forged: forged.write_bytes(bytes(range(256)) * 20_000), "不是光盘映像"),
}


@pytest.mark.parametrize("name", FORGED)
def test_a_forged_disc_is_refused_and_the_event_says_so(image: Path, tmp_path: Path, name: str) -> None:
    forge, words = FORGED[name]
    burned(image, 1, PEOPLE, "u/1")
    forge(image, tmp_path / "forged")
    disc, reason = reread(tmp_path / "forged", PEOPLE, "u/1", seal="2023-0001")
    assert disc.state == "differs"
    if name != "one byte of a descriptor":  # there the reader says in its own words what it cannot read
        assert words in reason
    assert reason in last_sentence()
    assert acts()[-1] == "disc.differs"
    assert [line.kind for line in standing(tmp_path / "forged")] == [DIFFERS]


def test_the_bag_of_another_draw_is_named(image: Path, bag_of_another: Path, tmp_path: Path) -> None:
    burned(image, 1, PEOPLE, "u/1")
    other = written(bag_of_another, tmp_path / "other")
    _, reason = reread(other, PEOPLE, "u/1", seal="2023-0001")
    assert reason == f"装的是抽取 379922-2023-0001 的证据包，不是登记的 {DRAW}：拿错或被调换。"
    assert "日志里没有抽取 379922-2023-0001 的任何光盘" in next(iter(standing(other))).text


def test_an_older_checkpoint_is_named(image: Path, two_bags: tuple[Path, Path], tmp_path: Path) -> None:
    burned(image, 1, PEOPLE, "u/1")
    older = written(two_bags[0], tmp_path / "older")
    _, reason = reread(older, PEOPLE, "u/1", seal="2023-0001")
    assert reason == "装的是同一抽取较早的证据包：日志检查点 20 条，登记的是 21 条。"
    line = next(iter(standing(older)))
    assert (line.kind, reason in line.text) == (DIFFERS, True)


def test_a_forger_who_writes_the_list_anew_is_caught_twice(
    image: Path, two_bags: tuple[Path, Path], tmp_path: Path
) -> None:
    """The log has another hash, and the bag inside does not verify."""
    bag = bags.copied(two_bags[1], tmp_path)
    roster = bag / f"data/{DRAW}/01-notice/firms.csv"
    roster.write_bytes(roster.read_bytes().replace("街道".encode(), "新街".encode(), 1))
    honest = plan_set([two_bags[1]], SIZES["cd"])
    forged = DiscSet(honest.bags, honest.page, (tuple(pieces_of(bag)),))
    write_image(tmp_path / "forged.iso", forged.files(1), forged.marks(1))
    burned(image, 1, PEOPLE, "u/1")
    _, reason = reread(tmp_path / "forged.iso", PEOPLE, "u/1", seal="2023-0001")
    assert "是另一套光盘" in reason
    assert any("firms.csv" in line.text for line in check_discs([tmp_path / "forged.iso"]) if line.kind == DIFFERS)


def test_a_disc_that_differs_is_replaced_under_a_new_seal_number(image: Path, tmp_path: Path) -> None:
    burned(image, 1, PEOPLE, "u/1", image)
    (tmp_path / "scratched").write_bytes(image.read_bytes()[:100_000])
    reread(tmp_path / "scratched", PEOPLE, "u/1", seal="2023-0001")
    new = replace(image, "2023-0001", "读取不符", tmp_path / "new forms", "u/1")
    assert (new.seal, new.copy, new.state) == ("2023-0003", 1, "made")
    assert sorted(path.name for path in (tmp_path / "new forms").iterdir()) == ["labels.pdf", "seal-record-1.pdf"]
    assert "由 2023-0003 代替。理由：读取不符" in "".join(map(reads, Event.objects.filter(obj="disc/2023-0001")))
    assert burned(image, 1, PEOPLE, "u/1")[0].seal == "2023-0003"
    with pytest.raises(EvidenceError, match="已停用，由 2023-0003 代替"):
        reread(image, PEOPLE, "u/1", seal="2023-0001")
    assert audit().findings == []


def test_two_copies_are_alike_so_the_seal_number_is_asked_for(image: Path) -> None:
    burned(image, 2, PEOPLE, "u/1")
    assert reread(image, PEOPLE, "u/1")[0].seal == "2023-0002"
    burned(image, 1, PEOPLE, "u/1")
    with pytest.raises(EvidenceError, match=r"2023-0001（正本）、2023-0002（副本）"):
        reread(image, PEOPLE, "u/1")


def test_what_cannot_be_is_refused(image: Path, bag_of_another: Path, tmp_path: Path) -> None:
    other = written(bag_of_another, tmp_path / "other")
    with pytest.raises(EvidenceError, match="不是本机登记过的光盘映像"):
        burned(other, 1, PEOPLE, "u/1")
    with pytest.raises(EvidenceError, match="还没有登记刻录"):
        reread(image, PEOPLE, "u/1", seal="2023-0001")
    with pytest.raises(EvidenceError, match="没有封号"):
        reread(image, PEOPLE, "u/1", seal="2023-0099")
    with pytest.raises(EvidenceError, match="经手人"):
        burned(image, 1, [" "], "u/1")
    burned(image, 1, PEOPLE, "u/1")
    with pytest.raises(EvidenceError, match="already_burned"):
        burned(image, 1, PEOPLE, "u/1")
    with pytest.raises(EvidenceError, match="日志里没有抽取 379922-2023-0001 的这个证据包"):
        make_discs([bag_of_another], tmp_path / "discs", SIZES["cd"], "u/1")
    for nowhere in (tmp_path / "mistyped", tmp_path):
        with pytest.raises(EvidenceError, match="打不开"):
            reread(nowhere, PEOPLE, "u/1", seal="2023-0001")
    assert acts() == ["disc.made", "disc.made", "disc.burned"]


def test_a_hash_edited_in_the_table_is_not_believed(image: Path, bag_of_another: Path, tmp_path: Path) -> None:
    """Somebody with the database in his hands makes the table fit his forged disc; the log still says otherwise."""
    burned(image, 1, PEOPLE, "u/1")
    forged = written(bag_of_another, tmp_path / "other")
    Disc.objects.filter(pk="2023-0001").update(image=hash_of(forged.read_bytes()))
    with pytest.raises(EvidenceError, match="表被绕过系统改动"):
        reread(forged, PEOPLE, "u/1", seal="2023-0001")
    assert any("2023-0001" in finding.text for finding in audit().findings)


def test_the_files_of_a_real_disc_are_its_bag(image: Path, two_bags: tuple[Path, Path], tmp_path: Path) -> None:
    shown = discs.contents(discs.extracted(image, tmp_path / "shown") / DRAW)
    assert shown == discs.contents(two_bags[1])


def test_two_who_make_discs_at_once_get_different_seal_numbers(
    office: Path, two_bags: tuple[Path, Path], tmp_path: Path
) -> None:
    open_log(office, "yj.qinghe.example")
    for bag in two_bags:
        know(bag)
    failed: list[BaseException] = []

    def make(bag: Path) -> None:
        try:
            make_discs([bag], tmp_path / "discs", SIZES["cd"], "u/1")
        except BaseException as error:
            failed.append(error)
        finally:
            connection.close()

    threads = [Thread(target=make, args=(bag,)) for bag in two_bags]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failed == []
    assert sorted(Disc.objects.values_list("seal", flat=True)) == [f"2023-{number:04d}" for number in range(1, 5)]
    assert Disc.objects.values("set_id").distinct().count() == 2
    assert audit().findings == []
