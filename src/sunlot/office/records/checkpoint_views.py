"""Checkpoints and their witnesses, and the audit."""

from datetime import datetime
from typing import Any

import segno
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as noop
from django.views.decorators.http import require_POST

from sunlot.ledger.checkpoint import cosigners, parse_checkpoint
from sunlot.ledger.handover import pack, unpack
from sunlot.ledger.note import parse_note
from sunlot.office.accounts.models import User
from sunlot.office.journal import checkpoints as signing
from sunlot.office.journal.models import Checkpoint
from sunlot.office.journal.store import the_log
from sunlot.office.records import services, witness_rule
from sunlot.office.records.forms import AuditForm, CosignedForm, WitnessRuleForm
from sunlot.office.shell.forms import form_page, refused_on
from sunlot.office.shell.incoming import Never
from sunlot.office.shell.listing import Button, Choice, Column, Listing

CHECKPOINTS = Listing(
    incoming=Never.RECORD,
    name="检查点与见证",
    columns=(
        Column("条数", "size", sort="size", link="records:checkpoint"),
        Column("根哈希", lambda row: parse_checkpoint(parse_note(row.note).text).root.hex()),
        Column(
            "锚定",
            lambda row: _("已锚定") if row.anchored else _("尚未锚定"),
            tag=lambda row: "ok" if row.anchored else "plain",
        ),
    ),
    filters=(Choice("锚定", "anchored", ((True, noop("已锚定")), (False, noop("尚未锚定")))),),
    order=("-size",),
    buttons=(Button("收下见证签署", "records:cosigned"),),
    empty="还没有签署过检查点。",
)


def checkpoints(request: HttpRequest) -> HttpResponse:
    """Every checkpoint."""
    return CHECKPOINTS.page(request, Checkpoint.objects.all(), template="records/checkpoints.html")


@require_POST
def sign(request: HttpRequest) -> HttpResponse:
    """Sign the log as it is now."""
    row = signing.sign(settings.HOME)
    messages.success(request, _("已签署检查点：%(size)s 条。") % {"size": row.size})
    return redirect("records:checkpoint", row.size)


def checkpoint(request: HttpRequest, size: int) -> HttpResponse:
    """One checkpoint; with ?witness= what to carry to that witness, as a QR code."""
    row = get_object_or_404(Checkpoint, pk=size)
    note, witnesses = parse_note(row.note), signing.policy_of(the_log()).witnesses
    seen = cosigners(note, tuple(witnesses.values()))
    names = {name: _moment(seen.get(key)) for name, key in witnesses.items()}
    context: dict[str, Any] = {"row": row, "root": parse_checkpoint(note.text).root.hex(), "names": names}
    if (asked := request.GET.get("witness", "")) in witnesses:
        text = signing.request(row, signing.last_seen(asked)).text
        context |= {"asked": asked, "text": text, "picture": _picture(text)}
    else:
        context |= {"text": row.note, "picture": _picture(row.note)}
    return render(request, "records/checkpoint.html", context)


def cosigned(request: HttpRequest) -> HttpResponse:
    """Take in what a witness signed."""

    def take(data: dict[str, Any]) -> str:
        lines = unpack(data["text"].replace("\r\n", "\n"))
        row, names = signing.take_cosignatures(lines if lines.endswith("\n") else lines + "\n", _by(request).actor)
        messages.success(request, _("收到 %(names)s 的签署。") % {"names": "、".join(names)})
        return reverse("records:checkpoint", args=[row.size])

    back = reverse("records:checkpoints")
    return form_page(request, CosignedForm(request.POST or None), take, submit="收下", back=back)


def rule(request: HttpRequest) -> HttpResponse:
    """Ask for another rule of whose signatures are enough."""
    lines, enough = witness_rule.lines_now()

    def act(data: dict[str, Any]) -> str:
        approval = witness_rule.ask(_by(request), data["lines"], data["enough"], data["reason"])
        return reverse("approvals:one", args=[approval.pk])

    form = WitnessRuleForm(request.POST or None, initial={"lines": lines, "enough": max(1, enough)})
    return form_page(request, form, act, submit=_("送审"))


def audit(request: HttpRequest) -> HttpResponse:
    """Run the audit and show what it found."""
    form, report = AuditForm(request.POST if request.method == "POST" else None), None
    if request.method == "POST" and form.is_valid():
        with refused_on(form):
            report = services.run_audit(_by(request), _notes(form.cleaned_data["outside"]))
    context: dict[str, Any] = {"form": form, "report": report, "at": timezone.now()}
    if report is not None:
        context["alone"] = report.size - report.anchored
    return render(request, "records/audit.html", context, status=422 if form.errors else 200)


def _notes(text: str) -> list[str]:
    """Return the pasted checkpoint as a note ends: browsers send CR LF and may drop the last line's end."""
    text = unpack(text.replace("\r\n", "\n").strip())
    return [text.rstrip("\n") + "\n"] if text else []


def _picture(text: str) -> str:
    """Return the packed text as a QR code, or nothing when it is too long for one."""
    try:
        return segno.make(pack(text), error="l", micro=False).svg_data_uri(scale=3, light="#fff")
    except segno.DataOverflowError:
        return ""


def _moment(seconds: int | None) -> datetime | None:
    return datetime.fromtimestamp(seconds, tz=timezone.get_current_timezone()) if seconds is not None else None


def _by(request: HttpRequest) -> User:
    return request.user  # type: ignore[return-value]
