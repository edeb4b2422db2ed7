"""The words of a sheet in the order in which a form is read: what PDF and Word both must print."""

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from sunlot.documents.statutory import Document
from sunlot.documents.statutory.compose import Sheet, compose

PUBLISHED = Path(__file__).resolve().parent / "data" / "forms-2016"


def squeezed(text: str) -> str:
    """Return the text without blanks and line ends."""
    return "".join(text.split())


def published(kind: str) -> tuple[str, str]:
    """Return the published text of a form of 2016 and that of its continuation page, "" for a form that has none."""
    text = squeezed((PUBLISHED / f"{kind}.txt").read_text("utf-8")).replace("共页第页", "")
    text = re.sub(r"(?<=号):", "：", text)  # one form's colon is a Latin one
    text = text.replace("条、五十四条", "条、第五十四条")  # two forms leave a 第 out
    first, _, more = text.partition("续页")
    return first, more


def blank(kind: str, day: date, organ: str) -> Document:
    """Return the empty form of a day, to be filled in by hand."""
    return Document(kind, organ, day, blank=True)


def sheet_words(document: Document) -> str:
    """Return all words of a document in order, the signature lines of a record's page last."""
    return squeezed("".join(pieces(compose(document))))


def pieces(sheet: Sheet) -> Iterator[str]:
    """Yield the words of a sheet's own page."""
    if sheet.form.layout == "cover":
        yield sheet.organ
    yield from (sheet.form.heading, sheet.form.title, sheet.number_line)
    for block in sheet.blocks:
        yield from of_block(block)
    if sheet.form.layout == "record":
        yield from map(of_line, sheet.every_page)


def of_block(block: Mapping[str, Any]) -> Iterator[str]:
    """Yield the words of a block."""
    if block["type"] == "table":
        for row in block["rows"]:
            for cell in row:
                yield from (of_line(line["segments"]) for line in [*cell["lines"], *cell["foot"]])
    elif block["type"] == "items":
        yield from (item["number"] + item["text"] + item["end"] for item in block["items"])
    elif block["type"] == "long":
        yield block["label"]
        yield from block["paragraphs"] or [block["end"]]
    elif block["type"] == "seal":
        yield from map(of_line, block["lines"])
    else:
        yield of_line(block["segments"])


def of_line(segments: Sequence[Mapping[str, Any]]) -> str:
    """Return the words of a line, handwritings left out but what stands in their place and under them."""
    return "".join(part["note"] + part["caption"] if part["k"] == "sign" else part["v"] for part in segments)
