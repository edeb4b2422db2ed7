"""Reading disc images with tools that know nothing of ours: 7-Zip (UDF), xorriso (Rock Ridge), and a small Joliet reader."""

import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

BLOCK = 2048


def tool(*names: str) -> str:
    """Return a program of the machine, or skip the test."""
    found = next(filter(None, map(shutil.which, names)), None)
    if found is None:
        pytest.skip(f"{names[0]} is not installed on this machine")
    return found


def extracted(image: Path, folder: Path) -> Path:
    """Return `folder` with the image's files as a mounted disc would show them: 7-Zip reads the UDF tree."""
    subprocess.run([tool("7z", "7zz"), "x", "-tudf", "-y", f"-o{folder}", str(image)], check=True, capture_output=True)
    return folder


def contents(folder: Path) -> dict[str, bytes]:
    """Return every file's bytes by path."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()
    }


def in_rock_ridge(image: Path, folder: Path) -> dict[str, bytes]:
    """Return the files that xorriso finds by their Rock Ridge names."""
    command = [tool("xorriso"), "-osirrox", "on:auto_chmod_on", "-indev", str(image), "-extract", "/", str(folder)]
    subprocess.run(command, check=True, capture_output=True)
    return contents(folder)


def in_joliet(image: Path) -> dict[str, bytes]:
    """Return the files of the Joliet tree, read from the bytes as the Joliet specification and ECMA-119 lay them out."""
    data = image.read_bytes()
    descriptors = (data[n * BLOCK : (n + 1) * BLOCK] for n in range(16, 64))
    supplementary = next(each for each in descriptors if each[0] == 2 and each[88:91] == b"%/E")
    return dict(_walk(data, supplementary[156:190], ""))


def _walk(data: bytes, record: bytes, path: str) -> Iterator[tuple[str, bytes]]:
    start, size = int.from_bytes(record[2:6], "little") * BLOCK, int.from_bytes(record[10:14], "little")
    for block in range(start, start + size, BLOCK):
        at = block
        while at < block + BLOCK and (length := data[at]):
            entry, at = data[at : at + length], at + length
            name = entry[33 : 33 + entry[32]]
            if name in (b"\0", b"\1"):
                continue
            below = f"{path}/{name.decode('utf-16-be')}".lstrip("/").removesuffix(";1")
            if entry[25] & 2:
                yield from _walk(data, entry, below)
            else:
                first = int.from_bytes(entry[2:6], "little") * BLOCK
                yield below, data[first : first + int.from_bytes(entry[10:14], "little")]
