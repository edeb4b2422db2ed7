"""A word that the scan takes for somebody's name goes public when the asker says why it is none and the second person confirms it; a number never does."""

import json
from collections.abc import Callable

import pytest
from django.test import Client

from release.conftest import FINDING, Finish, grant, problem
from sunlot.office.accounts.models import User
from sunlot.office.approvals import services as approvals
from sunlot.office.journal.models import Event
from sunlot.office.release.approval_kinds import checklist
from sunlot.office.release.asking import ask_release, ask_withdrawal
from sunlot.office.release.models import Edition, Release
from sunlot.office.roster.models import Firm
from sunlot.office.visits.models import Visit
from sunlot.office.visits.moment import today
from sunlot.refusal import Refusal

TEXT, WHY = "用电高峰时段未停机检修", "“用电高峰”是时段，不是人名"


@pytest.fixture
def visit(finish: Finish) -> Visit:
    """A visit whose problem holds a word that is also the name of a firm's head."""
    found = finish(more=problem(TEXT))
    Firm.objects.exclude(pk=found.firm_id).filter(listed=True).update(legal_person="高峰")
    return found


def test_each_passed_word_is_a_line_that_the_second_person_must_tick(visit: Visit, people: dict[str, User]) -> None:
    with pytest.raises(Refusal, match="personal_data"):
        ask_release(people["clerk"], "result", [visit.pk], {}, "检查已办结")
    asked = ask_release(people["clerk"], "result", [visit.pk], {}, "检查已办结", {"高峰": WHY})
    with pytest.raises(Refusal, match="checks_missing") as refused:
        approvals.grant(people["chief"], asked.pk, "", checklist())
    assert WHY in refused.value.sentence
    lines = checklist(json.loads(asked.payload))
    assert len(lines) == len(checklist()) + 1
    approvals.grant(people["chief"], asked.pk, "", lines)
    assert TEXT in Edition.objects.get().body
    leaf = Event.objects.get(act="release.no-name").leaf
    assert json.loads(leaf)["pub"] == {"count": 1} and "高峰" not in leaf


@pytest.mark.parametrize("number", ["13953700001", "370829197805060012"])
def test_a_number_is_never_passed(number: str, finish: Finish, people: dict[str, User]) -> None:
    visit = finish(more=problem(f"值班表写有 {number}"))
    with pytest.raises(Refusal, match="personal_data"):
        ask_release(people["clerk"], "result", [visit.pk], {}, "检查已办结", {number: "不是人名"})


def test_a_word_that_was_not_passed_still_blocks_at_the_grant(visit: Visit, people: dict[str, User]) -> None:
    asked = ask_release(people["clerk"], "result", [visit.pk], {}, "检查已办结", {"高峰": WHY})
    Firm.objects.filter(pk=Firm.objects.order_by("pk")[0].pk).update(legal_person="检修")
    with pytest.raises(Refusal, match="personal_data"):
        approvals.grant(people["chief"], asked.pk, "", checklist(json.loads(asked.payload)))
    assert not Release.objects.exists()


def test_the_page_asks_why_and_the_reason_of_a_withdrawal_may_be_passed_too(
    visit: Visit, people: dict[str, User], client_of: Callable[[str], Client]
) -> None:
    client = client_of("clerk")
    page = client.get("/release/ask/", {"kind": "result", "pk": visit.pk}).content.decode()
    assert "“高峰”不是人名，因为" in page
    sent = {"kind": "result", "pk": visit.pk, "reason": "检查已办结", f"w-{visit.obj}-{FINDING}/text": TEXT}
    assert client.post("/release/ask/", sent).status_code in (409, 422)
    answer = client.post("/release/ask/", sent | {"p-0": WHY})
    assert answer.status_code == 302
    number = int(answer["Location"].rstrip("/").rpartition("/")[2])
    assert WHY in client_of("chief").get(f"/approvals/{number}/").content.decode()
    from sunlot.office.approvals.models import Approval

    asked = Approval.objects.get(pk=number)
    approvals.grant(people["chief"], number, "", checklist(json.loads(asked.payload)))
    row = Release.objects.get()
    with pytest.raises(Refusal, match="personal_data"):
        ask_withdrawal(people["clerk"], row.pk, "高峰时段登记错误", today())
    asked = ask_withdrawal(people["clerk"], row.pk, "高峰时段登记错误", today(), {"高峰": WHY})
    with pytest.raises(Refusal, match="checks_missing"):
        approvals.grant(people["chief"], asked.pk)
    approvals.grant(people["chief"], asked.pk, "", ["no-name-1"])
    assert grant and Release.objects.get().state == "withdrawn"
