"""The case file of a visit, an order or a case."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from sunlot.documents.statutory import form_in_force
from sunlot.office.papers import casefile, making
from sunlot.office.papers.casefile import Contents
from sunlot.office.papers.forms import PaperForm
from sunlot.office.papers.models import Paper
from sunlot.office.papers.printing import PDF
from sunlot.office.shell.forms import form_page
from sunlot.office.shell.sending import download
from sunlot.office.shell.templatetags.shell import may_open
from sunlot.office.visits import moment, queries
from sunlot.office.visits.models import Visit
from sunlot.refusal import Refusal


def case(request: HttpRequest, place: str, number: int) -> HttpResponse:
    """What goes into the case file, to choose from and to download."""
    contents = _contents(request, place, number)
    if request.method == "POST":
        return _download(request, contents)
    context = {"contents": contents, "heading": _heading(contents), "place": place, "number": number}
    return render(request, "papers/case.html", context)


def cover(request: HttpRequest, place: str, number: int) -> HttpResponse:
    """The cover, which must be there before the case file."""
    contents = _contents(request, place, number)
    address = reverse("papers:case", args=[place, number])
    if contents.cover:
        return redirect(address)
    begun = casefile.begin_cover(contents)
    form = PaperForm(request.POST or None, form_in_force(casefile.COVER, moment.today()), begun)

    def act(data: dict[str, Any]) -> str:
        paper = _issue_cover(request, contents, making.together(begun, form.typed()))
        messages.success(request, _("已制作：%(paper)s") % {"paper": paper})
        return address

    return form_page(request, form, act, submit=_("制作案卷首页"), back=address, heading=_heading(contents))


def _contents(request: HttpRequest, place: str, number: int) -> Contents:
    visit: Visit | None = None
    if place == "visit":
        visit = queries.visible_to(request.user, moment.now()).filter(pk=number).first()
        if visit is None:
            raise Http404(_("没有这次检查。"))
    contents = casefile.contents_of(request.user, f"{place}/{number}", visit)
    if visit is None and not contents.papers:
        raise Http404(_("还没有可以归入案卷的文书。"))
    return contents


def _heading(contents: Contents) -> str:
    party = contents.visit.firm_name if contents.visit else contents.papers[0].party
    return f"{_('案卷')} · {party}"


def _issue_cover(request: HttpRequest, contents: Contents, fields: Any) -> Paper:
    user: Any = request.user
    return casefile.issue_cover(user, contents, fields)


def _download(request: HttpRequest, contents: Contents) -> HttpResponse:
    """The file, and its cover where there is none yet and this person may make papers."""
    user: Any = request.user
    if contents.cover is None and not may_open(user, "papers:cover"):
        raise Refusal("no_cover", "还没有案卷首页；请经办人、科室负责人或检查组成员先下载或制作。")
    chosen = {int(key) for key in request.POST.getlist("paper") if key.isdigit()}
    as_word = request.POST.get("act") == "word"
    files, photos = (set(request.POST.getlist(name)) for name in ("file", "photo"))
    data = casefile.put_together(user, contents, chosen, files, photos, as_word)
    cover = casefile.contents_of(user, contents.obj, contents.visit).cover
    name = f"案卷 {cover.number if cover else ''}".strip()
    return download(f"{name}.zip", data, "application/zip") if as_word else download(f"{name}.pdf", data, PDF)
