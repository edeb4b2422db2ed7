"""Logging in and out, one's own password."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.forms import AuthenticationForm
from django.contrib.auth.views import LoginView, LogoutView
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from sunlot.office.accounts import entrance, logins, queries, services, sessions
from sunlot.office.accounts.forms import FirstPassword, OwnPassword
from sunlot.office.accounts.models import User
from sunlot.office.shell.forms import form_page


class Login(LoginView):
    """The login page; every login and every failure is an event. Whoever has a second factor is asked for it next."""

    template_name = "accounts/login.html"
    redirect_authenticated_user = True

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        logins.end_expired_sessions()
        return super().get(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"demo": queries.demo_accounts()}

    def form_valid(self, form: AuthenticationForm) -> HttpResponse:
        user: Any = form.get_user()
        if user.second_factor:
            entrance.wait_for_code(self.request, user, self.get_success_url())
            return redirect("accounts:code")
        entrance.let_in(self.request, user)
        return redirect(self.get_success_url())

    def form_invalid(self, form: AuthenticationForm) -> HttpResponse:
        entrance.note_failure(self.request, form.data.get("username", "").strip())
        return super().form_invalid(form)


class Logout(LogoutView):
    """Leaving; by POST only."""

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        logins.record_logout(request.user)  # type: ignore[arg-type]
        return super().post(request, *args, **kwargs)


def locked_out(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
    """Return what somebody sees after too many wrong passwords: until when, and who can help."""
    context = {
        "failures": settings.AXES_FAILURE_LIMIT,
        "until": queries.locked_until(request.POST.get("username", "").strip()),
        "minutes": int(queries.cool_off().total_seconds() // 60),
    }
    return render(request, "accounts/locked.html", context, status=429)


def password(request: HttpRequest) -> HttpResponse:
    """One's own new password; the first one must be changed before anything else."""
    user: User = request.user  # type: ignore[assignment]

    def change(data: dict[str, Any]) -> str:
        services.change_password(user, data["new_password1"])
        update_session_auth_hash(request, user)
        messages.success(request, _("密码已修改。"))
        return reverse("workbench:home")

    form = FirstPassword if user.must_change_password else OwnPassword
    return form_page(request, form(user, request.POST or None), change, "accounts/password.html")


def own_sessions(request: HttpRequest) -> HttpResponse:
    """Where one is logged in; a session left open elsewhere is ended from here."""
    user: User = request.user  # type: ignore[assignment]
    key = request.session.session_key
    if request.method == "POST":
        ended = sessions.end_sessions(user, key, request.POST.get("mark", ""))
        messages.success(request, _("已结束 %(ended)s 个会话。") % {"ended": ended})
        return redirect("accounts:sessions")
    found = sessions.sessions_of(user, key)
    return render(request, "accounts/sessions.html", {"sessions": found, "others": len(found) > 1})
