"""A set of discs, format `sunlot-disc/1` (docs/disc.md): bags whole or split, and a list of which file is on which disc.

Everything follows from the bags alone; no clock, no chance. The same bags give the same images on every machine.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from pathlib import Path
from typing import Any

from sunlot.draw.canonical import dumps, hash_of, loads
from sunlot.draw.moments import seconds_of
from sunlot.draw.verify import DIFFERS
from sunlot.evidence.bag import VERIFIER
from sunlot.evidence.check_bag import check_bag
from sunlot.evidence.disc_image import BLOCK, FIXED, Content, Marks, check_name
from sunlot.evidence.disc_packing import MOST_DISCS, Piece, pack
from sunlot.evidence.errors import EvidenceError
from sunlot.ledger.checkpoint import parse_checkpoint
from sunlot.ledger.note import parse_note

FORMAT = "sunlot-disc/1"
INDEX, README, ALSO = "disc.json", "00-READ-ME.txt", "also"
SIZES = {"cd": 700_000_000, "dvd": 4_600_000_000}  # safely below what every blank disc of the kind holds
LEAST = 1_000_000


@dataclass(frozen=True)
class BagFacts:
    """What a set says of each bag in it. `digest`: SHA-256 of its tag manifest; `checkpoint`: entries in its latest checkpoint."""

    draw: str
    title: str
    organ: str
    rehearsal: bool
    date: str
    digest: str
    checkpoint: int


@dataclass(frozen=True)
class DiscSet:
    """A planned set: its bags, the verifier page, and for each disc its pieces."""

    bags: tuple[BagFacts, ...]
    page: bytes
    discs: tuple[tuple[Piece, ...], ...]

    @cached_property
    def content(self) -> dict[str, Any]:
        """What disc.json says on every disc of the set."""
        files = sorted((piece.path, number, piece) for number, disc in enumerate(self.discs, 1) for piece in disc)
        return {
            "format": FORMAT,
            "bags": [vars(bag) for bag in self.bags],
            "discs": len(self.discs),
            "files": [
                {"path": path, "disc": number, "size": piece.size, "sha256": piece.sha256}
                for path, number, piece in files
            ],
            "verifier": hash_of(self.page),
        }

    @cached_property
    def id(self) -> str:
        """The SHA-256 of the canonical content; all discs of a set carry it."""
        return hash_of(dumps(self.content))

    @property
    def name(self) -> str:
        """What the files of the set are called."""
        return set_name([bag.draw for bag in self.bags])

    def image_name(self, number: int) -> str:
        """Return the file name of one image."""
        return f"{self.name}.iso" if len(self.discs) == 1 else f"{self.name}-{number}of{len(self.discs)}.iso"

    def marks(self, number: int) -> Marks:
        """Return what the descriptors of one disc say; every time on it is midnight (UTC) of the last bag's day."""
        day = max(bag.date for bag in self.bags)
        return Marks(label_of(self.bags[0].draw, number), self.id, seconds_of(f"{day}T00:00:00Z"))

    def files(self, number: int) -> dict[str, Content]:
        """Return everything on one disc, by path."""
        own = own_files(self.content, number)
        return {piece.path: piece.source for piece in self.discs[number - 1]} | own | {VERIFIER: self.page}


def plan_set(bags: Sequence[Path], capacity: int, also: Sequence[Path] = ()) -> DiscSet:
    """Return the set that holds these bags, and beside them the files `also` (recordings, scans), on discs of `capacity` bytes.

    Raises EvidenceError for a bag that does not verify, bags of two organs, names no disc can hold, or what does not fit.
    """
    facts = sorted((sound_bag(bag) for bag in bags), key=lambda bag: bag.draw)
    if len({bag.draw for bag in facts}) < len(facts):
        raise EvidenceError("bag_twice", "同一次抽取的证据包只能放一个。")
    if len({bag.organ for bag in facts}) > 1:
        raise EvidenceError("bags_of_two_organs", "一套光盘只放一个机关的证据包。")
    units = [pieces_of(bag) for bag in bags]
    names = [f"{ALSO}/{path.name}" for path in also]
    if len(set(map(str.casefold, names))) < len(names):
        raise EvidenceError("name_twice", "一并刻入的文件有重名（Windows 不分大小写）；请改名。")
    units += [[_piece(path, name)] for path, name in zip(also, names, strict=True)]
    page = (bags[0] / VERIFIER).read_bytes()
    return DiscSet(tuple(facts), page, tuple(map(tuple, pack(units, _room(units, facts, page, capacity)))))


