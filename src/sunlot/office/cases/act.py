"""What one act of a case is made of: its form, its service, and when it is offered."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms

from sunlot.office.accounts.models import User
from sunlot.office.cases.models import Case
from sunlot.office.visits.moment import today

Initial = Callable[[Case], dict[str, Any]]


def on_today(case: Case) -> dict[str, Any]:
    """Return a form's beginning that has today as its day."""
    return {"on": today()}


@dataclass(frozen=True)
class Act:
    """One act. `code`: of the table of states; `carry_out(user, number, form)`; `shown`: beyond the state, whether it makes sense now."""

    code: str
    title: str
    form: type[forms.Form]
    carry_out: Callable[[User, int, Any], Any]
    done: str
    initial: Initial = on_today
    shown: Callable[[Case], bool] = lambda case: True
    main: bool = False
    danger: bool = False
    submit: str = ""  # what its button says, where that is not the title
