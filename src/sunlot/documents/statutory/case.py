"""A whole case file (案卷) in one call: cover, index with page numbers, the documents in their order."""

import re
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from typing import TypeAlias

from sunlot.documents.statutory.compose import Sheet, compose
from sunlot.documents.statutory.document import Document, written_day
from sunlot.documents.statutory.form_text import FormError
from sunlot.documents.statutory.pdf import Scan, set_sheets
from sunlot.documents.statutory.scanned import suffix_of
from sunlot.documents.statutory.word import set_word, zipped
from sunlot.policy.in_force import Policy

Part: TypeAlias = Document | Scan
Policies: TypeAlias = Policy | Callable[[date], Policy] | None  # one for all days, or that of a document's day
PAGE_COLUMN = 3
NOT_IN_NAMES = re.compile(r'[\\/:*?"<>|\s]')


def case_pdf(cover: Document, parts: Sequence[Part], policy: Policies = None) -> bytes:
    """Return the case file as one PDF; its pages are numbered through behind the index. `cover`: a document of kind case_file.

    Raises FormError, for the first document that its form does not allow.
    """
    index = _index(cover, parts, policy)
    _number_pages(index)
    return set_sheets([compose(cover, _on(policy, cover.day)), index, *_sheets(parts, policy)], cover.day, case=True)


def case_word(cover: Document, parts: Sequence[Part], policy: Policies = None) -> bytes:
    """Return the case file as a zip of Word files; scanned pages as they are. The index leaves the page numbers to be written."""
    files = {
        "00 案卷首页.docx": set_word(compose(cover, _on(policy, cover.day))),
        "01 卷内目录.docx": set_word(_index(cover, parts, policy)),
    }
    for order, part in enumerate(parts, 2):
        name = f"{order:02} {NOT_IN_NAMES.sub('_', _title(part))}"
        if isinstance(part, Scan):
            for number, page in enumerate(part.pages, 1):
                files[f"{name} {number}.{suffix_of(page)}"] = page
        else:
            files[f"{name}.docx"] = set_word(compose(part, _on(policy, part.day)))
    return zipped(files)


def _index(cover: Document, parts: Sequence[Part], policy: Policies) -> Sheet:
    if not parts:
        raise FormError("case_empty", "案卷中还没有文书，不能生成案卷。")
    rows = [
        {"order": str(order), "document": _title(part) + part.number, "day": written_day(part.day) if part.day else ""}
        for order, part in enumerate(parts, 1)
    ]
    index = Document("case_index", cover.organ, cover.day, fields={"documents": rows}, draft=cover.draft)
    return compose(index, _on(policy, cover.day))


def _on(policy: Policies, day: date) -> Policy | None:
    return policy(day) if callable(policy) else policy


def _number_pages(index: Sheet) -> None:
    for block in index.blocks:
        for order, row in enumerate(block["rows"][1:]):
            if row[0]["lines"][0]["segments"][0]["v"]:
                row[PAGE_COLUMN]["lines"] = [{"segments": [{"k": "page", "v": "", "of": order + 2}], "align": "center"}]


def _sheets(parts: Sequence[Part], policy: Policies) -> Iterator[Sheet | Scan]:
    for part in parts:
        yield part if isinstance(part, Scan) else compose(part, _on(policy, part.day))


def _title(part: Part) -> str:
    return part.title if isinstance(part, Scan) else part.form().title
