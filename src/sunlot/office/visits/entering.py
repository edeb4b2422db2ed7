"""Entering from a page of the office instead of the field form: the same changes, made by a device that is the person's own page."""

import unicodedata
import uuid
from collections.abc import Mapping
from typing import Any

from django.db.models import Max

from sunlot.office.accounts.models import User
from sunlot.office.journal.services import deed
from sunlot.office.visits import moment, photos
from sunlot.office.visits.models import Visit
from sunlot.office.visits.sync import Taken, locked_visit, new_stamp, take_within
from sunlot.refusal import Refusal

PAGES = uuid.UUID("6f2f4a58-0c5b-4e0f-9a55-6c1f3a6f6d10")  # a page's device number is made from this and its person
Seen = Mapping[str, list[str]]  # by field the heads that the page showed


def enter(user: User, uid: str, values: Mapping[str, Any], seen: Seen) -> Taken:
    """Return what became of the values, each a change over the heads that the page showed. Raises Refusal that names what was refused."""
    with deed(by=user.actor) as doing:
        visit = locked_visit(user, uid)
        first = (visit.changes.aggregate(most=Max("counter"))["most"] or 0) + 1
        changes = [
            _change(user, first + n, field, value, seen.get(field, []))
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
    enter(user, visit.uid, {f"photos/{digest}": facts}, {})


def _change(user: User, counter: int, field: str, value: Any, over: list[str]) -> dict[str, Any]:
    return {
        "id": str(uuid.uuid4()),
        "field": field,
        "value": tidy(value),
        "over": over,
        "device": str(uuid.uuid5(PAGES, user.actor)),
        "counter": counter,
        "at": moment.text(),
        "stamp": new_stamp(),
    }
