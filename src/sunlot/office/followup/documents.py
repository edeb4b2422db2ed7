"""The documents of the follow-up: 责令限期整改指令书, 整改复查意见书, 案件移送审批表, 案件移送书, each issued with its number in the deed it belongs to."""

from collections.abc import Sequence

from sunlot.documents.statutory import Signature, Value
from sunlot.office.accounts.models import User
from sunlot.office.followup.models import Hazard, Order, Recheck
from sunlot.office.followup.states import OrderState
from sunlot.office.followup.transfer_models import Transfer
from sunlot.office.journal.services import Deed
from sunlot.office.papers.issuing import issue
from sunlot.office.papers.models import Paper, State
from sunlot.office.papers.queries import papers_of
from sunlot.office.papers.start import electronic
from sunlot.office.visits import moment
from sunlot.office.visits.models import OFFICERS, Visit
from sunlot.office.visits.records import sheet_of
from sunlot.refusal import Refusal

ORDER, RECHECK, TRANSFER, TRANSFER_APPROVAL = "rectification_order", "recheck", "transfer", "transfer_approval"
SIGNING = 2  # officers who sign a document
WITH_TRANSFERS = ("visit", "order", "hazard", "case")  # a complaint's stay out: its letters may name who complained


def issue_order(doing: Deed, user: User, order: Order) -> Paper:
    """Return the order as a paper with its number. Raises Refusal where its form does not allow it, or nobody has described the bureau."""
    problems = [(row.position, _worded(row.text, row.article)) for row in order.problems.order_by("position")]
    fields: dict[str, Value] = {
        "firm": order.firm_name,
        "problems": [text for _, text in problems],
        "which": "、".join(str(position) for position, _ in problems),
        "deadline": order.deadline,
        "government": order.government.removesuffix("人民政府"),
        "court": order.court.removesuffix("人民法院"),
        "signed_on": order.issued_on,
    }
    signatures = [*_officers(order.visit), Signature("representative", _representative(order))]
    return issue(
        doing,
        user,
        ORDER,
        order.obj,
        fields,
        signatures,
        visit=order.visit,
        firm_id=order.firm_id,
        record=order.record.sha256,
    )


def issue_recheck(doing: Deed, user: User, order: Order, recheck: Recheck) -> Paper:
    """Return the opinion of a recheck as a paper with its number. Raises Refusal where its form does not allow it."""
    paper = order_paper(order)
    if paper is None:
        raise Refusal("no_order_paper", f"{order}没有有效的责令限期整改指令书，不能制作整改复查意见书。")
    fields: dict[str, Value] = {
        "firm": order.firm_name,
        "decided_on": order.issued_on,
        "decision": "责令限期整改",
        "decision_number": paper.number,
        "opinion": recheck.opinion,
        "signed_on": recheck.concluded_on or moment.today(),
    }
    visit = recheck.visit or order.visit
    signatures = [Signature("representative", _representative(order)), *_officers(visit)]
    return issue(doing, user, RECHECK, order.obj, fields, signatures, visit=visit, firm_id=order.firm_id)


def issue_transfer(doing: Deed, user: User, transfer: Transfer, pages: int) -> Paper:
    """Return the letter of a case's transfer as a paper with its number. Raises Refusal without material, or where its form does not allow it."""
    materials = [line.strip() for line in transfer.materials.splitlines() if line.strip()]
    if not materials or pages < 1:
        raise Refusal("materials_missing", "案件移送书要写明所附材料和页数；请填写移送材料（每行一份）和总页数。")
    if transfer.opened_on is None or transfer.sent_on is None:
        raise Refusal("days_missing", "案件移送书要写明立案日期和发出日期。")
    fields: dict[str, Value] = {
        "receiver": transfer.receiver,
        "opened_on": transfer.opened_on,
        "case": transfer.subject,
        "finding": transfer.reason,
        "basis": transfer.basis,
        "materials": materials,
        "copies": str(len(materials)),
        "pages": str(pages),
        "signed_on": transfer.sent_on,
    }
    return issue(doing, user, TRANSFER, transfer.obj, fields, day=transfer.sent_on, firm_id=transfer.firm_id)


def issue_transfer_approval(doing: Deed, transfer: Transfer, approver: User) -> Paper:
    """Return the sheet on which the transfer of a case was approved (案件移送审批表), with who asked and who approved."""
    day, firm = moment.today(), transfer.firm
    fields: dict[str, Value] = {
        "cause": transfer.subject,
        "party": firm.name if firm else "见移送材料",
        "address": (firm.address if firm else "") or "—",
        "receiver": transfer.receiver,
        "facts": transfer.facts or transfer.subject,
        "reason": f"{transfer.reason}\n依据：{transfer.basis}",
        "proposal": "建议移送。",
        "proposed_on": moment.day_of(transfer.asked_at.isoformat()),
        "approval": "同意移送。",
        "approved_on": day,
    }
    asker = transfer.asked_by
    lines = [
        electronic("officer", asker.name, transfer.asked_at, "电子报送"),
        electronic("approver", approver.name, moment.now()),
    ]
    return issue(doing, approver, TRANSFER_APPROVAL, transfer.obj, fields, lines, firm_id=transfer.firm_id)


def order_paper(order: Order) -> Paper | None:
    """Return the paper by which an order was given, None when there is none or it is void."""
    return papers_of(order.obj).filter(kind=ORDER, state=State.ISSUED).last()


def related(obj: str) -> Sequence[str]:
    """Return what belongs into one case file with a thing, as papers.dossier asks.

    With a visit its orders and major hazards, with an order the visits of its rechecks, with each of them and with a case its transfers.
    """
    kind, _, number = obj.partition("/")
    if kind not in WITH_TRANSFERS or not number.isdigit():
        return []
    found: list[str] = []
    if kind == "visit":
        found += [order.obj for order in Order.objects.filter(visit=int(number)).order_by("pk")]
        found += [hazard.obj for hazard in Hazard.objects.filter(visit=int(number)).order_by("pk")]
    elif kind == "order":
        again = Recheck.objects.filter(order=int(number), visit__isnull=False).select_related("visit").order_by("pk")
        found += [recheck.visit.obj for recheck in again if recheck.visit]
    return found + [transfer.obj for transfer in Transfer.objects.filter(about=obj).order_by("pk")]


def cover(obj: str) -> dict[str, Value]:
    """Return what the cover of an order's case file begins with: who was ordered what, and what became of it."""
    order = Order.objects.select_related("visit").get(pk=obj.partition("/")[2])
    number = paper.number if (paper := order_paper(order)) else ""
    fields: dict[str, Value] = {
        "case": f"{order.firm_name}责令限期整改",
        "cause": "；".join(order.problems.order_by("position").values_list("text", flat=True)),
        "result": f"{number} {OrderState(order.state).label}".strip(),
        "opened_on": order.issued_on,
        "closed_on": order.closed_on or "",
        "officers": "、".join(one.name for one in _officers(order.visit)),
        "archived_on": moment.today(),
    }
    return {name: value for name, value in fields.items() if value}


def _worded(text: str, article: str) -> str:
    return f"{text}（{article}）" if article else text


def _officers(visit: Visit) -> list[Signature]:
    rows = sorted(
        visit.team.filter(out=False, part__in=OFFICERS), key=lambda row: (row.part != "leader", row.inspector_id)
    )
    return [Signature("officers", row.name, row.certificate) for row in rows[:SIGNING]]


def _representative(order: Order) -> str:
    """The name of who was there for the firm, as the record has it; the line to sign on bears none where nobody was."""
    return str((sheet_of(order.record).values.get("firm/representative") or {}).get("name") or "")
