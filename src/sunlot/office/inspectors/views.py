"""The roster of inspectors: the lists, one person, and what a clerk changes about him."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as noop
from django.views.decorators.http import require_POST

from sunlot.office.accounts.roles import OFFICE, PARTNER
from sunlot.office.inspectors import changes, health, history, queries
from sunlot.office.inspectors.forms import (
    CertificateForm,
    EditPersonForm,
    MergeForm,
    NewPersonForm,
    RevokeForm,
    SharedForm,
)
from sunlot.office.inspectors.lists import DRAWABLE_ON_A_DAY, EXAMINED, OWN_STAFF, STAFF, STAFF_OF_THE_OFFICE, colour
from sunlot.office.inspectors.models import Certificate, Inspector
from sunlot.office.shell.bulk import Bulk, carry_out
from sunlot.office.shell.forms import form_page
from sunlot.office.shell.reckoned import Reckoned


def staff(request: HttpRequest) -> HttpResponse:
    """Everybody in the roster as of today; telephone and township only for the office. A partner department sees its own people."""
    user: Any = request.user
    shown = STAFF_OF_THE_OFFICE if user.role in OFFICE else OWN_STAFF if user.role == PARTNER else STAFF
    return shown.page(request, queries.within_reach(user, queries.standing(timezone.localdate())))


def drawable(request: HttpRequest) -> HttpResponse:
    """Who may be drawn on a day, and why the others may not."""
    day = _day(request.GET.get("day", ""))
    rows = queries.standing(day)
    return DRAWABLE_ON_A_DAY.page(request, rows, template="inspectors/drawable.html", day=day.isoformat())


def one(request: HttpRequest, number: str) -> HttpResponse:
    """Everything about one person that this reader may know."""
    user: Any = request.user
    person = get_object_or_404(queries.within_reach(user, Inspector.objects.all()), pk=number)
    if person.merged_into_id:
        messages.info(request, _("%(number)s 已并入本条。") % {"number": number})
        return redirect("inspectors:one", person.merged_into_id)
    today = timezone.localdate()
    row = get_object_or_404(queries.within_reach(user, queries.standing(today)), pk=number)
    inside = user.role in OFFICE or queries.inspector_of(user) == person
    context = {
        "person": row,
        "reason": queries.REASONS[queries.reason(row)],
        "colour": colour(row),
        "certificates": row.certificates.order_by("-valid_to", "-pk"),
        "duplicates": row.duplicates.order_by("pk"),
        "inside": inside,
        "leaves": row.leaves.filter(cancelled=False, end__gte=today).order_by("start") if inside else (),
        "history": history.of(row, with_reasons=user.role in OFFICE),
        "today": today,
    }
    return render(request, "inspectors/one.html", context)


def add(request: HttpRequest) -> HttpResponse:
    """Take a person into the roster."""

    def act(data: dict[str, Any]) -> str:
        number = data.pop("id")
        return _submitted(request, "add", number, data, "")

    return form_page(request, NewPersonForm(request.POST or None), act, back=reverse("inspectors:list"))


def edit(request: HttpRequest, number: str) -> HttpResponse:
    """Change a person's facts."""
    person = _unmerged(number)

    def act(data: dict[str, Any]) -> str:
        return _submitted(request, "edit", number, data, data.pop("reason"))

    form = EditPersonForm(person, request.POST or None)
    return form_page(request, form, act, heading=_("修改 %(person)s") % {"person": person}, back=_page(number))


def certify(request: HttpRequest, number: str) -> HttpResponse:
    """Note a certificate."""
    return _about(request, number, CertificateForm(request.POST or None), "certify", _("登记执法证：%(person)s"))


def merge(request: HttpRequest, number: str) -> HttpResponse:
    """Merge another number of the same person into this one."""
    return _about(request, number, MergeForm(request.POST or None), "merge", _("合并重复人员到 %(person)s"))


def revoke(request: HttpRequest, number: int) -> HttpResponse:
    """End a certificate before its time."""
    certificate = get_object_or_404(Certificate, pk=number)
    form = RevokeForm(request.POST or None, initial={"day": timezone.localdate()})
    more = {"certificate": certificate.pk}
    return _about(request, certificate.inspector_id, form, "revoke", _("停用执法证：%(person)s"), more)


def examine(request: HttpRequest) -> HttpResponse:
    """What is wrong with the roster today."""
    found = Reckoned(health.examine(timezone.localdate()))
    return EXAMINED.page(request, found, template="inspectors/health.html")


def _about(
    request: HttpRequest, number: str, form: forms.Form, what: str, heading: str, more: dict[str, Any] | None = None
) -> HttpResponse:
    person = _unmerged(number)

    def act(data: dict[str, Any]) -> str:
        return _submitted(request, what, number, data | (more or {}), data.pop("reason", ""))

    return form_page(request, form, act, heading=heading % {"person": person}, back=_page(number))


def _submitted(request: HttpRequest, what: str, number: str, facts: dict[str, Any], reason: str) -> str:
    """Hand a change in, say what became of it, and return where to go."""
    user: Any = request.user
    waiting = changes.submit(user, what, number, facts, reason)
    if waiting:
        messages.warning(request, _("有抽取正在进行，变更已提交审批，批准后生效。"))
        return reverse("approvals:one", args=[waiting.pk])
    messages.success(request, _("已保存。"))
    return _page(number)


def _unmerged(number: str) -> Inspector:
    return get_object_or_404(queries.roster(), pk=number)


def _page(number: str) -> str:
    return reverse("inspectors:one", args=[number])


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return timezone.localdate()


def _edit(user: Any, keys: Sequence[str], data: Mapping[str, Any]) -> bool:
    facts: dict[str, Any] = {name: data[name] for name in SharedForm.FACTS if data[name]}
    facts["version"] = Inspector.objects.values_list("version", flat=True).get(pk=keys[0])
    return changes.submit(user, "edit", keys[0], facts, data["reason"]) is None


EDIT = Bulk(
    noop("批量修改"), _edit, SharedForm, help=noop("有抽查正在进行时，涉及抽取的修改每人一份申请，批准后才生效。")
)


@require_POST
def edit_many(request: HttpRequest) -> HttpResponse:
    """Give several persons the same department, kind or state."""
    rows = queries.within_reach(request.user, queries.standing(timezone.localdate()))
    return carry_out(request, STAFF_OF_THE_OFFICE, rows, EDIT)
