"""A real Chromium: the machine's own, or the one that Playwright brought."""

import contextlib
import re
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, sync_playwright

QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--host-resolver-rules=MAP verify.test 127.0.0.1",  # a name that no browser takes for a secure origin
]


def installed() -> str | None:
    """Return the machine's Chromium, or None."""
    return next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    with sync_playwright() as play:
        program = installed()
        if program is None and not Path(play.chromium.executable_path).exists():
            pytest.skip("no Chromium on this machine (Debian: apt install chromium)")
        yield play.chromium.launch(executable_path=program, args=QUIET)


@pytest.fixture
def page(chromium: Browser) -> Iterator[Page]:
    """A fresh page; an error in its scripts or a request to the network fails the test."""
    context = chromium.new_context(viewport={"width": 1366, "height": 768}, locale="zh-CN")
    page = context.new_page()
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on("console", lambda message: errors.append(message.text) if _is_error(message) else None)
    yield page
    context.close()
    assert errors == []


def _is_error(message: ConsoleMessage) -> bool:
    """Return whether the console complains; a form that was refused (409, 422) or a login (429) is none."""
    return message.type == "error" and not re.search(r"status of (409|422|429) ", message.text)


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def plain_http(whole_bag: Path) -> Iterator[str]:
    """The bag's address on a server without encryption, under a name that is no secure origin."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=str(whole_bag)))
    Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://verify.test:{server.server_port}/"
    server.shutdown()


@dataclass(frozen=True)
class Served:
    """An office that a real server process serves: its address, its folder, and everybody's password."""

    url: str
    home: Path
    password: str


@contextmanager
def serve(home: Path) -> Iterator[str]:
    """Serve the office in `home` in a process of its own; yield its address."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "sunlot.cli", "serve", "--home", str(home), "--port", str(port)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT) as process:
        try:
            _wait_for(port, process)
            yield f"http://127.0.0.1:{port}"
        finally:
            process.terminate()


def _wait_for(port: int, process: subprocess.Popen[bytes]) -> None:
    for _ in range(300):
        if process.poll() is not None:
            raise AssertionError(f"the server ended: {process.stdout.read().decode() if process.stdout else ''}")
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
            return
        time.sleep(0.1)
    raise AssertionError("the server did not start")


def log_in(page: Page, served: Served, username: str) -> None:
    """Log in through the login page."""
    page.goto(f"{served.url}/accounts/login/")
    page.get_by_label("用户名").fill(username)
    page.get_by_label("密码").fill(served.password)
    page.get_by_role("button", name="登录").click()
