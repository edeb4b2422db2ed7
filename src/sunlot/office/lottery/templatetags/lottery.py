"""How the pages of the lottery write moments, chances and sources."""

from datetime import datetime
from fractions import Fraction
from typing import Any

import segno
from django import template
from django.utils import timezone

from sunlot.documents.draw_record import EXCLUDED
from sunlot.draw.sources import GRADES, describe

register = template.Library()


@register.filter
def beijing(moment: str) -> str:
    """Return a UTC text as Beijing time to the second."""
    return timezone.localtime(datetime.fromisoformat(moment)).strftime("%Y-%m-%d %H:%M:%S")


@register.filter
def source_name(source: dict[str, Any]) -> str:
    """Return a source's name for people."""
    return describe(source)


@register.filter
def excluded(reason: str) -> str:
    """Return the Chinese of a reason for exclusion."""
    return EXCLUDED.get(reason, reason)


@register.filter
def fraction(pair: list[int]) -> str:
    """Return an exact rational number."""
    return str(Fraction(*pair))


@register.filter
def percent(pair: list[int]) -> str:
    """Return a rational number in hundredths, to two places."""
    return f"{float(Fraction(*pair)):.2%}"


@register.filter
def grade(letter: str) -> str:
    """Return what a grade of trust means."""
    return GRADES.get(letter, "")


@register.filter
def expected(pair: list[int]) -> str:
    """Return how many of a cell are drawn on average: a whole number, or one to two places with the exact one behind it."""
    number = Fraction(*pair)
    return str(number) if number.denominator == 1 else f"{float(number):.2f}（{number}）"


@register.filter
def decimal(value: Fraction) -> str:
    """Return a rational number to one place."""
    return f"{float(value):.1f}"


@register.filter
def qr(text: str) -> str:
    """Return a QR code as the address of an inline picture."""
    return str(segno.make(text, error="m").svg_data_uri(scale=4, border=2))
