"""What the fictional county makes public: the result of a visit that two officers carry through, and a penalty; a chief ticks the checklist."""

import struct
import zlib
from collections.abc import Mapping
from datetime import date
from typing import Any

ITEMS = ("AQ-06", "AQ-09", "AQ-10", "AQ-12", "AQ-14")
PROBLEM = "findings/7d8a5c1e-2b6f-4a39-9c10-3e5d7f9b1a24/"
LEFT = "findings/91b0c7d2-5e4a-4f18-8a6d-0c2f4e6a8b35/"


def hold_visit(people: dict[str, Any], today: date) -> Any:
    """Arrange a visit and carry it to its signatures through the office's pages, and return it; None when no pair of officers can go."""
    from sunlot.commands.demo_office import PASSWORD, arrange_visit
    from sunlot.office.accounts.services import change_password, open_account
    from sunlot.office.inspectors.models import Inspector
    from sunlot.office.visits import on_paper
    from sunlot.office.visits.models import Visit

    visit = arrange_visit(people, today, "-pk", ITEMS)
    if visit is None:
        return None
    partner = visit.team.exclude(inspector="J001").get().inspector_id
    name = Inspector.objects.get(pk=partner).name
    second = open_account("u/console", "zhifa2", name, "inspector", PASSWORD, person=partner)
    change_password(second, PASSWORD)
    _enter(people["zhifa"], second, visit)
    names = {"firm": "演示签字人", "witness": ""}
    code = visit.records.get().sha256
    on_paper.sign_on_paper(people["zhifa"], visit.uid, code, [picture(255)], names, "site")
    on_paper.confirm(second, visit.uid)
    return Visit.objects.get(pk=visit.pk)


def _enter(first: Any, second: Any, visit: Any) -> None:
    """Let both check in and the first enter what was seen: one problem put right on site, one that an order follows."""
    from sunlot.office.journal.services import deed
    from sunlot.office.visits import moment, records
    from sunlot.office.visits.checklist import items_of, points_of
    from sunlot.office.visits.entering import enter, enter_photo
    from sunlot.office.visits.sync import locked_visit

    points = points_of(items_of([visit])[visit.pk])
    for officer in (first, second):
        enter(officer, visit.uid, {f"checkin/{officer.person}": {"pledge": True}}, {})
    values: dict[str, Any] = {f"answers/{point}": "pass" for point in points} | {f"answers/{points[0]}": "fail"}
    values |= {f"{PROBLEM}{name}": value for name, value in _problem(points[0]).items()}
    values |= {f"{LEFT}{name}": value for name, value in _left(points[0]).items()}
    values |= {"times/arrived": moment.text(), "times/left": moment.text(), "outcome": "pending"}
    values |= {"place": "一车间和配电室", "summary": "查看现场和台账", "handling": "一项现场已改正，一项责令限期整改"}
    values |= {"methods": ["onsite"], "dispositions": ["order"]}
    enter(first, visit.uid, values, {})
    enter_photo(first, visit, picture(128), "配电室", f"answers/{points[0]}")
    with deed(by=first.actor) as doing:
        records.freeze(doing, locked_visit(first, visit.uid))


def _problem(point: str) -> Mapping[str, Any]:
    text = "配电室门口没有安全警示标志，检查期间已补设"
    return {"text": text, "severity": "general", "point": point, "article": "安全生产法第35条", "corrected": True}


def _left(point: str) -> Mapping[str, Any]:
    return {"text": "空压机房警示标志褪色", "severity": "general", "point": point, "article": "安全生产法第35条"}


def release(people: dict[str, Any], kind: str, number: int, reason: str) -> str:
    """Ask for the release of a result or a penalty, grant it with every line ticked, and return its public number."""
    from sunlot.office.approvals.services import grant
    from sunlot.office.release.approval_kinds import checklist
    from sunlot.office.release.asking import ask_release
    from sunlot.office.release.models import Release
    from sunlot.office.release.sources import SOURCES

    asked = ask_release(people["jingban"], kind, [number], {}, reason)
    grant(people["kezhang"], asked.pk, "", checklist())
    return Release.objects.get(kind=kind, about=f"{SOURCES[kind].noun}/{number}").number


def picture(shade: int) -> bytes:
    """Return a grey PNG of 64 by 48 pixels (RFC 2083), the same every time: it stands for a photo."""
    rows = b"".join(b"\0" + bytes([shade]) * 64 for _ in range(48))
    parts = (
        (b"IHDR", struct.pack(">IIBBBBB", 64, 48, 8, 0, 0, 0, 0)),
        (b"IDAT", zlib.compress(rows)),
        (b"IEND", b""),
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data)) for name, data in parts
    )
