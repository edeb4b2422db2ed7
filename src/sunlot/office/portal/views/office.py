"""The office's side: giving a firm its code as a letter, stopping one, and who has one."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as noop
from django.views.decorators.http import require_POST

from sunlot.office.bureau.queries import absolute
from sunlot.office.portal import codes
from sunlot.office.portal.forms import GiveForm, StopForm
from sunlot.office.portal.models import AccessCode
from sunlot.office.roster.models import Firm
from sunlot.office.shell.bulk import Bulk, carry_out
from sunlot.office.shell.forms import form_page, refused_on
from sunlot.office.shell.incoming import Never
from sunlot.office.shell.listing import Between, Button, Column, Listing, Search
from sunlot.office.visits import moment


def _standing(code: AccessCode) -> str:
    if code.revoked_at:
        return "已停用"
    return "已到期" if code.until < moment.today() else "有效"


CODES = Listing(
    incoming=Never.RECORD,
    name="企业登录码",
    columns=(
        Column("编号", "pk", sort="pk", link="portal:code"),
        Column("单位名称", "firm__name"),
        Column("统一社会信用代码", "firm_id"),
        Column("送交方式和接收人", "sent_to"),
        Column("发放时间", "given_at", sort="given_at"),
        Column("有效期至", "until", sort="until"),
        Column(
            "状态",
            _standing,
            words=True,
            tag=lambda code: {"有效": "ok", "已停用": "bad"}.get(_standing(code), "plain"),
        ),
    ),
    filters=(Search(("firm__name", "firm__id")), Between("有效期至", "until")),
    order=("-pk",),
    buttons=(Button("停用所选", "portal:stop-many", bulk=True),),
    empty="还没有发放。在单位页面上点“发给登录码”。",
)


def list_all(request: HttpRequest) -> HttpResponse:
    """Every code that was given, by firm; the codes themselves nobody can read again."""
    return CODES.page(request, AccessCode.objects.select_related("firm"))


def give(request: HttpRequest, pk: str) -> HttpResponse:
    """Give a firm a code. The answer is the letter with the code, which stands nowhere else."""
    firm = get_object_or_404(Firm, pk=pk, listed=True)
    form = GiveForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with refused_on(form):
            user: Any = request.user
            code, text = codes.give(user, pk, form.cleaned_data["sent_to"])
            door = absolute(request, reverse("portal:enter"))
            context = {"firm": firm, "code": code, "text": text, "door": door, "address": f"{door}?code={text}"}
            return render(request, "portal/letter.html", context)
    status = 422 if form.errors else 200
    context = {
        "form": form,
        "heading": firm.name,
        "submit": noop("生成登录码"),
        "back": reverse("roster:one", args=[pk]),
    }
    return render(request, "shell/form.html", context, status=status)


def code(request: HttpRequest, number: int) -> HttpResponse:
    """One code that was given; here it can be stopped."""
    row = get_object_or_404(AccessCode.objects.select_related("firm", "given_by"), pk=number)
    form = StopForm(request.POST or None)

    def act(data: dict[str, Any]) -> str:
        user: Any = request.user
        codes.stop(user, number, data["reason"])
        messages.success(request, _("登录码已停用。"))
        return reverse("portal:code", args=[number])

    context = {"row": row, "standing": _standing(row)}
    return form_page(request, form, act, "portal/code.html", **context)


def _stop(user: Any, keys: Sequence[int], data: Mapping[str, Any]) -> bool:
    codes.stop(user, keys[0], data["reason"])
    return True


STOP = Bulk(noop("停用所选"), _stop, StopForm)


@require_POST
def stop_many(request: HttpRequest) -> HttpResponse:
    """Stop several codes for one reason."""
    return carry_out(request, CODES, AccessCode.objects.select_related("firm"), STOP)
