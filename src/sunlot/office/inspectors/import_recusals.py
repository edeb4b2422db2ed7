"""Recusals declared on paper as a kind of import. Only chiefs bring them in and see the import; another chief puts them in force."""

from collections.abc import Sequence

from django.utils import timezone

from sunlot.office.accounts.queries import doer_of
from sunlot.office.accounts.roles import CHIEF
from sunlot.office.approvals.models import State
from sunlot.office.imports.kinds import ADDED, PASSED_OVER, Comparison, Difference, ImportKind, Row, Touched, end_added
from sunlot.office.inspectors import recusals
from sunlot.office.inspectors.import_files import day, key, people_named
from sunlot.office.inspectors.models import Ground, Inspector, Recusal, Step
from sunlot.office.journal.services import Deed
from sunlot.office.shell.language import in_chinese

COLUMNS = {
    "inspector_id": "人员编号",
    "firm_id": "统一社会信用代码",
    "firm_name": "单位名称",
    "ground": "回避情形",
    "declared_on": "申报日期",
}
WORDS = (  # the first that fits; 配偶为该单位股东 is kinship before shares
    (Ground.KINSHIP, ("亲属", "配偶", "父母", "子女", "兄弟", "姐妹")),
    (Ground.SHARES, ("股", "投资")),
    (Ground.LAWSUIT, ("诉讼", "纠纷")),
    (Ground.ACCIDENT, ("事故",)),
    (Ground.FORMER_JOB, ("任职", "曾任", "评价", "顾问", "服务")),
)


def ground_of(text: str) -> Ground:
    """Return the kind of relation that a text speaks of.

    >>> ground_of("近亲属在该单位任职").label, ground_of("三年内曾在该单位任职").label
    ('近亲属关系', '曾任职、提供服务')
    """
    return next((ground for ground, words in WORDS if any(word in text for word in words)), Ground.OTHER)


def compare(rows: Sequence[Row], aside: Sequence[Row]) -> Comparison:
    """Return which declarations are new, which are here, and which name nobody or no firm."""
    people, known, listed = people_named(rows), _known(), _listed()
    differences, unchanged = list[Difference](), list[str]()
    for row in rows:
        found = people.get(row["inspector_id"])
        declared = (found.pk, row["firm_id"], row["ground"]) if found else None
        if declared in known or (declared, row["declared_on"]) in listed:
            unchanged.append(key(row))
            continue
        why = _unfit(row, found)
        firm = f"{row['firm_name']} {row['firm_id']}".strip()
        shown = why or f"{firm}：{row['ground']}（{ground_of(row['ground']).label}）"
        fate = PASSED_OVER if why else ADDED
        change = (("回避", "", shown),)
        differences.append(Difference(key(row), str(found or row["inspector_id"]), fate, change))
    return Comparison(tuple(differences), tuple(unchanged))


def _known() -> set[tuple[str, str, str]]:
    """Return who has declared which firm in which words, in force or waiting."""
    fields = ("inspector_id", "firm_id", "detail")
    in_force = Recusal.objects.filter(step=Step.IN_FORCE, withdraws=False).values_list(*fields)
    waiting = Recusal.objects.filter(step=Step.PROPOSED, approval__state=State.PENDING).values_list(*fields)
    return {*in_force, *waiting}


def _listed() -> set[tuple[tuple[str, str, str], str]]:
    """Return who declared which firm on which ground and day, as the office's own list writes it, whatever has become of it."""
    with in_chinese():
        titles = {str(code): str(title) for code, title in Ground.choices}
    rows = Recusal.objects.values_list("inspector_id", "firm_id", "ground", "declared_on")
    return {((person, firm, titles[ground]), on.isoformat()) for person, firm, ground, on in rows}


def _unfit(row: Row, person: Inspector | None) -> str:
    if person is None:
        return f"名录里没有编号 {row['inspector_id']}，未导入；请先导入人员"
    return "" if row["firm_id"] else f"没有单位代码（{row['firm_name']}），未导入；请补填"


def write(doing: Deed, rows: Sequence[Row]) -> list[Touched]:
    """Save the declarations as one request to another chief."""
    people, user = people_named(rows), doer_of(doing)
    new = [_declaration(row, people[row["inspector_id"]]) for row in rows]
    recusals.propose_many(doing, user, new)
    return [Touched(str(row.pk), str(row.inspector), None, 1) for row in new]


def _declaration(row: Row, person: Inspector) -> Recusal:
    return Recusal(
        inspector=person,
        firm_id=row["firm_id"],
        firm_name=row["firm_name"],
        ground=ground_of(row["ground"]),
        detail=row["ground"],
        declared_on=day(row["declared_on"]) or timezone.localdate(),
    )


def restore(doing: Deed, touched: Sequence[Touched]) -> list[str]:
    """End what waits still; what is in force was granted by another person and is withdrawn by its owner only."""
    return end_added(doing, Recusal.objects.filter(step=Step.PROPOSED), touched, step=Step.ENDED)


RECUSALS = ImportKind(
    code="recusals",
    title="回避声明",
    table="recusals",
    columns=COLUMNS,
    key=key,
    compare=compare,
    write=write,
    restore=restore,
    roles=frozenset({CHIEF}),
    approvers=frozenset({CHIEF}),
    readers=frozenset(),
)
