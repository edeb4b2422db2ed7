"""One page for every act of a case, and the page that draws one up."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from sunlot.office.cases import drafting, evidence_files, investigating, limits, opening
from sunlot.office.cases.acts import ACTS
from sunlot.office.cases.forms import OpeningForm, ReasonForm
from sunlot.office.cases.states import COLOURS, State, after
from sunlot.office.cases.views.cases import seen
from sunlot.office.shell.forms import form_page
from sunlot.office.shell.handed import media_of
from sunlot.office.shell.language import in_words
from sunlot.office.shell.sending import handed_in


def step(name: str) -> Callable[..., HttpResponse]:
    """Return the view of an act."""
    act = ACTS[name]

    def view(request: HttpRequest, number: int) -> HttpResponse:
        case = seen(request, number)
        if request.method == "GET":
            after(case.state, act.code)  # nobody fills in what cannot be done now
        posted = request.method == "POST"
        data, files = (request.POST, request.FILES) if posted else (None, None)
        form = act.form(data, files, initial=act.initial(case))
        back = reverse("cases:one", args=[number])

        def carry_out(data: dict[str, Any]) -> str:
            act.carry_out(request.user, number, form)  # type: ignore[arg-type]
            messages.success(request, in_words(act.done))
            return back

        context = {
            "case": case,
            "colour": COLOURS[State(case.state)],
            "doing": name,
            "back": back,
            "submit": act.submit or act.title,
        }
        context["words"] = limits.penalty_words(case) if case.kinds else ""
        return form_page(request, form, carry_out, "cases/step.html", heading=act.title, **context)

    view.__doc__ = f"The page of the act {name}."
    return view


def new(request: HttpRequest) -> HttpResponse:
    """A case to be opened; what it comes from fills in what is known."""

    def act(data: dict[str, Any]) -> str:
        case = opening.arrange(request.user, form.wanted())  # type: ignore[arg-type]
        messages.success(request, _("已拟定并送审，由另一名负责人批准立案。"))
        return reverse("cases:one", args=[case.pk])

    initial = drafting.known(request.user, request.GET.get("origin", ""), request.GET.get("firm", ""))
    form = OpeningForm(request.POST or None, initial=initial)
    back = reverse("cases:own" if getattr(request.user, "role", "") == "inspector" else "cases:list")
    return form_page(request, form, act, submit=_("送审立案"), back=back)


def file(request: HttpRequest, number: int, piece: int) -> HttpResponse:
    """The file of a piece of evidence, for those who may see the case. A picture is shown, anything else saved."""
    row = get_object_or_404(seen(request, number).evidence.filter(size__gt=0), pk=piece)
    data = evidence_files.bytes_of(row)
    return handed_in(row.file_name, data, media_of(data) or "application/octet-stream")


def drop(request: HttpRequest, number: int, piece: int) -> HttpResponse:
    """A piece of evidence that is not used any more."""
    case = seen(request, number)
    row = get_object_or_404(case.evidence, pk=piece)
    back = reverse("cases:one", args=[number])

    def act(data: dict[str, Any]) -> str:
        investigating.drop_evidence(request.user, number, piece, data["reason"])  # type: ignore[arg-type]
        messages.success(request, _("已注明不再使用。"))
        return back

    return form_page(request, ReasonForm(request.POST or None), act, back=back, heading=row.title)
