"""The live site: one view for every public address; what it once made is handed out again until the log grows or a minute has passed."""

from hashlib import sha256

from django.http import HttpRequest, HttpResponse, HttpResponseNotModified, HttpResponsePermanentRedirect
from django.views.decorators.http import require_safe

from sunlot.office.disclosure import registry
from sunlot.office.disclosure.registry import Answer, NotPublic, Visit, find, visit_of
from sunlot.office.disclosure.state import held, memory_of

ROOM = 64 * 2**20  # bytes of pages that one state may keep
VERIFIER = "verify/verifier.html"  # the one page whose script and style stand inside it; its own policy binds it
ALWAYS_ASK = "public, no-cache"  # a copy may be kept, and is asked about each time: a released result is seen at once
_INSIDE = "default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; worker-src blob:; img-src data:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"


@require_safe
def page(request: HttpRequest, path: str = "") -> HttpResponse:
    """What anybody may read at this address."""
    return respond(request.META, path, request.build_absolute_uri("/public/"), request.GET.dict())


def respond(meta: dict[str, str], path: str, base: str, query: dict[str, str]) -> HttpResponse:
    """Return the response of an address, 304 when the asker has it already, the site's own 404 when there is none."""
    visit = visit_of(path, base, query)
    try:
        answer, tag = made(visit)
    except NotPublic:
        return _elsewhere(path, base) or HttpResponse(_missing(visit).body, status=404)
    if answer.moved:
        return HttpResponsePermanentRedirect(base + answer.moved)
    if tag in meta.get("HTTP_IF_NONE_MATCH", ""):
        response: HttpResponse = HttpResponseNotModified()
    else:
        response = HttpResponse(answer.body, content_type=answer.type)
    response.headers["ETag"], response.headers["Cache-Control"] = tag, ALWAYS_ASK
    if visit.path == VERIFIER:
        response.headers["Content-Security-Policy"] = _INSIDE
    return response


def made(visit: Visit) -> tuple[Answer, str]:
    """Return the answer of a visit and its entity tag, from memory where the state is the same. Raises NotPublic."""
    with held() as state:
        memory = memory_of(state)
        key = ("page", visit.full, visit.base)
        if visit.query or key not in memory:
            answer = registry.answer(visit)
            found = (answer, f'"{sha256(answer.body).hexdigest()[:32]}"')
            if visit.query or memory.get("room", 0) + len(answer.body) > ROOM:
                return found
            memory["room"] = memory.get("room", 0) + len(answer.body)
            memory[key] = found
        result: tuple[Answer, str] = memory[key]
        return result


def _elsewhere(path: str, base: str) -> HttpResponse | None:
    """Return a redirect for an address whose last stroke was left out, else None."""
    visit = visit_of(f"{path}/", base)
    try:
        if "*" in find(visit.path)[0].pattern:
            return None
        made(visit)
    except NotPublic:
        return None
    return HttpResponsePermanentRedirect(f"{base}{path}/")


def _missing(visit: Visit) -> Answer:
    with held():
        return visit.page("missing.html", {})
