"""The public site against a bare Django page of the same size, in the same run: requests a second by wrk, on a served office.

Target: 1,000 a second on two cores for the front page and the page of a draw, from SQLite, still right while the log grows.
"""

import os
import shutil
import socket
import subprocess
import sys
import tempfile
import textwrap
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.request import urlopen

SECONDS, CONNECTIONS = ("5", "16") if "--full" not in sys.argv else ("20", "32")
TARGET = 1000
BARE = textwrap.dedent(
    """
    import sys
    from django.conf import settings
    settings.configure(ROOT_URLCONF=__name__, ALLOWED_HOSTS=["*"], SECRET_KEY="bench", MIDDLEWARE=[])
    from django.core.wsgi import get_wsgi_application
    from django.http import HttpResponse
    from django.urls import path
    urlpatterns = [path("", lambda request: HttpResponse(b"x" * {size}))]
    application = get_wsgi_application()
    """
)


def main() -> None:
    """Print one line a page and fail when the target is missed."""
    if not shutil.which("wrk"):
        print("wrk is not installed: skipped")
        return
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        demo = [
            sys.executable,
            "-m",
            "sunlot.cli",
            "demo",
            "--folder",
            str(folder / "demo"),
            "--no-serve",
            "--firms",
            "600",
        ]
        subprocess.run([*demo, "--inspectors", "30"], check=True, capture_output=True)
        home = folder / "demo" / "office"
        draw = next(path.name for path in (home / "draws").glob("[!.]*"))
        serve = ["-m", "sunlot.cli", "serve", "--home", str(home), "--workers", "2"]
        with _served(serve) as office:
            pages = {"front page": f"{office}/public/", "page of a draw": f"{office}/public/draws/{draw}/"}
            for name, address in pages.items():
                size = len(urlopen(address).read())
                (folder / "bare.py").write_text(BARE.replace("{size}", str(size)))
                granian = ["-m", "granian", "--interface", "wsgi", "--workers", "2", "--no-log", "bare:application"]
                with _served(granian, cwd=folder) as bare:
                    ours, other = _rate(address), _rate(f"{bare}/")
                said = "met" if ours >= TARGET else "MISSED"
                print(
                    f"{name}, {size:,} bytes: {ours:,.0f} requests/s (target {TARGET:,}: {said}), {ours / other:.2f} of a bare Django page ({other:,.0f})"
                )
            _while_it_grows(home, office, pages["front page"])


def _while_it_grows(home: Path, office: str, address: str) -> None:
    """Write events while wrk reads; afterwards the page says the log's new size at once."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sunlot.office.settings")
    from sunlot.office.start import open_office

    open_office(home, "")
    from sunlot.office.journal.services import deed
    from sunlot.office.journal.store import size_of_log

    reading = subprocess.Popen(["wrk", "-t1", "-c8", "-d5", address], stdout=subprocess.PIPE, text=True)
    wrong = 0
    for turn in range(40):
        with deed(by="u/console") as doing:
            doing.record("log.audited", f"log/{turn}", {"size": turn, "findings": 0})
        wrong += f"日志共 {size_of_log()} 条" not in urlopen(address).read().decode()
        time.sleep(0.1)
    rate = next(line for line in reading.communicate()[0].splitlines() if "Requests/sec" in line)
    print(
        f"while 10 deeds a second are entered: {rate.split(':')[1].strip()} requests/s, {wrong} of 40 pages behind the log"
    )


def _rate(address: str) -> float:
    said = subprocess.run(
        ["wrk", "-t2", f"-c{CONNECTIONS}", f"-d{SECONDS}", address], check=True, capture_output=True, text=True
    )
    assert "Non-2xx" not in said.stdout, said.stdout
    return float(next(line for line in said.stdout.splitlines() if "Requests/sec" in line).split(":")[1])


@contextmanager
def _served(command: list[str], cwd: Path | None = None) -> Iterator[str]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = str(free.getsockname()[1])
    with subprocess.Popen(
        [sys.executable, *command, "--port", port], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd=cwd
    ) as server:
        try:
            for _ in range(600):
                try:
                    socket.create_connection(("127.0.0.1", int(port)), timeout=1).close()
                    break
                except OSError:
                    time.sleep(0.1)
            yield f"http://127.0.0.1:{port}"
        finally:
            server.terminate()


if __name__ == "__main__":
    main()
