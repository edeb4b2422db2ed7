"""Reading who this office is."""

from urllib.parse import urlsplit

from django.http import HttpRequest

from sunlot.office.bureau.models import Bureau
from sunlot.refusal import Refusal


def the_bureau() -> Bureau:
    """Return the bureau. Raises Refusal while nobody has said who it is."""
    if (bureau := Bureau.objects.first()) is None:
        raise Refusal("no_bureau", "还没有填写本机关的代码和名称；请系统管理员在“系统管理 → 本机关”填写。")
    return bureau


def name() -> str:
    """Return the bureau's name, empty while nobody has said it."""
    return Bureau.objects.values_list("name", flat=True).first() or ""


def territories(bureau: Bureau) -> list[str]:
    """Return the townships of the bureau, in the order written."""
    return [line.strip() for line in bureau.territories.splitlines() if line.strip()]


def site() -> str:
    """Return the address under which telephones find the office, without a slash at its end; empty while nobody has said it."""
    return (Bureau.objects.values_list("site", flat=True).first() or "").rstrip("/")


def absolute(request: HttpRequest, path: str) -> str:
    """Return the whole address of a page for a QR code: under the office's own address, else under the one the page was opened at."""
    return f"{kept}{path}" if (kept := site()) else request.build_absolute_uri(path)


def listens_at() -> tuple[str, int | None]:
    """Return the host and the port of the office's own address, empty and None while nobody has said it."""
    parts = urlsplit(site())
    return parts.hostname or "", parts.port
