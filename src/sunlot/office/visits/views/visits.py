"""The list of visits, and all of one."""

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db.models import Avg, Count, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from sunlot.office.accounts.roles import SUPERVISOR
from sunlot.office.bureau.queries import absolute
from sunlot.office.journal.services import deed
from sunlot.office.lottery.substituting import asked_for
from sunlot.office.shell.incoming import Never
from sunlot.office.shell.listing import Between, Button, Choice, Column, Listing, Search
from sunlot.office.shell.sending import handed_in
from sunlot.office.visits import approval_kinds, attempts, moment, on_paper, photos, queries, records, seals
from sunlot.office.visits.bounds import Bounds, bounds_of
from sunlot.office.visits.checklist import items_of
from sunlot.office.visits.labels import labels_on, words_on
from sunlot.office.visits.merge import merge
from sunlot.office.visits.models import Origin, Record, Visit
from sunlot.office.visits.pictured import line_of
from sunlot.office.visits.sheet import Sheet, sheet_now
from sunlot.office.visits.states import COLOURS, State, may
from sunlot.office.visits.steps import SUBSTITUTES
from sunlot.office.visits.sync import entries
from sunlot.office.visits.urgent import later_approval
from sunlot.policy.vocabulary import VISIT_KINDS

VISITS = Listing(
    incoming=Never.STEPS,
    name="检查",
    columns=(
        Column("编号", "pk", sort="pk", link="visits:one"),
        Column("检查对象", "firm_name", sort="firm_name"),
        Column("所属镇街", "firm__territory"),
        Column("来源", "get_origin_display"),
        Column("检查种类", "get_kind_display", words=True),
        Column("抽取编号", "draw", on_screen=False),
        Column("方式", lambda visit: _("非现场") if visit.offsite else _("现场")),
        Column("检查期止", "window_to", sort="window_to"),
        Column("状态", "get_state_display", tag=lambda visit: COLOURS[visit.state]),
        Column("结束时间", "finished_at", sort="finished_at"),
    ),
    filters=(
        Search(("firm_name", "firm__id", "draw")),
        Choice("来源", "origin", Origin.choices),
        Choice("检查种类", "kind", list(VISIT_KINDS.items())),
        Choice("状态", "state", State.choices),
        Choice("方式", "offsite", [("False", "现场"), ("True", "非现场")]),
        Between("检查期止", "window_to"),
    ),
    order=("-pk",),
    buttons=(
        Button("由抽取产生", "visits:from-draw"),
        Button("由重点单位名单产生", "visits:from-key"),
        Button("新增检查", "visits:new", main=True),
        Button("通知企业", "visits:notify", bulk=True),
        Button("送审所选", "visits:ask-many", bulk=True),
        Button("撤销所选", "visits:cancel-many", bulk=True),
    ),
    empty="还没有检查。完成抽取后由抽取结果产生，或新增一次检查。",
)
OWN = Listing(
    incoming=Never.STEPS,
    name="我的检查",
    columns=(
        Column("编号", "pk", link="visits:one"),
        Column("检查对象", "firm_name"),
        Column("地址", "firm_address"),
        Column("检查期止", "window_to", sort="window_to"),
        Column("状态", "get_state_display", tag=lambda visit: COLOURS[visit.state]),
    ),
    filters=(
        Search(("firm_name", "firm_address")),
        Choice("状态", "state", State.choices),
        Between("检查期止", "window_to"),
    ),
    order=("window_to", "pk"),
    empty="没有派给您的检查。",
)


def list_all(request: HttpRequest) -> HttpResponse:
    """Every visit that the office may see; of unannounced rounds how many it does not."""
    rows = queries.in_the_office(request.user)
    return VISITS.page(request, rows, template="visits/list.html", hidden=queries.still_hidden())


def own(request: HttpRequest) -> HttpResponse:
    """An inspector's own visits. Looking at those of an unannounced round is an event."""
    user: Any = request.user
    rows = queries.own(user, moment.now())
    _note_view(user, rows)
    return OWN.page(request, rows)


def _note_view(user: Any, rows: QuerySet[Visit]) -> None:
    if count := rows.exclude(queries.OPENED).count():
        with deed(by=user.actor) as doing:
            doing.record("visit.viewed", user.actor, {"count": count})


def _note_opening(user: Any, visit: Visit) -> None:
    """Looking at a visit that is closed is an event, whether its officers look or those who arranged or decide on it."""
    if queries.own(user, moment.now()).filter(pk=visit.pk).exists():
        _note_view(user, Visit.objects.filter(pk=visit.pk))
        return
    with deed(by=user.actor) as doing:
        doing.record("visit.closed-viewed", visit.obj, {})


