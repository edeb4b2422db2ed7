"""Who verifies a report reads on the phone that it is one, of which kind; neither its number nor anything by which the reporter or his words could be known."""

import json
from collections.abc import Callable

from complaints.conftest import SECRETS
from complaints.test_the_reporter_stays_hidden import verified_on_site
from lottery.conftest import Clock
from sunlot.office.accounts.models import User
from sunlot.office.catalog.models import ItemList
from sunlot.office.complaints.marks import mark_of
from sunlot.office.complaints.models import Report
from sunlot.office.visits.models import Visit
from visits.conftest import Phone, phone_of  # noqa: F401


def test_the_reason_is_told_and_nothing_sealed(
    taken: Callable[..., Report],
    item_list: ItemList,
    people: dict[str, User],
    phone_of: Callable[[str], Phone],  # noqa: F811
    clock: Clock,
) -> None:
    report = verified_on_site(people, taken())
    clock.at = "2023-08-22T02:00:00Z"
    answer = phone_of("R001").today()
    own = next(one for one in answer["visits"] if one["uid"] == Visit.objects.get(pk=report.visit_id).uid)
    assert own["brief"]["reason"].startswith("核查投诉举报（") and own["brief"]["source"] == mark_of(report)
    told = json.dumps(answer, ensure_ascii=False)
    assert report.number not in told
    assert not [secret for secret in SECRETS if secret in told]
