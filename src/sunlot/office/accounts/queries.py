"""Reading about people: who is who, who is locked out, who must use a second factor."""

import json
import unicodedata
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from axes.helpers import get_cool_off
from axes.models import AccessAttempt
from django.conf import settings
from django.db.models import IntegerField, OuterRef, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext as _

from sunlot.office.accounts.models import SecondFactorRule, User
from sunlot.office.journal.services import Deed

VISITOR, OFFICE, CONSOLE = "u/visitor", "u/office", "u/console"  # who acts where no account does


def same_person(one: User, other: User) -> bool:
    """Return whether two accounts are one natural person's: the same number, or the same name in the same department.

    Where one of them names no department the name alone decides.
    """
    if one.person and other.person:
        return one.person == other.person
    if _plain(one.name) != _plain(other.name):
        return False
    departments = {_plain(one.department), _plain(other.department)} - {""}
    return len(departments) < 2


def doer_of(doing: Deed) -> User:
    """Return whose deed this is: when a request is granted, who decides. Raises DoesNotExist for a deed of nobody's account."""
    return User.objects.get(pk=int(doing.by.removeprefix("u/")))


def _plain(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).split())


def names_by_actor() -> dict[str, str]:
    """Return everybody's name by the pseudonym of the journal, and what to call those who are nobody."""
    names = {f"u/{pk}": name for pk, name in User.objects.values_list("pk", "name")}
    return names | {CONSOLE: _("控制台"), VISITOR: _("未登录者"), OFFICE: _("系统")}


def with_failures(rows: QuerySet[User]) -> QuerySet[Any]:
    """Return the people with `failures`: how many logins have failed lately."""
    recent = AccessAttempt.objects.filter(username=OuterRef("username"), attempt_time__gte=timezone.now() - cool_off())
    total = recent.order_by().values("username").annotate(total=Sum("failures_since_start")).values("total")
    return rows.annotate(failures=Coalesce(Subquery(total, output_field=IntegerField()), 0))


def locked_until(username: str) -> datetime | None:
    """Return when this name can log in again, or None when it can now."""
    attempts = AccessAttempt.objects.filter(username=username, attempt_time__gte=timezone.now() - cool_off())
    left = sum(attempt.failures_since_start for attempt in attempts)
    if left < settings.AXES_FAILURE_LIMIT:
        return None
    end = timezone.now()
    for attempt in sorted(attempts, key=lambda attempt: attempt.attempt_time):
        left, end = left - attempt.failures_since_start, attempt.attempt_time + cool_off()
        if left < settings.AXES_FAILURE_LIMIT:
            break
    return end


def cool_off() -> timedelta:
    """Return how long a lockout lasts."""
    lasts: timedelta = get_cool_off() or timedelta()
    return lasts


def must_use_second_factor(role: str) -> bool:
    """Return whether people of this role must log in with a second factor."""
    return SecondFactorRule.objects.filter(role=role, required=True).exists()


def demo_accounts() -> dict[str, Any] | None:
    """Return the accounts of a demonstration, whose password is no secret, or None: every other office has no such file."""
    path = Path(settings.HOME) / "demo-accounts.json"
    if not path.is_file():
        return None
    found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return found
