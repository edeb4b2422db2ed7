"""The two databases that every service test runs on: SQLite in a file, PostgreSQL in a cluster of the tests' own."""

import atexit
import os
import pwd
import shutil
import subprocess
from functools import cache
from pathlib import Path

import scratch


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
    as_user = _as_user()
    for left in scratch.left("postgres"):
        _end(left, programs, as_user)
    folder = scratch.fresh("postgres")
    if as_user:
        shutil.chown(folder, _user())
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
    hasty = "-c fsync=off -c synchronous_commit=off -c full_page_writes=off"  # nothing here outlives the machine
    options = f"-k {folder} -c listen_addresses='' -c max_connections=60 {hasty}"
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
    atexit.register(_end, folder, programs, as_user)
    return f"postgresql://sunlot@{str(folder).replace('/', '%2F')}"


def _end(folder: Path, programs: Path, as_user: list[str]) -> None:
    """Stop a server and take its folder away: our own, or one whose tests were killed before they could."""
    stop = [*as_user, str(programs / "pg_ctl"), "-D", str(folder / "data"), "-m", "immediate", "stop"]
    subprocess.run(stop, capture_output=True, cwd="/")
    shutil.rmtree(folder, ignore_errors=True)


def _as_user() -> list[str]:
    """Return what runs a program as somebody else, since the server refuses to run as root; empty for anybody else."""
    if os.getuid():
        return []
    return ["setpriv", f"--reuid={_user()}", f"--regid={pwd.getpwnam(_user()).pw_gid}", "--clear-groups"]


def _user() -> str:
    return next(name for name in ("postgres", "nobody") if _exists(name))


def _exists(user: str) -> bool:
    try:
        pwd.getpwnam(user)
    except KeyError:
        return False
    return True


def drop_database(url: str) -> None:
    """Take a database away, so that thousands of tests do not fill the disk."""
    import psycopg

    base, _, name = url.rpartition("/")
    with psycopg.connect(base + "/postgres", autocommit=True) as connection:
        connection.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')  # type: ignore[arg-type]


def fresh_database(name: str, copy_of: str = "template1") -> str:
    """Return the URL of a new database in the cluster, empty or a copy of another."""
    import psycopg

    base = cluster()
    with psycopg.connect(base + "/postgres", autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}" TEMPLATE "{copy_of}"')  # type: ignore[arg-type]
    return f"{base}/{name}"
