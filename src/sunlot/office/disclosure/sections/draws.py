"""Every draw from its notice to its result: the list without gaps, one draw with all its evidence, both as data."""

import csv
import io
from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext_lazy as _

from sunlot.draw.canonical import dumps
from sunlot.draw.explain import FIRM_REASONS
from sunlot.draw.sources import GRADES, describe
from sunlot.draw.substitution import additions, substitutions
from sunlot.draw.tables import Row
from sunlot.intake.writing import safe
from sunlot.office.disclosure import evidence, planned
from sunlot.office.disclosure.registry import Answer, NotPublic, Pages, Visit, register
from sunlot.office.disclosure.standing import Standing, draw_of, draws
from sunlot.office.disclosure.state import remembered
from sunlot.office.journal import queries as journal
from sunlot.office.journal.models import Event, Log
from sunlot.office.lottery.queries import drawn_list
from sunlot.office.lottery.services import STEP_ACTS

JSON = "application/json"
CSV = "text/csv; charset=utf-8"


def register_pages() -> None:
    """Add the pages of this section."""
    register(
        Pages("draws/index.html", every, translated=True, menu=_("历次抽取")),
        Pages("draws/index.json", every_json),
        Pages("draws/index.csv", every_csv),
        Pages("draws/{name}/index.html", one, _names, translated=True),
        Pages("draws/{name}/draw.json", one_json, _names),
        Pages("draws/{name}/drawn.csv", drawn_csv, _open_names),
        Pages("draws/{name}/files/{path*}", file, _files, listed=False),
        Pages("draws/{name}/bag/{path*}", bag_file, _bag_files, listed=False),
        Pages("draws/{name}/bag.zip", bag_zip, _bags),
    )


def _names() -> Iterator[dict[str, str]]:
    return ({"name": each.name} for each in draws())


def _open_names() -> Iterator[dict[str, str]]:
    return ({"name": each.name} for each in draws() if each.open and each.shown.outcome)


def _files() -> Iterator[dict[str, str]]:
    return ({"name": each.name, "path": path} for each in draws() for path in evidence.files_of(each))


def _bags() -> Iterator[dict[str, str]]:
    return ({"name": each.name} for each in draws() if evidence.bag_of(each.name)[0])


def _bag_files() -> Iterator[dict[str, str]]:
    return ({"name": each.name, "path": path} for each in draws() for path in evidence.bag_of(each.name)[0])


def _asked(name: str) -> Standing:
    if (draw := draw_of(name)) is None:
        raise NotPublic(name)
    return draw


def every(visit: Visit) -> Answer:
    """The numbers of every draw with their states; what is missing or late stands among them."""
    return visit.page("draws.html", {"draws": draws(), "late_rounds": planned.late()})


def every_json(visit: Visit) -> Answer:
    """The same as data."""
    late = [
        {"plan": plan.year, "code": each.code, "title": each.title, "last_day": day.isoformat()}
        for plan, each, day in planned.late()
    ]
    found = {"draws": [_summary(each) for each in draws()], "planned_without_draw": late}
    return Answer(dumps({"format": "sunlot-public/1 draws", **found}), JSON)


def every_csv(visit: Visit) -> Answer:
    """The same for a spreadsheet."""
    return as_csv([_flat(_summary(each)) for each in draws()], _flat(_summary(Standing("", "missing"))))


def one(visit: Visit, name: str) -> Answer:
    """One draw with everything that is public of it."""
    draw = _asked(name)
    bag, no_bag = evidence.bag_of(name)
    context: dict[str, Any] = {
        "draw": draw,
        "chain": chain(name),
        "files": [(path, title) for path, (title, _) in evidence.files_of(draw).items()],
        "bag": bool(bag),
        "no_bag": no_bag,
        "code": draw.folder.check_code if draw.folder else "",
        "address": visit.absolute(f"draws/{name}/index.html"),
    }
    return visit.page("draw.html", context | (_facts(draw) if draw.folder and not draw.sealed else {}))


def one_json(visit: Visit, name: str) -> Answer:
    """The same as data; the files of the draw say the rest."""
    draw = _asked(name)
    files = {path: f"files/{path}" for path in evidence.files_of(draw)}
    return Answer(
        dumps(
            {"format": "sunlot-public/1 draw", **_summary(draw), "chain": chain(name), "files": sorted(files.values())}
        ),
        JSON,
    )


@remembered
def chain(name: str) -> list[dict[str, Any]]:
    """Return the events of a draw's steps, oldest first: when, what, its place in the log, anchored by whom or not yet."""
    found = []
    for event in Event.objects.filter(obj=f"draw/{name}", act__in=STEP_ACTS).order_by("seq"):
        leaf = journal.leaf_of(event)
        try:
            standing, witnesses = journal.standing(event)
        except Log.DoesNotExist:
            standing, witnesses = journal.NOT_YET, {}
        found.append(
            {
                "seq": event.seq,
                "at": leaf["at"],
                "reads": journal.reads(event),
                "check_code": leaf["pub"]["check_code"],
                "anchored": standing == journal.ANCHORED,
                "witnesses": dict(sorted(witnesses.items())) if witnesses else {},
            }
        )
    return [{**entry, "witnesses": [*entry["witnesses"]]} for entry in found]


