"""What this machine's own SHA-256 allows: 64-byte blocks on all cores, measured by OpenSSL in the same run."""

import os
import re
import shutil
import subprocess
import time
from concurrent.futures import ProcessPoolExecutor
from hashlib import sha256


def nanoseconds_a_block() -> tuple[float, str]:
    """Return wall time per 64-byte hash with all cores at work, and how it was measured."""
    cores = os.cpu_count() or 1
    if shutil.which("openssl"):
        command = ["openssl", "speed", "-seconds", "2", "-bytes", "64", "-multi", str(cores), "-evp", "sha256"]
        text = subprocess.run(command, capture_output=True, text=True).stdout
        if found := re.search(r"sha256\s+([\d.]+)k", text):
            return 64e9 / (float(found[1]) * 1000), f"openssl, {cores} cores"
    with ProcessPoolExecutor(cores) as pool:
        start = time.perf_counter()
        list(pool.map(_hash_many, range(cores)))
        return (time.perf_counter() - start) / (cores * 10**6) * 1e9, f"hashlib, {cores} cores"


def _hash_many(_: int) -> None:
    block = b"x" * 64
    for _ in range(10**6):
        sha256(block).digest()
