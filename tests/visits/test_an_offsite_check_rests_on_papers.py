"""An off-site check (非现场检查): nobody comes, yet two officers, evidence and the same results; the ledger counts it apart, the code says so."""

import json
from collections.abc import Callable
from dataclasses import replace
from hashlib import sha256

import pytest
from django.test import Client

from sunlot.office.accounts.models import User
from sunlot.office.approvals import services as approvals
from sunlot.office.approvals.kinds import KINDS
from sunlot.office.journal.audit import audit
from sunlot.office.journal.models import Event
from sunlot.office.roster.models import VisitEntry
from sunlot.office.visits import steps
from sunlot.office.visits.approval_kinds import arrange_and_ask
from sunlot.office.visits.models import Visit
from sunlot.office.visits.offsite import change_mode
from sunlot.office.visits.states import State
from sunlot.refusal import Refusal
from visits.conftest import LATER, NOON, Phone, officers, record_text, signature
from visits.test_a_visit_for_a_reason_needs_approval_and_room_under_the_cap import FIRM, WANTED, pending, people_

Phones = Callable[[str], Phone]
PDF = b"%PDF-1.7 what the firm handed in"
BEGAN, ENDED = NOON.replace("2023", "2025"), LATER.replace("2023", "2025")
__all__ = ["people_"]


@pytest.fixture
def offsite(people_: dict[str, User]) -> Visit:
    visit = arrange_and_ask(people_["clerk"], replace(WANTED, offsite=True))
    approvals.grant(people_["chief"], pending().pk)
    steps.notify(people_["clerk"], [visit.pk], "电话通知王某")
    return Visit.objects.get(pk=visit.pk)


def entered(visit: Visit, phone_of: Phones, **more: object) -> list[Phone]:
    """Let both officers take part and the first enter everything; `more`: other values of fields."""
    phones = [phone_of(person) for person in officers(visit)]
    for phone in phones:
        phone.enter(f"checkin/{phone.person}", {"pledge": True})
    facts = {"size": len(PDF), "media": "application/pdf", "taken": BEGAN, "of": "", "caption": "培训台账"}
    values = {f"answers/{point}": "pass" for point in ("AQ-01/1", "AQ-01/2", "AQ-02/1")} | {
        "times/arrived": BEGAN,
        "times/left": ENDED,
        "methods": ["written", "online"],
        "summary": "核查台账和监测截图",
        "handling": "无需处理",
        "outcome": "no_problem",
        f"photos/{sha256(PDF).hexdigest()}": facts,
    }
    for name, value in (values | more).items():
        phones[0].enter(name, value)
    for phone in phones:
        assert phone.send(visit.uid)["refused"] == []
    phones[0].upload(visit.uid, PDF)
    return phones


def hand_in(visit: Visit, phones: list[Phone]) -> dict[str, object]:
    text = record_text(phones[0], visit, [change for phone in phones for change in phone.log])
    team = [signature("officer", phone.person) for phone in phones]
    return dict(phones[0].post(visit.uid, "record", {"record": text, "signatures": team, "refusal": None}).json())


def test_papers_and_two_officers_end_it_without_place_or_the_firms_signature(offsite: Visit, phone_of: Phones) -> None:
    phones = entered(offsite, phone_of)
    assert phones[0].today()["visits"][0]["frame"]["offsite"] is True
    answer = hand_in(offsite, phones)
    offsite.refresh_from_db()
    assert (answer["waiting"], offsite.state, offsite.outcome) == ([], State.DONE, "no_problem")
    entry = VisitEntry.objects.get(firm_id=FIRM)
    assert (entry.kind, offsite.kind) == ("offsite", "key")
    assert audit().findings == []


def test_one_officer_or_no_papers_are_not_enough(offsite: Visit, phone_of: Phones) -> None:
    phones = entered(offsite, phone_of)
    phones[0].enter(f"photos/{sha256(PDF).hexdigest()}/withdrawn", True)
    phones[1].enter(f"checkin/{phones[1].person}", None)
    for phone in phones:
        phone.send(offsite.uid)
    told = str(hand_in(offsite, phones)["missing"])
    assert "没有任何材料或截图" in told and "确认参加核查 1 名" in told and "检查场所" not in told


