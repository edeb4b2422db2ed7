"""Papers to print: PDF and Word."""

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from sunlot.office.papers import printing, queries
from sunlot.office.papers.models import Paper
from sunlot.office.shell.sending import download


def seen(request: HttpRequest, number: int) -> Paper:
    """Return a paper that this person may see. Raises Http404 for any other."""
    paper = queries.visible_to(request.user).filter(pk=number).first()
    if paper is None:
        raise Http404(_("没有这份文书。"))
    return paper


def pdf(request: HttpRequest, number: int) -> HttpResponse:
    """A paper as PDF."""
    paper = seen(request, number)
    return download(f"{paper}.pdf", printing.paper_pdf(paper), printing.PDF, inline=True)


def word(request: HttpRequest, number: int) -> HttpResponse:
    """A paper as a Word file."""
    paper = seen(request, number)
    return download(f"{paper}.docx", printing.paper_word(paper), printing.WORD)
