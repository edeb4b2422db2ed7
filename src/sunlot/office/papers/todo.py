"""What papers need somebody's hand."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from sunlot.office.accounts.roles import CLERK
from sunlot.office.papers.reporting import KIND, wanting
from sunlot.office.shell.todo import Todo


def todos(user: Any, today: date) -> Iterator[Todo]:
    """Yield for the clerk the refused signatures whose report was not made by itself."""
    if user.role != CLERK:
        return
    for visit in wanting()[:20]:
        url = reverse("papers:new", args=[visit.pk, KIND])
        yield Todo(str(visit), url, _("拒签情况报告没有自动形成，请补齐单位设置后制作"), visit.window_to, "late")
