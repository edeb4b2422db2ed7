"""Discs of a draw: images to burn with their labels and records, what was burned, what was read again."""

import re
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from sunlot.evidence.disc_read import image_hash
from sunlot.evidence.disc_set import SIZES
from sunlot.office.lottery import discs
from sunlot.office.lottery.models import Disc
from sunlot.office.lottery.views.archive import fresh_bag
from sunlot.office.lottery.views.draws import frame
from sunlot.office.shell.services import record_export
from sunlot.refusal import Refusal

DRIVE = re.compile(r"[A-Za-z]:|/dev/(sr[0-9]|cdrom|dvd)")


def _folder(name: str) -> Path:
    return Path(settings.HOME) / "discs" / name


def disc_list(request: HttpRequest, name: str) -> HttpResponse:
    """The images and discs of one draw."""
    context = frame(name)
    files = sorted(path for path in _folder(name).rglob("*") if path.is_file()) if _folder(name).is_dir() else []
    context |= {
        "files": [(path.relative_to(_folder(name)).as_posix(), path.name, path.stat().st_size) for path in files],
        "discs": Disc.objects.filter(draws=name).order_by("seal"),
        "sizes": SIZES,
    }
    return render(request, "lottery/discs.html", context)


@require_POST
def make(request: HttpRequest, name: str) -> HttpResponse:
    """Make the images, labels and records of the draw's bag."""
    capacity = SIZES.get(request.POST.get("size", "cd"))
    if capacity is None:
        raise Refusal("size_unknown", "光盘容量只能选 CD 或 DVD。")
    bag = fresh_bag(request, frame(name))
    made_in, made = discs.make_discs([bag], _folder(name), capacity, request.user.actor)  # type: ignore[union-attr]
    messages.success(
        request,
        _("已制作 %(n)s 张光盘的映像、标签和封存记录（%(folder)s）。") % {"n": len(made), "folder": made_in.name},
    )
    return redirect("lottery:discs", name)


def file(request: HttpRequest, name: str, path: str) -> FileResponse:
    """One image, label or record."""
    folder = _folder(name).resolve()
    wanted = (folder / path).resolve()
    if frame(name)["hidden"] or not wanted.is_relative_to(folder) or not wanted.is_file():
        raise Http404
    record_export(request.user, f"光盘文件 {name}", 1)
    return FileResponse(wanted.open("rb"), as_attachment=True, filename=wanted.name)


@require_POST
def handle(request: HttpRequest, name: str, seal: str) -> HttpResponse:
    """Record that a disc was burned or read again; a drive of this computer is compared byte by byte."""
    disc = get_object_or_404(Disc, pk=seal, draws=name)
    people = re.split(r"[、,，;；\s]+", request.POST.get("people", ""))
    drive = _drive(request.POST.get("drive", "").strip())
    if request.POST.get("act") == "burned":
        _disc, reason = discs.burned(_image(disc, name), disc.copy, people, _by(request), drive)
    elif drive is None:
        raise Refusal("drive_missing", "复读要写明光驱，如 D: 或 /dev/sr0。")
    else:
        _disc, reason = discs.reread(drive, people, _by(request), seal)
    if reason:
        messages.error(request, _("不符：%(reason)s。已记入日志。") % {"reason": reason})
    else:
        messages.success(request, _("已登记。"))
    return redirect("lottery:discs", name)


def _by(request: HttpRequest) -> str:
    user: Any = request.user
    return str(user.actor)


def _image(disc: Disc, name: str) -> Path:
    for path in _folder(name).rglob("*.iso"):
        if path.stat().st_size == disc.size and image_hash(path) == disc.image:
            return path
    raise Refusal("image_missing", "映像文件不见了；请重新制作（同一证据包得到同一映像和封号）。")


def _drive(text: str) -> Path | None:
    if not text:
        return None
    if not DRIVE.fullmatch(text):
        raise Refusal("drive_malformed", "光驱写作 D: 或 /dev/sr0。")
    return Path(f"\\\\.\\{text}") if text.endswith(":") else Path(text)
