"""What is done to the ticked firms of a list: noted as looked over, or given the same facts."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from sunlot.office.roster import many
from sunlot.office.roster.forms import ManyForm
from sunlot.office.roster.models import Firm
from sunlot.office.roster.views.firms import told
from sunlot.office.shell.forms import StaleEdit, came_from, form_page


@require_POST
def confirm(request: HttpRequest) -> HttpResponse:
    """Note that the ticked firms were looked over today and found right."""
    user: Any = request.user
    done = many.confirm_firms(user, request.POST.getlist("pk"))
    messages.success(request, _("已标记 %s 户为今日核对无误。") % done)
    return redirect(came_from(request, reverse("roster:list")))


@require_POST
def change(request: HttpRequest) -> HttpResponse:
    """Give the ticked firms the same facts: first the form, which shows them, then the deed."""
    user: Any = request.user
    back = came_from(request, reverse("roster:list"))
    firms = _asked(request)
    initial = {"firms": _versions(firms), "back": back}
    form = ManyForm(request.POST) if "firms" in request.POST else ManyForm(initial=initial)
    context: dict[str, Any] = {"firms": firms, "moved": [], "back": back, "submit": _("修改所选单位")}

    def act(data: dict[str, Any]) -> str:
        seen, values = data["firms"], {fact: data[fact] for fact in many.SHARED if data[fact]}
        try:
            asked = many.edit_firms(user, seen, values, data["reason"])
        except StaleEdit:
            context["moved"] += [firm.pk for firm in firms if firm.version != dict(seen)[firm.pk]]
            form.data = {**form.data.dict(), "firms": _versions(firms)}  # type: ignore[attr-defined]
            raise
        told(request, asked, _("已修改所选单位。"))
        return back

    return form_page(request, form, act, "roster/many.html", **context)


def _asked(request: HttpRequest) -> list[Firm]:
    """Return the firms that are ticked, or that the form was made for, as they are now."""
    sent = [part.rpartition(":")[0] for part in request.POST.get("firms", "").split()]
    identities = sent or request.POST.getlist("pk")
    many.enough(identities)
    return list(Firm.objects.filter(pk__in=identities).order_by("pk"))


def _versions(firms: list[Firm]) -> str:
    return " ".join(f"{firm.pk}:{firm.version}" for firm in firms)
