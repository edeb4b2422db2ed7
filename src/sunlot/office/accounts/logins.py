"""What happens at the door: who came, who failed, who was locked out and let in again, who left and whose session ended. All are events."""

import json
from datetime import UTC, datetime, timedelta

from axes.utils import reset
from django.conf import settings
from django.contrib.sessions.models import Session
from django.db.models import QuerySet
from django.utils import timezone

from sunlot.office.accounts.models import User
from sunlot.office.accounts.queries import OFFICE, VISITOR, cool_off, locked_until
from sunlot.office.journal.models import Event
from sunlot.office.journal.services import Deed, deed
from sunlot.refusal import Refusal

UNKNOWN_AN_HOUR = 20  # failures of names that do not exist; more of them are noise that somebody makes on purpose


def record_login(user: User, address: str = "", second_factor: str = "") -> None:
    """Note a login; the network address is sealed as personal data. `second_factor`: "", "totp" or "recovery"."""
    with deed(by=user.actor) as doing:
        pub = {"second_factor": second_factor} if second_factor else {}
        doing.record("account.login", user.actor, pub, sealed=_sealed(address))


def record_logout(user: User) -> None:
    """Note that somebody left."""
    with deed(by=user.actor) as doing:
        doing.record("account.logout", user.actor, {})


def record_failure(username: str, address: str, locked: bool = False, why: str = "password") -> None:
    """Note a login that failed, and with `locked` that the name is locked out now. A name that does not exist is sealed: it may be a password."""
    user = User.objects.filter(username=username).first()
    with deed(by=VISITOR) as doing:
        if user is not None:
            doing.record("account.failed", user.actor, {"why": why}, sealed=_sealed(address))
            if locked:
                _lock(doing, user)
        elif _few_unknown():
            doing.record("account.unknown", "login", {}, sealed=_sealed(address) | {"username": username[:150]})


def _lock(doing: Deed, user: User) -> None:
    pub = {"failures": settings.AXES_FAILURE_LIMIT, "minutes": int(cool_off().total_seconds() // 60)}
    doing.record("account.locked", user.actor, pub)


def _few_unknown() -> bool:
    """Return whether another unknown name is still news: the journal cannot be filled from outside."""
    leaf = Event.objects.filter(obj="login").order_by("-seq").values_list("leaf", flat=True)
    oldest = leaf[UNKNOWN_AN_HOUR - 1 : UNKNOWN_AN_HOUR].first()
    hour_ago = datetime.now(UTC) - timedelta(hours=1)
    return oldest is None or datetime.fromisoformat(json.loads(oldest)["at"]) < hour_ago


def unlock(by: User, user: User) -> None:
    """Let a locked-out person in again. Raises Refusal when he is not locked out, or it is oneself."""
    if by.pk == user.pk:
        raise Refusal("own_account", "不能为自己解锁，请由另一人办理。")
    if locked_until(user.username) is None:
        raise Refusal("not_locked", "这个账号现在没有锁定。")
    with deed(by=by.actor) as doing:
        reset(username=user.username)
        doing.record("account.unlocked", user.actor, {})


def end_expired_sessions(most: int = 100) -> int:
    """Remove sessions that ended for idleness, note whose they were, and return how many there were."""
    if not (over := _over()).exists():
        return 0
    with deed(by=OFFICE) as doing:
        ended = list(over.select_for_update(skip_locked=True).order_by("expire_date")[:most])
        known = set(User.objects.values_list("pk", flat=True))
        for session in ended:
            number = int(session.get_decoded().get("_auth_user_id", 0))
            if number in known:
                doing.record("account.expired", f"u/{number}", {"at": session.expire_date.isoformat()})
        Session.objects.filter(pk__in=[session.pk for session in ended]).delete()
    return len(ended)


def _over() -> QuerySet[Session]:
    return Session.objects.filter(expire_date__lt=timezone.now())


def _sealed(address: str) -> dict[str, str]:
    return {"address": address} if address else {}
