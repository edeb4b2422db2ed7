"""What the handler does with a report: one page an act, each a small form and one service."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as noop

from sunlot.office.accounts.roles import CHIEF
from sunlot.office.complaints import forms as f
from sunlot.office.complaints import handling, rewards, verifying
from sunlot.office.complaints.models import Report
from sunlot.office.shell.forms import form_page


@dataclass(frozen=True)
class Way:
    """An act: its title, its form, and what it calls with user, number and the form."""

    title: str
    form: type[forms.Form]
    do: Callable[[Any, int, Any], Any]
    said: str = noop("已办理。")
    chief: bool = False


ACTS: dict[str, Way] = {
    "take": Way(noop("领取"), f.NothingForm, lambda user, n, form: handling.take(user, n), noop("已由您经办。")),
    "assign": Way(
        noop("指派经办人"),
        f.AssignForm,
        lambda user, n, form: handling.assign(user, n, form.cleaned_data["handler"]),
        noop("已指派。"),
        True,
    ),
    "firm": Way(
        noop("认定单位"), f.FirmForm, lambda user, n, form: handling.name_firm(user, n, form.cleaned_data["firm"])
    ),
    "accept": Way(
        noop("受理"),
        f.TextForm,
        lambda user, n, form: handling.accept(user, n, form.cleaned_data["text"]),
        noop("已受理。"),
    ),
    "refuse": Way(noop("不予受理"), f.RefuseForm, lambda user, n, form: handling.refuse(user, n, **form.cleaned_data)),
    "ask-transfer": Way(
        noop("申请移送"),
        f.TransferForm,
        lambda user, n, form: handling.ask_transfer(user, n, form.cleaned_data["receiver"]),
        noop("已送审。"),
    ),
    "transfer": Way(
        noop("告知已移送"),
        f.TextForm,
        lambda user, n, form: handling.transfer(user, n, form.cleaned_data["text"]),
        noop("已移送。"),
    ),
    "join": Way(noop("并案"), f.JoinForm, lambda user, n, form: handling.join(user, n, form.cleaned_data["into"])),
    "question": Way(
        noop("向举报人提问"),
        f.QuestionForm,
        lambda user, n, form: handling.question(user, n, form.cleaned_data["text"]),
    ),
    "read": Way(noop("补充已阅"), f.NothingForm, lambda user, n, form: handling.mark_read(user, n)),
    "visit": Way(
        noop("安排核查"),
        f.GoingForm,
        lambda user, n, form: verifying.arrange_visit(user, n, form.going()),
        noop("已拟定核查并送审。"),
    ),
    "extend": Way(
        noop("申请延期"), f.NothingForm, lambda user, n, form: verifying.ask_extension(user, n), noop("已送审。")
    ),
    "conclude": Way(
        noop("核查结论"),
        f.FindingForm,
        lambda user, n, form: verifying.ask_conclusion(user, n, **form.cleaned_data),
        noop("已送审。"),
    ),
    "answer": Way(
        noop("答复举报人"),
        f.AnswerForm,
        lambda user, n, form: handling.answer(user, n, **form.cleaned_data),
        noop("已答复并办结。"),
    ),
    "strengthen": Way(
        noop("列入加大抽查力度"),
        f.NothingForm,
        lambda user, n, form: verifying.strengthen(user, n),
        noop("已列入；正在抽取的，待审批后生效。"),
    ),
    "reward": Way(
        noop("申报奖励"),
        f.RewardForm,
        lambda user, n, form: rewards.ask_reward(user, n, **form.cleaned_data),
        noop("已送审。"),
    ),
    "pay": Way(
        noop("登记奖励已发放"), f.VoucherForm, lambda user, n, form: rewards.pay(user, n, form.cleaned_data["voucher"])
    ),
}


def act(request: HttpRequest, number: int, act: str) -> HttpResponse:
    """Do one of the acts, on a page of its own that says which report it is about."""
    user: Any = request.user
    report, way = get_object_or_404(Report.objects.select_related("handler"), pk=number), ACTS.get(act)
    if way is None or (way.chief and user.role != CHIEF):
        raise Http404(_("没有这种办理方式。"))
    if act not in ("take", "assign"):
        handling.refuse_other(user, report)
    back = reverse("complaints:one", args=[number])

    def do(data: dict[str, Any]) -> str:
        way.do(user, number, form)
        messages.success(request, _(way.said))
        return back

    form = way.form(request.POST if request.method == "POST" else None)
    context = {"back": back, "submit": way.title, "heading": f"{_(way.title)}：{report.number}"}
    return form_page(request, form, do, **context)
