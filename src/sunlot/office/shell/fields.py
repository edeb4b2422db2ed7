"""Fields that forms of several apps ask for."""

import re
from typing import Any

from django import forms

BETWEEN = re.compile(r"[、,，;；\s]+")


def listed(text: str) -> tuple[str, ...]:
    """Return the numbers of a line, each once, in capitals; whatever people put between them."""
    return tuple(dict.fromkeys(filter(None, BETWEEN.split(text.upper()))))


class Day(forms.DateField):
    """A day, chosen in the browser's own calendar."""

    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class Chosen(forms.ClearableFileInput):
    """Chooses several files at once."""

    allow_multiple_selected = True


class Files(forms.FileField):
    """Several files at once, as a list. `accept`: the media types that the browser offers, empty for all."""

    def __init__(self, *, accept: str = "", **kwargs: Any) -> None:
        super().__init__(widget=Chosen(attrs={"accept": accept} if accept else {}), **kwargs)

    def clean(self, data: Any, initial: Any = None) -> Any:
        """Return the list of files. Raises ValidationError for an empty one, and without any where one is required."""
        one = super().clean
        if self.required and not data:
            one(None, initial)
        return [one(file, initial) for file in data or []]
