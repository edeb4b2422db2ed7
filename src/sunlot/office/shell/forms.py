"""Forms that tell a refusal where the person is looking, and refuse to overwrite what somebody else has changed meanwhile."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme

from sunlot.office.shell.refusals import said
from sunlot.refusal import Refusal


class StaleEdit(Refusal):
    """Somebody else changed the same thing first. What was typed is kept on the page."""

    def __init__(self, what: str) -> None:
        super().__init__(
            "stale_edit", f"{what} 在您打开之后已被他人修改。您填写的内容仍在下面；请对照最新内容后再次提交。"
        )


@contextmanager
def refused_on(form: forms.BaseForm) -> Iterator[None]:
    """Show a refusal raised inside at the top of the form."""
    try:
        yield
    except Refusal as refusal:
        form.add_error(None, said(refusal))


def form_page(
    request: HttpRequest,
    form: forms.BaseForm,
    act: Callable[[dict[str, Any]], str],
    template: str = "shell/form.html",
    **context: Any,
) -> HttpResponse:
    """Return a form's page; a valid post calls `act` with the cleaned data and goes to the address it returns.

    A Refusal from `act` is shown on the form with everything that was typed.
    """
    if request.method == "POST" and form.is_valid():
        with refused_on(form):
            return redirect(act(form.cleaned_data))
    status = 422 if form.is_bound and form.errors else 200
    return render(request, template, {"form": form, **context}, status=status)


def came_from(request: HttpRequest, otherwise: str = "/") -> str:
    """Return the page that somebody came from, told by a field `back` or by the browser, never one of another site."""
    came = request.POST.get("back") or request.META.get("HTTP_REFERER", "")
    own = url_has_allowed_host_and_scheme(came, {request.get_host()}, require_https=request.is_secure())
    return came if own else otherwise
