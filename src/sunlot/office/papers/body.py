"""What a paper says, as text that is kept and as the Document that is printed: one becomes the other and back, to the byte."""

import json
from base64 import b64decode, b64encode
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from sunlot.documents.statutory import Document, FormField, Signature, Value, form_in_force
from sunlot.draw.canonical import dumps
from sunlot.office.papers.models import Paper

READERS = {"date": date.fromisoformat, "moment": datetime.fromisoformat, "clock": datetime.fromisoformat}


def filled(fields: Mapping[str, Value]) -> dict[str, Value]:
    """Return the fields that hold something: an empty one and a missing one are the same document."""
    return {name: value for name, value in fields.items() if value not in ("", None) and value != []}


def written(document: Document) -> str:
    """Return fields, organ, signatures and the firm's seal of a document as canonical JSON."""
    body = {
        "organ": document.organ,
        "check": document.check,
        "fields": to_plain(document.fields),
        "signatures": [_signature(one) for one in document.signatures],
    } | ({"firm_seal": b64encode(document.firm_seal).decode()} if document.firm_seal else {})
    return dumps(body).decode()


def to_plain(fields: Mapping[str, Value]) -> dict[str, Any]:
    """Return fields as JSON holds them, days and times as text."""
    return {name: _plain(value) for name, value in fields.items()}


def from_plain(fields: Mapping[str, Any], form: Mapping[str, FormField]) -> dict[str, Value]:
    """Return fields of JSON as the form wants them."""
    return {
        name: READERS[form[name].kind](value) if form[name].kind in READERS else value for name, value in fields.items()
    }


def document_of(paper: Paper) -> Document:
    """Return a paper as the document that it was when it was issued."""
    body = json.loads(paper.body)
    form = form_in_force(paper.kind, paper.day)
    return Document(
        paper.kind,
        organ=body["organ"],
        day=paper.day,
        number=paper.number,
        fields=from_plain(body["fields"], form.fields),
        signatures=[signed(one) for one in body["signatures"]],
        check=body["check"],
        firm_seal=b64decode(body.get("firm_seal", "")),
    )


def to_plain_signatures(signatures: Sequence[Signature]) -> list[dict[str, Any]]:
    """Return signatures as JSON holds them."""
    return [_signature(one) for one in signatures]


def signed(one: Mapping[str, Any]) -> Signature:
    """Return a signature of JSON."""
    at = datetime.fromisoformat(one["at"]) if one["at"] else None
    size = (one["size"][0], one["size"][1])
    return Signature(**{**one, "at": at, "size": size, "png": b64decode(one["png"])})


def _signature(one: Signature) -> dict[str, Any]:
    return {
        "role": one.role,
        "name": one.name,
        "certificate": one.certificate,
        "capacity": one.capacity,
        "at": one.at.isoformat() if one.at else "",
        "stroke": one.stroke,
        "size": list(one.size),
        "png": b64encode(one.png).decode(),
        "note": one.note,
    }


def _plain(value: Value) -> Any:
    if isinstance(value, date):  # a datetime is one too
        return value.isoformat()
    if isinstance(value, str):
        return value
    return [one if isinstance(one, str) else dict(one) for one in value]
