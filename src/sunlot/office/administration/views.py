"""The accounts: a list, one with its history, and everything that is done to it."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as noop
from django.views.decorators.http import require_POST

from sunlot.office.accounts import keeping, queries
from sunlot.office.accounts.models import User
from sunlot.office.accounts.roles import POWERFUL, Role
from sunlot.office.accounts.telling import told
from sunlot.office.administration import services
from sunlot.office.administration.forms import EditForm, OpenForm, ReasonForm, RoleForm
from sunlot.office.approvals.models import Approval, State
from sunlot.office.journal.models import Event
from sunlot.office.shell.bulk import Bulk, carry_out
from sunlot.office.shell.forms import form_page, refused_on
from sunlot.office.shell.incoming import FromFile
from sunlot.office.shell.listing import Button, Choice, Column, Listing, Search

HISTORY = 50  # events of an account on its page; the journal has them all


def state_of(user: Any) -> tuple[str, str]:
    """Return what a person's account is like now, and its colour."""
    if not user.is_active:
        return _("停用"), "plain"
    if user.failures >= settings.AXES_FAILURE_LIMIT:
        return _("已锁定"), "bad"
    if not user.has_usable_password():
        return _("待发放密码"), "warn"
    return (_("待首次登录"), "info") if user.must_change_password else (_("启用"), "ok")


USERS = Listing(
    incoming=FromFile("users"),
    name="用户与岗位",
    columns=(
        Column("用户名", "username", sort="username", link="administration:one"),
        Column("姓名", "name"),
        Column("岗位", "get_role_display", sort="role"),
        Column("部门", "department", sort="department"),
        Column("执法人员编号", "person"),
        Column("状态", lambda user: state_of(user)[0], tag=lambda user: state_of(user)[1]),
        Column("动态口令", "second_factor"),
        Column("最近登录", "last_login", sort="last_login"),
    ),
    filters=(
        Search(("username", "name", "department", "person")),
        Choice("岗位", "role", Role.choices),
        Choice("启用", "is_active", ((True, noop("启用")), (False, noop("已停用")))),
    ),
    order=("username",),
    buttons=(
        Button("开设账号", "administration:open", main=True),
        Button("停用所选账号", "administration:close-many", bulk=True),
        Button("解锁所选", "administration:unlock-many", bulk=True),
        Button("发放初始密码", "administration:password-many", bulk=True),
    ),
)


def users(request: HttpRequest) -> HttpResponse:
    """Everybody with an account."""
    return USERS.page(request, queries.with_failures(User.objects.all()))


def one(request: HttpRequest, number: int) -> HttpResponse:
    """One account: what it says, what can be done, what happened to it."""
    user = get_object_or_404(queries.with_failures(User.objects.all()), pk=number)
    state, colour = state_of(user)
    names, latest = queries.names_by_actor(), Event.objects.filter(obj=user.actor).order_by("-seq")[:HISTORY]
    context = {
        "account": user,
        "state": state,
        "colour": colour,
        "until": queries.locked_until(user.username),
        "waiting": Approval.objects.filter(obj=user.actor, state=State.PENDING).first(),
        "history": [told(event, names) for event in latest],
        "own": user.pk == request.user.pk,
    }
    return render(request, "administration/one.html", context)


def open_account(request: HttpRequest) -> HttpResponse:
    """A new account: its first password is shown once, or a request goes to the 安全管理员."""
    form = OpenForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        values = {name: form.cleaned_data[name] for name in ("username", "name", "role", "department", "person")}
        with refused_on(form):
            made = services.open_account(_by(request), values, form.cleaned_data["reason"])
            if isinstance(made, Approval):
                messages.success(request, _("已提交安全管理员审批；批准后由安全管理员发放初始密码。"))
                return redirect("approvals:one", made.pk)
            return render(request, "administration/handed.html", {"account": made[0], "password": made[1]})
    status = 422 if form.is_bound and form.errors else 200
    context = {"form": form, "submit": _("开设"), "back": reverse("administration:users")}
    return render(request, "shell/form.html", context, status=status)


def edit(request: HttpRequest, number: int) -> HttpResponse:
    """Name, department, person's number."""
    user = get_object_or_404(User, pk=number)

    def change(data: dict[str, Any]) -> str:
        keeping.change(_by(request), number, data["version"], data)
        return _done(request, number, _("已保存。"))

    return form_page(request, EditForm.of(user, request.POST or None), change, **_about(user))


def close(request: HttpRequest, number: int) -> HttpResponse:
    """Close an account, with a reason."""
    user = get_object_or_404(User, pk=number)

    def act(data: dict[str, Any]) -> str:
        keeping.close(_by(request), number, data["reason"])
        return _done(request, number, _("账号已停用，正在使用它的会话随即结束。"))

    return form_page(request, ReasonForm(request.POST or None), act, submit="停用账号", **_about(user))


def reopen(request: HttpRequest, number: int) -> HttpResponse:
    """Reopen an account; one with power goes to the 安全管理员 first."""
    user = get_object_or_404(User, pk=number)

    def act(data: dict[str, Any]) -> str:
        if (asked := services.reopen(_by(request), user, data["reason"])) is not None:
            return reverse("approvals:one", args=[asked.pk])
        return _done(request, number, _("账号已重新启用，请安全管理员发放初始密码。"))

    return form_page(
        request, ReasonForm(request.POST or None), act, submit="重新启用", **_about(user, user.role in POWERFUL)
    )


def role(request: HttpRequest, number: int) -> HttpResponse:
    """Ask for another role."""
    user = get_object_or_404(User, pk=number)

    def act(data: dict[str, Any]) -> str:
        asked = services.ask_role(_by(request), user, data["role"], data["reason"])
        messages.success(request, _("已提交安全管理员审批。"))
        return reverse("approvals:one", args=[asked.pk])

    form = RoleForm(request.POST or None, initial={"role": user.role})
    return form_page(request, form, act, submit="提交审批", **_about(user, True))


def _about(user: User, four_eyes: bool = False) -> dict[str, Any]:
    return {
        "template": "administration/change.html",
        "account": user,
        "four_eyes": four_eyes,
        "back": reverse("administration:one", args=[user.pk]),
    }


def _done(request: HttpRequest, number: int, sentence: str) -> str:
    messages.success(request, sentence)
    return reverse("administration:one", args=[number])


def _by(request: HttpRequest) -> User:
    return request.user  # type: ignore[return-value]


def _close(user: Any, keys: Sequence[int], data: Mapping[str, Any]) -> bool:
    keeping.close(user, keys[0], data["reason"])
    return True


CLOSE = Bulk(noop("停用所选账号"), _close, ReasonForm)


@require_POST
def close_many(request: HttpRequest) -> HttpResponse:
    """Close several accounts for one reason."""
    return carry_out(request, USERS, queries.with_failures(User.objects.all()), CLOSE)
