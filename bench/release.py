"""A draw among ten thousand firms, each with its proof, and ten thousand results: released with one decision, then written as static files
with everything else of the public site, twice.

Target: the whole site in under a minute; the second time, when nothing has changed, nothing is written. The visits are written straight
into the tables, since only their release and publication are measured; the draw and every result go through the services.
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
        people, firms, draw, drawn = _drawn(home, count)
        _fill(people, firms, draw, drawn)
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


def _drawn(home: Path, count: int) -> tuple[dict[str, Any], list[Any], str, set[str]]:
    """Return the people, the firms, and a draw among them all that is done: its number and whom it drew. Every step is the services' own."""
    from sunlot.commands.demo_round import OPENED, Story
    from sunlot.draw.substitution import firms_now
    from sunlot.office.accounts.services import open_account
    from sunlot.office.bureau import services as bureau
    from sunlot.office.journal.clock import held
    from sunlot.office.lottery.register import folder_of

    with held(OPENED) as clock:
        story = Story(home.resolve(), {}, clock)
        story.open_log()
        facts = {"code": "379921", "name": "青禾县应急管理局", "short": "青", "territories": "\n".join(TOWNS)}
        bureau.describe("u/1", facts)
        logins = {"jingban": "clerk", "kezhang": "chief"}
        for login, role in logins.items():
            story.people[login] = open_account("u/console", login, login, role, "阳光-sunlot-2026")
        firms = _firms(count)
        _inspectors(30 + count // 100)
        story.announce()
        story.draw("firms")
    return story.people, firms, story.name, set(firms_now(folder_of(story.name)))


def _inspectors(count: int) -> None:
    from sunlot.office.inspectors import staff
    from sunlot.office.journal.services import deed

    for number in range(count):
        facts = {"name": f"检查员{number}", "specialities": "、".join(CLASSES), "number": f"SD{number:04d}"}
        with deed(by="u/1") as doing:
            staff.add(doing, f"R{number:03d}", {**facts, "valid_to": date(2028, 1, 1)})


def _firms(count: int) -> list[Any]:
    from sunlot.codes.credit_code import check_character, org_check_character
    from sunlot.office.roster.models import Firm

    def code(number: int) -> str:
        organ = f"{number:08d}"
        first = f"91379921{organ}{org_check_character(organ)}"
        return first + check_character(first)

    return Firm.objects.bulk_create(
        [
            Firm(
                id=code(number),
                name=f"青禾县第{number}{CLASSES[number % len(CLASSES)]}厂",
                territory=TOWNS[number % len(TOWNS)],
                hazard_class=CLASSES[number % len(CLASSES)],
                level="县级",
                legal_person=f"欧阳{number}",
                status="正常",
                confirmed_on=date(2023, 8, 1),
            )
            for number in range(count)
        ],
        batch_size=2000,
    )


def _fill(people: dict[str, Any], firms: list[Any], draw: str, drawn: set[str]) -> None:
    """Write a list, and an ended visit of each firm with a problem in every third; those of the drawn firms belong to the draw."""
    from sunlot.office.approvals.services import grant
    from sunlot.office.catalog.drafting import draft_from_template
    from sunlot.office.catalog.publishing import ask_publication
    from sunlot.office.roster.models import VisitEntry
    from sunlot.office.visits.models import Record, Visit

    item_list = draft_from_template(people["jingban"])
    asked = ask_publication(people["jingban"], item_list.pk, item_list.version, date.today(), "首次公布")
    grant(people["kezhang"], asked.pk)
    items = [
        {"number": item.number, "name": item.name, "points": [{"position": 1, "text": item.name}]}
        for item in item_list.items.filter(enabled=True).order_by("position")[:3]
    ]
    days = [FIRST + timedelta(number % 300) for number in range(len(firms))]
    entries = VisitEntry.objects.bulk_create(
        [
            VisitEntry(firm=firm, date=day, kind="random", draw=draw if firm.pk in drawn else "")
            for firm, day in zip(firms, days, strict=True)
        ],
        batch_size=2000,
    )
    visits = Visit.objects.bulk_create(
        [
            Visit(
                token=f"bench{number}",
                firm=firm,
                firm_name=firm.name,
                firm_address=f"工业路 {number} 号",
                origin="draw" if firm.pk in drawn else "key",
                kind="random" if firm.pk in drawn else "routine",
                draw=draw if firm.pk in drawn else "",
                item_list=item_list,
                items="、".join(item["number"] for item in items),
                window_from=day,
                window_to=day,
                state="done",
                outcome="pending" if number % 3 == 0 else "no_problem",
                arranged_by=people["jingban"],
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
    asked = ask_release(people["jingban"], "result", numbers, {}, "检查已办结")
    grant(people["kezhang"], asked.pk, "", checklist())


if __name__ == "__main__":
    main(1_000 if "--quick" in sys.argv else 10_000)
