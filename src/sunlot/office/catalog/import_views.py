"""A list from Excel: the file is read and shown with everything that is wrong or would change; only then it becomes the draft."""

import tempfile
from dataclasses import asdict
from pathlib import Path
from typing import Any

from django.contrib import messages
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from sunlot.office.catalog import drafting, publishing, queries
from sunlot.office.catalog.basis import doubts
from sunlot.office.catalog.differences import differences
from sunlot.office.catalog.entries import Entry
from sunlot.office.catalog.forms import UploadForm
from sunlot.office.catalog.models import ItemList
from sunlot.office.catalog.published import entries_of
from sunlot.office.catalog.sheet import Reading, read_items
from sunlot.office.shell.forms import refused_on

SALT = "catalog.import"
A_DAY = 24 * 60 * 60


def upload(request: HttpRequest) -> HttpResponse:
    """Ask for a file; show what is in it; make it the draft once that has been confirmed."""
    if "read" in request.POST:
        return _take(request, request.POST["read"])
    form = UploadForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        with refused_on(form):
            return _preview(request, form.cleaned_data["file"].name, _read(form.cleaned_data["file"]))
    status = 422 if form.is_bound and form.errors else 200
    context = {"form": form, "submit": _("读取文件"), "draft": queries.open_draft()}
    return render(request, "catalog/import.html", context, status=status)


def _read(file: Any) -> Reading:
    with tempfile.TemporaryDirectory() as folder:
        name = Path(file.name)
        path = Path(folder) / f"{name.stem[:60]}{name.suffix[:6]}"
        path.write_bytes(file.read())
        return read_items(path)


def _preview(request: HttpRequest, name: str, reading: Reading) -> HttpResponse:
    draft = queries.open_draft()
    against: ItemList | None = draft or publishing.last_published()
    sent = {
        "draft": draft.pk if draft else 0,
        "version": draft.version if draft else 0,
        "items": [asdict(entry) for entry in reading.entries],
    }
    context = {
        "file": name,
        "reading": reading,
        "draft": draft,
        "against": against,
        "found": differences(entries_of(against) if against else (), reading.entries),
        "doubts": tuple(doubts(reading.entries, timezone.localdate())),
        "read": "" if reading.problems else signing.dumps(sent, salt=SALT, compress=True),
    }
    return render(request, "catalog/preview.html", context, status=422 if reading.problems else 200)


def _take(request: HttpRequest, signed: str) -> HttpResponse:
    """Make what was shown the draft; exactly that, since it comes back signed."""
    try:
        sent = signing.loads(signed, salt=SALT, max_age=A_DAY)
    except signing.BadSignature:
        messages.error(request, _("预览已过期，请重新上传文件。"))
        return redirect("catalog:import")
    entries = [Entry(**item | {"points": tuple(item["points"])}) for item in sent["items"]]
    if sent["draft"]:
        draft = drafting.replace_items(request.user, sent["draft"], sent["version"], entries)
    else:
        draft = drafting.draft_from_rows(request.user, entries)
    messages.success(request, _("已导入 %(n)s 项到%(list)s草稿。") % {"n": len(entries), "list": draft})
    return redirect("catalog:list", draft.pk)
