"""Importing in the browser: upload, what would change, row report, mapping, then apply, undo or give up."""

import json
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as noop
from django.views.decorators.http import require_POST

from sunlot.intake.findings import HANDLING
from sunlot.office.approvals.models import Approval
from sunlot.office.imports import applying, queries, reading, services
from sunlot.office.imports.forms import Upload
from sunlot.office.imports.kinds import KINDS
from sunlot.office.imports.models import FATES, Batch, Planned, State
from sunlot.office.shell.bulk import Bulk, carry_out
from sunlot.office.shell.forms import form_page
from sunlot.office.shell.incoming import Never
from sunlot.office.shell.listing import Between, Button, Choice, Column, Listing, Search
from sunlot.refusal import Refusal

COLOURS = {State.READ: "warn", State.APPLIED: "ok", State.UNDONE: "plain", State.DROPPED: "plain"}
HANDLED = {"quarantined": "bad", "flagged": "warn", "merged": "info", "accepted": "ok", "normalised": "ok"}
FATE_COLOURS = {"added": "ok", "changed": "info", "missing": "warn", "passed_over": "bad"}
BATCHES = Listing(
    incoming=Never.RECORD,
    name="导入批次",
    columns=(
        Column("批次", "pk", sort="pk", link="imports:one"),
        Column("种类", lambda batch: KINDS[batch.kind].title, words=True),
        Column("文件", lambda batch: "、".join(file.name for file in batch.files.all())),
        Column("上传时间", "at", sort="at"),
        Column("经办人", "by__name"),
        Column("结果", lambda batch: _summary(batch)),
        Column("状态", "get_state_display", tag=lambda batch: COLOURS[State(batch.state)]),
    ),
    filters=(
        Choice("种类", "kind", lambda: [(kind.code, kind.title) for kind in KINDS.values()]),
        Choice("状态", "state", State.choices),
        Between("导入日期", "day"),
    ),
    order=("-pk",),
    buttons=(
        Button("上传文件", "imports:new", main=True),
        Button("放弃所选批次", "imports:drop-many", bulk=True, confirm="放弃后所选批次不能再用，确定吗？"),
    ),
    empty="还没有导入过文件。",
)
REPORT = Listing(
    incoming=Never.RECORD,
    name="逐行报告",
    columns=(
        Column("文件", "file"),
        Column("工作表", "sheet"),
        Column("行", "row", sort="row"),
        Column("字段", lambda remark: _field_title(remark), words=True),
        Column("原内容", "found"),
        Column("问题", "problem"),
        Column("应当如何", "suggestion"),
        Column("处理", "get_handling_display", tag=lambda remark: HANDLED.get(remark.handling, "plain"), words=True),
        Column("类别", "kind", on_screen=False),
    ),
    filters=(Search(("found", "problem", "suggestion")), Choice("处理", "handling", list(HANDLING.items()))),
    empty="没有需要说明的行。",
)
CHANGES = Listing(
    incoming=Never.RECORD,
    name="将会改变的内容",
    columns=(
        Column("名称", "title", sort="title"),
        Column("编号", "key", sort="key"),
        Column("将会", "get_fate_display", tag=lambda row: FATE_COLOURS[row.fate]),
        Column("内容", lambda row: _changes_text(row)),
    ),
    filters=(Search(("title", "key")), Choice("将会", "fate", FATES)),
    empty="没有差异：名录与文件一致。",
)


def _summary(batch: Batch) -> str:
    found = json.loads(batch.counts or "{}")
    if batch.trouble:
        return _("未能读取")
    return _("新增 %(added)s，变更 %(changed)s，隔离 %(quarantined)s") % {
        name: found.get(name, 0) for name in ("added", "changed", "quarantined")
    }


def _field_title(remark: Any) -> str:
    return KINDS[remark.batch.kind].columns.get(remark.field, remark.field)


def _changes_text(row: Planned) -> str:
    parts = [
        f"{field}：{before} → {after}" if before else f"{field}：{after}"
        for field, before, after in json.loads(row.changes)
    ]
    return "；".join(parts)


def list_all(request: HttpRequest) -> HttpResponse:
    """Every batch this person may see."""
    rows = queries.visible_to(request.user.role).select_related("by").prefetch_related("files")  # type: ignore[union-attr]
    return BATCHES.page(request, rows)


def new(request: HttpRequest) -> HttpResponse:
    """The upload."""
    initial = {"kind": request.GET.get("kind", "")}
    form = Upload(request.user.role, request.POST or None, request.FILES or None, initial=initial)  # type: ignore[union-attr]

    def take_in(data: dict[str, Any]) -> str:
        files = [(file.name, file.read()) for file in data["uploads"]]
        batches = services.take_in(request.user, files, data["kind"])  # type: ignore[arg-type]
        return reverse("imports:one", args=[batches[0].pk]) if len(batches) == 1 else reverse("imports:list")

    return form_page(request, form, take_in, submit="上传并试运行", back=reverse("imports:list"))


