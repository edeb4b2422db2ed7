"""Two languages on the screen, one on paper.

A page is in the reader's language. What is kept or leaves the office (the log, requests, documents, Excel files that come back through an
import) is Chinese whoever makes it: `with in_chinese():`.
"""

from typing import Any

from django.conf import settings
from django.utils import translation
from django.utils.functional import lazystr
from django.utils.translation import gettext, gettext_lazy


def in_chinese() -> translation.override:
    """Return a context in which every text is Chinese."""
    return translation.override(settings.LANGUAGE_CODE)


def in_words(text: str) -> str:
    """Return a word of a closed vocabulary in the reader's language; what the catalogue does not know, such as a township, as it is."""
    return gettext(text) if text else ""


def in_words_later(text: str) -> Any:
    """Return the same for a form or a model, which is made before anybody reads it."""
    return gettext_lazy(text) if text else lazystr("")
