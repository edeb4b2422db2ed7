"""The field form's side of the office (docs/sync.md): plain JSON, an inspector's own visits only."""

import json
import re
from collections import defaultdict
from collections.abc import Callable, Sequence
from datetime import date, timedelta
from typing import Any

from django.db.models import Q
from django.http import HttpRequest, JsonResponse
from django.urls import reverse
from django.utils.translation import override
from django.views.decorators.csrf import ensure_csrf_cookie
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from sunlot.office.bureau import queries as bureau
from sunlot.office.bureau.queries import absolute
from sunlot.office.catalog.policies import office_policy
from sunlot.office.inspectors.queries import inspector_of
from sunlot.office.journal.services import deed
from sunlot.office.shell.language import in_words
from sunlot.office.visits import briefs, moment, photos, queries, signing, sync
from sunlot.office.visits.checklist import frame_of, items_of
from sunlot.office.visits.labels import labels_on, words_on
from sunlot.office.visits.models import Change, Record, Visit
from sunlot.office.visits.receipts import receipt_of
from sunlot.office.visits.records import NotThisRecord
from sunlot.office.visits.states import ENDED
from sunlot.refusal import Refusal

LONGEST_BODY = 2 * 2**20  # bytes
KEPT = timedelta(days=14)  # how long a visit that has ended stays on the phone
MOST_HELD = 100  # visits at once that a phone asks whether it may let go of
DIGEST = re.compile(r"[0-9a-f]{64}")


def _answer(act: Callable[[], dict[str, Any]]) -> JsonResponse:
    try:
        return JsonResponse(act())
    except NotThisRecord as refusal:
        return JsonResponse({"kind": refusal.kind, "sentence": refusal.sentence, **refusal.more}, status=409)
    except Refusal as refusal:
        status = 404 if refusal.kind == "no_such_visit" else 409
        return JsonResponse({"kind": refusal.kind, "sentence": refusal.sentence}, status=status)


def _body(request: HttpRequest) -> dict[str, Any]:
    if len(request.body) > LONGEST_BODY:
        raise Refusal("too_large", "一次发送的内容太大；请分批发送。")
    try:
        body = json.loads(request.body)
    except ValueError:
        raise Refusal("not_json", "发送的内容无法解读；请更新手机上的程序。") from None
    if not isinstance(body, dict):
        raise Refusal("not_json", "发送的内容无法解读；请更新手机上的程序。")
    return body


@require_GET
@gzip_page  # checklists of many visits, to a phone on a slow network; nothing that a stranger wrote stands beside a secret
@ensure_csrf_cookie
def today(request: HttpRequest) -> JsonResponse:
    """What an inspector takes along: his visits with checklists, the vocabularies, the pledge."""
    return _answer(lambda: _today(request))


def _today(request: HttpRequest) -> dict[str, Any]:
    user: Any = request.user
    person = inspector_of(user)
    if person is None:
        raise Refusal("nobody", "您的账号没有对应的执法人员编号；请系统管理员登记。")
    now, day = moment.now(), moment.today()
    rows = _own_visits(user)
    closed = [visit for visit in rows if queries.is_closed(visit)]
    if closed:
        with deed(by=user.actor) as doing:
            doing.record("visit.viewed", user.actor, {"count": len(closed)})
    about = briefs.briefs_of(rows)
    policy, here = office_policy(day), absolute(request, "/").rstrip("/")
    return {
        "stamp": sync.new_stamp(),
        "now": now.strftime("%Y-%m-%dT%H:%M:%SZ"),
        "me": {"inspector": person.pk, "name": person.name},
        "labels": {name: dict(labels) for name, labels in labels_on(day).items()},
        "pledge": list(policy.texts("visit.pledge")),
        "least_officers": policy.count("visit.min_inspectors"),
        "english": _in_english(day, policy.texts("visit.pledge")),
        "offsite_firm_signature": policy.flag("visit.offsite_firm_signature"),
        "visits": [_visit(here, *one) | {"brief": about[one[0].pk]} for one in _with_contents(rows)],
        "released": _released(user, request.GET.get("held", "")),
    }


def _released(user: Any, held: str) -> list[dict[str, Any]]:
    """Return of the visits that a phone still holds those it may let go of once it has seen that the office has all of it."""
    uids = [uid for uid in held.split(",")[:MOST_HELD] if sync.ID.fullmatch(uid)]
    over = Q(uid__in=uids, state__in=ENDED, finished_at__lt=moment.now() - KEPT)
    rows = list(
        queries.own(user, moment.now()).filter(over).prefetch_related("photos", "records__signatures", "records__seal")
    )
    ids = _ids_of(rows)
    return [_standing(visit, ids[visit.pk]) for visit in rows]


def _in_english(day: date, pledge: Sequence[str]) -> dict[str, Any]:
    """Return the vocabularies and the pledge for a phone whose screens are in English; what is signed stays Chinese."""
    with override("en"):
        return {"labels": words_on(day), "pledge": [in_words(text) for text in pledge]}


def _own_visits(user: Any) -> list[Visit]:
    now = moment.now()
    lately = Q(state__in=ENDED, finished_at__gte=now - KEPT)
    rows = queries.own(user, now).filter(queries.MAY_BE_HELD | lately)
    return list(
        rows.prefetch_related("team", "photos", "records__signatures", "records__seal", "partners__guests").order_by(
            "window_to", "pk"
        )
    )


def _with_contents(rows: list[Visit]) -> list[tuple[Visit, dict[str, Any], list[dict[str, Any]], list[str]]]:
    """Return every visit with its frame, its items and the ids of what was entered; a fixed number of queries."""
    items, organ, ids = items_of(rows), bureau.name(), _ids_of(rows)
    return [
        (visit, frame_of(visit, items[visit.pk], visit.team.all(), organ), items[visit.pk], ids[visit.pk])
        for visit in rows
    ]


