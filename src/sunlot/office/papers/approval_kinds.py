"""What of papers needs a second person: those with a place for 审核 and 审批, and making one void."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_noop as noop

from sunlot.documents.statutory import FormField, Signature, Value, form_in_force
from sunlot.documents.statutory.compose import compose
from sunlot.documents.statutory.document import spell
from sunlot.office.accounts.models import User
from sunlot.office.accounts.queries import doer_of, same_person
from sunlot.office.accounts.roles import APPROVERS
from sunlot.office.approvals.kinds import Change, Kind
from sunlot.office.approvals.models import Approval
from sunlot.office.approvals.services import ask, ask_within
from sunlot.office.catalog.policies import office_policy
from sunlot.office.journal.services import Deed
from sunlot.office.lottery.progress import hidden
from sunlot.office.papers.body import filled, from_plain, signed, to_plain, to_plain_signatures
from sunlot.office.papers.issuing import draft, issue
from sunlot.office.papers.models import Paper, State, title_of
from sunlot.office.papers.start import electronic
from sunlot.office.visits import moment
from sunlot.office.visits.models import Visit
from sunlot.refusal import Refusal

REVIEW, APPROVE, VOID = "papers.review", "papers.approve", "papers.void"
AGREED = "同意。"


def needs_approval(kind: str) -> bool:
    """Return whether the form of a kind has a place for who approves (审批)."""
    return "approver" in form_in_force(kind, moment.today()).roles()


def ask_for(
    user: User,
    kind: str,
    obj: str,
    fields: Mapping[str, Value],
    signatures: Sequence[Signature] = (),
    reason: str = "",
    *,
    visit: Visit | None = None,
    reviewed: bool = True,
) -> Approval:
    """Ask that a paper be issued: with `reviewed` first by who reviews it (审核), then by another who approves it (审批).

    Raises FormError when the paper could not be issued as it is.
    """
    document = draft(kind, fields, signatures)
    compose(document, office_policy(document.day))
    payload = {
        "kind": kind,
        "obj": obj,
        "visit": visit.pk if visit else 0,
        "by": user.pk,
        "fields": to_plain(filled(fields)),
        "signatures": to_plain_signatures(signatures),
    }
    first = REVIEW if reviewed and "reviewer" in document.form().roles() else APPROVE
    return ask(user, first, _name(payload), _title(payload), payload, reason)


def ask_void(user: User, paper: Paper, reason: str) -> Approval:
    """Ask that a paper be void; its number stays in the series. Raises Refusal for one that is void."""
    _refuse_void(paper)
    payload = {"paper": paper.pk, "reason": reason.strip()[:400]}
    return ask(user, VOID, f"paper/{paper.pk}", f"作废文书：{paper}", payload, reason)


def asked_about(visit: Visit) -> list[Approval]:
    """Return the requests about papers of a visit that wait for a decision."""
    rows = Approval.objects.filter(kind__in=(REVIEW, APPROVE), obj__startswith=f"{visit.obj}/", state="pending")
    return list(rows.order_by("pk"))


def _name(payload: Mapping[str, Any]) -> str:
    return f"{payload['obj']}/{payload['kind']}"


def _title(payload: Mapping[str, Any]) -> str:
    return f"{title_of(payload['kind'])}（{payload['obj']}）"


def _decider(doing: Deed, payload: Mapping[str, Any]) -> tuple[User, User]:
    """Return who made the draft and who decides now. Raises Refusal when they are one person."""
    drafter = User.objects.get(pk=payload["by"])
    decider = doer_of(doing)
    if drafter == decider or same_person(drafter, decider):
        raise Refusal("own_request", "起草人不能审批自己起草的文书，请由另一人办理。")
    return drafter, decider


def _review(doing: Deed, payload: dict[str, Any], approval: Approval) -> None:
    _, reviewer = _decider(doing, payload)
    told = electronic("reviewer", reviewer.name, moment.now())
    more = {
        "fields": payload["fields"] | {"review": AGREED, "reviewed_on": moment.today().isoformat()},
        "signatures": [*payload["signatures"], *to_plain_signatures([told])],
    }
    ask_within(doing, reviewer, APPROVE, approval.obj, approval.title, payload | more, approval.reason)


def _approve(doing: Deed, payload: dict[str, Any], approval: Approval) -> None:
    drafter, approver = _decider(doing, payload)
    visit = Visit.objects.get(pk=payload["visit"]) if payload["visit"] else None
    fields = _fields(payload) | {"approval": AGREED, "approved_on": moment.today()}
    told = electronic("approver", approver.name, moment.now())
    signatures = [*(signed(one) for one in payload["signatures"]), told]
    issue(doing, drafter, payload["kind"], payload["obj"], fields, signatures, visit=visit)


def _fields(payload: Mapping[str, Any]) -> dict[str, Value]:
    return from_plain(payload["fields"], _form_fields(payload["kind"]))


def _form_fields(kind: str) -> Mapping[str, FormField]:
    return form_in_force(kind, moment.today()).fields


def _changes(payload: dict[str, Any]) -> list[Change]:
    """What the paper will say. Of an unannounced visit nothing is shown before its list is opened."""
    visit = Visit.objects.select_related("round").get(pk=payload["visit"]) if payload["visit"] else None
    if visit and hidden(visit.round):
        return [(noop("暗查暗访"), "", "内容在名单公开前只有检查组看到")]
    known = _form_fields(payload["kind"])
    return [
        (known[name].label.replace("\n", ""), "", _shown(known[name], value))
        for name, value in _fields(payload).items()
    ]


def _shown(field: FormField, value: Value) -> str:
    said = spell(field, value)
    return said if isinstance(said, str) else "；".join(map(_line, said))


def _line(one: str | Mapping[str, str]) -> str:
    return one if isinstance(one, str) else " ".join(filter(None, one.values()))


def _address(payload: dict[str, Any]) -> str:
    return reverse("visits:one", args=[payload["visit"]]) if payload["visit"] else reverse("papers:list")


def _refuse_void(paper: Paper) -> None:
    if paper.state == State.VOID:
        raise Refusal("void_already", f"{paper}已经作废。")


def _void(doing: Deed, payload: dict[str, Any], approval: Approval) -> None:
    paper = Paper.objects.select_for_update().get(pk=payload["paper"])
    _refuse_void(paper)
    paper.state, paper.voided_at, paper.void_reason = State.VOID, moment.now(), payload["reason"]
    doing.save(paper)
    doing.record("paper.void", paper.obj, {"paper": paper.pk, "number": paper.number})


def _void_changes(payload: dict[str, Any]) -> list[Change]:
    paper = Paper.objects.get(pk=payload["paper"])
    return [(str(paper), paper.get_state_display(), str(State.VOID.label))]


def _paper_address(payload: dict[str, Any]) -> str:
    return reverse("papers:one", args=[payload["paper"]])


REVIEWING = Kind(REVIEW, "文书审核", APPROVERS, _review, _changes, _address)
APPROVING = Kind(APPROVE, "文书审批", APPROVERS, _approve, _changes, _address)
VOIDING = Kind(VOID, "文书作废", APPROVERS, _void, _void_changes, _paper_address)
