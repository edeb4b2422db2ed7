"""What an inspector does on site without the field form: check in, checklist, findings, photos, the record and its signatures."""

import uuid
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from sunlot.office.catalog.policies import office_policy
from sunlot.office.inspectors.queries import inspector_of
from sunlot.office.journal.services import deed
from sunlot.office.shell.forms import form_page
from sunlot.office.shell.refusals import said
from sunlot.office.visits import moment, on_paper, queries, records, seals, signing, steps
from sunlot.office.visits.checklist import items_of
from sunlot.office.visits.entering import enter, enter_photo
from sunlot.office.visits.joint import in_frame
from sunlot.office.visits.labels import labels_on
from sunlot.office.visits.merge import merge
from sunlot.office.visits.models import Record, Signer, Visit
from sunlot.office.visits.sheet import sheet_now
from sunlot.office.visits.sheet_form import (
    ConfirmForm,
    FindingForm,
    PaperForm,
    PhotoForm,
    SealForm,
    SheetForm,
    with_witness,
)
from sunlot.office.visits.sync import entries, locked_visit
from sunlot.office.visits.views.visits import record_context
from sunlot.refusal import Refusal

FINDING = ("text", "severity", "point", "article", "measure", "corrected", "withdrawn")


def _mine(request: HttpRequest, number: int) -> Visit:
    user: Any = request.user
    visit = queries.own(user, moment.now()).filter(pk=number).first()
    if visit is None:
        raise Http404(_("没有这次检查。"))
    return visit


def _page(visit: Visit) -> str:
    return reverse("visits:one", args=[visit.pk])


def fill(request: HttpRequest, number: int) -> HttpResponse:
    """The checklist. What is saved becomes changes over what this page had shown."""
    visit = _mine(request, number)
    items, labels = items_of([visit])[visit.pk], labels_on(moment.today())
    held = merge(entries(visit))

    def act(data: dict[str, Any]) -> str:
        values, seen = form.entered()
        if values:
            enter(request.user, visit.uid, values, seen)  # type: ignore[arg-type]
        messages.success(request, _("已保存 %(n)s 处。") % {"n": len(values)})
        return reverse("visits:fill", args=[visit.pk])

    form = SheetForm(request.POST or None, held, items, labels, visit.offsite, in_frame(visit.partners.all()))
    person = inspector_of(request.user)
    here = {field.split("/")[1] for field in held if field.startswith("checkin/")}
    context: dict[str, Any] = {
        "visit": visit,
        "pledge": office_policy(moment.today()).texts("visit.pledge"),
        "checked_in": person is not None and person.pk in here,
        "team": [
            (one, one.inspector_id in here) for one in visit.team.filter(out=False).order_by("part", "inspector_id")
        ],
        "sheet": sheet_now(held, items, visit),
    }
    context |= {"findings": context["sheet"].many("findings"), "hazards": context["sheet"].many("hazards")}
    return form_page(request, form, act, "visits/fill.html", **context)


@require_POST
def check_in(request: HttpRequest, number: int) -> HttpResponse:
    """The officer himself is here and keeps to the pledge."""
    visit, user = _mine(request, number), request.user
    person = inspector_of(user)
    if request.POST.get("pledge") != "yes" or person is None:
        raise Refusal("pledge_missing", "签到须勾选“遵守检查行为规范”。")
    enter(user, visit.uid, {f"checkin/{person.pk}": {"pledge": True}}, {})  # type: ignore[arg-type]
    messages.success(request, _("已签到。"))
    return redirect("visits:fill", visit.pk)


def finding(request: HttpRequest, number: int, one: str) -> HttpResponse:
    """A problem at a check point, or a hazard off the list; `one` is its UUID, or new."""
    visit = _mine(request, number)
    items, labels = items_of([visit])[visit.pk], labels_on(moment.today())
    held = merge(entries(visit))
    kind = "hazards" if any(name.startswith(f"hazards/{one}/") for name in held) else "findings"
    there = {name: held[f"{kind}/{one}/{name}"] for name in FINDING if f"{kind}/{one}/{name}" in held}
    points = [
        (f"{item['number']}/{point['position']}", f"{item['number']} {point['text']}"[:60])
        for item in items
        for point in item["points"]
    ]

    def act(data: dict[str, Any]) -> str:
        identity = one if there else str(uuid.uuid4())
        group = kind if there else "findings" if data["point"] else "hazards"
        allowed = FINDING if group == "findings" else tuple(name for name in FINDING if name != "point")
        values = {f"{group}/{identity}/{name}": data[name] for name in allowed if data[name] or name in there}
        seen = {f"{group}/{identity}/{name}": [entry.id for entry in held.heads] for name, held in there.items()}
        enter(request.user, visit.uid, values, seen)  # type: ignore[arg-type]
        return reverse("visits:fill", args=[visit.pk])

    initial = {name: held.value for name, held in there.items()} or {"point": request.GET.get("point", "")}
    form = FindingForm(request.POST or None, labels, points, initial=initial)
    back = reverse("visits:fill", args=[visit.pk])
    return form_page(request, form, act, back=back, heading=f"{visit.firm_name}：{_('问题和隐患')}")


def photograph(request: HttpRequest, number: int) -> HttpResponse:
    """A photo for the record."""
    visit = _mine(request, number)

    def act(data: dict[str, Any]) -> str:
        user: Any = request.user
        enter_photo(user, visit, data["file"].read(), data["caption"], request.GET.get("of", "")[:200])
        signing.settle(user, visit.uid)
        return reverse("visits:fill", args=[visit.pk])

    form = PhotoForm(request.POST or None, request.FILES or None, visit.offsite)
    return form_page(request, form, act, back=reverse("visits:fill", args=[visit.pk]), submit=_("上传"))


