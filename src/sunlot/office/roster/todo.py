"""What the roster asks for: corrections that firms wait for, firms to look into."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from sunlot.office.accounts.roles import CLERK
from sunlot.office.roster.health import CHECKS
from sunlot.office.roster.models import Correction, Step
from sunlot.office.shell.todo import Todo


def todos(user: Any, today: date) -> Iterator[Todo]:
    """Yield what a clerk has to do about the roster."""
    if user.role != CLERK:
        return
    waiting = Correction.objects.filter(state=Step.ASKED).select_related("firm").order_by("asked_on", "pk")
    for correction in waiting[:20]:
        title = _("办理 %(firm)s 的更正申请") % {"firm": correction.firm.name}
        yield Todo(title, reverse("roster:correction", args=[correction.pk]), _("核对证明材料后更正或答复"))
    for code in ("doubt", "observed"):
        if number := CHECKS[code].find(today).count():
            yield Todo(CHECKS[code].title, reverse("roster:ailing", args=[code]), CHECKS[code].hint, count=number)
