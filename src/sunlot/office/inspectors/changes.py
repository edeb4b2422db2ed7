"""The one way to change the roster of people: done at once, or, while a round is open whose draw would read it, asked of a second person."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_noop as noop

from sunlot.office.accounts.models import User
from sunlot.office.approvals.kinds import Change
from sunlot.office.approvals.models import Approval
from sunlot.office.approvals.services import ask
from sunlot.office.inspectors import merging, staff
from sunlot.office.inspectors.models import Inspector
from sunlot.office.journal.services import Deed, deed, take_log
from sunlot.office.roster.guards import open_round

KIND = "inspectors.change"
HARMLESS = {"phone", "gender", "birth", "joined", "position"}  # the draw does not read them
Facts = Mapping[str, Any]  # plain JSON: days are ISO texts


def _add(doing: Deed, number: str, facts: Facts, reason: str) -> None:
    staff.add(doing, number, {**facts, "valid_from": _day(facts, "valid_from"), "valid_to": _day(facts, "valid_to")})


def _edit(doing: Deed, number: str, facts: Facts, reason: str) -> None:
    staff.edit(doing, number, facts["version"], facts, reason)


def _certify(doing: Deed, number: str, facts: Facts, reason: str) -> None:
    days = _day(facts, "valid_from"), _day(facts, "valid_to")
    staff.certify(doing, staff.locked(number), facts["number"], *days)


def _revoke(doing: Deed, number: str, facts: Facts, reason: str) -> None:
    staff.revoke(doing, facts["certificate"], date.fromisoformat(facts["day"]), reason)


def _merge(doing: Deed, number: str, facts: Facts, reason: str) -> None:
    merging.merge(doing, number, facts["duplicate"], reason)


DEEDS: dict[str, tuple[str, Callable[[Deed, str, Facts, str], None]]] = {
    "add": ("新增检查人员 {}", _add),
    "edit": ("变更检查人员 {}", _edit),
    "certify": ("登记检查人员 {} 的执法证", _certify),
    "revoke": ("停用检查人员 {} 的执法证", _revoke),
    "merge": ("合并重复的检查人员到 {}", _merge),
}


def submit(user: User, what: str, number: str, facts: Facts, reason: str = "") -> Approval | None:
    """Do one of DEEDS and return None; while a round is open, return the request that waits for approval instead.

    Raises Refusal, in both cases at once, when it could not be done as things stand.
    """
    payload = {"what": what, "number": number, "facts": _plain(facts), "reason": reason}
    running = open_round() if _drawn(payload) else ""
    if not running:
        with deed(by=user.actor) as doing:
            perform(doing, payload)
        return None
    with transaction.atomic():
        perform(Deed(user.actor, ""), payload)
        transaction.set_rollback(True)
    why = f"{reason or '（未写理由）'}（{running} 正在进行，变更须经第二人批准）"
    return ask(user, KIND, f"inspector/{number}", DEEDS[what][0].format(number), payload, why)


def perform(doing: Deed, payload: dict[str, Any], approval: Any = None) -> None:
    """Do what was submitted, as part of a deed. The log is taken first, so that two who enter one number or certificate come one after the other."""
    take_log()
    DEEDS[payload["what"]][1](doing, payload["number"], payload["facts"], payload["reason"])


def compared(payload: dict[str, Any]) -> Sequence[Change]:
    """Return what a request changes, field by field; of private facts only that they change, since more people read a request."""
    facts = payload["facts"]
    if payload["what"] != "edit":
        return [(WORDS.get(name, ""), "", str(facts[name])) for name in facts if name in WORDS and facts[name]]
    person = Inspector.objects.get(pk=payload["number"])
    lines: list[Change] = []
    for name in staff.FACTS:
        before, after = getattr(person, name), facts.get(name, getattr(person, name))
        if before != after:
            shown = ("（不公开）", "（有改动）") if name in staff.PRIVATE else (before, after)
            lines.append((staff.titles([name]), *shown))
    return lines


WORDS = {
    "name": "姓名",
    "department": "部门",
    "role": "人员类别",
    "number": "执法证号",
    "valid_from": "有效期自",
    "valid_to": "有效期至",
    "day": "停用日期",
    "duplicate": noop("并入的重复编号"),
}


def _drawn(payload: dict[str, Any]) -> bool:
    """Return whether a draw would read the difference."""
    if payload["what"] != "edit":
        return True
    person, facts = Inspector.objects.get(pk=payload["number"]), payload["facts"]
    return any(facts[name] != getattr(person, name) for name in staff.FACTS if name in facts and name not in HARMLESS)


def _plain(facts: Facts) -> dict[str, Any]:
    return {name: value.isoformat() if isinstance(value, date) else value for name, value in facts.items()}


def _day(facts: Facts, name: str) -> date | None:
    return date.fromisoformat(facts[name]) if facts.get(name) else None
