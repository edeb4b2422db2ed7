"""The case file of a visit holds what followed: the recheck's record and photos, the letters of transfer, the material of its orders and hazards."""

from collections.abc import Callable

from followup.conftest import GENERAL, Flawed, day, reported
from followup.test_an_order_runs_from_the_record_to_its_end import again
from lottery.conftest import Clock
from sunlot.office.accounts.models import User
from sunlot.office.followup.transfer_models import Transfer
from sunlot.office.papers import casefile
from sunlot.office.papers.dossier import things_of
from sunlot.office.visits import moment
from visits.conftest import Phone

People = dict[str, User]
Phones = Callable[[str], Phone]


def test_of_the_recheck_and_the_transfers(people: People, flawed: Flawed, phone_of: Phones, clock: Clock) -> None:
    visit = flawed(GENERAL)
    order = reported(people["clerk"], visit)
    clock.at = "2023-09-25T04:00:00Z"
    recheck = again(people, phone_of, clock, order)
    about = [
        Transfer.objects.create(
            sort="clue", about=obj, receiver="市监局", asked_by=people["clerk"], asked_at=moment.now()
        )
        for obj in (visit.obj, order.obj, recheck.obj, "case/9", "report/9")
    ]
    assert set(things_of(visit.obj)) >= {visit.obj, order.obj, recheck.obj, *(one.obj for one in about[:3])}
    assert things_of("case/9")[1:] == [about[3].obj]
    assert things_of("report/9") == ["report/9"]
    shown = casefile.contents_of(people["clerk"], visit.obj, visit)
    assert {photo.visit_id for photo, _ in shown.photos} == {visit.pk, recheck.pk}
    assert [one.title for one in shown.attached] == ["整改材料"]
    assert {photo.visit_id for photo, _ in casefile.contents_of(people["clerk"], order.obj, None).photos} == {
        visit.pk,
        recheck.pk,
    }
    assert casefile.begin_cover(casefile.contents_of(people["clerk"], order.obj, None)).fields["opened_on"] == day(
        order.issued_on.isoformat()
    )
