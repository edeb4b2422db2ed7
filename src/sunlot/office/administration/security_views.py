"""What the 安全管理员 does to an account: passwords, locks, second factors, and who must use one."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as noop
from django.views.decorators.http import require_POST

from sunlot.office.accounts import logins, queries, second_factor, services
from sunlot.office.accounts.models import SecondFactorRule, User
from sunlot.office.administration.forms import RulesForm, SureForm
from sunlot.office.administration.views import USERS
from sunlot.office.shell.bulk import Bulk, carry_out
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


def _unlock(user: Any, keys: Sequence[int], data: Mapping[str, Any]) -> bool:
    logins.unlock(user, User.objects.get(pk=keys[0]))
    return True


UNLOCK = Bulk(noop("解锁所选"), _unlock)


@require_POST
def unlock_many(request: HttpRequest) -> HttpResponse:
    """Let several people in again."""
    return carry_out(request, USERS, queries.with_failures(User.objects.all()), UNLOCK)


@require_POST
def reset_many(request: HttpRequest) -> HttpResponse:
    """Hand out new first passwords; the answer shows them, once, to be printed and cut apart."""
    handed: list[tuple[User, str]] = []

    def reset(user: Any, keys: Sequence[int], data: Mapping[str, Any]) -> bool:
        account = User.objects.get(pk=keys[0])
        handed.append((account, services.reset_password(user, account)))
        return True

    bulk = Bulk(
        noop("发放初始密码"), reset, SureForm, help=noop("所选账号现在的密码随即失效，正在使用的会话随即结束。")
    )
    rows = queries.with_failures(User.objects.all())
    return carry_out(request, USERS, rows, bulk, "administration/handed_many.html", handed=handed)
