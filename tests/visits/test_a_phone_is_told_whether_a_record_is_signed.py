"""The list of the day says of each visit whether its record is signed and sealed: a phone that comes later offers nothing twice."""

from collections.abc import Callable

from sunlot.office.journal.services import deed
from sunlot.office.visits import records
from sunlot.office.visits.models import Visit
from sunlot.office.visits.signing import take_record
from visits.conftest import Phone, fill, officers, signature


def test_a_phone_is_told_whether_a_record_is_signed(
    ready: Callable[..., Visit], phone_of: Callable[[str], Phone]
) -> None:
    visit = ready()
    phones = [phone_of(person) for person in officers(visit)]
    fill(phones, visit)
    for phone in phones:
        phone.send(visit.uid)
    with deed(by=phones[0].user.actor) as doing:
        record = records.freeze(doing, Visit.objects.select_for_update().get(pk=visit.pk))
    told = phones[1].today()["visits"][0]["record"]
    assert told == {"edition": 1, "sha256": record.sha256, "signed": False, "sealed": False, "signatures": 0}
    take_record(phones[0].user, visit.uid, record.body, [signature("officer", phones[0].person)])
    assert phones[1].today()["visits"][0]["record"]["signed"] is True
