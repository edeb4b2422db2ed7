"""What the roster of inspectors asks somebody to do."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from sunlot.office.accounts.roles import CLERK
from sunlot.office.inspectors.health import PROBLEMS, notice_days
from sunlot.office.inspectors.queries import inspector_of, standing
from sunlot.office.shell.todo import Todo

TOLD = {"expired": "late", "no_certificate": "late", "no_end": "due", "expiring": "due", "no_speciality": "due"}


def todos(user: Any, today: date) -> Iterator[Todo]:
    """Yield the clerk's problems of the roster, and to an inspector that his own certificate ends."""
    if user.role == CLERK:
        for code, state in TOLD.items():
            if count := PROBLEMS[code].among(standing(today)).count():
                url = f"{reverse('inspectors:list')}?problem={code}"
                yield Todo(str(PROBLEMS[code].title), url, str(PROBLEMS[code].remedy), state=state, count=count)
    if (person := inspector_of(user)) and (own := standing(today).filter(pk=person.pk).first()):
        yield from _own_certificate(own, today)


def _own_certificate(own: Any, today: date) -> Iterator[Todo]:
    if own.valid_to and (own.valid_to - today).days <= notice_days(today):
        expired = own.valid_to < today
        title = _("我的执法证已过期") if expired else _("我的执法证即将到期")
        url = reverse("inspectors:one", args=[own.pk])
        yield Todo(title, url, _("请联系经办人换证"), own.valid_to, "late" if expired else "due")