def visible(request: HttpRequest, number: int) -> Visit:
    """Return a visit that this person may see. Raises Http404 for any other."""
    user: Any = request.user
    visit = queries.visible_to(user, moment.now()).filter(pk=number).first()
    if visit is None:
        raise Http404(_("没有这次检查。"))
    return visit


def one(request: HttpRequest, number: int) -> HttpResponse:
    """All of one visit."""
    visit = visible(request, number)
    if queries.is_closed(visit):
        _note_opening(request.user, visit)
    return render(request, "visits/one.html", _context(visit) | _of_person(request, visit))


def _context(visit: Visit) -> dict[str, Any]:
    items = items_of([visit])[visit.pk]
    held = merge(entries(visit))
    sheet = sheet_now(held, items, visit)
    labels = words_on(moment.today())
    known = bounds_of(visit, held)
    here = {photo.sha256: photo for photo in visit.photos.all()}
    last = records.latest(visit)
    return {
        "visit": visit,
        "colour": COLOURS[State(visit.state)],
        "team": [
            (officer, _moments(known.get(f"checkin/{officer.inspector_id}")))
            for officer in visit.team.order_by("out", "part", "inspector_id")
        ],
        "partners": visit.partners.prefetch_related("guests"),
        "checked_in": sheet.checked_in(),
        "times": _times(sheet, known),
        "items": [(item, [_answered(item, point, sheet, labels) for point in item["points"]]) for item in items],
        "findings": [_named(one, labels) for one in sheet.many("findings")],
        "hazards": [_named(one, labels) for one in sheet.many("hazards")],
        "photos": [
            (digest, facts, here.get(digest), line_of(facts, sheet, items)) for digest, facts in sheet.photos().items()
        ],
        "sheet": sheet,
        "outcome": labels["outcomes"].get(sheet.outcome, _("未检查")),
        "parallel": sum(bool(one.parallel) for one in held.values()),
        "records": [(row, list(row.signatures.all())) for row in visit.records.order_by("-edition")],
        "late": records.late(visit) if visit.state not in (State.UNDERWAY, State.CANCELLED) else 0,
        "waiting": _waiting(visit, last),
        "asked": approval_kinds.asked(visit),
        "later": later_approval(visit),
        "labels": labels,
        "rated": visit.ratings.aggregate(count=Count("pk"), mean=Avg("stars")),
    }


def _times(
    sheet: Sheet, known: Mapping[str, Bounds]
) -> list[tuple[str, datetime, tuple[datetime | None, datetime] | None]]:
    """Return arrival and departure as they were typed, each with the office's moments between which that was entered."""
    began, ended = (_("核查开始时间"), _("核查结束时间")) if sheet.offsite else (_("到达时间"), _("离开时间"))
    fields = {"times/arrived": began, "times/left": ended}
    return [
        (title, datetime.fromisoformat(text), _moments(known.get(field)))
        for field, title in fields.items()
        if (text := sheet.text(field))
    ]


def _moments(bounds: Bounds | None) -> tuple[datetime | None, datetime] | None:
    if bounds is None:
        return None
    return (datetime.fromisoformat(bounds.after) if bounds.after else None), datetime.fromisoformat(bounds.before)


def _of_person(request: HttpRequest, visit: Visit) -> dict[str, Any]:
    user: Any = request.user
    mine = queries.own(user, moment.now()).filter(pk=visit.pk).exists()
    last = records.latest(visit) if mine else None
    held = Visit.objects.filter(queries.MAY_BE_HELD, pk=visit.pk).exists() or visit.state == State.UNDERWAY
    reads = user.role == SUPERVISOR and not mine
    return {
        "ratings": visit.ratings.order_by("pk") if reads else (),
        "mine": mine,
        "enters": mine and held,
        "confirms": last is not None and visit.state == State.SIGNING and on_paper.to_confirm(user, last),
        "seals": last is not None and records.is_signed(last) and seals.seal_of(last) is None,
        "may": {act: may(visit.state, act) for act in ("approve", "notify", "cancel", "amend", "freeze", "go_on")},
        "redrafts": may(visit.state, "redraft") and (last := records.latest(visit)) and records.is_signed(last),
        "attempt": attempts.step_of(visit),
        "substitute": bool(visit.draw and visit.state == State.FAILED and visit.outcome in SUBSTITUTES),
        "substituting": asked_for(visit.draw, visit.firm_id) if visit.draw else None,
        "address": absolute(request, f"/visits/code/{visit.token}/") if mine and visit.approved_at else "",
    }


