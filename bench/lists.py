"""Every list of an office with 100,000 firms on SQLite, as a browser asks for it: plain, searched, filtered, sorted, its last page.

Computing time of the one process that answers, database included, so that whatever else the machine does is not counted. `first` is
what the very first view took, before anything is remembered; `changed` what it takes after a change of a firm and a visit, by which all
that was remembered is out of date; these and the others are medians of three. Names of pages (`plan:caps`) time only those.
"""

import html
import re
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from statistics import median
from typing import Any
from urllib.parse import urlencode

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests"))

from sunlot.office.start import open_office

LIMIT = 200  # milliseconds
ROLES = ("clerk", "chief", "auditor", "security", "inspector")
NOT_LISTS = ("records:audit", "plan:calculator", "plan:printed", "bureau:show", "administration:rules")


def main(firms: int, only: list[str]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        open_office(home, "")
        start = time.perf_counter()
        people = _filled(home, firms)
        print(f"{firms} firms and what belongs to them, made in {time.perf_counter() - start:.0f} s", flush=True)
        took = _times(people, only)
    slow = {name: ms for name, ms in took.items() if ms >= LIMIT}
    for name, ms in sorted(took.items(), key=lambda pair: -pair[1])[: len(slow) + 8]:
        print(f"{ms:7.0f} ms  {name}")
    met = "met" if not slow else f"NOT met by {len(slow)}"
    slowest = max(took.values())
    print(f"{len(took)} views of lists at {firms} firms on SQLite, slowest {slowest:.0f} ms (under {LIMIT} ms: {met})")


def _times(people: dict[str, Any], only: list[str]) -> dict[str, float]:
    """Return milliseconds by list and view."""
    took: dict[str, float] = {}
    for name, client, address in _lists(people):
        if only and name not in only:
            continue
        for what, view in _views(client, address, lambda ms, name=name: took.update({f"{name} first": ms})):
            took[f"{name} {what}"] = median(_timed(client, view) for _ in range(3))
        took[f"{name} changed"] = median(_timed(client, address, _change) for _ in range(3))
    return took


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


def _lists(people: dict[str, Any]) -> Iterator[tuple[str, Any, str]]:
    """Yield each list once: its name, a client of a role that opens it, and its address."""
    from django.test import Client

    from filled import lists_of

    seen: set[str] = set()
    for role in ROLES:
        client = Client()
        client.force_login(people[role], backend="django.contrib.auth.backends.ModelBackend")
        for name, address in lists_of(role).items():
            if name not in seen and name not in NOT_LISTS:
                seen.add(name)
                yield name, client, address


def _views(client: Any, address: str, first: Callable[[float], None]) -> Iterator[tuple[str, str]]:
    """Yield the views of a list: what its panel offers decides which there are. `first` is told how long the first took."""
    start = time.process_time()
    page = client.get(address).content.decode()
    first(1000 * (time.process_time() - start))
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


def _change() -> None:
    """Save a firm and a visit as they are, with their event."""
    from sunlot.office.journal.services import deed
    from sunlot.office.roster.models import Firm, VisitEntry

    with deed(by="u/1") as doing:
        for row in (Firm.objects.order_by("pk")[0], VisitEntry.objects.order_by("pk")[0]):
            doing.save(row)
        doing.record("roster.changed", "firm/0", {"fields": "单位名称"})


def _timed(client: Any, address: str, before: Callable[[], None] = lambda: None) -> float:
    before()
    start = time.process_time()
    answer = client.get(address)
    took = 1000 * (time.process_time() - start)
    assert answer.status_code == 200, (address, answer.status_code)
    return took


if __name__ == "__main__":
    main(10_000 if "--quick" in sys.argv else 100_000, [word for word in sys.argv[1:] if not word.startswith("-")])
