"""The public pages of results and of penalties: all of them, by month, township and item; one with its history; the same as data."""

import csv
import io
import json
from collections.abc import Iterator
from functools import partial
from itertools import groupby
from typing import Any

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy as _

from sunlot.draw.canonical import dumps
from sunlot.intake.writing import safe
from sunlot.office.disclosure import roll
from sunlot.office.disclosure.registry import Answer, NotPublic, Pages, Visit, frame, register
from sunlot.office.disclosure.sections.draws import CSV, JSON
from sunlot.office.disclosure.standing import draw_of, draws
from sunlot.office.disclosure.state import remembered
from sunlot.office.release import reading
from sunlot.office.release.models import Kind
from sunlot.office.release.site import meters
from sunlot.office.release.site.groups import BY, PER_PAGE, groups, pages_of, parts
from sunlot.office.release.site.rows import rows_html
from sunlot.office.release.site.shown import FOLDERS, Shown, every, one

LATEST = 20
MENU = {Kind.RESULT: _("抽查结果"), Kind.PENALTY: _("行政处罚")}
METERS = {Kind.RESULT: meters.of_results, Kind.PENALTY: meters.of_penalties}
FLAT = (
    *("number", "state", "released_on", "due", "late", "editions", "withdrawn_on", "withdrawn_why"),
    *("firm_name", "credit_code", "district", "inspected_on", "draw", "result", "decided_on", "penalty_number"),
    "sha256",
)


def register_pages(kind: Kind) -> None:
    """Add the pages of a kind, and the results of each draw."""
    folder = FOLDERS[kind]
    numbers = partial(_numbers, kind)
    after = "firms/index.html" if kind == Kind.RESULT else "results/index.html"
    register(
        Pages(f"{folder}/index.html", partial(index, kind), translated=True, menu=MENU[kind], menu_after=after),
        Pages(f"{folder}/index.json", partial(index_json, kind)),
        Pages(f"{folder}/index.csv", partial(index_csv, kind)),
        Pages(f"{folder}/{{by}}/{{group}}/{{page}}.html", partial(group_page, kind), partial(parts, kind), True),
        Pages(f"{folder}/{{number}}/index.html", partial(show, kind), numbers),
        Pages(f"{folder}/{{number}}/release.json", partial(show_json, kind), numbers),
        Pages(f"{folder}/{{number}}/{{edition}}.json", partial(body, kind), partial(_editions, kind), listed=False),
    )
    if kind == Kind.RESULT:
        register(Pages("draws/{name}/results.html", of_draw, _draws, translated=True))


def _numbers(kind: str) -> Iterator[dict[str, str]]:
    return ({"number": number} for number in every(kind))


def _editions(kind: str) -> Iterator[dict[str, str]]:
    for number, row in every(kind).items():
        yield from ({"number": number, "edition": str(each.edition)} for each in row.editions if not each.withheld)


def _draws() -> Iterator[dict[str, str]]:
    return (
        {"name": each.name} for each in draws() if each.folder and not each.sealed and meters.by_draw().get(each.name)
    )


def _asked(visit: Visit, kind: str, number: str) -> Shown:
    """Return a release: from what was prepared for the whole site when all of it is written, else read anew."""
    found = every(kind).get(number) if visit.static else one(kind, number)
    if found is None:
        raise NotPublic(number)
    return found


def index(kind: str, visit: Visit) -> Answer:
    """The newest, the groups, how many are late; search by name or code on the live site."""
    typed = visit.query.get("q", "")[:80]
    rows = list(every(kind).values())
    context = {
        "kind": kind,
        "title": MENU[Kind(kind)],
        "folder": FOLDERS[kind],
        "typed": typed,
        "found": rows_html(visit, search(kind, typed)),
        "latest": rows_html(visit, rows[:LATEST]),
        "count": len(rows),
        "meter": METERS[Kind(kind)](),
        "groups": {by: [(key, title, len(there)) for key, (title, there) in groups(kind, by).items()] for by in BY},
        "months": _months(kind),
    }
    return visit.page("release/index.html", context)


def _months(kind: str) -> list[tuple[str, int, list[tuple[str, int]]]]:
    """Return the days of visits or decisions by month, newest first: month, how many, and each day with its own."""
    days = [(day, len(there)) for day, (_title, there) in groups(kind, "day").items()]
    by_month = ((month, list(its)) for month, its in groupby(days, key=lambda pair: pair[0][:7]))
    return [(month, sum(n for _, n in its), its) for month, its in by_month]


def search(kind: str, typed: str) -> list[Shown]:
    """Return the releases of the firms meant by what somebody typed, or the one whose number it is; typing errors are forgiven."""
    if typed.strip() in every(kind):
        return [every(kind)[typed.strip()]]
    by_firm = _by_firm(kind)
    return [row for firm in roll.search(typed, by_firm) for row in by_firm[firm.id]]


@remembered
def _by_firm(kind: str) -> dict[str, list[Shown]]:
    found: dict[str, list[Shown]] = {}
    for row in every(kind).values():
        if row.firm:
            found.setdefault(row.firm, []).append(row)
    return found


def named(kind: str) -> Iterator[roll.Facts]:
    """Yield the firms that releases name: number, name, township, of the newest each."""
    for firm, rows in _by_firm(kind).items():
        yield firm, rows[0].name, str(rows[0].record.get("district", ""))


def of_firm(kind: str, identity: str) -> list[Shown]:
    """Return the releases about a firm, newest first."""
    return _by_firm(kind).get(identity, [])


