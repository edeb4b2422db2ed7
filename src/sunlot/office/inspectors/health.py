"""What is wrong with the roster of inspectors (名录体检): each problem is a question to the database, shown with its number and opened as a list."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, NamedTuple

from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext_lazy as _

from sunlot.intake.people import ON_DUTY, RETIREMENT_AGE
from sunlot.office.inspectors.models import Role
from sunlot.office.inspectors.queries import roster, standing
from sunlot.policy.in_force import policy_in_force

Rows = QuerySet[Any]


@dataclass(frozen=True)
class Problem:
    """One kind of problem. `among` narrows rows of `standing` to those that have it; `remedy` says what to do."""

    title: Any
    remedy: Any
    among: Callable[[Rows], Rows]
    state: str = "bad"


def notice_days(day: date) -> int:
    """Return how many days before its end a certificate counts as expiring soon."""
    return policy_in_force(day).count("inspector.certificate_notice_days")


def _working(rows: Rows) -> Rows:
    return rows.filter(role=Role.INSPECTOR, state__in=ON_DUTY)


def _day(rows: Rows) -> date:
    annotation: Any = rows.query.annotations["day"]
    day: date = annotation.value
    return day


def _expired(rows: Rows) -> Rows:
    return _working(rows).filter(valid_to__lt=_day(rows))


def _expiring(rows: Rows) -> Rows:
    day = _day(rows)
    return _working(rows).filter(valid_to__gte=day, valid_to__lte=day + timedelta(notice_days(day)))


def _retired(rows: Rows) -> Rows:
    return _working(rows).exclude(birth="").filter(birth__lt=str(_day(rows).year - RETIREMENT_AGE + 1))


def _namesakes(rows: Rows) -> Rows:
    """Two numbers with one name in one department; a certificate of one number only can belong to one person."""
    same = {"name": OuterRef("name"), "department": OuterRef("department")}
    return rows.filter(Exists(roster().filter(**same).exclude(pk=OuterRef("pk"))))


PROBLEMS = {
    "expired": Problem(_("执法证已过期"), _("换证后登记新证；此前不参加抽取"), _expired),
    "no_certificate": Problem(
        _("没有有效的执法证"), _("登记执法证，或改为辅助人员"), lambda rows: _working(rows).filter(certificate=None)
    ),
    "no_end": Problem(
        _("执法证没有填有效期"),
        _("按证件补填；此前不参加抽取"),
        lambda rows: _working(rows).filter(valid_to=None).exclude(certificate=None),
    ),
    "expiring": Problem(_("执法证即将到期"), _("提前办理换证"), _expiring, "warn"),
    "no_speciality": Problem(
        _("没有专业特长"),
        _("补填后才能派往需要专业人员的检查"),
        lambda rows: _working(rows).filter(specialities=""),
        "warn",
    ),
    "no_account": Problem(
        _("没有账号"),
        _("请系统管理员开设账号并填写人员编号"),
        lambda rows: _working(rows).filter(has_account=False),
        "warn",
    ),
    "retired": Problem(_("已到退休年龄仍在岗"), _("核实是否在编在岗，更新在岗状态"), _retired, "warn"),
    "namesakes": Problem(_("可能重复的人员"), _("核对后合并；确是两人的不必处理"), _namesakes, "warn"),
}


class Examined(NamedTuple):
    """A problem under its code, and how many people have it."""

    pk: str
    problem: Problem
    people: int


def examine(day: date) -> list[Examined]:
    """Return every problem with how many people have it on the day."""
    return [Examined(code, problem, problem.among(standing(day)).count()) for code, problem in PROBLEMS.items()]
