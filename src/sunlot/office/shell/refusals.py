"""A refusal in the reader's language: who reads English gets a general sentence of its kind first, then the exact one in Chinese.

The sentences that a refusal carries name files, rows, numbers and law; they are Chinese, as the log and the documents are. The catalogue says
of each kind in English what is wrong and what to do.
"""

import tomllib
from functools import cache
from pathlib import Path

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from sunlot.refusal import Refusal

CATALOGUE = Path(__file__).parents[1] / "locale" / "en" / "refusals.toml"
OTHERS = "This was refused; nothing was changed. The reason stands in Chinese:"


def said(refusal: Refusal) -> str | SafeString:
    """Return what a page shows of a refusal: its sentence; under the English switch that of its kind before it."""
    if not _reads_english():
        return refusal.sentence
    return format_html('{} <span lang="zh-Hans">{}</span>', in_english(refusal.kind), refusal.sentence)


def said_plainly(refusal: Refusal) -> str:
    """Return the same without markup, for a script that shows it as text."""
    return f"{in_english(refusal.kind)} {refusal.sentence}" if _reads_english() else refusal.sentence


def in_english(kind: str) -> str:
    """Return the English sentence of a kind; of one that is not in the catalogue, that the reason follows."""
    return catalogue().get(kind, OTHERS)


@cache
def catalogue() -> dict[str, str]:
    """Return the English sentences by kind."""
    return tomllib.loads(CATALOGUE.read_text("utf-8"))


def _reads_english() -> bool:
    return (get_language() or "").startswith("en")
