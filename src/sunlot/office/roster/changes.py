"""One door for whatever changes the roster: done at once, or asked for while a round is open and the draw reads what changes (four eyes).

An act is named, checked and carried out from a plain body, so that a request for approval can carry it until a second person decides.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils import timezone

from sunlot.office.accounts.models import User
from sunlot.office.accounts.roles import APPROVERS
from sunlot.office.approvals.kinds import Change, Kind
from sunlot.office.approvals.models import Approval
from sunlot.office.approvals.services import ask_within
from sunlot.office.journal.services import Deed, deed
from sunlot.office.roster.facts import clean_code, clean_facts, drawable, title_of, titles
from sunlot.office.roster.guards import open_round
from sunlot.office.roster.models import FACTS, Firm, Status
from sunlot.office.shell.forms import StaleEdit
from sunlot.refusal import Refusal

Body = dict[
    str, Any
]  # what an act needs, as JSON holds it; `firm` is there unless the act says itself what it is about


@dataclass(frozen=True)
class Act:
    """`check` locks, raises Refusal when it cannot be done, and tells what would change; `drawn`: whether the draw reads that.

    `about`: the object of a request and what it is called.
    """

    title: str
    check: Callable[[Body], Sequence[Change]]
    carry_out: Callable[[Deed, Body], None]
    drawn: Callable[[Body], bool] = lambda body: True
    about: Callable[[Body], tuple[str, str]] = lambda body: (f"firm/{body['firm']}", _name_of(body["firm"]))


def _name_of(identity: str) -> str:
    return Firm.objects.filter(pk=identity).values_list("name", flat=True).first() or identity


ACTS: dict[str, Act] = {}


def settle(user: User, act: str, body: Body, reason: str = "") -> Approval | None:
    """Do an act and return None, or ask for approval and return the request. Raises Refusal when it cannot be done."""
    with deed(by=user.actor) as doing:
        return settle_within(doing, user, act, body, reason)


def settle_within(doing: Deed, user: User, act: str, body: Body, reason: str = "") -> Approval | None:
    """Do an act, or ask for it, as part of a deed."""
    body = body | {"reason": reason.strip()}
    changes = [list(change) for change in ACTS[act].check(body)]
    if ACTS[act].drawn(body) and (why := open_round()):
        obj, name = ACTS[act].about(body)
        title = f"{ACTS[act].title}：{name}（{why}正在进行）"[:200]
        payload = {"act": act, "body": body, "changes": changes}
        return ask_within(doing, user, "roster.change", obj, title, payload, reason)
    ACTS[act].carry_out(doing, body)
    return None


def _carry_out(doing: Deed, payload: dict[str, Any], approval: Approval) -> None:
    act, body = ACTS[payload["act"]], payload["body"]
    try:
        act.check(body)
    except StaleEdit as stale:
        raise Refusal(
            "moved_since", "该单位在申请之后已有别的改动，不能照原申请办理；请退回，由经办人对照最新内容重新申请。"
        ) from stale
    act.carry_out(doing, body)


APPROVAL = Kind(
    code="roster.change",
    title="名录变更",
    approvers=APPROVERS,
    carry_out=_carry_out,
    changes=lambda payload: [(field, before, after) for field, before, after in payload["changes"]],
    address=lambda payload: _address(payload["act"], payload["body"]),
)


def _address(act: str, body: Body) -> str:
    return reverse("roster:one", args=[body["firm"]]) if act != "add" and "firm" in body else ""


def locked(identity: str, version: int) -> Firm:
    """Return a listed firm, locked. Raises Refusal when it is not there, StaleEdit when somebody else has changed it."""
    firm = Firm.objects.select_for_update().filter(pk=identity).first()
    if firm is None:
        raise Refusal("no_such_firm", f"名录中没有 {identity}。")
    if not firm.listed:
        raise Refusal("not_listed", f"{firm.name} 已不在册（已并入他户或导入已撤销），不能再改。")
    if firm.version != version:
        raise StaleEdit(firm.name)
    return firm


def save(doing: Deed, firm: Firm, act: str, pub: dict[str, Any], reason: str) -> None:
    """Save a firm as a new version with its event; the reason may name persons and is sealed."""
    firm.version, firm.confirmed_on = firm.version + 1, timezone.localdate()
    doing.save(firm)
    doing.record(act, f"firm/{firm.pk}", pub, {"reason": reason} if reason else None)


def changed_fields(firm: Firm, values: dict[str, str]) -> list[str]:
    """Return the fields whose values differ."""
    return [field for field in FACTS if field in values and values[field] != getattr(firm, field)]


def _check_add(body: Body) -> list[Change]:
    identity, values = clean_code(body["firm"]), clean_facts(body["values"])
    known = Firm.objects.filter(pk=identity).select_related("merged_into").first()
    if known:
        where = f"，已并入 {known.merged_into.name}" if known.merged_into else ""
        raise Refusal("firm_known", f"{identity} 已在名录中：{known.name}{where}。请查到该单位后修改，不要重复新增。")
    if not values.get("name"):
        raise Refusal("name_missing", "请填写单位名称，按营业执照的全称。")
    return [(title_of("id"), "", identity), *((title_of(field), "", text) for field, text in values.items() if text)]


def _add(doing: Deed, body: Body) -> None:
    firm = Firm(id=clean_code(body["firm"]), version=0, **clean_facts(body["values"]))
    save(doing, firm, "roster.added", {}, body["reason"])


def check_edit(body: Body) -> list[Change]:
    """Return what an edit would change."""
    firm, values = locked(body["firm"], body["version"]), clean_facts(body["values"])
    fields = changed_fields(firm, values)
    if not fields:
        raise Refusal("nothing_changed", "没有任何改动，不需要保存。")
    if "status" in fields and not body["reason"]:
        raise Refusal("reason_missing", "更改经营状态请写明理由和依据，例如“现场核查已停产，照片存档”。")
    return [(title_of(field), getattr(firm, field), values[field]) for field in fields]


def edit(doing: Deed, body: Body) -> None:
    """Write an edit that was checked."""
    write(doing, locked(body["firm"], body["version"]), clean_facts(body["values"]), body["reason"])


def write(doing: Deed, firm: Firm, values: dict[str, str], reason: str) -> None:
    """Save clean values of a locked firm as a new version with its event."""
    fields, before = changed_fields(firm, values), firm.status
    for field in fields:
        setattr(firm, field, values[field])
    if fields == ["status"]:
        pub = {"before": before or "未填", "after": firm.status or "未填"}
        save(doing, firm, "roster.status", pub, reason)
    else:
        save(doing, firm, "roster.changed", {"fields": titles(fields)}, reason)


def edit_is_drawn(body: Body) -> bool:
    """Return whether the draw reads what an edit changes."""
    firm = Firm.objects.get(pk=body["firm"])
    return drawable(changed_fields(firm, clean_facts(body["values"])))


def add_firm(user: User, identity: str, values: dict[str, str], reason: str = "") -> Approval | None:
    """Enter a new firm. Raises Refusal for a wrong code or one that is there already."""
    return settle(user, "add", {"firm": clean_code(identity), "values": values}, reason)


def edit_firm(user: User, identity: str, version: int, values: dict[str, str], reason: str = "") -> Approval | None:
    """Change facts of a firm. Raises StaleEdit when it is not the version that the person saw."""
    return settle(user, "edit", {"firm": identity, "version": version, "values": values}, reason)


def change_status(user: User, identity: str, version: int, status: str, reason: str) -> Approval | None:
    """Close or reopen a firm, with a reason."""
    if status not in Status.values:
        raise Refusal("no_such_status", f"没有经营状态“{status}”；可选：{'、'.join(Status.values)}。")
    return edit_firm(user, identity, version, {"status": status}, reason)


ACTS["add"] = Act("新增检查对象", _check_add, _add)
ACTS["edit"] = Act("修改检查对象", check_edit, edit, edit_is_drawn)
