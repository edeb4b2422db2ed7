"""When two people edit the same thing: what was typed stays, and the next submission is measured against the newest row."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from sunlot.office.plan.models import Plan, PlannedRound
from sunlot.office.shell.forms import StaleEdit
from sunlot.office.shell.listing import shown


@contextmanager
def kept(form: forms.Form, row: Plan | PlannedRound, latest: Callable[[], Mapping[str, Any]]) -> Iterator[None]:
    """On a StaleEdit, tell beside each field what the other person has made of it, take over the new version, and raise on.

    `latest`: how the form would show the row as it is now.
    """
    try:
        yield
    except StaleEdit:
        row.refresh_from_db()
        data: Any = form.data.copy()  # type: ignore[attr-defined]
        data["version"] = str(row.version)
        form.data = data
        now, typed = latest(), dict(form.cleaned_data)
        for name, value in typed.items():
            if name != "version" and shown(now.get(name)) != shown(value):
                form.add_error(name, _("他人已改为：%s") % (shown(now.get(name)) or _("（空）")))
        raise
