"""One disc image: ISO 9660, Joliet, Rock Ridge and UDF over the same files, the same bytes wherever and whenever it is written.

Windows and macOS read the UDF names, Linux the Rock Ridge ones, older systems Joliet; all carry every Chinese character, those
beyond the first 65,536 included. The bare ISO 9660 names are short and ASCII; nobody reads them today.
"""

import os
import re
import threading
import time
import unicodedata
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path, PurePosixPath
from types import SimpleNamespace

import pycdlib
from pycdlib import dates, headervd, udf, utils
from pycdlib import pycdlib as mastering

from sunlot.evidence.errors import EvidenceError

BLOCK = 2048
FIXED = 320 * BLOCK  # descriptors, anchors and path tables of all four file systems; the least image has 292 blocks
FOLDER_ROOM = 5 * BLOCK + 1024  # its own blocks in three trees, and its name in those above
LONGEST_FILE = 2**32 - BLOCK  # what one ISO 9660 extent holds
LONGEST_NAME = 64  # bytes of UTF-8; Joliet holds no more
DEEPEST = 8  # levels of folders, ECMA-119 6.8.2.1
FORBIDDEN = re.compile(r'[\x00-\x1f\x7f<>:"/\\|?*;]')

Content = Path | bytes


@dataclass(frozen=True)
class Marks:
    """What stands in the volume descriptors. `label`: at most 16 of A-Z 0-9 _; `moment`: Unix seconds, the time of every file."""

    label: str
    set_id: str
    moment: int


def write_image(target: Path, files: Mapping[str, Content], marks: Marks) -> None:
    """Write the image of `files` (by path on the disc) to `target` and wait until the disk has it.

    Raises EvidenceError for a name that some system could not show, OSError when it cannot be written.
    """
    for name in files:
        check_name(name)
    with _fixed(marks), target.open("wb") as out:
        iso = pycdlib.PyCdlib()
        iso.new(
            interchange_level=3,
            vol_ident=marks.label,
            vol_set_ident=marks.set_id,
            pub_ident_str="SUNLOT",
            app_ident_str="SUNLOT-DISC-1",
            joliet=3,
            rock_ridge="1.09",
            udf="2.60",
        )
        try:
            for path, short in _short_paths(files).items():
                _add(iso, path, short, files.get(path))
            iso.write_fp(out)
        finally:
            iso.close()
        out.flush()
        os.fsync(out.fileno())


def check_name(path: str) -> None:
    """Raise EvidenceError unless every system shows this path as it is."""
    parts = path.split("/")
    for part in parts:
        if FORBIDDEN.search(part) or part.strip() != part or part.endswith(".") or not part:
            raise EvidenceError(
                "name_forbidden",
                f'文件名“{path}”含有光盘上不能用的字符（< > : " / \\ | ? * ; 或首尾空格、句点）；请改名。',
            )
        if len(part.encode()) > LONGEST_NAME:
            raise EvidenceError(
                "name_too_long", f"文件名“{part}”太长：最多 {LONGEST_NAME} 个字节（约 21 个汉字）；请改短。"
            )
        if unicodedata.normalize("NFC", part) != part:
            raise EvidenceError("name_not_nfc", f"文件名“{path}”用了拆开的字符（非 NFC）；请重新输入文件名。")
    if len(parts) > DEEPEST:
        raise EvidenceError("too_deep", f"“{path}”的文件夹超过 {DEEPEST} 层，光盘放不下；请减少层数。")


def room_for(sizes: Mapping[str, int]) -> int:
    """Return how many bytes these files take on a disc, never too few: `sizes` by path, without FIXED."""
    folders = {parent for path in sizes for parent in PurePosixPath(path).parents}
    return sum(map(file_room, sizes.values())) + FOLDER_ROOM * len(folders)


def file_room(size: int) -> int:
    """Return what one file takes: its data, its UDF file entry, and its name in three directories."""
    return BLOCK * (-(-size // BLOCK) + 1) + 1024


def _add(iso: pycdlib.PyCdlib, path: str, short: str, content: Content | None) -> None:
    """Add a file, or a folder when there is no content, under its name in each of the four."""
    name, real = PurePosixPath(path).name, f"/{path}"
    if content is None:
        iso.add_directory(f"/{short}", rr_name=name, joliet_path=real, udf_path=real, file_mode=0o040555)
        return
    short = f"/{short}.;1"
    if isinstance(content, bytes):
        data = BytesIO(content)
        iso.add_fp(data, len(content), short, rr_name=name, joliet_path=real, udf_path=real, file_mode=0o100444)
    else:
        iso.add_file(str(content), short, rr_name=name, joliet_path=real, udf_path=real, file_mode=0o100444)


def _short_paths(files: Mapping[str, Content]) -> dict[str, str]:
    """Return the bare ISO 9660 path of every folder and file, folders first: D and F with a number, in order of the real paths."""
    folders = {str(parent) for path in files for parent in PurePosixPath(path).parents} - {"."}
    short: dict[str, str] = {}
    for number, path in enumerate(sorted(folders), 1):
        short[path] = _below(short, path, f"D{number:06d}")
    for number, path in enumerate(sorted(files), 1):
        short[path] = _below(short, path, f"F{number:06d}")
    return short


def _below(short: Mapping[str, str], path: str, name: str) -> str:
    parent = str(PurePosixPath(path).parent)
    return name if parent == "." else f"{short[parent]}/{name}"


_ONE_AT_A_TIME = threading.Lock()


@contextmanager
def _fixed(marks: Marks) -> Iterator[None]:
    """Give pycdlib, and nobody else, a clock that stands still in UTC and a random number that the set decides."""
    still = SimpleNamespace(
        time=lambda: float(marks.moment),
        gmtime=time.gmtime,
        localtime=time.gmtime,
        strftime=time.strftime,
        struct_time=time.struct_time,
    )
    chosen = SimpleNamespace(getrandbits=lambda bits: int(marks.set_id[:16], 16) % 2**bits)
    borrowed = [(module, "time", still) for module in (dates, headervd, mastering, udf, utils)] + [
        (udf, "random", chosen)
    ]
    with _ONE_AT_A_TIME:
        before = [getattr(module, name) for module, name, _ in borrowed]
        try:
            for module, name, value in borrowed:
                setattr(module, name, value)
            yield
        finally:
            for (module, name, _), value in zip(borrowed, before, strict=True):
                setattr(module, name, value)
