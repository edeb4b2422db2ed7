"""The office's receipt of an entry: who entered it and when it came, signed over all of it.

A phone keeps the receipts of what others entered. After the office was restored from a backup it offers those entries again, and the office takes
them in as what they were: that person's, received then (docs/sync.md). Without a receipt an entry is only ever the sender's own.
"""

from collections.abc import Mapping
from typing import Any

from django.core.signing import Signer
from django.utils.crypto import constant_time_compare

from sunlot.draw.canonical import dumps
from sunlot.office.accounts.models import User
from sunlot.office.visits.models import Change

FACTS = ("id", "field", "value", "over", "device", "counter", "at", "stamp")


def receipt_of(uid: str, change: Mapping[str, Any], row: Change) -> str:
    """Return the receipt of an entry as a phone gets it: `actor person moment signature`."""
    told = f"{row.author.actor} {row.author.person} {row.received_at}"
    return f"{told} {_signature(uid, change, told)}"


def received(uid: str, change: Mapping[str, Any]) -> tuple[User, str] | None:
    """Return who entered what a phone offers again, and when it was first received; None when the receipt is not this office's own."""
    told, _, signature = str(change.get("receipt", "")).rpartition(" ")
    if not signature or not constant_time_compare(signature, _signature(uid, change, told)):
        return None
    actor, person, at = told.split(" ")
    author = User.objects.filter(pk=actor.removeprefix("u/"), person=person).first()
    return (author, at) if author else None


def _signature(uid: str, change: Mapping[str, Any], told: str) -> str:
    facts = {name: change[name] for name in FACTS}
    return Signer(salt="sunlot.visits.receipt").signature(dumps([uid, facts, told]).decode())
