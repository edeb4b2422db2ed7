"""The list of firms, all that is known of one, and changing it."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as noop

from sunlot.office.roster import changes, queries, services
from sunlot.office.roster.facts import title_of
from sunlot.office.roster.forms import FirmForm, NewFirm, StatusForm, VisitForm
from sunlot.office.roster.history import history
from sunlot.office.roster.models import (
    CONTACTS,
    CREDITS,
    DRAWABLE,
    FACTS,
    OTHER,
    RISK_CLASSES,
    RISKS,
    STANDARDS,
    YES_NO,
    Correction,
    Firm,
    Status,
)
from sunlot.office.shell.forms import StaleEdit, form_page
from sunlot.office.shell.incoming import FromFile, Never
from sunlot.office.shell.language import in_words
from sunlot.office.shell.listing import Button, Choice, Column, Listing, Search
from sunlot.office.shell.reckoned import Reckoned

COLOURS = {
    "": "warn",
    Status.NORMAL: "ok",
    Status.IDLE: "plain",
    Status.IN_DOUBT: "warn",
    Status.LOST: "bad",
    Status.STRUCK: "plain",
    Status.REVOKED: "plain",
    Status.MOVED: "plain",
}
COLUMNS = (
    Column("单位名称", "name", sort="name", link="roster:one"),
    Column("统一社会信用代码", "id", sort="id"),
    Column("所属镇街", "territory", sort="territory"),
    Column("行业类别", "hazard_class", sort="hazard_class"),
    Column("风险等级", "risk_level", words=True),
    Column("信用等级", "credit_class", on_screen=False),
    Column("重点单位", "key_unit", words=True),
    Column("监管层级", "level", on_screen=False),
    Column(
        "经营状态",
        lambda firm: firm.status or noop("未填"),
        tag=lambda firm: COLOURS.get(firm.status, "warn"),
        words=True,
    ),
    Column("安全风险分级", "risk_class", on_screen=False),
    Column("标准化等级", "standardization_level", words=True, on_screen=False),
    Column("详细地址", "address", on_screen=False),
    Column("国民经济行业", "industry", on_screen=False),
    Column("成立日期", "established", on_screen=False),
    Column("从业人数", "staff", on_screen=False),
    Column("注册资本", "capital", on_screen=False),
    Column("经营范围", "scope", on_screen=False),
    Column("法定代表人", "legal_person", on_screen=False),
    Column("联系电话", "phone", on_screen=False),
    Column("备注", "note", on_screen=False),
    Column("最近核对", "confirmed_on"),
)
BULK = (
    Button("标记今日核对无误", "roster:confirm", bulk=True, confirm="确定所选单位都已核对无误？"),
    Button("批量修改", "roster:many", bulk=True),
)
FIRMS = Listing(
    incoming=FromFile("firms"),
    name="检查对象名录",
    columns=COLUMNS,
    filters=(
        Search(("name", "id", "address")),
        Choice("所属镇街", "territory", lambda: [(name, name) for name in queries.territories()]),
        Choice("行业类别", "hazard_class", lambda: [(name, name) for name in queries.hazard_classes()]),
        Choice("风险等级", "risk_level", RISKS),
        Choice("安全风险分级", "risk_class", RISK_CLASSES),
        Choice("标准化等级", "standardization_level", STANDARDS),
        Choice("信用等级", "credit_class", CREDITS),
        Choice("重点单位", "key_unit", YES_NO),
        Choice("经营状态", "status", Status.choices),
    ),
    order=("pk",),
    buttons=(
        Button("新增单位", "roster:add", main=True),
        *BULK,
    ),
    empty="没有符合条件的单位。可以导入 Excel 名录，或逐户新增。",
)


EVENTS = Listing(
    incoming=Never.RECORD,
    name="变更历史",
    columns=(
        Column("日志序号", "seq", sort="seq"),
        Column("时间", "when", sort="when"),
        Column("经办", "who", sort="who"),
        Column("事项", "sentence"),
        Column("改动", lambda entry: changes_text(entry.changes)),
        Column("理由", "reason"),
    ),
    filters=(Search(("who", "sentence", "reason")),),
    order=(),
    empty="没有记录。",
)


def list_all(request: HttpRequest) -> HttpResponse:
    """Every listed firm."""
    return FIRMS.page(request, queries.listed())


def one(request: HttpRequest, pk: str) -> HttpResponse:
    """Everything about one firm: its facts, its visits and draws, causes of intensity, requests for correction."""
    firm = get_object_or_404(Firm.objects.select_related("merged_into"), pk=pk)
    today = timezone.localdate()
    context = {
        "firm": firm,
        "facts": [
            (title_of(field), _in_words(firm, field), field in CONTACTS) for field in (*DRAWABLE, *OTHER, *CONTACTS)
        ],
        "colour": COLOURS.get(firm.status, "warn"),
        "merged": firm.merged.order_by("pk"),
        "visits": queries.visits_of([firm.pk]).select_related("firm").order_by("-date", "-pk"),
        "causes": [(cause, _standing(cause, today)) for cause in queries.causes_of(firm.pk)],
        "corrections": Correction.objects.filter(firm=firm).order_by("-pk"),
        "pending": queries.pending(firm.pk),
    }
    return render(request, "roster/one.html", context)


def _standing(cause: Any, today: date) -> tuple[str, str]:
    if cause.withdrawn_on:
        return _("已撤销"), "plain"
    return (_("已到期"), "plain") if cause.until < today else (_("有效"), "warn")


def events(request: HttpRequest, pk: str) -> HttpResponse:
    """The history of one firm as the log tells it."""
    firm = get_object_or_404(Firm, pk=pk)
    heading = _("%s · 变更历史") % firm.name
    return EVENTS.page(request, Reckoned(history(firm)), template="roster/history.html", firm=firm, heading=heading)


def changes_text(changed: list[tuple[str, str, str]]) -> str:
    """Return what was changed to what, as one text."""
    empty = _("（空）")
    return "；".join(f"{in_words(title)}：{before or empty} → {after or empty}" for title, before, after in changed)


def told(request: HttpRequest, asked: Any, done: str) -> None:
    """Tell the person that it was done, or that a second person must decide first."""
    if asked:
        messages.warning(request, _("已提交审批：%(title)s。批准后才会生效。") % {"title": asked.title})
    else:
        messages.success(request, done)


def add(request: HttpRequest) -> HttpResponse:
    """A new firm."""
    form = NewFirm(request.POST or None)

    def act(data: dict[str, Any]) -> str:
        identity, reason = data.pop("id"), data.pop("reason")
        asked = changes.add_firm(request.user, identity, data, reason)  # type: ignore[arg-type]
        told(request, asked, _("已加入名录。"))
        return reverse("roster:list") if asked else reverse("roster:one", args=[identity])

    return form_page(request, form, act, back=reverse("roster:list"))


def _in_words(firm: Firm, field: str) -> str:
    """Return a fact as the reader sees it: a value of a closed vocabulary in his language, what somebody wrote as it stands."""
    value = str(getattr(firm, field) or "")
    return in_words(value) if field in ("risk_level", "key_unit", "level", "status") else value


def edit(request: HttpRequest, pk: str) -> HttpResponse:
    """The facts of a firm. What somebody else changed meanwhile is shown beside what was typed."""
    firm = get_object_or_404(Firm, pk=pk)
    initial = {field: getattr(firm, field) for field in FACTS} | {"version": firm.version}
    form = FirmForm(request.POST or None, initial=initial)
    latest: list[tuple[str, str, str]] = []

    def act(data: dict[str, Any]) -> str:
        version, reason = data.pop("version"), data.pop("reason")
        try:
            asked = changes.edit_firm(request.user, pk, version, data, reason)  # type: ignore[arg-type]
        except StaleEdit:
            latest.extend(_against(form, firm, data))
            raise
        told(request, asked, _("已保存。"))
        return reverse("roster:one", args=[pk])

    return form_page(
        request, form, act, "roster/edit.html", latest=latest, back=reverse("roster:one", args=[pk]), heading=firm.name
    )


def _against(form: FirmForm, firm: Firm, data: dict[str, Any]) -> list[tuple[str, str, str]]:
    """Return the facts that differ as (title, as it is now, as typed), and let the form be sent again on top of the latest version."""
    form.data = {**form.data.dict(), "version": str(firm.version)}  # type: ignore[attr-defined]
    return [(title_of(f), getattr(firm, f), data[f]) for f in FACTS if f in data and data[f] != getattr(firm, f)]


def status(request: HttpRequest, pk: str) -> HttpResponse:
    """Closing and reopening a firm, with a reason."""
    firm = get_object_or_404(Firm, pk=pk)
    form = StatusForm(request.POST or None, initial={"status": firm.status, "version": firm.version})

    def act(data: dict[str, Any]) -> str:
        user: Any = request.user
        told(
            request,
            changes.change_status(user, pk, data["version"], data["status"], data["reason"]),
            _("已更新经营状态。"),
        )
        return reverse("roster:one", args=[pk])

    return form_page(request, form, act, back=reverse("roster:one", args=[pk]), heading=firm.name)


def visit(request: HttpRequest, pk: str) -> HttpResponse:
    """A visit by whatever department, entered into the ledger of all visits."""
    firm = get_object_or_404(Firm, pk=pk, listed=True)
    form = VisitForm(request.POST or None, initial={"date": timezone.localdate()})

    def act(data: dict[str, Any]) -> str:
        user: Any = request.user
        services.enter_visit(user, pk, data["date"], data["kind"], data["department"], data["observed"])
        messages.success(request, _("已登记。"))
        return reverse("roster:one", args=[pk])

    return form_page(request, form, act, back=reverse("roster:one", args=[pk]), heading=firm.name)
