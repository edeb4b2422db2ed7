"""What the papers of a visit begin with, kind by kind: from the visit, its approval, its checklist, the roster and the bureau."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from sunlot.documents.statutory import Signature, Value
from sunlot.documents.statutory.document import written_day
from sunlot.office.approvals.models import Approval
from sunlot.office.approvals.models import State as Asked
from sunlot.office.bureau.queries import the_bureau
from sunlot.office.catalog.policies import office_policy
from sunlot.office.papers import recorded
from sunlot.office.papers.models import Paper, State, title_of
from sunlot.office.papers.start import Address, Start, electronic
from sunlot.office.roster.queries import held_visits_of
from sunlot.office.visits import moment, records
from sunlot.office.visits.checklist import items_of
from sunlot.office.visits.labels import labels_on
from sunlot.office.visits.models import OFFICERS, Officer, Part, Signer, Visit
from sunlot.office.visits.offsite import ledger_kind
from sunlot.office.visits.sheet import Sheet
from sunlot.office.visits.signing import NO_WITNESS
from sunlot.office.visits.states import State as VisitState
from sunlot.office.visits.urgent import APPROVE
from sunlot.policy.vocabulary import VISIT_KINDS
from sunlot.refusal import Refusal

KEPT = (
    "contact",
    "phone",
    "supervision",
    "government",
    "review_department",
    "court",
)  # the same on every paper of an office
FOR_OTHERS = frozenset(
    {"review", "reviewed_on", "approval", "approved_on", "received_on"}
)  # whoever makes a paper leaves them empty
ADDRESSED = (
    "inspection_notice",
    "onsite_measure",
    "rectification_order",
    "recheck",
)  # papers that are served on the firm


def start(visit: Visit, kind: str, address: Address, edition: int = 0) -> Start:
    """Return what a paper of this kind begins with. Raises Refusal when its time has not come.

    `address` makes the address of a check code, which the notice carries as its QR code.
    """
    if visit.state == VisitState.CANCELLED:
        raise Refusal("visit_cancelled", f"{visit}已经撤销，不能再制作文书。")
    if kind == recorded.KIND:
        return recorded.start(visit, edition)
    begun = BY_KIND[kind](visit, address)
    return replace(begun, closed=FOR_OTHERS - begun.fields.keys())


def _approval(visit: Visit, address: Address) -> Start:
    approval = _granted(visit)
    team, firm = _team(visit), visit.firm
    fields = {
        "firm": visit.firm_name,
        "credit_code": visit.firm_id,
        "address": visit.firm_address or firm.territory,
        "contact": " ".join(filter(None, [firm.legal_person, firm.phone])),
        "origin": _origin(visit),
        "code": f"第{visit.pk}号检查",
        "basis": _basis(visit),
        "items": "\n".join(_items(visit)),
        "method": _method(visit),
        "period": _period(visit),
        "frequency": _frequency(visit),
        "officers": "、".join(f"{one.name}（{one.certificate}）" for one in team if one.part in OFFICERS),
        "helpers": "、".join(one.name for one in team if one.part not in OFFICERS),
        "reason": visit.reason or f"按抽取 {visit.draw} 的结果实施{visit.get_kind_display()}，须到现场核查清单事项。",
        "proposal": "拟按上述内容实施检查。",
    }
    officer = Signature("officer", visit.arranged_by.name, note="（电子提交）")
    if approval is None or approval.decided_at is None:
        return Start(
            fields, signatures=(officer,), note="这次检查还没有批准；现在制作的审批表，审核和批准意见要在纸上签。"
        )
    asked, decided = moment.day_of(_utc(approval.asked_at)), moment.day_of(_utc(approval.decided_at))
    fields |= {"proposed_on": asked, "approval": approval.remark or "同意。", "approved_on": decided}  # type: ignore[dict-item]
    by = approval.decided_by.name if approval.decided_by else ""
    told = electronic("officer", visit.arranged_by.name, approval.asked_at, "电子提交")
    granted = electronic("approver", by, approval.decided_at)
    return Start(fields, frozenset({"approval", "approved_on", "proposed_on"}), signatures=(told, granted))


def _scheme(visit: Visit, address: Address) -> Start:
    fields = {
        "firm": visit.firm_name,
        "address": visit.firm_address or visit.firm.territory,
        "contact": " ".join(filter(None, [visit.firm.legal_person, visit.firm.phone])),
        "industry": visit.firm.industry or visit.firm.hazard_class,
        "inspected_on": _period(visit),
        "officers": "、".join(one.name for one in _team(visit) if one.part in OFFICERS),
        "content": "\n".join(_items(visit)),
        "methods": "查阅台账资料，实地核查，询问有关人员，拍照取证。",
    }
    return Start(fields)


def _notice(visit: Visit, address: Address) -> Start:
    if visit.approved_at is None:
        raise Refusal("not_approved", "检查还没有批准，不能制作通知书。")
    if visit.secret and visit.started_at is None:
        raise Refusal("visit_secret", "本次检查不事先通知企业；通知书在到场开始检查后才能制作，当场送达。")
    team = _team(visit)
    officers = [one for one in team if one.part in OFFICERS]
    fields: dict[str, Any] = {
        "firm": visit.firm_name,
        "origin": _origin(visit),
        "basis": _basis(visit),
        "period": _period(visit),
        "method": _method(visit),
        "items": _items(visit),
        "officers": [one.name for one in officers[:2]],
        "certificates": [one.certificate for one in officers[:2]],
        "helpers": str(len(team) - len(officers)),
        "frequency": _frequency(visit),
        "code": f"第{visit.pk}号检查（页脚二维码）",
        "pledge": "；".join(office_policy(moment.today()).texts("visit.pledge")),
        "phone": the_bureau().telephone,
        "signed_on": moment.today(),
    }
    return Start(fields | _as_last_time("inspection_notice"), check=address(visit.token))


def _measure(visit: Visit, address: Address) -> Start:
    sheet = _sheet(visit)
    problems = [*sheet.many("findings"), *sheet.many("hazards")]
    if not problems:
        raise Refusal("no_problem", "检查记录中没有问题或隐患，不需要现场处理措施决定书。")
    fields: dict[str, Any] = {
        "firm": visit.firm_name,
        "inspected_on": _inspected_on(visit, sheet),
        "problems": [one["text"] for one in problems],
        "basis": "、".join(dict.fromkeys(str(one["article"]) for one in problems if one.get("article"))),
        "measures": list(dict.fromkeys(one["measure"] for one in problems if one.get("measure"))),
        "signed_on": moment.today(),
    }
    return Start(fields | _as_last_time("onsite_measure"), signatures=_lines(visit, "officers"))


def _questioning(visit: Visit, address: Address) -> Start:
    officers = [one for one in _team(visit) if one.part in OFFICERS][:2]
    before = Paper.objects.filter(kind="questioning_record", visit=visit, state=State.ISSUED).count()
    bureau = the_bureau().name
    fields: dict[str, Any] = {
        "round": str(before + 1),
        "place": visit.firm_address,
        "employer": visit.firm_name,
        "officers": [one.name for one in officers],
        "certificates": [one.certificate for one in officers],
        "matter": "；".join(one["text"] for one in _sheet(visit).many("findings"))[:60] or visit.get_kind_display(),
        "questioner": officers[0].name if officers else "",
        "questioner_post": bureau,
        "recorder": officers[1].name if officers[1:] else "",
        "recorder_post": bureau,
        "record": "问：您有权申请回避，是否申请？\n答：\n问：\n答：\n问：以上笔录请您核对，是否与您所说一致？\n答：",
        "signed_on": moment.today(),
    }
    return Start(fields, signatures=_lines(visit, "questioners"))


def _refusal(visit: Visit, address: Address) -> Start:
    record = records.latest(visit)
    if record is None or not record.refusal:
        raise Refusal("not_refused", "检查记录没有未取得企业签字的情况，不需要拒签情况报告。")
    sheet, begun = records.sheet_of(record), recorded.said_by(visit, record)
    labels = labels_on(moment.day_of(record.frozen_at))
    witnesses = record.signatures.filter(who=Signer.WITNESS).order_by("at", "pk").values_list("name", flat=True)
    person = sheet.values.get("firm/representative") or {}
    told = [text for text in record.refusal_note.split("；") if NO_WITNESS in text]
    fields: dict[str, Any] = {
        name: begun.fields[name]
        for name in ("firm", "begun", "place", "officers", "certificates")
        if begun.fields.get(name)
    }
    fields |= {
        "reason": labels["refusals"].get(record.refusal, record.refusal),
        "circumstances": record.refusal_note,
        "person": f"{person.get('name', '')} {labels['capacities'].get(person.get('capacity', ''), '')}".strip(),
        "witness": f"见证人{'、'.join(witnesses)}已签字" if witnesses else "；".join(told) or "没有见证人签字",
        "record": f"第{record.edition}版，校验值（SHA-256）{record.sha256}",
        "signed_on": moment.today(),
    }
    fixed = frozenset(fields) - {"signed_on"}
    inspectors = tuple(one for one in begun.signatures if one.role == "inspectors")
    return Start({name: value for name, value in fields.items() if value}, fixed, signatures=inspectors)


def _receipt(visit: Visit, address: Address) -> Start:
    papers = Paper.objects.filter(visit=visit, kind__in=ADDRESSED, state=State.ISSUED).order_by("day", "pk")
    rows = [
        {
            "document": f"{title_of(paper.kind)}{paper.number}",
            "place": "",
            "delivered": written_day(paper.served_on) if paper.served_on else "",
            "method": paper.served_how,
        }
        for paper in papers
    ]
    fields: dict[str, Any] = {
        "case": f"{visit.firm_name}{visit.get_kind_display()}",
        "receiver": visit.firm_name,
        "deliveries": rows,
        "signed_on": moment.today(),
    }
    return Start(fields)


def _sampling(visit: Visit, address: Address) -> Start:
    fields: dict[str, Any] = {
        "firm": visit.firm_name,
        "head": visit.firm.legal_person,
        "address": visit.firm_address,
        "phone": visit.firm.phone,
        "place": visit.firm_address,
        "signed_on": moment.today(),
    }
    return Start(fields, signatures=_lines(visit, "officers"))


BY_KIND: Mapping[str, Callable[[Visit, Address], Start]] = {
    "inspection_approval": _approval,
    "inspection_scheme": _scheme,
    "inspection_notice": _notice,
    "onsite_measure": _measure,
    "questioning_record": _questioning,
    "refusal_report": _refusal,
    "sampling": _sampling,
    "receipt": _receipt,
}
OF_A_VISIT = ("inspection_approval", "inspection_scheme", "inspection_notice", recorded.KIND, *list(BY_KIND)[3:])


def _granted(visit: Visit) -> Approval | None:
    """Return the request by which a visit was approved; those of a draw or of a key list are about many visits."""
    objs = [visit.obj, *([f"draw/{visit.draw}/visits"] if visit.draw else []), *filter(None, [visit.batch])]
    rows = Approval.objects.filter(kind=APPROVE, obj__in=objs, state=Asked.GRANTED).select_related("decided_by")
    return rows.order_by("-pk").first() if visit.approved_at else None


def _team(visit: Visit) -> Sequence[Officer]:
    """Return who goes, the leader first, then officers, then those who help."""
    order = {Part.LEADER.value: 0, Part.MEMBER.value: 1}
    return sorted(visit.team.filter(out=False), key=lambda one: (order.get(one.part, 2), one.inspector_id))


def _lines(visit: Visit, role: str) -> tuple[Signature, ...]:
    """Return places to sign by hand for the first two officers."""
    officers = [one for one in _team(visit) if one.part in OFFICERS]
    return tuple(Signature(role, one.name, one.certificate) for one in officers[:2])


def _items(visit: Visit) -> list[str]:
    return [
        f"{item['name']}（{item['number']}）：{'、'.join(point['text'] for point in item['points'])}"
        for item in items_of([visit])[visit.pk]
    ]


def _basis(visit: Visit) -> str:
    return "、".join(dict.fromkeys(item["basis"] for item in items_of([visit])[visit.pk] if item["basis"]))


def _origin(visit: Visit) -> str:
    if visit.draw:
        return f"{VISIT_KINDS[visit.kind]}（抽取 {visit.draw}）"
    return f"{VISIT_KINDS[visit.kind]}（{visit.source or visit.get_origin_display()}）"


def _method(visit: Visit) -> str:
    return "非现场检查" if visit.offsite else str(labels_on(moment.today())["methods"]["onsite"])


def _period(visit: Visit) -> str:
    first, last = visit.window_from, visit.window_to
    end = written_day(last) if first.year != last.year else f"{last.month}月{last.day}日"
    return f"{written_day(first)}至{end}"


def _frequency(visit: Visit) -> str:
    """Return how often the firm was visited in the year and how often it may be."""
    day = max(moment.today(), visit.window_from)
    policy = office_policy(day)
    counted = [kind for kind in VISIT_KINDS if policy.counted(kind)]
    made = (
        held_visits_of([visit.firm_id]).filter(date__year=day.year, kind__in=counted).exclude(inspection=visit).count()
    )
    cap = policy.cap_rule(*visit.firm.cap_facts).visits
    return f"{day.year}年已检查{made}次，上限{cap}次" + (
        "" if policy.counted(ledger_kind(visit)) else "（本次不计入频次）"
    )


def _sheet(visit: Visit) -> Sheet:
    record = records.in_force(visit)
    return records.sheet_of(record) if record else Sheet({}, [])


def _inspected_on(visit: Visit, sheet: Sheet) -> date:
    return moment.day_of(sheet.text("times/arrived")) if sheet.text("times/arrived") else moment.today()


def _as_last_time(kind: str) -> dict[str, Value]:
    """Return what an office writes on every paper of a kind, such as the court, as it was on the last one that holds."""
    import json

    last = Paper.objects.filter(kind=kind, state=State.ISSUED).order_by("-pk").first()
    fields = json.loads(last.body)["fields"] if last else {}
    return {name: fields[name] for name in KEPT if fields.get(name)}


def _utc(at: datetime) -> str:
    return at.isoformat()
