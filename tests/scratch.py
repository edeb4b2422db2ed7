"""Where the databases of tests lie: in memory where there is room, since thousands of them, each written through to the disk, wait mostly for it.

Other files of tests stay where pytest puts them: browsers and disc tools refuse folders below /dev.
"""

import os
import shutil
import tempfile
from collections.abc import Iterator
from functools import cache
from pathlib import Path

MEMORY = Path("/dev/shm")
ROOM = 8 * 2**30  # bytes; a whole run keeps well under a tenth of it


@cache
def base() -> str | None:
    """Return the folder in memory, None where there is too little of it: then files lie where temporary files do."""
    if not os.access(MEMORY, os.W_OK) or min(shutil.disk_usage(MEMORY).free, _available()) < ROOM:
        return None
    return str(MEMORY)


def _available() -> int:
    """Return how many bytes of memory could be used without swapping."""
    for line in Path("/proc/meminfo").read_text().splitlines():
        if line.startswith("MemAvailable:"):
            return int(line.split()[1]) * 1024
    return 0


def fresh(kind: str) -> Path:
    """Return a new empty folder, sunlot-<kind>-<our process>-…, which whoever asked takes away again."""
    return Path(tempfile.mkdtemp(prefix=f"sunlot-{kind}-{os.getpid()}-", dir=base()))


def left(kind: str) -> Iterator[Path]:
    """Yield the folders of a kind whose tests were killed before they could take them away."""
    for folder in Path(base() or tempfile.gettempdir()).glob(f"sunlot-{kind}-*"):
        process = folder.name.split("-")[2]
        if not (process.isdecimal() and Path("/proc", process).exists()):
            yield folder
