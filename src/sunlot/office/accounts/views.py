"""Logging in and out, one's own password, the list of people."""

from typing import Any

from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.forms import AuthenticationForm, SetPasswordForm
from django.contrib.auth.views import LoginView, LogoutView
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from sunlot.office.accounts import services
from sunlot.office.accounts.models import User
from sunlot.office.accounts.roles import Role
from sunlot.office.shell.forms import form_page
from sunlot.office.shell.listing import Choice, Column, Listing, Search

USERS = Listing(
    name="用户与岗位",
    columns=(
        Column("用户名", "username", sort="username"),
        Column("姓名", "name"),
        Column("岗位", "get_role_display", sort="role"),
        Column("部门", "department"),
        Column(
            "状态",
            lambda user: _("启用") if user.is_active else _("停用"),
            tag=lambda u: "ok" if u.is_active else "plain",
        ),
        Column("最近登录", "last_login"),
    ),
    filters=(Search(("username", "name", "department")), Choice("岗位", "role", Role.choices)),
    order=("username",),
)


class Login(LoginView):
    """The login page; every login is an event."""

    template_name = "accounts/login.html"
    redirect_authenticated_user = True

    def form_valid(self, form: AuthenticationForm) -> HttpResponse:
        answer = super().form_valid(form)
        services.record_login(form.get_user())
        return answer


class Logout(LogoutView):
    """Leaving; by POST only."""


def locked_out(request: HttpRequest, credentials: dict[str, Any], *args: Any, **kwargs: Any) -> HttpResponse:
    """Return what somebody sees after too many wrong passwords."""
    return render(request, "accounts/locked.html", status=429)


def password(request: HttpRequest) -> HttpResponse:
    """One's own new password; the first one must be changed before anything else."""
    user: User = request.user  # type: ignore[assignment]

    def change(data: dict[str, Any]) -> str:
        services.change_password(user, data["new_password1"])
        update_session_auth_hash(request, user)
        return reverse("workbench:home")

    return form_page(request, SetPasswordForm(user, request.POST or None), change)


def users(request: HttpRequest) -> HttpResponse:
    """Everybody with an account."""
    return USERS.page(request, User.objects.all())
