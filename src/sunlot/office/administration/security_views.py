"""What the 安全管理员 does to an account: passwords, locks, second factors, and who must use one."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from sunlot.office.accounts import logins, second_factor, services
from sunlot.office.accounts.models import SecondFactorRule, User
from sunlot.office.administration.forms import RulesForm
from sunlot.office.shell.forms import form_page


@require_POST
def reset_password(request: HttpRequest, number: int) -> HttpResponse:
    """Hand out a new first password; the answer shows it, once."""
    user = get_object_or_404(User, pk=number)
    password = services.reset_password(_by(request), user)
    return render(request, "administration/handed.html", {"account": user, "password": password})


@require_POST
def unlock(request: HttpRequest, number: int) -> HttpResponse:
    """Let a locked-out person in again."""
    user = get_object_or_404(User, pk=number)
    logins.unlock(_by(request), user)
    messages.success(request, _("已解锁。"))
    return redirect("administration:one", number)


@require_POST
def reset_second_factor(request: HttpRequest, number: int) -> HttpResponse:
    """Take the second factor from somebody who lost his phone."""
    user = get_object_or_404(User, pk=number)
    second_factor.reset(_by(request), user)
    messages.success(request, _("动态口令已重置；本人登录后可以重新启用。"))
    return redirect("administration:one", number)


def rules(request: HttpRequest) -> HttpResponse:
    """Which roles must use a second factor."""
    now = list(SecondFactorRule.objects.filter(required=True).values_list("role", flat=True))

    def act(data: dict[str, Any]) -> str:
        second_factor.require(_by(request), set(data["roles"]))
        messages.success(request, _("已保存，从各人下次登录起执行。"))
        return reverse("administration:rules")

    return form_page(request, RulesForm(request.POST or None, initial={"roles": now}), act)


def _by(request: HttpRequest) -> User:
    return request.user  # type: ignore[return-value]
