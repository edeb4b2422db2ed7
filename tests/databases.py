"""The two databases that every service test runs on: SQLite in a file, PostgreSQL in a cluster of the tests' own."""

import atexit
import os
import pwd
import shutil
import subprocess
import tempfile
from functools import cache
from pathlib import Path


def server_programs() -> Path | None:
    """Return the folder of PostgreSQL's server programs, or None where it is not installed."""
    found = shutil.which("initdb")
    places = [Path(found).resolve().parent] if found else []
    places += sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    return next((place for place in places if (place / "initdb").exists() and (place / "pg_ctl").exists()), None)


@cache
def cluster() -> str:
    """Return the URL of a fresh server on a Unix socket, which ends with the tests."""
    programs = server_programs()
    assert programs, "PostgreSQL is not installed"
    folder = Path(tempfile.mkdtemp(prefix="sunlot-postgres-"))
    as_user: list[str] = []
    if os.getuid() == 0:  # the server refuses to run as root
        user = next(name for name in ("postgres", "nobody") if _exists(name))
        shutil.chown(folder, user)
        as_user = ["setpriv", f"--reuid={user}", f"--regid={pwd.getpwnam(user).pw_gid}", "--clear-groups"]
    data = folder / "data"
    run = [
        *as_user,
        str(programs / "initdb"),
        "-D",
        str(data),
        "-U",
        "sunlot",
        "-A",
        "trust",
        "-E",
        "UTF8",
        "--locale=C.UTF-8",
    ]
    subprocess.run(run, check=True, capture_output=True, cwd=folder)
    options = f"-k {folder} -c listen_addresses='' -c max_connections=60"
    start = [
        *as_user,
        str(programs / "pg_ctl"),
        "-D",
        str(data),
        "-o",
        options,
        "-l",
        str(folder / "log"),
        "-w",
        "start",
    ]
    subprocess.run(start, check=True, capture_output=True, cwd=folder)
    stop = [*as_user, str(programs / "pg_ctl"), "-D", str(data), "-m", "immediate", "stop"]
    atexit.register(
        lambda: (subprocess.run(stop, capture_output=True, cwd="/"), shutil.rmtree(folder, ignore_errors=True))
    )
    return f"postgresql://sunlot@{str(folder).replace('/', '%2F')}"


def _exists(user: str) -> bool:
    try:
        pwd.getpwnam(user)
    except KeyError:
        return False
    return True


def fresh_database(name: str, copy_of: str = "template1") -> str:
    """Return the URL of a new database in the cluster, empty or a copy of another."""
    import psycopg

    base = cluster()
    with psycopg.connect(base + "/postgres", autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}" TEMPLATE "{copy_of}"')  # type: ignore[arg-type]
    return f"{base}/{name}"
