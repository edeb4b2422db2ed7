"""Making a paper of a visit."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from sunlot.documents.statutory import form_in_force
from sunlot.office.bureau.queries import absolute
from sunlot.office.papers import approval_kinds, making, prepared, recorded
from sunlot.office.papers.forms import PaperForm
from sunlot.office.papers.models import title_of
from sunlot.office.papers.printing import PDF, document_pdf, to_sign_pdf
from sunlot.office.papers.start import Start
from sunlot.office.shell.forms import form_page, refused_on
from sunlot.office.shell.language import in_chinese, in_words
from sunlot.office.shell.sending import download
from sunlot.office.visits import moment, queries
from sunlot.office.visits.models import Visit

WAYS = ("both", "one", "paper")


def new(request: HttpRequest, visit: int, kind: str) -> HttpResponse:
    """A paper of a visit: a draft to look at, a request for its approval, or the paper itself."""
    row = _visit(request, visit)
    if kind not in prepared.OF_A_VISIT:
        raise Http404(_("检查没有这种文书。"))
    edition = request.GET.get("edition", "")
    with in_chinese():
        begun = prepared.start(row, kind, _address(request), int(edition) if edition.isdigit() else 0)
    draft = request.POST.get("act") == "draft"
    form = PaperForm(request.POST or None, form_in_force(kind, moment.today()), begun, draft)
    context = {
        "visit": row,
        "title": in_words(title_of(kind)),
        "start": begun,
        "asks": _asks(kind),
        "way": request.POST.get("way", "both"),
    }
    if draft and form.is_valid():
        with refused_on(form):
            return download(f"{title_of(kind)}（草稿）.pdf", _draft(kind, begun, form), PDF, inline=True)
        return render(request, "papers/new.html", context | {"form": form}, status=422)
    return form_page(request, form, lambda _data: _act(request, row, kind, begun, form), "papers/new.html", **context)


def to_sign(request: HttpRequest, visit: int) -> HttpResponse:
    """The statutory form of a record that waits for signatures, without number, to print and sign by hand."""
    row = _visit(request, visit)
    with in_chinese():
        begun = recorded.to_sign(row)
        data = to_sign_pdf(making.preview(recorded.KIND, begun, {}), begun.record)
    return download(f"{title_of(recorded.KIND)}（供签字）.pdf", data, PDF, inline=True)


def _visit(request: HttpRequest, number: int) -> Visit:
    visit = queries.visible_to(request.user, moment.now()).filter(pk=number).first()
    if visit is None:
        raise Http404(_("没有这次检查。"))
    return visit


def _address(request: HttpRequest) -> Any:
    return lambda token: absolute(request, f"/visits/code/{token}/")


def _asks(kind: str) -> bool:
    """Return whether the paper wants an approval that it does not have yet; a visit itself is approved elsewhere."""
    return approval_kinds.needs_approval(kind) and kind != "inspection_approval"


def _draft(kind: str, begun: Start, form: PaperForm) -> bytes:
    return document_pdf(making.preview(kind, begun, form.typed()))


def _act(request: HttpRequest, visit: Visit, kind: str, begun: Start, form: PaperForm) -> str:
    user: Any = request.user
    way = request.POST.get("way", "both")
    if _asks(kind) and way != "paper":
        fields = making.together(begun, form.typed())
        reason = f"{visit}，请审批。"
        approval_kinds.ask_for(
            user, kind, visit.obj, fields, begun.signatures, reason, visit=visit, reviewed=way == "both"
        )
        messages.success(request, _("已送审，批准后自动编号。"))
        return reverse("visits:one", args=[visit.pk])
    edition = request.GET.get("edition", "")
    number = int(edition) if edition.isdigit() else 0
    paper = making.make(user, visit.pk, kind, form.typed(), _address(request), number)
    messages.success(request, _("已制作：%(paper)s") % {"paper": paper})
    return reverse("papers:one", args=[paper.pk])