def _batch(request: HttpRequest, number: int) -> Batch:
    return get_object_or_404(queries.visible_to(request.user.role).select_related("by"), pk=number)  # type: ignore[union-attr]


def one(request: HttpRequest, number: int) -> HttpResponse:
    """A batch: its files, how the columns were read, what applying would change, and what can be done with it."""
    return _show(request, _batch(request, number))


def _show(request: HttpRequest, batch: Batch, refusal: Refusal | None = None) -> HttpResponse:
    kind, counts = KINDS[batch.kind], json.loads(batch.counts or "{}")
    open_now = batch.state == State.READ
    context = {
        "batch": batch,
        "kind": kind,
        "files": batch.files.order_by("pk"),
        "counts": counts,
        "fates": [(code, title, counts.get(code, 0), FATE_COLOURS[code]) for code, title in FATES],
        "colour": COLOURS[State(batch.state)],
        "works": open_now and request.user.role in kind.roles,  # type: ignore[union-attr]
        "undoes": batch.state == State.APPLIED and request.user.role in kind.roles,  # type: ignore[union-attr]
        "waiting": services.waiting(batch),
        "guard": kind.why_second(),
        "headings": reading.headings(batch) if open_now else [],
        "fields": list(kind.columns.items()),
        "left": batch.written.filter(undone="") if batch.state == State.UNDONE else [],
        "refusal": refusal,
        "reason": request.POST.get("reason", ""),
    }
    return render(request, "imports/one.html", context, status=409 if refusal else 200)


def report(request: HttpRequest, number: int) -> HttpResponse:
    """What was found in every row, by file, sheet, row and field; as Excel too."""
    return REPORT.page(request, _batch(request, number).remarks.select_related("batch"))


def changes(request: HttpRequest, number: int) -> HttpResponse:
    """What applying would change, row by row; as Excel too."""
    return CHANGES.page(request, _batch(request, number).planned.all())


def _done(request: HttpRequest, number: int, act: Callable[[], Batch | Approval], told: str) -> HttpResponse:
    """Do something with a batch and show it again; a refusal is shown on its page."""
    batch = _batch(request, number)
    try:
        found = act()
    except Refusal as refusal:
        return _show(request, batch, refusal)
    if isinstance(found, Approval):
        messages.warning(request, _("已提交审批：%(title)s。批准后才会生效。") % {"title": found.title})
    else:
        messages.success(request, told)
    return redirect("imports:one", number)


@require_POST
def remap(request: HttpRequest, number: int) -> HttpResponse:
    """Read the files again with the columns as the clerk has set them."""
    fields = KINDS[_batch(request, number).kind].columns
    headers = request.POST.getlist("header")
    chosen = request.POST.getlist("field")
    mapping = {header: field for header, field in zip(headers, chosen, strict=False) if field in fields or not field}
    version = _number(request.POST.get("version", ""))
    return _done(
        request,
        number,
        lambda: services.remap(request.user, number, version, mapping),  # type: ignore[arg-type]
        _("已按新的对应重新读取。"),
    )


@require_POST
def again(request: HttpRequest, number: int) -> HttpResponse:
    """Compare with the roster as it stands now."""
    return _done(request, number, lambda: services.check_again(request.user, number), _("已重新核对。"))  # type: ignore[arg-type]


@require_POST
def apply(request: HttpRequest, number: int) -> HttpResponse:
    """Apply what was shown."""
    version, mark, reason = (
        _number(request.POST.get("version", "")),
        request.POST.get("mark") == "on",
        request.POST.get("reason", ""),
    )
    return _done(
        request,
        number,
        lambda: applying.apply(request.user, number, version, mark, reason),  # type: ignore[arg-type]
        _("导入已生效。"),
    )


@require_POST
def undo(request: HttpRequest, number: int) -> HttpResponse:
    """Take an applied batch back."""
    reason = request.POST.get("reason", "")
    return _done(request, number, lambda: applying.undo(request.user, number, reason), _("导入已撤销。"))  # type: ignore[arg-type]


@require_POST
def drop(request: HttpRequest, number: int) -> HttpResponse:
    """Give a batch up."""
    return _done(request, number, lambda: services.drop(request.user, number), _("已放弃，名录没有改动。"))  # type: ignore[arg-type]


def _number(text: str) -> int:
    return int(text) if text.isdigit() else 0


def _drop(user: Any, keys: Sequence[int], data: Mapping[str, Any]) -> bool:
    services.drop(user, keys[0])
    return True


DROP = Bulk(noop("放弃所选批次"), _drop)


@require_POST
def drop_many(request: HttpRequest) -> HttpResponse:
    """Give several batches up that have not been applied."""
    rows = queries.visible_to(request.user.role).select_related("by")  # type: ignore[union-attr]
    return carry_out(request, BATCHES, rows, DROP)