def _ids_of(rows: list[Visit]) -> dict[int, list[str]]:
    """Return by visit the ids of what was entered."""
    ids = defaultdict(list)
    for visit, one in Change.objects.filter(visit__in=rows).values_list("visit_id", "pk"):
        ids[visit].append(one)
    return ids


def _visit(
    here: str, visit: Visit, frame: dict[str, Any], items: list[dict[str, Any]], ids: list[str]
) -> dict[str, Any]:
    return _standing(visit, ids) | {
        "number": visit.pk,
        "code": here + reverse("visits:code", args=[visit.token]),
        "window": [visit.window_from.isoformat(), visit.window_to.isoformat()],
        "frame": frame,
        "items": items,
    }


def _standing(visit: Visit, ids: list[str]) -> dict[str, Any]:
    """Return where a visit stands, and what of it the office has: by this a phone knows what to bring."""
    record = max(visit.records.all(), key=lambda record: record.edition, default=None)
    ended = visit.finished_at if visit.state in ENDED else None
    return {
        "uid": visit.uid,
        "state": visit.state,
        "state_title": str(visit.get_state_display()),
        "finished_at": ended.strftime("%Y-%m-%dT%H:%M:%SZ") if ended else None,
        "changes": len(ids),
        "digest": sync.digest_of(ids),
        "photos": {one.sha256: one.size for one in visit.photos.all() if photos.path_of(one.sha256).is_file()},
        "record": _told(record) if record else None,
    }


def _told(record: Record) -> dict[str, Any]:
    count = len(record.signatures.all())  # read with the visits
    signed = bool(record.paper) or count > 0
    told = {"edition": record.edition, "sha256": record.sha256, "signed": signed, "signatures": count}
    return told | {"sealed": hasattr(record, "seal")}


@require_http_methods(["GET", "POST"])
def changes(request: HttpRequest, uid: str) -> JsonResponse:
    """All that was entered at a visit; or taking in what a device has."""
    return _answer(lambda: _take(request, uid) if request.method == "POST" else _list(request, uid))


def _take(request: HttpRequest, uid: str) -> dict[str, Any]:
    sent = _body(request).get("changes")
    if not isinstance(sent, list):
        raise Refusal("not_json", "发送的内容里没有录入；请更新手机上的程序。")
    taken = sync.take(request.user, uid, sent)  # type: ignore[arg-type]
    return {
        "stamp": sync.new_stamp(),
        "accepted": taken.accepted,
        "known": taken.known,
        "refused": taken.refused,
    }


def _list(request: HttpRequest, uid: str) -> dict[str, Any]:
    visit = queries.own(request.user, moment.now()).filter(uid=uid).first()
    if visit is None:
        raise Refusal("no_such_visit", "没有这次检查，或您不在检查组中。")
    rows = visit.changes.select_related("author").order_by("counter", "device", "pk")
    return {"stamp": sync.new_stamp(), "changes": [_change(uid, row) for row in rows]}


def _change(uid: str, row: Change) -> dict[str, Any]:
    told = {
        "id": row.pk,
        "field": row.field,
        "value": json.loads(row.value),
        "over": row.over,
        "device": row.device,
        "counter": row.counter,
        "at": row.at,
        "stamp": row.stamp,
    }
    return told | {"author": row.author.name, "receipt": receipt_of(uid, told, row)}


@require_http_methods(["GET", "POST"])
def photo(request: HttpRequest, uid: str, digest: str) -> JsonResponse:
    """How much of a photo is here; or taking in the next piece."""
    return _answer(lambda: _piece(request, uid, digest) if request.method == "POST" else _have(request, uid, digest))


def _have(request: HttpRequest, uid: str, digest: str) -> dict[str, Any]:
    visit = queries.own(request.user, moment.now()).filter(uid=uid).first()
    if visit is None or not DIGEST.fullmatch(digest):
        raise Refusal("no_such_visit", "没有这次检查，或您不在检查组中。")
    return {"have": photos.have(visit, digest), "done": photos.whole(visit, digest)}


def _piece(request: HttpRequest, uid: str, digest: str) -> dict[str, Any]:
    user: Any = request.user
    numbers = [request.GET.get(name, "") for name in ("offset", "size")]
    if not DIGEST.fullmatch(digest) or not all(number.isascii() and number.isdigit() for number in numbers):
        raise Refusal("piece_malformed", "照片分段的校验值、起点或大小不对；请更新手机上的程序。")
    offset, size = (int(number[:12]) for number in numbers)
    there, done = photos.take_piece(user, uid, digest, offset, size, request.body)
    if done:
        signing.settle(user, uid)
    return {"have": there, "done": done}


@require_POST
def record(request: HttpRequest, uid: str) -> JsonResponse:
    """Taking in a record with its signatures."""
    return _answer(lambda: _record(request, uid))


def _record(request: HttpRequest, uid: str) -> dict[str, Any]:
    body = _body(request)
    text, signatures, refusal = body.get("record"), body.get("signatures"), body.get("refusal")
    seal = body.get("seal")
    others = isinstance(refusal, dict | None) and isinstance(seal, dict | None)
    if not isinstance(text, str) or not isinstance(signatures, list) or not others:
        raise Refusal("not_json", "发送的记录无法解读；请更新手机上的程序。")
    row, waiting = signing.take_record(request.user, uid, text, signatures, refusal, seal)  # type: ignore[arg-type]
    visit = Visit.objects.get(pk=row.visit_id)
    return {"edition": row.edition, "sha256": row.sha256, "state": visit.state, "waiting": waiting}