def _facts(draw: Standing) -> dict[str, Any]:
    """Return what the page shows of a draw whose notice is public."""
    folder, notice = draw.shown, draw.shown.firms_notice
    return {
        "notice": notice,
        "notice_hash": folder.need("notice", "").digest,
        "stages": [stage for stage in (_stage(draw, ""), _stage(draw, "teams-")) if stage],
        "cells": _cells(draw),
        "excluded": [(FIRM_REASONS.get(reason, reason), count) for reason, count in _counts(notice["excluded"])],
        "drawn": drawn(draw.name),
        "substitutions": substitutions(folder, "firm") + substitutions(folder, "inspector") if draw.open else [],
        "additions": additions(folder) if draw.open else [],
        "void": folder.void.read_json("void.json") if folder.void else None,
        "persons_named": evidence.persons_named(),
    }


def _counts(excluded: Any) -> list[tuple[str, int]]:
    pairs = excluded.items() if isinstance(excluded, dict) else ((each["reason"], each["count"]) for each in excluded)
    return sorted(pairs)


def _stage(draw: Standing, prefix: str) -> dict[str, Any] | None:
    """Return one stage's sources and seed; the teams' stage once the lists are open."""
    folder = draw.shown
    step = folder.step(f"{prefix}notice")
    if step is None or (prefix and not draw.open):
        return None
    notice, sealed = step.read_json("notice.json"), folder.step(f"{prefix}seed")
    record = sealed.read_json("seed.json") if sealed else {}
    texts = [source["text"] for source in record.get("sources", [])]
    sources = [
        {"title": describe(source), "known_at": source["known_at"], "text": texts[place] if place < len(texts) else ""}
        for place, source in enumerate(notice["sources"])
    ]
    seed = record.get("seed", "")
    if record.get("nonce") == "withheld":
        seed = folder.seed_of(
            "teams" if prefix else "firms", evidence.nonces_of(draw).get("teams" if prefix else "firms", "")
        )
    return {
        "title": _("检查组抽取") if prefix else _("企业抽取"),
        "name": "teams" if prefix else "firms",
        "announced_at": notice["announced_at"],
        "sources": sources,
        "seed": seed,
        "seeded_at": sealed.record["at"] if sealed else "",
        "grade": record.get("grade", ""),
        "grade_means": GRADES.get(record.get("grade", ""), ""),
    }


def _cells(draw: Standing) -> list[dict[str, Any]]:
    """Return the cells of the notice; cut-offs and numbers drawn are added once the lists are open."""
    folder = draw.shown
    results = {}
    if draw.open and folder.outcome:
        results = {cell["cell"]: cell for cell in folder.outcome.read_json("outcome.json")["cells"]}
    return [{**cell, "result": results.get(cell["cell"])} for cell in folder.firms_notice["cells"]]


@remembered
def drawn(name: str) -> list[dict[str, Any]]:
    """Return the firms drawn with their teams, nothing before the lists are open."""
    draw = draw_of(name)
    if draw is None or not draw.open or not draw.shown.outcome:
        return []
    certificates = {row["id"]: row["certificate"] for row in draw.shown.inspectors()}
    return [
        {
            **entry,
            "team": [
                (name, certificates.get(person, ""), person == entry["leader"]) for person, name in entry["members"]
            ],
        }
        for entry in drawn_list(draw.shown)
    ]


def drawn_csv(visit: Visit, name: str) -> Answer:
    """The firms drawn, for a spreadsheet."""
    draw = _asked(name)
    if not (draw.open and draw.shown.outcome):
        raise NotPublic(name)
    heads = ("id", "name", "territory", "industry", "hazard_class", "cell", "ticket")
    rows: list[Row] = [{head: entry[head] for head in heads} for entry in drawn(name)]
    return as_csv(rows, dict.fromkeys(heads, ""))


def file(visit: Visit, name: str, path: str) -> Answer:
    """One file of a draw as it was fixed."""
    files = evidence.files_of(_asked(name))
    if path not in files:
        raise NotPublic(path)
    return Answer(files[path][1].read_bytes(), evidence.type_of(path))


def bag_file(visit: Visit, name: str, path: str) -> Answer:
    """One file of the draw's evidence bag."""
    files = evidence.bag_of(name)[0]
    if path not in files:
        raise NotPublic(path)
    return Answer(files[path], evidence.type_of(path))


def bag_zip(visit: Visit, name: str) -> Answer:
    """The whole evidence bag."""
    files = evidence.bag_of(name)[0]
    if not files:
        raise NotPublic(name)
    return Answer(evidence.zipped(files, name), evidence.TYPES["zip"])


def _summary(draw: Standing) -> dict[str, Any]:
    """Return what the data files say of a draw (docs/public-data.md)."""
    return {
        "draw": draw.name,
        "title": str(draw.title),
        "stage": draw.stage,
        "openness": draw.openness.value,
        "announced_at": draw.announced_at,
        "rehearsal": draw.rehearsal,
        "unannounced": draw.secret,
        "due": draw.due.isoformat() if draw.due else "",
        "late": draw.late,
        "check_code": draw.folder.check_code if draw.folder else "",
        "trouble": draw.trouble,
    }


def _flat(summary: dict[str, Any]) -> Row:
    return {
        key: ("yes" if value else "no") if isinstance(value, bool) else str(value) for key, value in summary.items()
    }


def as_csv(rows: list[Row], heads: Row) -> Answer:
    """Return rows for a spreadsheet, with a head line from the keys of `heads`."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(heads)
    writer.writerows([safe(value) for value in row.values()] for row in rows)
    return Answer(text.getvalue().encode("utf-8-sig"), CSV)