def _room(units: Sequence[Sequence[Piece]], facts: Sequence[BagFacts], page: bytes, capacity: int) -> int:
    """Return what a disc has left for the pieces, after its own three files; the list counts at its longest."""
    if capacity < LEAST:
        raise EvidenceError("disc_too_small", f"光盘容量至少 {LEAST:,} 字节；给的是 {capacity:,}。")
    everything = tuple(piece for unit in units for piece in unit)
    longest = DiscSet(tuple(facts), page, ((),) * (MOST_DISCS - 1) + (everything,))
    own = own_files(longest.content, MOST_DISCS)
    taken = FIXED + sum(len(content) + 4 * BLOCK for content in (*own.values(), page))
    if taken >= capacity:
        raise EvidenceError("disc_too_small", f"光盘容量 {capacity:,} 字节放不下清单和核验页；请改用更大的盘。")
    return capacity - taken


def sound_bag(folder: Path) -> BagFacts:
    """Return the facts of a bag that verifies. Raises EvidenceError naming the first thing that differs."""
    for line in check_bag(folder):
        if line.kind == DIFFERS:
            raise EvidenceError("bag_differs", f"{folder} 没有通过核验，不能刻录：{line.text}")
    return bag_facts(folder)


def bag_facts(folder: Path) -> BagFacts:
    """Return the facts of a bag that has been checked."""
    index = loads((folder / "data/index.json").read_bytes(), "data/index.json")
    dated = re.search(r"^Bagging-Date: (\d{4}-\d\d-\d\d)$", (folder / "bag-info.txt").read_text(encoding="utf-8"), re.M)
    if not dated:
        raise EvidenceError("bag_undated", f"{folder}/bag-info.txt 没有写明 Bagging-Date。")
    latest = parse_checkpoint(parse_note((folder / "data/log/checkpoint.txt").read_text(encoding="utf-8")).text)
    return BagFacts(
        draw=index["draw"],
        title=index["title"],
        organ=index["organ"],
        rehearsal=index["rehearsal"],
        date=dated[1],
        digest=hash_of((folder / "tagmanifest-sha256.txt").read_bytes()),
        checkpoint=latest.size,
    )


def set_name(draws: Sequence[str]) -> str:
    """Return the name of a set: its first draw, and how many there are when it is more than one."""
    return draws[0] + (f"-x{len(draws)}" if len(draws) > 1 else "")


def label_of(draw: str, number: int) -> str:
    """Return the volume label, at most 16 letters: the first draw's digits (the last of them that fit) and the disc's number in two."""
    return re.sub("[^0-9A-Z]", "", draw.upper())[-14:] + f"{number:02d}"


def own_files(content: dict[str, Any], number: int) -> dict[str, bytes]:
    """Return the files that a disc has besides its pieces and the verifier page: the index and a note for people."""
    index = dumps({"number": number, "set": content})
    return {INDEX: index, README: _readme(content, number).replace("\n", "\r\n").encode("utf-8-sig")}


def _readme(content: dict[str, Any], number: int) -> str:
    count, bags = content["discs"], content["bags"]
    rehearsal = "（演练，不具效力）" if any(bag["rehearsal"] for bag in bags) else ""
    lines = [
        f"双随机抽查数据保全光盘{rehearsal}　第 {number} 张，共 {count} 张",
        *(f"{bag['draw']}　{bag['organ']}　{bag['title']}" for bag in bags),
        "",
        "怎样核验（不需要联网，也不需要安装软件）：",
    ]
    if count == 1:
        lines += [f"1. 双击 {VERIFIER}，用浏览器打开。", "2. 点“选择文件夹”，选这张光盘里以抽取编号命名的文件夹。"]
    else:
        lines += [
            f"1. 这一套有 {count} 张光盘。在电脑上新建一个文件夹，把每一张光盘里的内容都复制进去；提示同名文件夹时选“合并”，"
            f"提示 {INDEX}、{README}、{VERIFIER} 同名时选“跳过”。",
            f"2. 双击 {VERIFIER}，用浏览器打开；点“选择文件夹”，选以抽取编号命名的文件夹。",
        ]
    lines += [
        "3. 页面逐项重算，列出相符、不符和请与外部副本核对的内容。",
        "",
        f"{INDEX} 列出这一套光盘的每个文件在第几张、多少字节、SHA-256 校验值。",
        f"整套编号 {hash_of(dumps(content))}",
        "",
    ]
    return "\n".join(lines)


def pieces_of(bag: Path) -> list[Piece]:
    """Return the files of a bag under the paths that they get on a disc."""
    root = loads((bag / "data/index.json").read_bytes(), "data/index.json")["draw"]
    files = sorted(path for path in bag.rglob("*") if path.is_file())
    return [_piece(path, f"{root}/{path.relative_to(bag).as_posix()}") for path in files]


def _piece(path: Path, name: str) -> Piece:
    check_name(name)
    try:
        with path.open("rb") as file:
            digest, size = sha256(), 0
            while block := file.read(1 << 20):
                digest.update(block)
                size += len(block)
    except OSError as failure:
        raise EvidenceError("file_unreadable", f"读不出 {path}：{failure.strerror}。") from failure
    return Piece(name, path, size, digest.hexdigest())
