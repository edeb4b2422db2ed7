"""An office whose every list has so many rows, made in bulk and without events: for timing lists and counting their queries."""

import json
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

from django.utils import timezone

from rosters import firm
from sunlot.office.accounts.models import User
from sunlot.office.approvals.models import Approval
from sunlot.office.cases.models import Case, CaseOfficer, ReviewerQualification, Violation
from sunlot.office.catalog.models import Item, ItemList
from sunlot.office.imports.models import Batch, Planned, Remark, SourceFile
from sunlot.office.inspectors.models import Certificate, Inspector, Leave, Recusal
from sunlot.office.journal.checkpoints import sign
from sunlot.office.journal.services import deed
from sunlot.office.lottery.models import Round
from sunlot.office.plan.models import KeyListEntry, Plan, PlannedRound
from sunlot.office.roster.models import Correction, Firm, IntensityCause, Snapshot, VisitEntry

TODAY = timezone.localdate()
TOWNS = tuple(f"{word}镇" for word in "东西南北中上下前后左右高平河山")
CLASSES = ("机械", "轻工", "商贸", "危险化学品", "建材", "纺织", "其他")
STATES = ("正常", "正常", "正常", "停产", "停业核查", "失联", "注销")
BATCH = 2000


def fill(people: Mapping[str, User], first: int, many: int, largest: int | None = None) -> None:
    """Add rows number `first` to `first + many` to every list. `largest`: at most so many rows in lists that never hold a row a firm,
    a tenth of it in those of persons.
    """
    few = min(many, largest or many)
    _firms(first, many)
    _about_firms(first, many, few)
    _staff(people, first, few if many == few else few // 10)
    _work(people, first, few)
    _cases(people, first, few)
    _imports(people["clerk"], first, few, many)
    _log(many)


def _firms(first: int, many: int) -> None:
    rows = (
        firm(
            n,
            territory=TOWNS[n % len(TOWNS)] if n % 97 else "",
            hazard_class=CLASSES[n % len(CLASSES)],
            status=STATES[n % len(STATES)],
            key_unit="是" if n % 20 == 0 else "否",
            address=f"{TOWNS[n % len(TOWNS)]}人民路{n}号",
            phone="" if n % 50 == 0 else f"1380000{n % 10000:04d}",
            confirmed_on=TODAY - timedelta(days=n % 700),
        )
        for n in range(first, first + many)
    )
    Firm.objects.bulk_create(rows, BATCH)


def _about_firms(first: int, many: int, few: int) -> None:
    keys = list(Firm.objects.order_by("pk").values_list("pk", flat=True)[first : first + many])
    visited = keys if many == few else keys[::3]
    VisitEntry.objects.bulk_create(
        (
            VisitEntry(
                firm_id=pk, date=TODAY - timedelta(days=n % 500), kind="routine", observed="失联" if n % 40 == 0 else ""
            )
            for n, pk in enumerate(visited)
        ),
        BATCH,
    )
    IntensityCause.objects.bulk_create(
        (
            IntensityCause(
                firm_id=pk,
                level=n % 3 + 1,
                cause="违法行为",
                since=date(2025, 1, 1),
                until=TODAY + timedelta(days=n % 300 - 100),
                source=f"罚{n}号",
            )
            for n, pk in enumerate(keys[:few])
        ),
        BATCH,
    )
    Correction.objects.bulk_create(
        (
            Correction(
                firm_id=pk, field="name", wanted=f"新名{n}", ground="登记有误", asked_by=f"申请人{n}", asked_on=TODAY
            )
            for n, pk in enumerate(keys[:few])
        ),
        BATCH,
    )


def _staff(people: Mapping[str, User], first: int, few: int) -> None:
    persons = [
        Inspector(
            id=f"K{n:06d}",
            name=f"人员{n}",
            department=f"执法{n % 9}队",
            specialities=CLASSES[n % 7],
            territory=TOWNS[n % 15],
        )
        for n in range(first, first + few)
    ]
    Inspector.objects.bulk_create(persons, BATCH)
    Certificate.objects.bulk_create(
        (
            Certificate(inspector=row, number=f"证{row.pk}", valid_to=TODAY + timedelta(days=n % 400 - 50))
            for n, row in enumerate(persons)
        ),
        BATCH,
    )
    Leave.objects.bulk_create(
        (Leave(inspector=row, kind="培训", start=TODAY, end=TODAY + timedelta(days=3)) for row in persons), BATCH
    )
    asked = Approval(
        kind="inspectors.recusal",
        obj=f"recusals/{first}",
        title="导入回避声明",
        payload="{}",
        reason="r",
        asked_by=people["chief2"],
        asked_at=timezone.now(),
    )
    asked.save()
    Recusal.objects.bulk_create(
        (
            Recusal(
                declaration=f"D{first}-{n}",
                inspector=row,
                firm_id=f"F{n}",
                firm_name=f"厂{n}",
                ground="kinship",
                declared_on=TODAY,
                step="in_force",
                approval=asked,
            )
            for n, row in enumerate(persons)
        ),
        BATCH,
    )


def _cases(people: Mapping[str, User], first: int, few: int) -> None:
    firms = list(Firm.objects.order_by("pk").values_list("pk", flat=True)[first : first + few])
    officer = Inspector.objects.order_by("pk")[0]
    cases = Case.objects.bulk_create(
        (
            Case(
                firm_id=pk,
                origin_kind="other",
                found_on=TODAY,
                cause="案由",
                party=f"厂{n}",
                arranged_by=people["clerk"],
                state=("told", "decided", "served", "proposed", "open")[n % 5],
                opened_on=TODAY,
                decide_by=TODAY + timedelta(days=n % 90),
                outcome="penalty",
                fine=20000,
            )
            for n, pk in enumerate(firms, first)
        ),
        BATCH,
    )
    CaseOfficer.objects.bulk_create((CaseOfficer(case=case, inspector=officer, name="甲") for case in cases), BATCH)
    Violation.objects.bulk_create(
        (
            Violation(
                firm_id=pk,
                kind="penalty",
                ground=f"罚{n}号",
                what="违法行为",
                article="安全生产法第35条",
                found_on=TODAY,
                level=1,
                since=TODAY,
                until=TODAY + timedelta(days=n % 300),
            )
            for n, pk in enumerate(firms, first)
        ),
        BATCH,
    )
    ReviewerQualification.objects.bulk_create(
        (
            ReviewerQualification(user=people["clerk2"], ground="exam", certificate=f"A{n}", valid_from=TODAY)
            for n in range(first, first + few)
        ),
        BATCH,
    )


def _work(people: Mapping[str, User], first: int, few: int) -> None:
    at: datetime = timezone.now()
    Approval.objects.bulk_create(
        (
            Approval(
                kind="lottery.open",
                obj=f"round/{n}",
                title=f"公开暗查结果：第{n}轮",
                payload=json.dumps({"round": n}),
                reason="r",
                asked_by=people["clerk"],
                asked_at=at,
                state="granted",
                decided_by=people["chief"],
                decided_at=at,
            )
            for n in range(first, first + few)
        ),
        BATCH,
    )
    Round.objects.bulk_create(
        (
            Round(title=f"第{n}轮", year=2020 + n % 6, date=TODAY, window_from=TODAY, window_to=TODAY, state="dropped")
            for n in range(first, first + few)
        ),
        BATCH,
    )
    Snapshot.objects.bulk_create(
        (Snapshot(date=TODAY, root="0" * 64, size=n, sha256=f"{n:064d}", seq=0) for n in range(first, first + few)),
        BATCH,
    )
    editions = range(first, first + min(few, 60))
    ItemList.objects.bulk_create(
        ItemList(edition=n + 1, title="清单", state="published", effective_from=date(2000, 1, 1) + timedelta(days=n))
        for n in editions
    )
    Plan.objects.bulk_create(Plan(year=2101 + n, organ="局", state="amended") for n in editions)
    plan, edition = Plan.objects.order_by("pk")[0], ItemList.objects.order_by("edition")[0]
    Item.objects.filter(item_list__isnull=False).update(item_list=edition)
    Item.objects.bulk_create(
        Item(
            item_list=edition,
            number=f"AQ-{n}",
            name=f"事项{n}",
            category="安全",
            method="现场",
            item_class="general",
            basis="安全生产法第六十五条",
            position=n,
        )
        for n in editions
    )
    PlannedRound.objects.bulk_create(
        PlannedRound(
            plan=plan,
            number=n + 1,
            code=f"{plan.year}-{n}",
            title=f"第{n}轮",
            kind="random",
            first_day=TODAY,
            last_day=TODAY,
            scope="全县",
            population=100,
            count=5,
            items="AQ-1",
            undertaker="大队",
        )
        for n in editions
    )
    KeyListEntry.objects.bulk_create(
        (
            KeyListEntry(plan=plan, firm=f"F{n}", name=f"厂{n}", key_class="high_risk")
            for n in range(first, first + few)
        ),
        BATCH,
    )


def _imports(clerk: User, first: int, few: int, many: int) -> None:
    """Batches, of which the first holds a row report and differences of its own."""
    made = Batch.objects.bulk_create(
        (Batch(kind="firms", day=TODAY, by=clerk, at=timezone.now(), state="dropped", counts="{}") for _ in range(few)),
        BATCH,
    )
    SourceFile.objects.bulk_create(
        (SourceFile(batch=row, name="名录.xlsx", sha256="0" * 64, size=1) for row in made), BATCH
    )
    batch = Batch.objects.order_by("pk")[0]
    Remark.objects.bulk_create(
        (
            Remark(
                batch=batch,
                file="名录.xlsx",
                sheet="名录",
                row=n,
                field="id",
                kind="k",
                found=str(n),
                problem="代码长度",
                suggestion="18 位",
                handling="quarantined",
            )
            for n in range(many)
        ),
        BATCH,
    )
    Planned.objects.bulk_create(
        (
            Planned(
                batch=batch, key=f"F{n}", title=f"厂{n}", fate="added", changes=json.dumps([["名称", "", f"厂{n}"]])
            )
            for n in range(first, first + many)
        ),
        BATCH,
    )


def _log(many: int) -> None:
    for start in range(0, many, BATCH):
        with deed(by="u/1") as doing:
            for n in range(start, min(many, start + BATCH)):
                doing.record("roster.changed", f"firm/{n}", {"reason": f"改动{n}"})
    from django.conf import settings

    sign(settings.HOME)


def lists_of(role: str) -> dict[str, str]:
    """Return the address of every menu page of a role by name, and of the lists that lie below one."""
    from django.urls import reverse

    from sunlot.office.access import pages

    found = {name: reverse(name) for name, page in pages().items() if page.menu and page.open_to(role)}
    below: dict[str, Any] = {
        "imports:report": Batch.objects.order_by("pk").first,
        "imports:changes": Batch.objects.order_by("pk").first,
        "plan:rounds": Plan.objects.order_by("pk").first,
        "plan:keys": Plan.objects.order_by("pk").first,
        "catalog:list": ItemList.objects.order_by("edition").first,
    }
    found |= {name: reverse(name, args=[row().pk]) for name, row in below.items() if pages()[name].open_to(role)}
    if pages()["roster:ailing"].open_to(role):
        from sunlot.office.roster.health import CHECKS

        found |= {f"roster:ailing {code}": reverse("roster:ailing", args=[code]) for code in CHECKS}
    plain = ("roster:duplicates", "inspectors:health", "inspectors:drawable", "catalog:doubts", "catalog:idle")
    if pages()["roster:history"].open_to(role):
        newest = {"roster:history": Firm.objects.order_by("pk").first, "roster:difference": Snapshot.objects.first}
        found |= {name: reverse(name, args=[row().pk]) for name, row in newest.items()}
    return found | {name: reverse(name) for name in plain if pages()[name].open_to(role)}