def _waiting(visit: Visit, last: Any) -> list[str]:
    from sunlot.office.visits.signing import waiting_for

    return waiting_for(visit, last) if last is not None and visit.state == State.SIGNING else []


def _answered(item: dict[str, Any], point: dict[str, Any], sheet: Sheet, labels: Any) -> tuple[str, str, str, str]:
    name = f"{item['number']}/{point['position']}"
    answer = sheet.answer(name)
    colour = {"pass": "ok", "fail": "bad", "na": "plain"}.get(answer, "warn")
    return point["text"], labels["answers"].get(answer, answer), colour, sheet.text(f"notes/{name}")


def _named(one: dict[str, Any], labels: Any) -> dict[str, Any]:
    return one | {"severity_title": labels["severities"].get(one.get("severity"), "—")}


def photo(request: HttpRequest, number: int, digest: str) -> HttpResponse:
    """A photo's bytes, for those who may see the visit."""
    row = visible(request, number).photos.filter(sha256=digest).first()
    if row is None:
        raise Http404(_("没有这张照片，或还没有上传完。"))
    return handed_in(f"{digest[:16]}.{row.media.rpartition('/')[2]}", photos.bytes_of(row), row.media)


def record(request: HttpRequest, number: int, edition: int) -> HttpResponse:
    """A record to read to its end and to print, with its hash, signatures and seal."""
    visit = visible(request, number)
    row = visit.records.filter(edition=edition).first()
    if row is None:
        raise Http404(_("没有这一版检查记录。"))
    return render(request, "visits/record.html", record_context(visit, row))


def record_context(visit: Visit, row: Record) -> dict[str, Any]:
    """Return what `visits/_record.html` shows of a record."""
    body, sheet, seal = json.loads(row.body), records.sheet_of(row), seals.seal_of(row)
    labels = labels_on(moment.today())
    departments = {one["code"]: one["name"] for one in sheet.departments}
    named = {**labels["capacities"], **departments}
    return {
        "visit": visit,
        "departments": _departments(sheet),
        "record": row,
        "body": body,
        "sheet": sheet,
        "labels": labels,
        "items": [
            (item, [_answered(item, point, sheet, labels) for point in item["points"]])
            for item in body["frame"]["items"]
        ],
        "findings": [_named(one, labels) for one in sheet.many("findings")],
        "hazards": [_named(one, labels) for one in sheet.many("hazards")],
        "texts": _texts(sheet, labels),
        "signatures": [(one, named.get(one.capacity, "")) for one in row.signatures.order_by("at", "pk")],
        "refusal": labels["refusals"].get(row.refusal, ""),
        "seal": seal,
        "seal_here": seal is not None and visit.photos.filter(sha256=seal.sha256).exists(),
        "scans": on_paper.pages_of(row),
    }


def _departments(sheet: Sheet) -> list[tuple[Any, str]]:
    """Return the departments of a joint visit, each with why it did not come, empty if it did."""
    return [(one, sheet.text(f"joint/{one['code']}/absent")) for one in sheet.departments]


def _texts(sheet: Sheet, labels: Any) -> list[tuple[str, str]]:
    person = sheet.values.get("firm/representative") or {}
    listed = {
        name: "、".join(labels[name].get(one, one) for one in sheet.values.get(name) or [])
        for name in ("methods", "dispositions")
    }
    return [
        (_("核查开始时间") if sheet.offsite else _("到达时间"), _beijing(sheet.text("times/arrived"))),
        (_("核查结束时间") if sheet.offsite else _("离开时间"), _beijing(sheet.text("times/left"))),
        (_("检查方式"), _("非现场检查，没有入企")) if sheet.offsite else (_("检查场所"), sheet.text("place")),
        (_("企业现场负责人"), f"{person.get('name', '')} {labels['capacities'].get(person.get('capacity'), '')}"),
        (_("检查情况"), sheet.text("summary")),
        (_("处理情况"), sheet.text("handling")),
        (_("检查结果"), labels["outcomes"].get(sheet.outcome, _("未检查"))),
        (_("核查方式"), listed["methods"]),
        (_("后续处置"), listed["dispositions"]),
    ]


def _beijing(text: str) -> str:
    return moment.shown(datetime.fromisoformat(text)) if text else ""
