"""Entering from a page of the office instead of the field form: the same changes, each page that is sent being a device of its own.

A page has no memory: after a restore from a backup it would count anew, and what was entered before, brought back by a phone, would pass for the
later word of the same device. So what a page saw is said by `over` alone.
"""

import unicodedata
import uuid
from collections.abc import Mapping
from typing import Any

from django.db.models import Max

from sunlot.office.accounts.models import User
from sunlot.office.journal.services import deed
from sunlot.office.visits import moment, photos
from sunlot.office.visits.merge import merge
from sunlot.office.visits.models import Visit
from sunlot.office.visits.sync import Taken, entries, locked_visit, new_stamp, take_within
from sunlot.refusal import Refusal

Seen = Mapping[str, list[str]]  # by field the heads that the page showed


def enter(user: User, uid: str, values: Mapping[str, Any], seen: Seen) -> Taken:
    """Return what became of the values, each a change over the heads that the page showed. Raises Refusal that names what was refused."""
    with deed(by=user.actor) as doing:
        visit = locked_visit(user, uid)
        first = (visit.changes.aggregate(most=Max("counter"))["most"] or 0) + 1
        device = str(uuid.uuid4())
        changes = [
            _change(device, first + n, field, value, seen.get(field, []))
            for n, (field, value) in enumerate(values.items())
        ]
        taken = take_within(doing, user, visit, changes)
        if taken.refused:
            raise Refusal(taken.refused[0]["kind"], "".join(one["sentence"] for one in taken.refused))
    return taken


def tidy(value: Any) -> Any:
    """Return a value as canonical text spells it: composed letters (NFC), plain line ends."""
    if isinstance(value, str):
        return unicodedata.normalize("NFC", value.replace("\r\n", "\n"))
    return {key: tidy(inner) for key, inner in value.items()} if isinstance(value, dict) else value


def enter_photo(user: User, visit: Visit, data: bytes, caption: str, of: str = "") -> None:
    """Take a photo that was chosen on a page: its bytes, and the change that makes it part of the record."""
    from hashlib import sha256

    digest = sha256(data).hexdigest()
    media = photos.photo_media(data)
    facts = {"size": len(data), "media": media, "taken": moment.text(), "of": of, "caption": caption}
    photos.keep(user, visit.uid, digest, data)
    field = f"photos/{digest}"
    held = merge(one for one in entries(visit) if one.field == field)
    enter(user, visit.uid, {field: facts}, {name: [head.id for head in one.heads] for name, one in held.items()})


def _change(device: str, counter: int, field: str, value: Any, over: list[str]) -> dict[str, Any]:
    return {
        "id": str(uuid.uuid4()),
        "field": field,
        "value": tidy(value),
        "over": over,
        "device": device,
        "counter": counter,
        "at": moment.text(),
        "stamp": new_stamp(),
    }