@require_POST
def freeze(request: HttpRequest, number: int) -> HttpResponse:
    """Make the record of all that was entered, to be read and signed."""
    visit, user = _mine(request, number), request.user
    try:
        with deed(by=user.actor) as doing:  # type: ignore[union-attr]
            records.freeze(doing, locked_visit(user, visit.uid))  # type: ignore[arg-type]
    except records.NotThisRecord as refusal:
        return render(request, "visits/incomplete.html", {"visit": visit, "refusal": refusal}, status=409)
    return redirect("visits:sign", visit.pk)


@require_POST
def go_on(request: HttpRequest, number: int) -> HttpResponse:
    """The record was not right and nobody has signed it."""
    visit = _mine(request, number)
    steps.go_on(request.user, visit.pk)  # type: ignore[arg-type]
    return redirect("visits:fill", visit.pk)


def sign(request: HttpRequest, number: int) -> HttpResponse:
    """Signing on screen."""
    visit = _mine(request, number)
    record = _record_to_sign(visit)
    refused = ""
    if request.method == "POST":
        try:
            waiting = _signed(request, visit)
            messages.success(request, _("已签字，检查办结。") if not waiting else _("已签字。"))
            return redirect("visits:sign" if waiting else "visits:one", visit.pk)
        except Refusal as refusal:
            refused = said(refusal)
    context = record_context(visit, record) | {
        "signed": [(one.get_who_display(), one.name) for one in record.signatures.order_by("at", "pk")],
        "officers": signing.unsigned_officers(record),
        "guests": signing.unsigned_guests(record),
        "waiting": signing.waiting_for(visit, record),
        "confirms": on_paper.to_confirm(request.user, record),
        "is_signed": records.is_signed(record),
        "refused": refused,
        "typed": request.POST,
    }
    return render(request, "visits/sign.html", context, status=409 if refused else 200)


def _record_to_sign(visit: Visit) -> Record:
    record = records.latest(visit)
    if record is None:
        raise Http404(_("还没有检查记录。"))
    return record


def _signed(request: HttpRequest, visit: Visit) -> list[str]:
    given = request.POST.get
    who, refusal = given("who", ""), None
    signatures = []
    if who == "refusal":
        refusal = {"reason": given("reason", ""), "note": with_witness(given("note", ""), given("no_witness", ""))}
    else:
        inspector = who.removeprefix("officer:") if who.startswith("officer:") else ""
        capacity, name = given("capacity", ""), given("name", "")
        if who.startswith("partner:"):
            who, capacity, name = who.split(":", 2)
        signatures.append(
            {
                "id": str(uuid.uuid4()),
                "who": Signer.OFFICER.value if inspector else who,
                "inspector": inspector,
                "name": name,
                "capacity": capacity,
                "path": given("path", ""),
                "at": moment.text(),
            }
        )
    user: Any = request.user
    return signing.sign_on_screen(user, visit.uid, given("read", ""), signatures, refusal)


def paper(request: HttpRequest, number: int) -> HttpResponse:
    """Signing on paper: the scanned pages."""
    visit = _mine(request, number)
    form = PaperForm(request.POST or None, request.FILES or None, labels_on(moment.today()))

    def act(data: dict[str, Any]) -> str:
        names = {Signer.FIRM.value: data["name"], Signer.WITNESS.value: data["witness"]}
        user: Any = request.user
        pages = [file.read() for file in data["pages"]]
        waiting = on_paper.sign_on_paper(user, visit.uid, data["code"], pages, names, data["capacity"], form.refused())
        messages.success(
            request, _("已收下签字页；其他执法人员须各自登录确认。") if waiting else _("已收下签字页，检查办结。")
        )
        return _page(visit)

    return form_page(
        request, form, act, submit=_("登记纸质签字"), back=_page(visit), heading=f"{visit} {visit.firm_name}"
    )


def confirm(request: HttpRequest, number: int) -> HttpResponse:
    """Each officer confirms with his own account that the pages handed in bear his signature."""
    visit = _mine(request, number)
    record = _record_to_sign(visit)
    form = ConfirmForm(request.POST or None)

    def act(data: dict[str, Any]) -> str:
        user: Any = request.user
        waiting = on_paper.confirm(user, visit.uid)
        messages.success(request, _("已确认。") if waiting else _("已确认，检查办结。"))
        return _page(visit)

    scans = [(digest, visit.photos.filter(sha256=digest).first()) for digest in on_paper.pages_of(record)]
    context = {"visit": visit, "record": record, "scans": scans}
    return form_page(request, form, act, "visits/confirm.html", submit=_("确认"), back=_page(visit), **context)


def seal(request: HttpRequest, number: int) -> HttpResponse:
    """The firm's seal under the newest record, or why there is none."""
    visit = _mine(request, number)
    form = SealForm(request.POST or None, request.FILES or None)

    def act(data: dict[str, Any]) -> str:
        user: Any = request.user
        picture = data["picture"].read() if data["picture"] else b""
        seals.put_seal(user, visit.uid, picture, data["reason"])
        messages.success(request, _("已登记印章。") if picture else _("已登记无印章的原因。"))
        return _page(visit)

    heading = f"{visit} {visit.firm_name}"
    return form_page(request, form, act, submit=_("登记印章"), back=_page(visit), heading=heading)
