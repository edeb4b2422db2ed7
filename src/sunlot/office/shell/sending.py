"""Bytes as an answer: a file to save or to look at, and a file that somebody handed in."""

import re

from django.http import HttpResponse
from django.utils.http import content_disposition_header

ODD = re.compile(r'[\\/:*?"<>|\s]+')  # what a file's name cannot hold everywhere


def download(name: str, data: bytes, media: str, inline: bool = False) -> HttpResponse:
    """Return a file to save, its Chinese name as RFC 6266 asks; `inline`: the browser may show it."""
    answer = HttpResponse(data, content_type=media)
    answer["Content-Disposition"] = content_disposition_header(not inline, ODD.sub("_", name)) or "attachment"
    answer["X-Content-Type-Options"] = "nosniff"
    return answer


def handed_in(name: str, data: bytes, media: str) -> HttpResponse:
    """Return a file that came from outside: a picture to look at, anything else to save, and nothing in it may run."""
    answer = download(name, data, media, inline=media.startswith("image/"))
    answer["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return answer
