"""Ten thousand results: released with one decision, then written as static files with everything else of the public site, twice.

Target: the whole site in under a minute; the second time, when nothing has changed, nothing is written. The visits are written straight
into the tables, since only their release and publication are measured; every result goes through the services.
"""

import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

from sunlot.commands.demo_county import CLASSES, TOWNS
from sunlot.draw.canonical import dumps, hash_of
from sunlot.office.start import open_office

LIMIT = 60  # seconds for 10,000 results
FIRST = date(2026, 1, 5)


def main(count: int) -> None:
    """Print how long each part took and whether the target is met."""
    with tempfile.TemporaryDirectory() as made:
        home = Path(made) / "office"
        open_office(home, "")
        people = _people(home)
        _fill(people, count)
        released = _seconds(lambda: _release(people))
        from sunlot.office.disclosure.export import write_site

        out, base = Path(made) / "site", "https://www.example.gov.cn/ssj/"
        first = _seconds(lambda: write_site(out, base))
        second = _seconds(lambda: write_site(out, base))
        again = write_site(out, base)
    limit = LIMIT * count / 10_000
    met = "met" if first < limit and not again.written else "NOT met"
    print(f"{count:,} results released with one decision in {released:.1f} s")
    print(
        f"site of {again.size:,} files written in {first:.1f} s (under {limit:.0f} s: {met}); again in {second:.1f} s"
    )


def _seconds(act: Callable[[], object]) -> float:
    """Return the computing time of an act, so that whatever else the machine does is not counted; the disk's waiting is not either."""
    start = time.process_time()
    act()
    return time.process_time() - start


def _people(home: Path) -> dict[str, Any]:
    from sunlot.office.accounts.services import open_account
    from sunlot.office.bureau import services as bureau
    from sunlot.office.journal import checkpoints

    checkpoints.open_log(home, "yj.qinghe.example")
    facts = {"code": "379921", "name": "青禾县应急管理局", "short": "青", "territories": "\n".join(TOWNS)}
    bureau.describe("u/1", facts)
    return {name: open_account("u/console", name, name, name, "阳光-sunlot-2026") for name in ("clerk", "chief")}


def _fill(people: dict[str, Any], count: int) -> None:
    """Write firms, a list, and an ended visit of each firm with a problem in every third."""
    from sunlot.codes.credit_code import check_character, org_check_character
    from sunlot.office.approvals.services import grant
    from sunlot.office.catalog.drafting import draft_from_template
    from sunlot.office.catalog.publishing import ask_publication
    from sunlot.office.roster.models import Firm, VisitEntry
    from sunlot.office.visits.models import Record, Visit

    item_list = draft_from_template(people["clerk"])
    grant(
        people["chief"], ask_publication(people["clerk"], item_list.pk, item_list.version, date.today(), "首次公布").pk
    )
    items = [
        {"number": item.number, "name": item.name, "points": [{"position": 1, "text": item.name}]}
        for item in item_list.items.filter(enabled=True).order_by("position")[:3]
    ]

    def code(number: int) -> str:
        organ = f"{number:08d}"
        first = f"91379921{organ}{org_check_character(organ)}"
        return first + check_character(first)

    firms = Firm.objects.bulk_create(
        [
            Firm(
                id=code(number),
                name=f"青禾县第{number}{CLASSES[number % len(CLASSES)]}厂",
                territory=TOWNS[number % len(TOWNS)],
                hazard_class=CLASSES[number % len(CLASSES)],
                legal_person=f"欧阳{number}",
                status="正常",
                confirmed_on=FIRST,
            )
            for number in range(count)
        ],
        batch_size=2000,
    )
    days = [FIRST + timedelta(number % 300) for number in range(count)]
    entries = VisitEntry.objects.bulk_create(
        [VisitEntry(firm=firm, date=day, kind="routine") for firm, day in zip(firms, days, strict=True)],
        batch_size=2000,
    )
    visits = Visit.objects.bulk_create(
        [
            Visit(
                token=f"bench{number}",
                firm=firm,
                firm_name=firm.name,
                firm_address=f"工业路 {number} 号",
                origin="key",
                kind="routine",
                item_list=item_list,
                items="、".join(item["number"] for item in items),
                window_from=day,
                window_to=day,
                state="done",
                outcome="pending" if number % 3 == 0 else "no_problem",
                arranged_by=people["clerk"],
                finished_at=datetime(day.year, day.month, day.day, 4, tzinfo=UTC),
                entry=entry,
            )
            for number, (firm, day, entry) in enumerate(zip(firms, days, entries, strict=True))
        ],
        batch_size=1000,
    )
    bodies = [_record(number, visit, items) for number, visit in enumerate(visits)]
    Record.objects.bulk_create(
        [
            Record(visit=visit, edition=1, body=body, sha256=hash_of(body), frozen_at="2026-01-05T04:00:00Z")
            for visit, body in zip(visits, bodies, strict=True)
        ],
        batch_size=1000,
    )


def _record(number: int, visit: Any, items: list[dict[str, Any]]) -> str:
    team = [
        {"inspector": f"J{at:03d}", "name": f"检查员{at}", "certificate": f"SD{at:04d}", "part": part}
        for at, part in ((number % 40, "leader"), (number % 40 + 40, "member"))
    ]
    frame = {"visit": visit.uid, "items": items, "team": team, "firm": {"id": visit.firm_id, "name": visit.firm_name}}
    sheet: dict[str, Any] = {f"checkin/{one['inspector']}": {"pledge": True} for one in team}
    sheet |= {"outcome": visit.outcome, "methods": ["onsite"], f"photos/{hash_of(str(number))}": {"caption": "大门"}}
    if visit.outcome == "pending":
        finding = f"findings/{UUID(int=number)}"
        facts = {"text": "消防通道堆放杂物，疏散指示标志不亮", "severity": "general", "article": "安全生产法第35条"}
        sheet |= {f"{finding}/{name}": value for name, value in facts.items()} | {"dispositions": ["order"]}
    return dumps(
        {"format": "sunlot/1 visit record", "frame": frame, "edition": 1, "changes": [], "sheet": sheet}
    ).decode()


def _release(people: dict[str, Any]) -> None:
    from sunlot.office.approvals.services import grant
    from sunlot.office.release import waiting
    from sunlot.office.release.approval_kinds import checklist
    from sunlot.office.release.asking import ask_release

    numbers = list(waiting.to_release().values_list("pk", flat=True))
    asked = ask_release(people["clerk"], "result", numbers, {}, "检查已办结")
    grant(people["chief"], asked.pk, "", checklist())


if __name__ == "__main__":
    main(1_000 if "--quick" in sys.argv else 10_000)
