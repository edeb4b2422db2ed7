"""Which file goes on which disc: a bag stays whole where it can; one too large for a disc is split by file, in the order of its paths."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from sunlot.evidence.disc_image import FOLDER_ROOM, LONGEST_FILE, file_room, room_for
from sunlot.evidence.errors import EvidenceError

MOST_DISCS = 99


@dataclass(frozen=True)
class Piece:
    """One file: its path on the disc, where it lies now, its size and SHA-256."""

    path: str
    source: Path
    size: int
    sha256: str


def pack(units: Sequence[Sequence[Piece]], room: int) -> list[list[Piece]]:
    """Return the discs, each with its pieces: units first-fit by falling size, every disc within `room` bytes.

    Raises EvidenceError when a file is larger than a disc, or when more than 99 discs would be needed.
    """
    discs: list[list[Piece]] = []
    for unit in sorted(units, key=lambda unit: (-_room(unit), unit[0].path)):
        home = next((disc for disc in discs if _room([*disc, *unit]) <= room), None)
        if home is not None:
            home.extend(unit)
        else:
            discs.extend(_split(unit, room))
    if len(discs) > MOST_DISCS:
        raise EvidenceError(
            "too_many_discs", f"需要 {len(discs)} 张光盘，超过 {MOST_DISCS} 张；请改用更大的盘（--size dvd）。"
        )
    return discs


def _room(pieces: Sequence[Piece]) -> int:
    return room_for({piece.path: piece.size for piece in pieces})


def _split(unit: Sequence[Piece], room: int) -> list[list[Piece]]:
    """Fill one disc after the other in the order of the paths; the whole unit when it fits."""
    if _room(unit) <= room and all(piece.size <= LONGEST_FILE for piece in unit):
        return [list(unit)]
    discs: list[list[Piece]] = []
    left, folders = -1, set[PurePosixPath]()
    for piece in sorted(unit, key=lambda piece: piece.path):
        if _room([piece]) > room or piece.size > LONGEST_FILE:
            raise EvidenceError(
                "file_too_large",
                f"文件 {piece.path}（{piece.size:,} 字节）比一张光盘能装的（约 {min(room, LONGEST_FILE):,} 字节）还大；"
                "请改用更大的盘（--size dvd），录像请先分段。",
            )
        new = set(PurePosixPath(piece.path).parents) - folders
        if file_room(piece.size) + FOLDER_ROOM * len(new) > left:
            discs.append([])
            left, folders, new = room, set(), set(PurePosixPath(piece.path).parents)
        discs[-1].append(piece)
        left -= file_room(piece.size) + FOLDER_ROOM * len(new)
        folders |= new
    return discs
