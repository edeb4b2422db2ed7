"""One way to write a step: the case is locked, the table asked, the step kept, the event appended."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from sunlot.draw.canonical import dumps
from sunlot.office.accounts.models import User
from sunlot.office.cases.models import Case, Step
from sunlot.office.cases.states import TITLES, after
from sunlot.office.journal.clock import moment
from sunlot.office.journal.services import Deed
from sunlot.office.shell.forms import StaleEdit
from sunlot.office.visits.moment import today
from sunlot.refusal import Refusal


def locked(number: int, version: int | None = None) -> Case:
    """Return a case, held until commit. Raises StaleEdit when it is not the version that a form was filled from."""
    case = Case.objects.select_for_update().get(pk=number)
    if version is not None and case.version != version:
        raise StaleEdit(str(case))
    return case


def take_step(
    doing: Deed,
    case: Case,
    act: str,
    user: User,
    on: date | None = None,
    text: str = "",
    detail: Mapping[str, Any] | None = None,
    pub: Mapping[str, Any] | None = None,
) -> Step:
    """Return the step that an act is: the case goes on by the table and is saved with it, the event appended."""
    case.state, case.version = after(case.state, act), case.version + 1
    step = Step(
        case=case,
        act=act,
        on=on or today(),
        at=moment(),
        by=user,
        text=text.strip(),
        detail=dumps(dict(detail)).decode() if detail else "",
    )
    doing.save(case)
    doing.save(step)
    doing.record(f"case.{act.replace('_', '-')}", case.obj, dict(pub or {}))
    return step


def need(text: str, act: str, what: str) -> str:
    """Return a text without the space around it. Raises Refusal when there is none."""
    if not text.strip():
        raise Refusal("text_missing", f"{TITLES[act]}请写明{what}。")
    return text.strip()


def refuse_day(day: date, earliest: date | None, what: str, since: str) -> None:
    """Raise Refusal for a day in the future, or before the day it must follow."""
    if day > today():
        raise Refusal("day_ahead", f"{what} {day} 在今天之后；请在办理之后登记实际日期。")
    if earliest and day < earliest:
        raise Refusal("day_early", f"{what} {day} 早于{since} {earliest}；请核对日期。")
