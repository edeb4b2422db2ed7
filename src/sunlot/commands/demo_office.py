"""The office of the fictional county: its people, its rosters taken in from Excel, its item list, its plan, a year of visits."""

from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import Any

from sunlot.commands.demo_county import TOWNS

PASSWORD = "青禾-yangguang-2026"
PEOPLE = (
    ("jingban", "钱经办", "clerk"),
    ("jingban2", "孙经办", "clerk"),
    ("kezhang", "李科长", "chief"),
    ("kezhang2", "周科长", "chief"),
    ("lingdao", "吴组长", "leading"),
    ("jiandu", "郑监督", "supervisor"),
    ("zhifa", "王执法", "inspector"),
    ("xiezuo", "冯协作", "partner"),
    ("xitong", "陈系统", "system"),
    ("anquan", "褚安全", "security"),
    ("shenji", "卫审计", "auditor"),
)
TEAM = "安全生产综合执法大队"
CAUSES = (("投诉举报查实", 1), ("违法行为", 2), ("重大事故隐患", 3))
PARTNERS = ("J007", "J008", "J009", "J010", "J011", "J012")  # who may go with the demonstration's inspector


def open_people() -> dict[str, Any]:
    """Open an account of every role and return them by user name; nobody has to change the password, which is no secret."""
    from sunlot.office.accounts.services import change_password, open_account

    found = {}
    for username, name, role in PEOPLE:
        more = {"person": "J001"} if role == "inspector" else {}
        found[username] = user = open_account("u/console", username, name, role, PASSWORD, **more)
        change_password(user, PASSWORD)
    return found


def describe_bureau() -> None:
    """Say who the office is."""
    from sunlot.office.bureau.services import describe

    fields = {
        "code": "379921",
        "name": "青禾县应急管理局（虚构）",
        "short": "青",
        "territories": "\n".join(TOWNS),
        "address": "青禾县城关街道阳光路1号（虚构）",
        "telephone": "0000-12350",
    }
    describe("u/console", fields)


def take_in_rosters(people: dict[str, Any], files: Sequence[Path]) -> list[tuple[str, dict[str, int]]]:
    """Import the Excel files as the office does, recusals granted by the other chief; return each batch's kind and counts."""
    import json

    from sunlot.office.approvals.models import Approval, State
    from sunlot.office.approvals.services import grant
    from sunlot.office.imports.applying import apply
    from sunlot.office.imports.services import take_in

    told = []
    for path in files:
        user = people["kezhang" if path.stem.startswith("recusals") else "jingban"]
        for batch in take_in(user, [(path.name, path.read_bytes())]):
            apply(user, batch.pk, batch.version, reason="演示：初次导入")
            batch.refresh_from_db()
            told.append((batch.kind, json.loads(batch.counts)))
    for approval in Approval.objects.filter(state=State.PENDING):
        grant(people["kezhang2"], approval.pk)
    return told


def publish_items(people: dict[str, Any], day: date) -> int:
    """Publish the list of items that ships with us and return how many items it has in use."""
    from sunlot.office.approvals.services import grant
    from sunlot.office.catalog.drafting import draft_from_template
    from sunlot.office.catalog.publishing import ask_publication
    from sunlot.office.catalog.queries import plannable

    draft = draft_from_template(people["jingban"])
    approval = ask_publication(people["jingban"], draft.pk, draft.version, day, "演示：以模板为首版清单")
    grant(people["kezhang"], approval.pk)
    return plannable(day).count()