def group_page(kind: str, visit: Visit, by: str, group: str, page: str) -> Answer:
    """One page of a month, a township or an item."""
    title, rows = groups(kind, by).get(group, ("", [])) if by in BY else ("", [])
    if not rows or not page.isdecimal() or page != str(int(page)) or not 1 <= int(page) <= pages_of(rows):
        raise NotPublic(page)
    number = int(page)
    context = {
        "kind": kind,
        "title": MENU[Kind(kind)],
        "folder": FOLDERS[kind],
        "by": by,
        "group": group,
        "group_title": title,
        "rows": rows_html(visit, rows[(number - 1) * PER_PAGE : number * PER_PAGE]),
        "count": len(rows),
        "page": number,
        "pages": range(1, pages_of(rows) + 1),
    }
    return visit.page("release/group.html", context)


def show(kind: str, visit: Visit, number: str) -> Answer:
    """One release: what it says, its history, where it stands in the log."""
    row = _asked(visit, kind, number)
    context = {
        "kind": kind,
        "title": MENU[Kind(kind)],
        "folder": FOLDERS[kind],
        "row": row,
        "editions": [
            (
                each,
                [*reading.lines(each.record)],
                reading.kept_back(each.record),
                each.seq is not None and each.seq < _anchored(),
            )
            for each in row.editions
        ],
        "address": visit.absolute(row.path),
        "linked": _linked(visit, row),
        "schema": _schema(visit, row),
    }
    return visit.page("release/one.html", context)


def _anchored() -> int:
    return int(str(frame().get("anchored_size", 0)))


def _linked(visit: Visit, row: Shown) -> str:
    """Return the address of the draw that led here, empty when there is none in public."""
    name = str(row.record.get("draw", ""))
    draw = draw_of(name) if name else None
    return visit.to(f"draws/{name}/index.html") if draw else ""


def _schema(visit: Visit, row: Shown) -> SafeString:
    """Return the release for search engines (schema.org Report), nothing of a withdrawn one."""
    if row.withdrawn or not row.name:
        return mark_safe("")
    facts: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "Report",
        "name": f"{MENU[Kind(row.kind)]} {row.number}",
        "reportNumber": row.number,
        "datePublished": row.day.isoformat(),
        "dateModified": row.now.day.isoformat(),
        "inLanguage": "zh-CN",
        "isAccessibleForFree": True,
        "publisher": {"@type": "GovernmentOrganization", "name": str(frame()["organ"])},
        "about": {"@type": "Organization", "name": row.name, "identifier": row.firm},
    }
    if address := visit.absolute(row.path):
        facts["url"] = address
    return mark_safe(json.dumps(facts, ensure_ascii=False).replace("<", "\\u003c"))


def body(kind: str, visit: Visit, number: str, edition: str) -> Answer:
    """The bytes of one edition, whose SHA-256 stands in the log."""
    row = _asked(visit, kind, number)
    for each in row.editions:
        if str(each.edition) == edition and not each.withheld:
            return Answer(each.body.encode(), JSON)
    raise NotPublic(edition)


def show_json(kind: str, visit: Visit, number: str) -> Answer:
    """One release with its history as data."""
    return Answer(dumps({"format": f"sunlot-public/1 {kind}", **as_data(_asked(visit, kind, number))}), JSON)


def as_data(row: Shown) -> dict[str, Any]:
    """Return what the data files say of a release (docs/public-data.md)."""
    return {
        "number": row.number,
        "state": "withdrawn" if row.withdrawn else "released",
        "released_on": row.day.isoformat(),
        "due": row.due.isoformat(),
        "late": row.late,
        "withdrawn_on": row.withdrawn_on.isoformat() if row.withdrawn_on else "",
        "withdrawn_why": row.withdrawn_why,
        "record": row.record,
        "editions": [
            {
                "edition": each.edition,
                "released_on": each.day.isoformat(),
                "reason": each.reason,
                "sha256": each.sha256,
                "seq": -1 if each.seq is None else each.seq,
                "withheld": each.withheld,
                "sound": each.sound,
            }
            for each in row.editions
        ],
    }


def index_json(kind: str, visit: Visit) -> Answer:
    """Every release as data, newest first, and the counts."""
    found: dict[str, Any] = {"format": f"sunlot-public/1 {FOLDERS[kind]}"}
    found["counts"] = METERS[Kind(kind)]().__dict__
    return Answer(dumps({**found, "releases": [as_data(row) for row in every(kind).values()]}), JSON)


def index_csv(kind: str, visit: Visit) -> Answer:
    """The same for a spreadsheet, a line each."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(FLAT)
    for row in every(kind).values():
        data = as_data(row) | row.record | {"result": row.record.get("result", {}).get("text", "")}
        data |= {"late": "yes" if row.late else "no", "editions": len(row.editions), "sha256": row.now.sha256}
        writer.writerow([safe(str(data.get(name, ""))) for name in FLAT])
    return Answer(text.getvalue().encode("utf-8-sig"), CSV)


def of_draw(visit: Visit, name: str) -> Answer:
    """The results of one draw: of every drawn firm whether its result is public, to come or late."""
    draw = draw_of(name)
    if draw is None or draw.folder is None or draw.sealed or name not in meters.by_draw():
        raise NotPublic(name)
    released = meters.results_by_about()
    visits = [(each, released.get(each.about)) for each in meters.by_draw().get(name, [])]
    shown = visits if draw.open else [(each, row) for each, row in visits if row]
    return visit.page("release/draw.html", {"draw": draw, "visits": shown, "meter": meters.of_draw(name)})
