"""Every list of an office with 100,000 firms on SQLite, as a browser asks for it: plain, searched, filtered, its last page."""

import html
import re
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from statistics import median
from typing import Any
from urllib.parse import urlencode

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests"))

from sunlot.office.start import open_office

LIMIT = 200  # milliseconds
ROLES = ("clerk", "chief", "auditor", "security", "inspector")
NOT_LISTS = ("records:audit", "plan:calculator", "plan:printed", "bureau:show", "administration:rules")


def main(firms: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        open_office(home, "")
        start = time.perf_counter()
        people = _filled(home, firms)
        print(f"{firms} firms and what belongs to them, made in {time.perf_counter() - start:.0f} s", flush=True)
        took = {
            f"{name} {what}": _median(client, address)
            for name, client, pages in _lists(people)
            for what, address in pages(client)
        }
    slow = {name: ms for name, ms in took.items() if ms >= LIMIT}
    for name, ms in sorted(took.items(), key=lambda pair: -pair[1])[: len(slow) + 8]:
        print(f"{ms:7.0f} ms  {name}")
    met = "met" if not slow else f"NOT met by {len(slow)}"
    print(
        f"{len(took)} views of lists at {firms} firms on SQLite, slowest {max(took.values()):.0f} ms (under {LIMIT} ms: {met})"
    )


def _filled(home: Path, firms: int) -> dict[str, Any]:
    from filled import fill
    from sunlot.office.accounts.services import open_account
    from sunlot.office.journal import checkpoints

    checkpoints.open_log(home, "yj.qinghe.example")
    people = {
        name: open_account("u/console", name, name, name.rstrip("2"), "阳光-sunlot-2026") for name in (*ROLES, "chief2")
    }
    for user in people.values():
        user.must_change_password = False
        user.save()
    fill(people, 0, firms, largest=5000)
    return people


def _lists(people: dict[str, Any]) -> Iterator[tuple[str, Any, Any]]:
    """Yield each list once: its name, a client of a role that opens it, and a function that returns its views."""
    from django.test import Client

    from filled import lists_of

    seen: set[str] = set()
    for role in ROLES:
        client = Client()
        client.force_login(people[role], backend="django.contrib.auth.backends.ModelBackend")
        for name, address in lists_of(role).items():
            if name not in seen and name not in NOT_LISTS:
                seen.add(name)
                yield name, client, lambda client, address=address: _views(client, address)


def _views(client: Any, address: str) -> Iterator[tuple[str, str]]:
    """Yield the views of a list: what its panel offers decides which there are."""
    page = client.get(address).content.decode()
    yield "plain", address
    if search := re.search(r'type="search" name="(\w+)"', page):
        yield "searched", f"{address}?{urlencode({search[1]: '镇5'})}"
        yield "searched in vain", f"{address}?{urlencode({search[1]: '没有这样的'})}"
    for field, options in re.findall(r'<select id="f-[^"]*" name="([^"]+)">(.*?)</select>', page, re.DOTALL):
        if value := re.findall(r'<option value="([^"]+)"', options)[:1]:
            yield f"filtered by {field}", f"{address}?{urlencode({field: html.unescape(value[0])})}"
    for link in re.findall(r'<th scope="col"[^>]*><a href="\?[^"]*sort=([^"&]+)"', page)[:6]:
        yield f"sorted by {link}", f"{address}?sort={link}"
    if 'class="pager"' in page:
        yield "last page", f"{address}?page=1000000"


def _median(client: Any, address: str) -> float:
    took = []
    for _ in range(4):
        start = time.perf_counter()
        answer = client.get(address)
        took.append(1000 * (time.perf_counter() - start))
        assert answer.status_code == 200, (address, answer.status_code)
    return median(took[1:])


if __name__ == "__main__":
    main(10_000 if "--quick" in sys.argv else 100_000)
