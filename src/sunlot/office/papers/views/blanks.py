"""Empty forms for writing by hand, one of every kind."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from sunlot.documents.statutory import Document, forms
from sunlot.office.bureau.queries import the_bureau
from sunlot.office.papers.models import title_of
from sunlot.office.papers.printing import PDF, WORD, document_pdf, document_word, is_in_force
from sunlot.office.shell.language import in_words
from sunlot.office.shell.sending import download
from sunlot.office.visits import moment


def blanks(request: HttpRequest) -> HttpResponse:
    """The kinds whose form is in force today."""
    kinds = [(kind, in_words(title_of(kind))) for kind in forms() if is_in_force(kind)]
    return render(request, "papers/blanks.html", {"kinds": kinds})


def blank(request: HttpRequest, kind: str) -> HttpResponse:
    """An empty form as PDF, with ?as=word as Word."""
    if not is_in_force(kind):
        raise Http404(_("没有这种文书。"))
    document = Document(kind, the_bureau().name, moment.today(), blank=True)
    name = f"{title_of(kind)}（空白）"
    if request.GET.get("as") == "word":
        return download(f"{name}.docx", document_word(document), WORD)
    return download(f"{name}.pdf", document_pdf(document), PDF, inline=True)
