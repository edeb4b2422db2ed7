"""The page, its script, style, icons and service worker."""

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import require_safe

from sunlot.office.field.parts import Part, parts

FOREVER = "public, max-age=31536000, immutable"  # for addresses that carry the version


@require_safe
@gzip_page
def form(request: HttpRequest) -> HttpResponse:
    """The form. It holds nothing of the office: what is to be done comes from `visits`, to the person who is logged in."""
    return _answer(parts()["shell.html"])


@require_safe
@gzip_page
def part(request: HttpRequest, name: str) -> HttpResponse:
    """One file of the form."""
    found = parts().get(name)
    if found is None:
        raise Http404
    answer = _answer(found)
    answer["Cache-Control"] = FOREVER if "v" in request.GET else "no-cache"
    return answer


def _answer(found: Part) -> HttpResponse:
    return HttpResponse(found.body, content_type=found.media)
