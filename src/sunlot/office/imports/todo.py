"""Imports that were begun and not finished."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from sunlot.office.imports.kinds import KINDS
from sunlot.office.imports.models import Batch, State
from sunlot.office.shell.todo import Todo


def todos(user: Any, today: date) -> Iterator[Todo]:
    """Yield each batch of this person that waits for his confirmation."""
    for batch in Batch.objects.filter(by_id=user.pk, state=State.READ).order_by("pk")[:20]:
        title = _("确认%(kind)s导入批次 %(number)s") % {"kind": KINDS[batch.kind].title, "number": batch.pk}
        hint = batch.trouble or _("看过差异后确认、改列的对应，或放弃")
        yield Todo(title, reverse("imports:one", args=[batch.pk]), hint)
