"""Public pages are answered before sessions, accounts and menus are looked at: nobody is asked who he is, and nothing of him is needed."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from sunlot.office.disclosure import views

PREFIX = "/public/"


class PublicFirst:
    """Answers GET and HEAD below /public/; everything else goes on."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path_info.startswith(PREFIX) and request.method in ("GET", "HEAD"):
            answer = views.page(request, request.path_info[len(PREFIX) :])
            answer.headers.setdefault("X-Frame-Options", "DENY")
            return answer
        return self.get_response(request)
