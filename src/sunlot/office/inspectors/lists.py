"""The lists of people: who stands in the roster, and who may be drawn on a day."""

from collections.abc import Iterable
from typing import Any

from django.db.models import QuerySet

from sunlot.office.inspectors.health import PROBLEMS
from sunlot.office.inspectors.models import STATES, Role
from sunlot.office.inspectors.queries import REASONS, reason, roster
from sunlot.office.shell.incoming import FromFile, Never
from sunlot.office.shell.listing import Button, Choice, Column, Day, Listing, Search


def departments() -> Iterable[tuple[str, str]]:
    """Return the departments that somebody belongs to."""
    names = roster().exclude(department="").order_by("department").values_list("department", flat=True).distinct()
    return [(name, name) for name in names]


def _with_problem(rows: QuerySet[Any], code: str) -> QuerySet[Any]:
    return PROBLEMS[code].among(rows)


def _with_reason(rows: QuerySet[Any], code: str) -> QuerySet[Any]:
    return rows.filter(pk__in=[row.pk for row in rows if reason(row) == code])


def colour(row: Any) -> str:
    """Return the status colour of whether somebody may be drawn."""
    return {"yes": "ok", "expired": "bad", "certificate": "bad"}.get(reason(row), "plain")


NUMBER = Column("人员编号", "pk", sort="id", link="inspectors:one")
NAME = Column("姓名", "name", sort="name")
DEPARTMENT = Column("部门", "department", sort="department")
CERTIFICATE = (Column("执法证号", "certificate"), Column("有效期至", "valid_to", sort="valid_to"))
ROLE = Column("人员类别", "get_role_display", sort="role")
STATE = Column("在岗状态", "state", sort="state", words=True)
DRAWABLE = Column("可否抽取", lambda row: REASONS[reason(row)], tag=colour)
PERSONAL = (Column("联系电话", "phone", on_screen=False), Column("居住镇街", "territory", on_screen=False))
FILTERS = (
    Search(("id", "name", "certificate", "position")),
    Choice("部门", "department", departments),
    Choice("人员类别", "role", Role.choices),
    Choice("在岗状态", "state", [(state, state) for state in STATES]),
)
BUTTONS = (
    Button("新增人员", "inspectors:add", main=True),
    Button("名录体检", "inspectors:health"),
    Button("批量修改", "inspectors:many", bulk=True),
    Button("可抽取人员", "inspectors:drawable"),
)
COLUMNS = (
    NUMBER,
    NAME,
    DEPARTMENT,
    Column("职务职级", "position", on_screen=False),
    ROLE,
    *CERTIFICATE,
    Column("专业特长", "specialities"),
    STATE,
    DRAWABLE,
)
STAFF = Listing(
    incoming=FromFile("inspectors"),
    name="检查人员名录",
    columns=COLUMNS,
    filters=FILTERS,
    order=("id",),
    buttons=BUTTONS,
)
OWN_STAFF = Listing(
    incoming=Never.RECKONED,
    name="检查人员名录",
    columns=COLUMNS,
    filters=tuple(each for each in FILTERS if each.name != "department"),
    order=("id",),
    empty="名录中没有本部门的人员。账号上的部门要与名录中的部门一字不差，请系统管理员核对。",
)
STAFF_OF_THE_OFFICE = Listing(
    incoming=FromFile("inspectors"),
    name="检查人员名录",
    columns=(*COLUMNS, *PERSONAL),
    filters=(*FILTERS, Choice("问题", "problem", [(code, p.title) for code, p in PROBLEMS.items()], how=_with_problem)),
    order=("id",),
    buttons=BUTTONS,
)
DRAWABLE_ON_A_DAY = Listing(
    incoming=Never.RECKONED,
    name="可抽取人员",
    columns=(NUMBER, NAME, DEPARTMENT, ROLE, *CERTIFICATE, STATE, DRAWABLE),
    filters=(
        Day("日期", "day"),
        Search(("id", "name")),
        Choice("部门", "department", departments),
        Choice("可否抽取", "reason", REASONS.items(), how=_with_reason),
    ),
    order=("id",),
)

EXAMINED = Listing(
    incoming=Never.RECKONED,
    name="名录体检",
    columns=(
        Column("问题", "problem__title", link="inspectors:list", asks="problem"),
        Column("人数", "people", sort="people", tag=lambda row: row.problem.state if row.people else "ok"),
        Column("怎么办", "problem__remedy"),
    ),
    order=(),
)
