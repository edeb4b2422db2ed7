"""Lawful deletion (个人信息保护法第47条): the opening goes, the commitment and every proof stay."""

from collections.abc import Sequence

from sunlot.office.journal.models import Opening
from sunlot.office.journal.services import deed


def redact(seq: int, names: Sequence[str], basis: str, by: str) -> int:
    """Delete the openings of an event's personal fields and return how many there were. The deletion is itself an event.

    Raises ValueError without a legal basis. A tracked row that still holds the text must be blanked by its own app in the same deed.
    """
    if not basis.strip():
        raise ValueError("删除个人信息必须写明法律依据。")
    with deed(by=by) as doing:
        count, _ = Opening.objects.filter(seq=seq, name__in=list(names)).delete()
        doing.record("log.redacted", f"event/{seq}", {"event": seq, "fields": list(names), "basis": basis.strip()})
    return count
