"""What is kept of a draw: printed record, lists, evidence bag."""

import io
import shutil
import zipfile
from pathlib import Path
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as noop
from django.views.decorators.http import require_POST

from sunlot.evidence.page import verifier_page
from sunlot.office.lottery import seeding
from sunlot.office.lottery.bags import bag_of
from sunlot.office.lottery.register import register
from sunlot.office.lottery.views.draws import frame
from sunlot.office.shell.excel import TYPE
from sunlot.office.shell.language import in_words
from sunlot.office.shell.sending import download
from sunlot.office.shell.services import record_export
from sunlot.refusal import Refusal

PRINTED = {"record.pdf": (noop("抽取记录"), "application/pdf"), "result.xlsx": (noop("抽取名单"), TYPE)}


def archive(request: HttpRequest, name: str) -> HttpResponse:
    """What can be printed, downloaded and put away."""
    context = frame(name)
    steps = {step.what: step for step in context["folder"].steps}
    context["printed"] = [
        {"stage": stage, "file": file, "title": f"{in_words(PRINTED[file][0])} ({title})"}
        for stage, title in (("outcome", _("企业")), ("teams-outcome", _("检查组")))
        if stage in steps
        for file in PRINTED
    ]
    context["unsigned"] = seeding.unsigned(context["folder"])
    return render(request, "lottery/archive.html", context)


def printed(request: HttpRequest, name: str, stage: str, file: str) -> HttpResponse:
    """One printed form of a stage."""
    context = frame(name)
    step = context["folder"].step(stage)
    if step is None or file not in PRINTED or context["hidden"]:
        raise Http404
    record_export(request.user, f"{PRINTED[file][0]} {name}", 1)
    return download(f"{PRINTED[file][0]}-{name}.{file.rsplit('.', 1)[1]}", step.read(file), PRINTED[file][1])


@require_POST
def bag(request: HttpRequest, name: str) -> HttpResponse:
    """Make the evidence bag anew and hand it out as one zip file."""
    made = fresh_bag(request, frame(name))
    record_export(request.user, f"证据包 {name}", 1)
    return download(f"证据包-{name}.zip", _zip(made), "application/zip")


def fresh_bag(request: HttpRequest, context: dict[str, Any]) -> Path:
    """Return the bag of a draw, made anew. Raises Refusal while the draw is secret."""
    if context["hidden"]:
        raise Refusal("still_secret", "暗查抽取在执行完毕、公开之前不能制作证据包。")
    name, row = context["draw"].pk, context["row"]
    home = Path(settings.HOME)
    shutil.rmtree(home / "bags" / name, ignore_errors=True)
    (home / "bags").mkdir(parents=True, exist_ok=True)
    by = request.user.actor  # type: ignore[union-attr]
    return bag_of(home, register() / name, verifier_page(), home / "bags", by, executed=bool(row and row.secret))


def _zip(folder: Path) -> bytes:
    """Return the folder as a zip file, the same bytes for the same bag."""
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as file:
        for path in sorted(folder.rglob("*")):
            if path.is_file():
                entry = zipfile.ZipInfo(f"{folder.name}/{path.relative_to(folder).as_posix()}", (1980, 1, 1, 0, 0, 0))
                entry.compress_type, entry.external_attr = zipfile.ZIP_DEFLATED, 0o644 << 16
                file.writestr(entry, path.read_bytes())
    return data.getvalue()
