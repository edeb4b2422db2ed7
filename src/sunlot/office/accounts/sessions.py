"""Where somebody is logged in: his sessions, and ending those that he left open elsewhere."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from django.contrib.sessions.models import Session
from django.utils import timezone

from sunlot.office.accounts.models import User
from sunlot.office.journal.services import deed
from sunlot.refusal import Refusal


@dataclass(frozen=True)
class Sitting:
    """One session. `mark` names it on the page, from which nobody can learn its key; `here`: it is the one that asks."""

    mark: str
    since: datetime | None
    until: datetime
    address: str
    browser: str
    here: bool


def sessions_of(user: User, own_key: str | None) -> list[Sitting]:
    """Return the sessions of a person that have not ended, the one that asks first, then the latest."""
    found = []
    for session in _rows_of(user):
        data = session.get_decoded()
        since = data.get("since")
        found.append(
            Sitting(
                mark=_mark(session),
                since=datetime.fromtimestamp(since, tz=timezone.get_current_timezone()) if since else None,
                until=session.expire_date,
                address=data.get("address", ""),
                browser=data.get("browser", ""),
                here=session.session_key == own_key,
            )
        )
    return sorted(found, key=lambda one: (not one.here, -one.until.timestamp()))


def end_sessions(user: User, own_key: str | None, mark: str = "") -> int:
    """End the session of that mark, or every one but the one that asks, and return how many. Raises Refusal when there is none."""
    with deed(by=user.actor) as doing:
        rows = [row for row in _rows_of(user) if row.session_key != own_key and mark in ("", _mark(row))]
        if not rows:
            raise Refusal("no_session", "没有可以结束的其他会话；它可能已经结束。")
        Session.objects.filter(pk__in=[row.pk for row in rows]).delete()
        doing.record("account.sessions-ended", user.actor, {"sessions": len(rows)})
    return len(rows)


def _rows_of(user: User) -> Iterator[Session]:
    for session in Session.objects.filter(expire_date__gt=timezone.now()).iterator(chunk_size=500):
        if session.get_decoded().get("_auth_user_id") == str(user.pk):
            yield session


def _mark(session: Session) -> str:
    return sha256(session.session_key.encode()).hexdigest()[:16]
