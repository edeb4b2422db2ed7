"""Links of the public site, and figures as people read them."""

import re
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

import segno
from django import template
from django.conf import settings
from django.utils.safestring import SafeString, mark_safe

from sunlot.office.shell import panels

register = template.Library()
DARK = re.compile(rb"\x01+")


@register.simple_tag(takes_context=True)
def to(context: dict[str, Any], *parts: Any) -> str:
    """Return the relative address of a public page; the parts are joined."""
    return str(context["visit"].to("".join(map(str, parts))))


@register.simple_tag(takes_context=True)
def added(context: dict[str, Any], place: str, thing: Any = None) -> SafeString:
    """Return what later apps add at this place of a page."""
    return panels.shown_at(f"public/{place}", context["visit"], thing)


@register.filter
def local(moment: str) -> SafeString:
    """Return a time of the record (UTC text) in the office's time, inside a <time> element."""
    at = datetime.fromisoformat(moment).astimezone(ZoneInfo(settings.TIME_ZONE))
    return mark_safe(f'<time datetime="{at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}">{at:%Y-%m-%d %H:%M:%S}</time>')


@register.filter
def qr(text: str) -> str:
    """Return a QR code as an image that stands inside the page. The mask is always the same: trying all eight takes most of the time."""
    code = segno.make(text, error="m", boost_error=False, mask=3)
    border, size = 2, len(code.matrix) + 4
    dark = "".join(
        f"M{run.start() + border} {y + border}h{run.end() - run.start()}v1H{run.start() + border}z"
        for y, row in enumerate(code.matrix)
        for run in DARK.finditer(bytes(row))
    )
    picture = f"<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 {size} {size}'><path d='M0 0h{size}v{size}H0z' fill='white'/><path d='{dark}'/></svg>"
    return "data:image/svg+xml," + picture.replace("<", "%3C").replace(">", "%3E").replace("#", "%23")


@register.filter
def chance(pair: list[int]) -> str:
    """Return an exact chance with its share in percent."""
    above, below = pair
    if above in (0, below):
        return "100%" if above else "0"
    return f"{above}/{below}（{above / below:.2%}）"


@register.filter
def grouped(code: str) -> str:
    """Return a long hash in groups of eight, which people can read aloud."""
    return " ".join(code[at : at + 8] for at in range(0, len(code), 8))
