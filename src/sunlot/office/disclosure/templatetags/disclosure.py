"""Links of the public site, and figures as people read them."""

from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

import segno
from django import template
from django.conf import settings
from django.utils.safestring import SafeString, mark_safe

from sunlot.office.shell import panels

register = template.Library()


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
    return str(segno.make(text, error="m", boost_error=False, mask=3).svg_data_uri(scale=4, border=2))


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
