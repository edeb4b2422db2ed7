"""The pages of the second factor: the code at the door, and turning one's own on and off."""

from typing import Any

import segno
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from sunlot.office.accounts import entrance, queries, second_factor
from sunlot.office.accounts.forms import CodeForm
from sunlot.office.accounts.models import User
from sunlot.office.shell.forms import form_page
from sunlot.office.shell.refusals import said
from sunlot.refusal import Refusal


def code(request: HttpRequest) -> HttpResponse:
    """The second step of a login."""
    if (waits := entrance.who_waits(request)) is None:
        messages.warning(request, _("等待动态口令超时，请重新登录。"))
        return redirect("accounts:login")
    user, then = waits

    def check(data: dict[str, Any]) -> str:
        try:
            accepted = second_factor.verify(user, data["code"])
        except Refusal:
            entrance.note_failure(request, user.username, "code")
            raise
        entrance.let_in(request, user, accepted)
        if accepted == "recovery":
            left = second_factor.codes_left(user)
            messages.warning(request, _("您用了一个恢复码，还剩 %(left)s 个。") % {"left": left})
        return then

    return form_page(request, CodeForm(request.POST or None), check, "accounts/code.html", submit="登录")


def own(request: HttpRequest) -> HttpResponse:
    """One's own second factor: off, being set up, or on."""
    user: User = request.user  # type: ignore[assignment]
    if request.method == "POST":
        return _act(request, user)
    return _show(request, user, _form(user))


def _act(request: HttpRequest, user: User) -> HttpResponse:
    """Do what was asked; recovery codes are shown in the answer itself, once."""
    act, form = request.POST.get("act", ""), _form(user, request.POST)
    if not form.is_valid():
        return _show(request, user, form)
    try:
        if act == "off":
            second_factor.turn_off(user, form.cleaned_data["code"])
            messages.success(request, _("动态口令已关闭。"))
            return redirect("accounts:second-factor")
        do = second_factor.renew_codes if act == "codes" else second_factor.confirm
        codes = do(user, form.cleaned_data["code"])
    except Refusal as refusal:
        form.add_error(None, said(refusal))
        return _show(request, user, form)
    request.session.pop("second_factor_due", None)
    return render(request, "accounts/recovery_codes.html", {"codes": codes})


def _form(user: User, data: Any = None) -> CodeForm:
    """Return the form; before the second factor is on there are no recovery codes to ask for."""
    return CodeForm(data, label="" if user.second_factor else _("六位动态口令"))


def _show(request: HttpRequest, user: User, form: CodeForm) -> HttpResponse:
    context: dict[str, Any] = {"form": form, "required": queries.must_use_second_factor(user.role)}
    if user.second_factor:
        context["left"] = second_factor.codes_left(user)
    else:
        device = second_factor.begin(user)
        context["picture"] = segno.make(device.config_url, error="m").svg_data_uri(scale=5, dark="#000", light="#fff")
        context["secret"] = second_factor.secret_of(device)
    context["address"] = reverse("accounts:second-factor")
    status = 422 if form.is_bound and form.errors else 200
    return render(request, "accounts/second_factor.html", context, status=status)