def test_it_is_never_done_on_site_and_no_place_can_be_entered(offsite: Visit, phone_of: Phones) -> None:
    phones = entered(offsite, phone_of, methods=["onsite", "written"])
    place = {"lat": 36_000_000, "lon": 117_000_000, "acc": 10}
    here = phones[0].enter(f"checkin/{phones[0].person}", {"pledge": True, "place": place})
    (refused,) = phones[0].send(offsite.uid, [here])["refused"]
    assert "没有位置" in refused["sentence"]
    phones[0].log.remove(here)
    assert "实地核查" in str(hand_in(offsite, phones)["missing"])


def test_papers_belong_to_offsite_checks_only(ready: Callable[..., Visit], phone_of: Phones) -> None:
    visit = ready()
    phone = phone_of(officers(visit)[0])
    facts = {"size": len(PDF), "media": "application/pdf", "taken": NOON, "of": "", "caption": ""}
    phone.enter(f"photos/{sha256(PDF).hexdigest()}", facts)
    assert len(phone.send(visit.uid)["refused"]) == 1


def test_it_does_not_count_towards_the_cap(people_: dict[str, User], phone_of: Phones, offsite: Visit) -> None:
    hand_in(offsite, entered(offsite, phone_of))
    for number in range(6):  # the cap of the rest of the industries
        arrange_and_ask(people_["clerk"], replace(WANTED, source=f"名单{number}"))
        approvals.grant(people_["chief"], pending().pk)
    with pytest.raises(Refusal) as refusal:
        arrange_and_ask(people_["clerk"], WANTED)
    assert refusal.value.kind == "over_the_cap"
    arrange_and_ask(people_["clerk"], replace(WANTED, offsite=True))


def test_the_approver_and_the_firm_are_told(offsite: Visit, people_: dict[str, User]) -> None:
    approval = pending()
    assert "非现场检查" in str(KINDS[approval.kind].changes(json.loads(approval.payload)))
    page = Client().get(f"/visits/code/{offsite.token}/").content.decode()
    assert "执法人员不会到场" in page and "只有这些人可以来" not in page


def test_the_mode_changes_only_before_the_approval_and_with_a_reason(people_: dict[str, User]) -> None:
    visit = arrange_and_ask(people_["clerk"], WANTED)
    with pytest.raises(Refusal):
        change_mode(people_["clerk"], visit.pk, True, " ")
    change_mode(people_["clerk"], visit.pk, True, "监测数据足以核查")
    assert Visit.objects.get(pk=visit.pk).offsite
    assert "监测数据" not in Event.objects.get(act="visit.mode").leaf
    approvals.grant(people_["chief"], pending().pk)
    with pytest.raises(Refusal) as refusal:
        change_mode(people_["clerk"], visit.pk, False, "还是去看看")
    assert refusal.value.kind == "approved"


def test_the_pages_say_so_from_arranging_to_the_record(
    offsite: Visit, phone_of: Phones, client_of: Callable[[str], Client]
) -> None:
    clerk = client_of("clerk")
    assert "非现场" in clerk.get("/visits/?offsite=True").content.decode()
    officer = phone_of(officers(offsite)[0]).client
    fill = officer.get(f"/visits/{offsite.pk}/fill/").content.decode()
    assert "核查开始时间" in fill and "检查场所" not in fill and "实地核查" not in fill
    hand_in(offsite, entered(offsite, phone_of))
    assert "非现场检查，没有入企" in clerk.get(f"/visits/{offsite.pk}/record/1/").content.decode()
    page = clerk.get(f"/visits/{offsite.pk}/").content.decode()
    digest = sha256(PDF).hexdigest()
    assert "材料（PDF）" in page
    assert "attachment" in clerk.get(f"/visits/{offsite.pk}/photos/{digest}/")["Content-Disposition"]
