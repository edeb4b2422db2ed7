"""`sunlot journal audit` reads every photo again: one whose file is missing or altered is named with its visit."""

from collections.abc import Callable

from sunlot.office.journal.audit import findings_besides
from sunlot.office.visits import photos
from sunlot.office.visits.models import Photo, Visit
from visits.conftest import JPEG, Phone, officers


def found() -> list[tuple[str, str, str]]:
    return [(one.kind, one.obj, one.text) for one in findings_besides() if one.kind == "photo_differs"]


def test_missing_and_altered_files_are_named_until_they_are_back(
    ready: Callable[..., Visit], phone_of: Callable[[str], Phone]
) -> None:
    visit = ready()
    phone = phone_of(officers(visit)[0])
    for data in (JPEG + b"1", JPEG + b"2", JPEG + b"3"):
        phone.upload(visit.uid, data)
    assert found() == []
    gone, altered, _ = Photo.objects.order_by("pk")
    photos.path_of(gone.sha256).unlink()
    photos.path_of(altered.sha256).write_bytes(JPEG + b"painted over")
    (one, other) = found()
    assert gone.sha256[:16] in one[2] and "不见了" in one[2] and one[1] == visit.obj
    assert altered.sha256[:16] in other[2] and "被改动" in other[2]
    phone.upload(visit.uid, JPEG + b"1")
    assert len(found()) == 1


def test_a_phone_is_told_whether_a_record_is_signed(
    ready: Callable[..., Visit], phone_of: Callable[[str], Phone]
) -> None:
    from sunlot.office.journal.services import deed
    from sunlot.office.visits import records
    from sunlot.office.visits.signing import take_record
    from visits.conftest import fill, signature

    visit = ready()
    phones = [phone_of(person) for person in officers(visit)]
    fill(phones, visit)
    for phone in phones:
        phone.send(visit.uid)
    with deed(by=phones[0].user.actor) as doing:
        record = records.freeze(doing, Visit.objects.select_for_update().get(pk=visit.pk))
    told = phones[1].today()["visits"][0]["record"]
    assert told == {"edition": 1, "sha256": record.sha256, "signed": False, "signatures": 0, "sealed": False}
    take_record(phones[0].user, visit.uid, record.body, [signature("officer", phones[0].person)])
    assert phones[1].today()["visits"][0]["record"]["signed"] is True
