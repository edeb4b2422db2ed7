"""What is done to the ticked firms of a list, or to all that its query leaves: noted as looked over, or given the same facts."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as noop
from django.views.decorators.http import require_POST

from sunlot.office.roster import many, queries
from sunlot.office.roster.forms import ManyForm, SharedByAllForm
from sunlot.office.roster.models import Firm
from sunlot.office.roster.views.firms import FIRMS, told
from sunlot.office.shell.bulk import Bulk, carry_out
from sunlot.office.shell.forms import StaleEdit, came_from, form_page


def _confirm(user: Any, keys: Sequence[str], data: Mapping[str, Any]) -> bool:
    many.confirm_firms(user, keys)
    return True


def _edit(user: Any, keys: Sequence[str], data: Mapping[str, Any]) -> bool:
    values = {fact: data[fact] for fact in many.SHARED if data[fact]}
    return many.edit_as_they_are(user, keys, values, data["reason"]) is None


CONFIRM = Bulk(noop("标记今日核对无误"), _confirm, at_once=many.MOST)
EDIT = Bulk(
    noop("批量修改"),
    _edit,
    SharedByAllForm,
    at_once=many.MOST,
    help=noop("已经是这样的单位不动。有抽查正在进行时，涉及抽取的修改每 500 户合为一份申请，批准后才生效。"),
)


@require_POST
def confirm(request: HttpRequest) -> HttpResponse:
    """Note that the firms were looked over today and found right."""
    return carry_out(request, FIRMS, queries.listed(), CONFIRM)


@require_POST
def change(request: HttpRequest) -> HttpResponse:
    """Give the firms the same facts: first the form, which shows them, then the deed. Ticked ones are all changed or none."""
    if request.POST.get("all"):
        return carry_out(request, FIRMS, queries.listed(), EDIT)
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
