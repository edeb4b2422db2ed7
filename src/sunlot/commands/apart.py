"""Verifying in a process of its own that imports only the verifying modules."""

import subprocess
import sys
from collections.abc import Sequence

VERIFIERS = {("draw", "verify"): "sunlot.draw.verify", ("bag", "verify"): "sunlot.evidence.check_bag"}


def verify_apart(what: str, arguments: Sequence[str]) -> int:
    """Return the exit code of the verifier of a `draw` or a `bag`."""
    return subprocess.run([sys.executable, "-I", "-m", VERIFIERS[what, "verify"], *arguments]).returncode
