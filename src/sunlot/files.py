"""Files and folders that are there whole or not at all, whatever kills the program, and one writer at a time."""

import contextlib
import errno
import os
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import BinaryIO

NO_SPACE = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})  # the system's ways to say that the disk is full


def write_flushed(path: Path, data: bytes) -> None:
    """Write a file and wait until the disk has it."""
    with path.open("wb") as file:
        _write(file, data)


def _write(file: BinaryIO, data: bytes) -> None:
    file.write(data)
    file.flush()
    os.fsync(file.fileno())


def private_file(path: Path, content: str) -> None:
    """Write a new file in a folder that only its owner can read; one that exists is left as it is."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.parent.chmod(0o700)
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return
    with os.fdopen(handle, "wb") as file:
        _write(file, content.encode())


def replace_file(path: Path, data: bytes, mode: int = 0o644) -> None:
    """Write beside, flush, rename: who is interrupted leaves the earlier file as it was."""
    handle, name = tempfile.mkstemp(prefix=f".tmp-{path.name}-", dir=path.parent)
    beside = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            _write(file, data)
        beside.chmod(mode)
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)


def write_folder(target: Path, files: Mapping[str, bytes], beside: Path) -> None:
    """Write `files`, by path below `target`, into a hidden folder in `beside`, flush it to the disk, and rename it into place.

    `beside` lies on the disk of `target`. Raises OSError and leaves nothing behind.
    """
    staging = Path(tempfile.mkdtemp(prefix=f".tmp-{target.name}-", dir=beside))
    try:
        for name, data in files.items():
            (staging / name).parent.mkdir(parents=True, exist_ok=True)
            write_flushed(staging / name, data)
        for folder in (*(path for path in staging.rglob("*") if path.is_dir()), staging):
            _flush_folder(folder)
        staging.chmod(0o755)
        staging.rename(target)
        _flush_folder(target.parent)
    finally:
        shutil.rmtree(staging, ignore_errors=True)


def _flush_folder(folder: Path) -> None:
    with contextlib.suppress(OSError):  # Windows cannot open a folder
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


@contextlib.contextmanager
def locked(path: Path) -> Iterator[None]:
    """Hold the lock of a file, which is made when it is missing; the system lets go of it even when the holder is killed.

    Windows has no such lock: there the rename alone decides who was first.
    """
    with path.open("a") as file:
        with contextlib.suppress(ImportError):
            import fcntl

            fcntl.flock(file, fcntl.LOCK_EX)
        yield
