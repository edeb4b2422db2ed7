"""The log is public: a firm's address may be somebody's home, an inspector's state an illness; it holds their commitments only."""

from datetime import date

from rosters import enter, firm
from sunlot.office.accounts.models import User
from sunlot.office.inspectors import staff
from sunlot.office.journal.audit import audit
from sunlot.office.journal.models import Event, Opening
from sunlot.office.journal.services import deed

HOME = "青禾县南岗镇柳树巷7号"


def test_only_commitments_stand_there(people: dict[str, User]) -> None:
    enter(firm(1, address=HOME))
    with deed(by=people["clerk"].actor) as doing:
        staff.add(
            doing, "R001", {"name": "检查员甲", "state": "产假", "number": "SD0001", "valid_to": date(2027, 1, 1)}
        )
    leaves = "".join(Event.objects.values_list("leaf", flat=True))
    assert HOME not in leaves and "产假" not in leaves
    assert {HOME, "产假"} <= set(Opening.objects.values_list("value", flat=True))
    assert audit().findings == []
