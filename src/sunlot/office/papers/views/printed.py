"""Papers to print: PDF and Word."""

import re

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _

from sunlot.office.papers import printing, queries
from sunlot.office.papers.models import Paper

ODD = re.compile(r'[\\/:*?"<>|\s]+')


def seen(request: HttpRequest, number: int) -> Paper:
    """Return a paper that this person may see. Raises Http404 for any other."""
    paper = queries.visible_to(request.user).filter(pk=number).first()
    if paper is None:
        raise Http404(_("没有这份文书。"))
    return paper


def sent(data: bytes, media: str, name: str, inline: bool = False) -> HttpResponse:
    """Return bytes as a file of that name; `inline`: the browser may show it."""
    answer = HttpResponse(data, content_type=media)
    answer["Content-Disposition"] = content_disposition_header(not inline, ODD.sub("_", name)) or "attachment"
    answer["X-Content-Type-Options"] = "nosniff"
    return answer


def pdf(request: HttpRequest, number: int) -> HttpResponse:
    """A paper as PDF."""
    paper = seen(request, number)
    return sent(printing.paper_pdf(paper), printing.PDF, f"{paper}.pdf", inline=True)


def word(request: HttpRequest, number: int) -> HttpResponse:
    """A paper as a Word file."""
    paper = seen(request, number)
    return sent(printing.paper_word(paper), printing.WORD, f"{paper}.docx")
