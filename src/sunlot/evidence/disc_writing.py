"""Writing the images of a set: into a hidden folder first, read back file by file, and moved into place when everything is there."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import mkdtemp

from sunlot.draw.verify import DIFFERS
from sunlot.evidence.disc_check import check_files
from sunlot.evidence.disc_image import write_image
from sunlot.evidence.disc_read import raw_hash
from sunlot.evidence.disc_set import DiscSet
from sunlot.evidence.errors import EvidenceError


@dataclass(frozen=True)
class Image:
    """One written image: its file name, number in the set, volume label, size in bytes and SHA-256."""

    name: str
    number: int
    label: str
    size: int
    sha256: str


@contextmanager
def whole_folder(target: Path) -> Iterator[Path]:
    """Hand out a hidden folder beside `target` and move it there when the block ends well; else nothing stays behind.

    Raises EvidenceError when `target` is there already, or when the disk is full or cannot be written.
    """
    if target.exists():
        raise EvidenceError("folder_exists", f"{target} 已经存在；光盘映像不会被覆盖，请换一个文件夹。")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        staging = Path(mkdtemp(prefix=f".tmp-{target.name}-", dir=target.parent))
        try:
            yield staging
            staging.chmod(0o755)
            staging.rename(target)
        finally:
            shutil.rmtree(staging, ignore_errors=True)
    except OSError as failure:
        raise EvidenceError("cannot_write", f"写入失败：{failure.strerror}。请检查磁盘空间和权限后重试。") from failure


def write_images(planned: DiscSet, folder: Path, capacity: int) -> list[Image]:
    """Write every image of the set into `folder` and return them. Raises EvidenceError when one does not read back as it should."""
    images = []
    for number in range(1, len(planned.discs) + 1):
        path = folder / planned.image_name(number)
        write_image(path, planned.files(number), planned.marks(number))
        size = path.stat().st_size
        if size > capacity:
            raise EvidenceError("disc_too_small", f"{path.name} 有 {size:,} 字节，超过光盘容量 {capacity:,} 字节。")
        for line in check_files(path):
            if line.kind == DIFFERS:
                raise EvidenceError("image_damaged", f"写出的映像读回来不一样：{line.text}")
        images.append(Image(path.name, number, planned.marks(number).label, size, raw_hash(path, size)))
    return images
