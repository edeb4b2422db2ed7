"""Firms that cannot be reached: tried again on another day, and once tried often enough a reserve is added besides them.

An unreachable firm is never replaced, or an inspector could spare a friend by not reaching him: it stays drawn, with its public result.
"""

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext_noop as noop

from sunlot.draw import addition
from sunlot.draw.substitution import additions
from sunlot.office.accounts.models import User
from sunlot.office.accounts.queries import doer_of
from sunlot.office.accounts.roles import APPROVERS
from sunlot.office.approvals.kinds import Change, Kind
from sunlot.office.approvals.models import Approval
from sunlot.office.approvals.services import ask
from sunlot.office.catalog.policies import office_policy
from sunlot.office.journal.services import Deed, deed
from sunlot.office.lottery import drawing
from sunlot.office.lottery import moment as lottery_moment
from sunlot.office.lottery.models import Draw
from sunlot.office.lottery.progress import hidden
from sunlot.office.lottery.register import folder_of
from sunlot.office.visits import moment, records
from sunlot.office.visits.making import make_visits
from sunlot.office.visits.models import Attempt, Record, Visit
from sunlot.office.visits.sheet import Sheet
from sunlot.office.visits.states import State, after
from sunlot.refusal import Refusal

UNREACHABLE = "unreachable"
ADD = "visits.add"


def keep(doing: Deed, visit: Visit, record: Record, sheet: Sheet) -> None:
    """Keep an attempt that a record has just ended in vain. It counts only on another day, with photos that no earlier record has."""
    if sheet.outcome != UNREACHABLE:
        return
    earlier = list(visit.attempts.all())
    before = visit.records.filter(edition__lt=record.edition, given_up=False)
    used = {photo for one in before for photo in records.sheet_of(one).photos()}
    new = sorted(set(sheet.photos()) - used)
    day = moment.day_of(sheet.text("times/arrived"))
    if new and all(one.on < day for one in earlier):
        doing.save(Attempt(visit=visit, edition=record.edition, on=day, photos=new))
        doing.record("visit.attempt", visit.obj, {"on": day.isoformat(), "count": len(earlier) + 1})


def wanted() -> int:
    """Return on how many days a firm must be tried."""
    return office_policy(moment.today()).count("visit.attempts")


def step_of(visit: Visit) -> str:
    """Return what an unreachable firm needs next: `again`, `add`, or nothing."""
    if visit.state != State.FAILED or visit.outcome != UNREACHABLE:
        return ""
    if len(visit.attempts.all()) < wanted():
        return "again"
    return "add" if visit.draw and visit.firm_id not in made_good(visit.draw) else ""


def made_good(draw: str) -> frozenset[str]:
    """Return the firms of a draw besides which a reserve was added; its folder is read again only once its steps have grown."""
    steps = Draw.objects.values_list("steps", flat=True).get(pk=draw)
    return _made_good(draw, steps)


@lru_cache(maxsize=64)
def _made_good(draw: str, steps: int) -> frozenset[str]:
    return frozenset(record["for"] for record in additions(folder_of(draw)))


def try_again(user: User, number: int, reason: str) -> None:
    """Open a visit whose firm could not be reached for another attempt: its next record needs another day, photos and signatures."""
    if not reason.strip():
        raise Refusal("reason_missing", "请写明再次上门的安排。")
    with deed(by=user.actor) as doing:
        visit = Visit.objects.select_for_update().get(pk=number)
        if visit.outcome != UNREACHABLE:
            raise Refusal("not_unreachable", "只有联系不上的单位才再次上门。")
        visit.state, visit.version = after(visit.state, "try_again"), visit.version + 1
        doing.save(visit)
        doing.record("visit.again", visit.obj, {}, {"reason": reason.strip()})


def ask_addition(user: User, number: int, evidence: str) -> Approval:
    """Ask a second person to have the next reserve added besides a firm that was tried often enough."""
    visit = Visit.objects.select_related("round").get(pk=number)
    _refuse_early(visit)
    request = _request(visit, evidence, user.name, "—")
    addition.decide(folder_of(visit.draw), request, lottery_moment.now())
    payload = {"visit": visit.pk, "evidence": evidence}
    return ask(user, ADD, f"{visit.obj}/addition", f"追加候补：{visit}", payload, evidence)


def _refuse_early(visit: Visit) -> None:
    if step_of(visit) != "add":
        raise Refusal(
            "no_addition",
            f"只有抽中后在 {wanted()} 个以上不同日期上门、均有照片仍联系不上的单位，才追加候补，且只追加一次。",
        )


def _request(visit: Visit, evidence: str, by: str, approver: str) -> dict[str, Any]:
    attempts = [{"on": one.on.isoformat(), "photos": one.photos} for one in visit.attempts.order_by("on")]
    return {"for": visit.firm_id, "attempts": attempts, "evidence": evidence, "by": by, "approver": approver}


def _add(doing: Deed, payload: dict[str, Any], approval: Approval) -> None:
    """The draw's step is written once the decision is committed; should a crash keep it out, the visit still asks for it."""
    visit = Visit.objects.select_related("round").get(pk=payload["visit"])
    _refuse_early(visit)
    decider = doer_of(doing)
    asker = User.objects.get(pk=approval.asked_by_id)
    request = _request(visit, payload["evidence"], asker.name, decider.name)
    addition.decide(folder_of(visit.draw), request, lottery_moment.now())
    doing.record("visit.addition-approved", visit.obj, {})
    transaction.on_commit(lambda: _write(asker, visit.draw, request))


def _write(user: User, draw: str, request: dict[str, Any]) -> None:
    drawing.add(user, draw, request)
    make_visits(user, draw)


def _changes(payload: dict[str, Any]) -> Sequence[Change]:
    visit = Visit.objects.select_related("round").get(pk=payload["visit"])
    whom = noop("名单未公开的单位") if hidden(visit.round) else visit.firm_name
    days = "、".join(f"{one.on}（照片 {len(one.photos)} 张）" for one in visit.attempts.order_by("on"))
    return [
        (whom, "抽中，联系不上", "仍在抽中名单，另追加次序最前的候补"),
        (noop("上门情况"), "", days),
        (noop("说明"), "", payload["evidence"]),
    ]


def _address(payload: dict[str, Any]) -> str:
    return reverse("visits:one", args=[payload["visit"]])


KIND = Kind(ADD, "追加候补", APPROVERS, _add, _changes, _address)
