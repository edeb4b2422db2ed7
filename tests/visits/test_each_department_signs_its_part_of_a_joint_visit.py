"""A joint visit (联合检查): several departments, one visit, one check code; each has its items and its officers, and signs its part."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from django.test import Client

from lottery.conftest import Clock, Story
from sunlot.office.accounts.models import User
from sunlot.office.approvals import services as approvals
from sunlot.office.journal.audit import audit
from sunlot.office.journal.models import Event
from sunlot.office.roster.models import VisitEntry
from sunlot.office.visits import joint, steps
from sunlot.office.visits.approval_kinds import arrange_and_ask
from sunlot.office.visits.models import Visit
from sunlot.office.visits.states import State
from sunlot.refusal import Refusal
from visits.conftest import JPEG, LATER, NOON, Phone, fill, officers, record_text, signature
from visits.test_a_visit_for_a_reason_needs_approval_and_room_under_the_cap import WANTED, pending, people_
from visits.test_the_pages_lead_from_draw_to_signature import picture

Phones = Callable[[str], Phone]
MARKET = "市场监督管理局：AQ-02：李某 SG001、王某 SG002"
BEGAN, ENDED = NOON.replace("2023", "2025"), LATER.replace("2023", "2025")
__all__ = ["people_"]


def wanted(departments: str = MARKET, **more: Any) -> Any:
    return replace(WANTED, origin="other", kind="joint", departments=joint.read(departments), **more)


@pytest.fixture
def together(people_: dict[str, User]) -> Visit:
    visit = arrange_and_ask(people_["clerk"], wanted())
    approvals.grant(people_["chief"], pending().pk)
    steps.notify(people_["clerk"], [visit.pk], "电话通知王某")
    return Visit.objects.get(pk=visit.pk)


def entered(visit: Visit, phone_of: Phones, **more: Any) -> list[Phone]:
    phones = [phone_of(person) for person in officers(visit)]
    fill(phones, visit)
    for name, value in ({"times/arrived": BEGAN, "times/left": ENDED} | more).items():
        phones[0].enter(name, value)
    for phone in phones:
        assert phone.send(visit.uid)["refused"] == []
    phones[0].upload(visit.uid, JPEG)
    return phones


def guest(name: str) -> dict[str, str]:
    return signature("partner", name=name, capacity="d1")


def hand_in(visit: Visit, phones: list[Phone], *signatures: dict[str, str]) -> dict[str, Any]:
    text = record_text(phones[0], visit, [change for phone in phones for change in phone.log])
    team = [signature("officer", phone.person) for phone in phones]
    sent = [*team, signature("firm", name="王某", capacity="site"), *signatures]
    return dict(phones[0].post(visit.uid, "record", {"record": text, "signatures": sent, "refusal": None}).json())


def test_it_ends_only_when_each_department_has_signed(together: Visit, phone_of: Phones) -> None:
    phones = entered(together, phone_of)
    frame = phones[0].today()["visits"][0]["frame"]
    assert [(one["name"], one["items"]) for one in frame["departments"]] == [("市场监督管理局", ["AQ-02"])]
    answer = hand_in(together, phones, guest("李某"))
    assert answer["waiting"] == ["市场监督管理局 1 人签字，须有 2 名以上执法人员签字。"]
    again = hand_in(together, phones, guest("李某"), guest("王某"))
    assert (again["waiting"], again["state"]) == ([], State.DONE)
    assert together.records.get().signatures.filter(who="partner").count() == 2
    entry = VisitEntry.objects.get(kind="joint")
    assert entry.department.endswith("、市场监督管理局")
    assert audit().findings == []


def test_nobody_who_is_not_named_signs_for_a_department(together: Visit, phone_of: Phones) -> None:
    answer = hand_in(together, entered(together, phone_of), guest("路人"))
    assert answer["kind"] == "not_a_guest_here"


def test_a_department_that_did_not_come_checks_and_signs_nothing(together: Visit, phone_of: Phones) -> None:
    phones = entered(together, phone_of, **{"joint/d1/absent": "临时有任务"})
    assert "没有参加，要点 AQ-02/1 不能有" in str(hand_in(together, phones)["missing"])
    phones[0].enter("answers/AQ-02/1", "unseen")
    phones[0].enter("notes/AQ-02/1", "部门没有到场")
    phones[0].send(together.uid)
    assert hand_in(together, phones)["state"] == State.DONE
    assert "市场" not in VisitEntry.objects.get(kind="joint").department


@pytest.mark.parametrize(
    ("departments", "kind"),
    [
        ("市场监督管理局：AQ-02", "partner_malformed"),
        ("市场监督管理局：AQ-02：李某", "partner_malformed"),
        ("市场监督管理局：AQ-02：李某 SG001", "too_few_officers"),
        ("市场监督管理局：AQ-02：李某 SG001、李某 SG002", "too_few_officers"),
        ("市场监督管理局：ZZ-09：李某 SG001、王某 SG002", "not_on_the_checklist"),
        ("市场监督管理局：AQ-01、AQ-02：李某 SG001、王某 SG002", "nothing_left"),
        (f"{MARKET}\n消防救援大队：AQ-02：张某 XF001、赵某 XF002", "not_on_the_checklist"),
        (f"{MARKET}\n{MARKET}", "partner_twice"),
    ],
)
def test_what_cannot_be_is_refused(people_: dict[str, User], departments: str, kind: str) -> None:
    with pytest.raises(Refusal) as refusal:
        arrange_and_ask(people_["clerk"], wanted(departments))
    assert refusal.value.kind == kind and not Visit.objects.exists()


def test_only_a_joint_visit_has_departments(people_: dict[str, User]) -> None:
    with pytest.raises(Refusal) as refusal:
        arrange_and_ask(people_["clerk"], replace(wanted(), kind="key"))
    assert refusal.value.kind == "not_joint"


def test_the_code_shows_them_and_the_log_names_no_person(together: Visit) -> None:
    page = Client().get(f"/visits/code/{together.token}/").content.decode()
    assert "市场监督管理局" in page and "李某" in page and "SG002" in page
    assert "李某" not in "".join(Event.objects.values_list("leaf", flat=True))


def test_a_whole_draw_becomes_joint_before_its_approval(
    drawn: Callable[..., Story], people: dict[str, User], clock: Clock
) -> None:
    story = drawn()
    Visit.objects.filter(draw=story.name).update(kind="joint")
    first = Visit.objects.filter(draw=story.name).order_by("pk")[0]
    count = joint.arrange(people["clerk"], first.pk, joint.read(MARKET), whole_draw=True)
    assert count == Visit.objects.filter(draw=story.name, partners__department="市场监督管理局").count() > 1
    with pytest.raises(Refusal):
        joint.arrange(people["clerk"], first.pk, joint.read(MARKET))


def test_the_pages_arrange_fill_and_sign_it(
    people_: dict[str, User], client_of: Callable[[str], Client], phone_of: Phones
) -> None:
    clerk = client_of("clerk")
    form = {
        "firm": WANTED.firm,
        "origin": "other",
        "kind": "joint",
        "source": "联席办通知 3 号",
        "reason": "联合检查",
        "window_from": "2025-09-18",
        "window_to": "2025-10-31",
        "team": "R000、R001",
    }
    bad = clerk.post("/visits/new/", form | {"departments": "市场监督管理局：AQ-02：李某"})
    assert (
        bad.status_code == 422
        and "联合部门第 1 行" in bad.content.decode()
        and "联席办通知 3 号" in bad.content.decode()
    )
    assert clerk.post("/visits/new/", form | {"departments": MARKET}).status_code == 302
    approval = pending()
    assert "市场监督管理局：事项 AQ-02" in client_of("chief").get(f"/approvals/{approval.pk}/").content.decode()
    approvals.grant(people_["chief"], approval.pk)
    visit = Visit.objects.get()
    steps.notify(people_["clerk"], [visit.pk], "电话")
    phones = entered(visit, phone_of)
    one = phones[0].client
    assert "市场监督管理局没有参加的原因" in one.get(f"/visits/{visit.pk}/fill/").content.decode()
    assert one.post(f"/visits/{visit.pk}/freeze/").status_code == 302
    assert "partner:d1:李某" in one.get(f"/visits/{visit.pk}/sign/").content.decode()
    path = "M10 10L20 20L30 10L40 20"
    digest = visit.records.get().sha256
    drawn_here = {"who": "partner:d1:李某", "path": path, "read": digest}
    assert one.post(f"/visits/{visit.pk}/sign/", drawn_here).status_code == 302
    scan = {"pages": [picture(JPEG + b"page")], "code": digest[:8], "name": "王某", "capacity": "site"}
    assert one.post(f"/visits/{visit.pk}/paper/", scan).status_code == 302
    assert phones[1].client.post(f"/visits/{visit.pk}/paper/confirm/", {"mine": "on"}).status_code == 302
    visit.refresh_from_db()
    assert visit.state == State.DONE
    assert visit.records.get().signatures.filter(who="partner").count() == 2
    page = clerk.get(f"/visits/{visit.pk}/record/1/").content.decode()
    assert "市场监督管理局（AQ-02）" in page
