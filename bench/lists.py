"""Every list of an office with 100,000 firms on SQLite, as a browser asks for it: plain, searched, filtered, sorted, its last page.

What a clerk waits for is the time on the wall, and the target is judged on it, on a quiet machine; beside it stands the computing time of
the one process that answers, database included, which other work on the machine does not lengthen as much. Both are compared with a bare
Django page over the same firms, measured in the same run. `first` is what the very first view took, before anything is remembered;
`changed` what it takes after a change of a firm and a visit, by which all that was remembered is out of date; these and the others are
medians of three, `worst` the slowest single view. Names of pages (`plan:caps`) time only those.
"""

import html
import os
import re
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from types import ModuleType
from typing import Any
from urllib.parse import urlencode

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests"))

from sunlot.office.start import open_office

LIMIT = 200  # milliseconds
SHOWN, MOST = 12, 40  # of the slowest views: how many where all are quick enough, and at most
ROLES = ("clerk", "chief", "auditor", "security", "inspector")
NOT_LISTS = ("records:audit", "plan:calculator", "plan:printed", "bureau:show", "administration:rules")


@dataclass
class Took:
    """Milliseconds that a view took, each time it was asked for: on the wall, and of the process."""

    walls: list[float] = field(default_factory=list)
    cpus: list[float] = field(default_factory=list)

    @property
    def wall(self) -> float:
        return median(self.walls)

    @property
    def cpu(self) -> float:
        return median(self.cpus)

    @property
    def worst(self) -> float:
        return max(self.walls)


def main(firms: int, only: list[str]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        open_office(home, "")
        start = time.perf_counter()
        people = _filled(home, firms)
        print(f"{firms} firms and what belongs to them, made in {time.perf_counter() - start:.0f} s", flush=True)
        before = _busy()
        bare = _bare(people["clerk"])
        took = _times(people, only)
        _report(took, bare, firms, max(before, _busy()))


def _busy() -> float:
    """Return how many processes wanted a processor in the last minute, for each there is."""
    return os.getloadavg()[0] / (os.cpu_count() or 1)


def _report(took: dict[str, Took], bare: Took, firms: int, busy: float) -> None:
    slow = [name for name, one in took.items() if one.wall >= LIMIT]
    print("  wall  worst    cpu  times bare  view (ms, medians of three)")
    for name, one in sorted(took.items(), key=lambda pair: -pair[1].wall)[: min(len(slow) + SHOWN, MOST)]:
        print(f"{one.wall:6.0f} {one.worst:6.0f} {one.cpu:6.0f} {one.wall / bare.wall:11.1f}  {name}")
    walls, cpus = [one.wall for one in took.values()], [one.cpu for one in took.values()]
    print(f"bare Django page of 50 firms: wall {bare.wall:.1f} ms, cpu {bare.cpu:.1f} ms")
    print(
        f"{len(took)} views of lists at {firms} firms on SQLite: wall median {median(walls):.0f} ms, slowest {max(walls):.0f} ms,"
        f" worst single view {max(one.worst for one in took.values()):.0f} ms; cpu median {median(cpus):.0f} ms, slowest {max(cpus):.0f} ms"
    )
    print(
        f"under {LIMIT} ms on the wall: {_met(len(slow))}; under {LIMIT} ms of computing: {_met(sum(cpu >= LIMIT for cpu in cpus))}"
    )
    if busy > 0.75:  # this process alone makes half of it on two processors
        print(f"the machine was busy ({busy:.1f} processes a processor): judge by the wall only on a quiet one")


def _met(slow: int) -> str:
    return "met" if not slow else f"NOT met by {slow}"


def _bare(user: Any) -> Took:
    """Return what Django alone takes for a page of fifty firms with login: sessions, a query, a template, nothing of the office."""
    from django.conf import settings
    from django.http import HttpRequest, HttpResponse
    from django.template import Context, Engine
    from django.test import Client, override_settings
    from django.urls import path

    from sunlot.office.roster.models import Firm

    page = Engine().from_string(
        "<table>{% for firm in firms %}<tr><td>{{ firm.pk }}<td>{{ firm.name }}<td>{{ firm.territory }}{% endfor %}</table>"
    )

    def view(request: HttpRequest) -> HttpResponse:
        assert request.user.is_authenticated
        return HttpResponse(page.render(Context({"firms": Firm.objects.order_by("pk")[:50]})))

    urls = ModuleType("bare")
    urls.urlpatterns = [path("", view)]  # type: ignore[attr-defined]
    own = [name for name in settings.MIDDLEWARE if name.startswith("django.")]
    with override_settings(MIDDLEWARE=own, ROOT_URLCONF=urls):
        client = Client()
        client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
        return _timed(client, "/", 20)


def _times(people: dict[str, Any], only: list[str]) -> dict[str, Took]:
    """Return what each view of each list took."""
    took: dict[str, Took] = {}
    for name, client, address in _lists(people):
        if only and name not in only:
            continue
        for what, view in _views(client, address, lambda first, name=name: took.update({f"{name} first": first})):
            took[f"{name} {what}"] = _timed(client, view)
        took[f"{name} changed"] = _timed(client, address, before=_change)
    return took


def _filled(home: Path, firms: int) -> dict[str, Any]:
    from filled import fill
    from sunlot.office.accounts.services import open_account
    from sunlot.office.journal import checkpoints

    checkpoints.open_log(home, "yj.qinghe.example")
    people = {
        name: open_account("u/console", name, name, name.rstrip("2"), "阳光-sunlot-2026")
        for name in (*ROLES, "clerk2", "chief2")
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


def _views(client: Any, address: str, first: Callable[[Took], None]) -> Iterator[tuple[str, str]]:
    """Yield the views of a list: what its panel offers decides which there are. `first` is told how long the first took."""
    took = Took()
    page = _ask(client, address, took)
    first(took)
    yield "plain", address
    if search := re.search(r'type="search" name="(\w+)"', page):
        yield "searched", f"{address}?{urlencode({search[1]: '镇5'})}"
        yield "searched in vain", f"{address}?{urlencode({search[1]: '没有这样的'})}"
    for name, options in re.findall(r'<select id="f-[^"]*" name="([^"]+)">(.*?)</select>', page, re.DOTALL):
        if value := re.findall(r'<option value="([^"]+)"', options)[:1]:
            yield f"filtered by {name}", f"{address}?{urlencode({name: html.unescape(value[0])})}"
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


def _timed(client: Any, address: str, times: int = 3, before: Callable[[], None] = lambda: None) -> Took:
    took = Took()
    for _ in range(times):
        before()
        _ask(client, address, took)
    return took


def _ask(client: Any, address: str, took: Took) -> str:
    """Return a page and note what it took."""
    wall, cpu = time.perf_counter(), time.process_time()
    answer = client.get(address)
    took.walls.append(1000 * (time.perf_counter() - wall))
    took.cpus.append(1000 * (time.process_time() - cpu))
    assert answer.status_code == 200, (address, answer.status_code)
    return str(answer.content.decode())


if __name__ == "__main__":
    main(10_000 if "--quick" in sys.argv else 100_000, [word for word in sys.argv[1:] if not word.startswith("-")])