def plan_year(people: dict[str, Any], year: int, today: date) -> Any:
    """Draft, approve, file and publish the plan of a year, with two random rounds and a campaign; return it."""
    from decimal import Decimal

    from sunlot.office.approvals.services import grant
    from sunlot.office.catalog.queries import plannable
    from sunlot.office.plan import key_list, rounds, services
    from sunlot.office.plan.known import policy_for, roster_sizes
    from sunlot.office.roster.queries import listed

    clerk = people["jingban"]
    plan = services.draft(clerk, year, "青禾县应急管理局（虚构）", 60)
    other = {"行政许可": 620, "事故调查": 160, "核实举报": 420, "联合执法": 380, "宣教培训": 900, "上级安排": 700}
    rest = {"值班": 900, "学习培训会议": 1500, "党群": 600, "病事假": 300, "法定年休假探亲婚丧": 600}
    figures = services.Figures(
        plan.organ,
        60,
        plan.days_each,
        other,
        rest,
        5,
        "安全生产法第六十二条第二款；年度监督检查计划编制办法",
        "按批准的计划实施。",
    )
    services.change_figures(clerk, plan.pk, plan.version, figures)
    items = "、".join(str(item.number) for item in plannable(today)[:3])
    firms = listed().filter(status="正常").count()
    for title, kind, first, last, share, secret in (
        ("第一次双随机抽查", "random", date(year, 3, 16), date(year, 5, 31), Decimal("11.6"), False),
        ("第二次双随机抽查", "random", today + timedelta(days=8), date(year, 12, 31), Decimal("11.6"), False),
        ("冬季暗查暗访", "covert", today + timedelta(days=12), date(year, 12, 31), Decimal(1), True),
    ):
        fields = rounds.RoundFields(
            title=f"{year}年{title}",
            kind=kind,
            first_day=first,
            last_day=last,
            scope="全县在册的正常经营单位",
            population=firms,
            items=items,
            undertaker=TEAM,
            share=share,
            secret=secret,
        )
        rounds.add_round(clerk, plan.pk, fields)
    keys = roster_sizes()[1][1]
    days = (date(year, 1, 5), date(year, 12, 31))
    key = rounds.RoundFields(
        f"{year}年重点单位检查",
        "key",
        *days,
        "名录中的重点单位",
        keys,
        items,
        TEAM,
        count=keys,
        visits_each=2,
        by_lot=False,
    )
    round_ = rounds.add_round(clerk, plan.pk, key)
    key_list.add_from_roster(clerk, plan.pk, next(iter(policy_for(year, today).labels("plan.key_classes"))), round_.pk)
    approval = services.submit(clerk, plan.pk, "演示县的年度计划；重点单位列入名单，每户两次。")
    grant(people["lingdao"], approval.pk)
    return plan


def remember_visits(people: dict[str, Any], year: int, count: int, last: date | None = None) -> int:
    """Enter a year of visits, none after `last`, and the causes that followed from some of them; return how many visits there were."""
    from sunlot.office.journal.services import deed
    from sunlot.office.roster.causes import enter_cause
    from sunlot.office.roster.queries import listed
    from sunlot.office.roster.services import record_visit

    dice = Random(year)
    firms = list(listed().filter(status="正常").order_by("pk").values_list("pk", flat=True))
    chosen = dice.sample(firms, min(count, len(firms) // 4))
    first = date(year, 1, 4)
    days = min(200, ((last or date.max) - first).days)
    if days < 1:
        return 0
    with deed(by=people["jingban"].actor) as doing:
        for firm in chosen:
            kind = dice.choices(("key", "routine", "campaign", "complaint"), (4, 3, 2, 1))[0]
            record_visit(doing, firm, first + timedelta(days=dice.randrange(days)), kind, department=TEAM)
    for number, firm in enumerate(chosen[:24]):
        cause, level = CAUSES[number % 3]
        source = f"（青）应急罚〔{year}〕{number + 1}号"
        since = min(date(year, 6, 1), last or date.max)
        enter_cause(people["jingban"], firm, level, cause, since, date(year + 1, 5, 31), source)
    return len(chosen)


def arrange_visit(people: dict[str, Any], today: date, order: str = "pk", items: tuple[str, ...] = ()) -> Any:
    """Arrange, approve and announce a visit of the demonstration's inspector with a colleague, and return it; None when no pair can go."""
    from sunlot.office.approvals.services import grant
    from sunlot.office.roster.queries import listed
    from sunlot.office.visits.approval_kinds import arrange_and_ask, asked
    from sunlot.office.visits.making import Arrangement
    from sunlot.office.visits.steps import notify
    from sunlot.refusal import Refusal

    clerk, last = people["jingban"], today + timedelta(days=20)
    for firm in listed().filter(status="正常", hazard_class="机械").order_by(order)[:40]:
        for partner in PARTNERS:
            pair, source = ("J001", partner), "（演示）专项方案1号"
            wanted = Arrangement(firm.pk, "campaign", "campaign", "冬季用电安全专项", source, today, last, pair, items)
            try:
                visit = arrange_and_ask(clerk, wanted)
            except Refusal:
                continue  # recused, of the same township, or without a valid certificate: the next pair
            if approval := asked(visit):
                grant(people["kezhang"], approval.pk)
            notify(clerk, [visit.pk], "电话通知企业安全员")
            return visit
    return None
