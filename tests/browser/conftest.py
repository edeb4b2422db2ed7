"""A real Chromium: the machine's own, or the one that Playwright brought."""

import shutil
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

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
    page.on("console", lambda message: errors.append(message.text) if message.type == "error" else None)
    yield page
    context.close()
    assert errors == []


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
