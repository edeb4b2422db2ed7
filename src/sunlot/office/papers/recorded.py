"""现场检查记录: the signed record of a visit as its statutory form, word for word, with the handwritings and the hash they are bound to."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from sunlot.documents.statutory import Signature
from sunlot.draw.canonical import loads
from sunlot.office.papers.models import Paper, State
from sunlot.office.papers.sealing import firm_ink
from sunlot.office.papers.start import Start
from sunlot.office.visits import joint, moment, records, seals, signing
from sunlot.office.visits.labels import Labels, labels_on
from sunlot.office.visits.models import OFFICERS, Record, Signer, Visit
from sunlot.office.visits.models import Signature as Signed
from sunlot.office.visits.sheet import Sheet
from sunlot.refusal import Refusal

KIND = "onsite_record"
NOBODY_WENT = "非现场检查，没有入企"
FIXED = frozenset({"firm", "address", "place", "begun", "officers", "certificates", "findings", "signed_on"})


def record_to_print(visit: Visit, edition: int) -> Record:
    """Return the record of an edition, the newest for 0. Raises Refusal when it is not signed yet or has its paper already."""
    record = visit.records.filter(edition=edition).first() if edition else records.in_force(visit)
    if record is None:
        raise Refusal("no_record", "还没有检查记录；请先在手机或网页上填写并形成记录。")
    if not (record.signatures.exists() or record.refusal):
        raise Refusal("record_unsigned", f"第 {record.edition} 版检查记录还没有签字，签字后才能制作文书。")
    if (record.given_up or not record.replaced) and (missing := signing.waiting_for(visit, record)):
        raise Refusal("record_unfinished", f"第 {record.edition} 版检查记录还没有办结：{''.join(missing)}")
    if there := Paper.objects.filter(kind=KIND, record=record.sha256, state=State.ISSUED).first():
        raise Refusal("paper_there", f"第 {record.edition} 版检查记录已制作文书 {there.number}；有误的请先作废。")
    return record


def start(visit: Visit, edition: int = 0) -> Start:
    """Return what the paper of a record says. Raises Refusal."""
    return said_by(visit, record_to_print(visit, edition))


def to_sign(visit: Visit) -> Start:
    """Return what the record that waits for signatures says, to be printed and signed by hand. Raises Refusal when none waits."""
    return said_by(visit, signing.to_sign(visit))


def said_by(visit: Visit, record: Record) -> Start:
    """Return what a record says as its paper."""
    sheet, frame = records.sheet_of(record), loads(record.body.encode())["frame"]
    labels = labels_on(moment.day_of(record.frozen_at))
    here = [one for one in frame["team"] if one["part"] in OFFICERS and one["inspector"] in sheet.checked_in()]
    here.sort(key=lambda one: (one["part"] != "leader", one["inspector"]))
    person = sheet.values.get("firm/representative") or {}
    fields: dict[str, Any] = {
        "firm": frame["firm"]["name"],
        "address": frame["firm"]["address"] or visit.firm.territory,
        "head": visit.firm.legal_person,
        "phone": person.get("phone") or visit.firm.phone,
        "place": sheet.text("place") or (NOBODY_WENT if sheet.offsite else ""),
        "begun": _at(sheet.text("times/arrived")),
        "officers": [one["name"] for one in here[:2]],
        "certificates": [one["certificate"] for one in here[:2]],
        "findings": "\n".join(_findings(record, sheet, frame, here, labels)),
        "signed_on": max((moment.day_of(one.at) for one in record.signatures.all()), default=None),
    }
    if left := sheet.text("times/left"):
        fields["ended"] = _at(left)
    fixed = FIXED | ({"ended"} if left else set())
    given = {name: value for name, value in fields.items() if value}
    signatures = tuple(_signatures(record, here, labels))
    seal = seals.seal_of(record)
    ink = firm_ink(seals.picture_of(seal)) if seal else b""
    return Start(given, fixed & given.keys(), signatures=signatures, record=record.sha256, firm_seal=ink)


def _at(text: str) -> datetime:
    return datetime.fromisoformat(text)


def _findings(record: Record, sheet: Sheet, frame: Mapping[str, Any], here: list[Any], labels: Labels) -> Iterator[str]:
    if sheet.offsite:
        yield f"本次为{NOBODY_WENT}，上列时间为核查的开始和结束时间。"
    yield sheet.text("summary")
    yield f"依据随机抽查事项清单第{frame['list']['edition']}版，逐项检查如下："
    for item in frame["items"]:
        answers = [_answered(item["number"], point, sheet, labels) for point in item["points"]]
        yield f"【{item['number']} {item['name']}】{'；'.join(answers)}。"
    for title, kind in (("发现的问题：", "findings"), ("清单以外的隐患：", "hazards")):
        if found := sheet.many(kind):
            yield title
            yield from (_problem(number, one, labels) for number, one in enumerate(found, 1))
    yield f"处理情况：{sheet.text('handling') or '无'}"
    yield f"检查结果：{labels['outcomes'].get(sheet.outcome, '未检查')}"
    for title, name in (("核查方式", "methods"), ("后续处置", "dispositions")):
        if chosen := sheet.values.get(name):
            yield f"{title}：{'、'.join(labels[name].get(one, one) for one in chosen)}"
    if sheet.photos():
        yield f"现场照片和材料：{len(sheet.photos())}张"
    yield from _others(record, frame, here, labels)
    which = f"第{record.edition}版" + ("（更正前一版）" if record.edition > 1 else "")
    yield f"本文书与电子检查记录{which}一致，签名均绑定其校验值（SHA-256）{record.sha256}"


def _answered(item: str, point: Mapping[str, Any], sheet: Sheet, labels: Labels) -> str:
    name = f"{item}/{point['position']}"
    note = sheet.text(f"notes/{name}")
    answer = labels["answers"].get(sheet.answer(name), sheet.answer(name))
    return f"{point['text']}：{answer}{f'（{note}）' if note else ''}"


def _problem(number: int, one: Mapping[str, Any], labels: Labels) -> str:
    severity = labels["severities"].get(one.get("severity", ""), "")
    facts = [f"{severity}隐患" if severity else "", one.get("article") and f"依据{one['article']}"]
    facts += [one.get("measure") and f"措施：{one['measure']}", one.get("corrected") and "现场已改正"]
    told = "；".join(str(fact) for fact in facts if fact)
    return f"{number}．{one['text'].rstrip('。；')}{f'（{told}）' if told else ''}"


def _others(record: Record, frame: Mapping[str, Any], here: list[Any], labels: Labels) -> Iterator[str]:
    if here[2:]:
        others = "、".join(f"{one['name']}（{one['certificate']}）" for one in here[2:])
        yield f"同行的行政执法人员：{others}"
    if helpers := [one for one in frame["team"] if one["part"] not in OFFICERS]:
        yield f"协助检查人员：{'、'.join(one['name'] for one in helpers)}"
    yield from _departments(record)
    if seal := seals.seal_of(record):
        told = f"已留存印章图像，校验值{seal.sha256}" if seal.sha256 else f"无印章（{seal.reason}）"
        yield f"企业印章：{told}"
    if record.refusal:
        note = f"（{record.refusal_note}）" if record.refusal_note else ""
        yield f"被检查单位未签字的原因：{labels['refusals'].get(record.refusal, record.refusal)}{note}"
    if witnesses := [one.name for one in record.signatures.filter(who=Signer.WITNESS).order_by("at", "pk")]:
        yield f"见证人：{'、'.join(witnesses)}"


def _departments(record: Record) -> Iterator[str]:
    """Yield of each partner department of a joint visit who came, with certificates, and who has signed the record; the form has no place."""
    sheet = records.sheet_of(record)
    signed = set(record.signatures.filter(who=Signer.PARTNER).values_list("capacity", "name"))
    for one in joint.there(sheet.departments, sheet.values):
        people = "、".join(f"{guest['name']}（{guest['certificate']}）" for guest in one["team"])
        names = "、".join(guest["name"] for guest in one["team"] if (one["code"], guest["name"]) in signed)
        yield f"联合检查部门：{one['name']}，{people}；已在检查记录上签字：{names or '无'}"


def _signatures(record: Record, here: list[Any], labels: Labels) -> Iterator[Signature]:
    signed = list(record.signatures.order_by("at", "pk"))
    for one in here[:2]:
        row = next((row for row in signed if row.inspector_id == one["inspector"]), None)
        yield (
            _signature("inspectors", row, labels, one["certificate"])
            if row
            else Signature("inspectors", one["name"], one["certificate"])
        )
    firm = next((row for row in signed if row.who == Signer.FIRM), None)
    if firm:
        yield _signature("representative", firm, labels)
    elif record.refusal:
        yield Signature("representative", "", note=labels["refusals"].get(record.refusal, record.refusal))


def _signature(role: str, row: Signed, labels: Labels, certificate: str = "") -> Signature:
    capacity = labels["capacities"].get(row.capacity, "")
    note = "" if row.path else f"{row.name}（见签字页扫描件）"
    return Signature(role, row.name, certificate, capacity, _at(row.at), stroke=row.path, size=signing.BOX, note=note)
