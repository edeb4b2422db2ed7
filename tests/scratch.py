"""Where the tests' files lie: in memory where there is room, since thousands of small databases, each written through to the disk, wait mostly for it."""

import os
import shutil
import tempfile
from pathlib import Path

MEMORY = Path("/dev/shm")
ROOM = 8 * 2**30  # bytes; a whole run keeps well under half of it


def use_memory() -> None:
    """Let temporary files lie in memory, unless TMPDIR says where, or there is too little of it."""
    if "TMPDIR" in os.environ or not os.access(MEMORY, os.W_OK):
        return
    if shutil.disk_usage(MEMORY).free < ROOM or _available() < ROOM:
        return
    os.environ["TMPDIR"] = str(MEMORY)
    tempfile.tempdir = None


def _available() -> int:
    """Return how many bytes of memory could be used without swapping."""
    for line in Path("/proc/meminfo").read_text().splitlines():
        if line.startswith("MemAvailable:"):
            return int(line.split()[1]) * 1024
    return 0
