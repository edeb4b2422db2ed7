"""The office's seal: kept, withdrawn, and asked for on a paper."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from sunlot.office.papers import sealing
from sunlot.office.papers.forms import SealForm, StampForm
from sunlot.office.papers.views.printed import seen
from sunlot.office.shell.forms import form_page
from sunlot.office.shell.sending import handed_in


def keep(request: HttpRequest) -> HttpResponse:
    """The seal that is kept, and the form for another."""
    form = SealForm(request.POST or None, request.FILES or None)

    def act(data: dict[str, Any]) -> str:
        sealing.keep_seal(request.user, data["picture"].read(), data["width"])  # type: ignore[arg-type]
        messages.success(request, _("已登记印章图像。用印须逐份审批。"))
        return reverse("papers:seal")

    there = sealing.seal_in_force()
    more = {"there": there, "back": reverse("papers:list")}
    return form_page(request, form, act, submit=_("登记印章图像"), template="papers/seal.html", **more)


@require_POST
def withdraw(request: HttpRequest) -> HttpResponse:
    """Set the seal on nothing more."""
    sealing.withdraw_seal(request.user)  # type: ignore[arg-type]
    messages.success(request, _("已停用印章图像。"))
    return redirect("papers:seal")


def picture(request: HttpRequest) -> HttpResponse:
    """The ink of the seal that is kept."""
    seal = sealing.seal_in_force()
    if seal is None:
        raise Http404(_("没有登记印章图像。"))
    return handed_in("seal.png", sealing.picture_of(seal), "image/png")


def stamp(request: HttpRequest, number: int) -> HttpResponse:
    """Ask that the seal be set on a paper."""
    paper = seen(request, number)
    back = reverse("papers:one", args=[paper.pk])

    def act(data: dict[str, Any]) -> str:
        sealing.ask_seal(request.user, paper, data["reason"])  # type: ignore[arg-type]
        messages.success(request, _("已送审，另一人批准后加盖印章。"))
        return back

    return form_page(request, StampForm(request.POST or None), act, submit=_("申请用印"), back=back, heading=str(paper))
