"""The clerk asks, a second person ticks every line of the policy's checklist and grants; what goes public is what was shown, to the byte."""

import json
from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client

from release.conftest import FINDING, Finish, grant, problem
from sunlot.draw.canonical import hash_of
from sunlot.office.accounts.models import User
from sunlot.office.approvals import services as approvals
from sunlot.office.approvals.models import Approval
from sunlot.office.journal.audit import audit
from sunlot.office.journal.models import Event
from sunlot.office.release import waiting
from sunlot.office.release.approval_kinds import checklist
from sunlot.office.release.asking import ask_release
from sunlot.office.release.models import Edition, Release
from sunlot.office.roster.models import Firm
from sunlot.office.visits.models import Visit
from sunlot.refusal import Refusal

Give = Callable[..., Release]


def test_the_result_is_public_after_asking_and_granting(finish: Finish, release: Give, people: dict[str, User]) -> None:
    visit = finish()
    assert [one.pk for one in waiting.to_release()] == [visit.pk]
    row = release(visit)
    assert (row.number, row.due, row.state) == ("2023-00001", date(2023, 10, 24), "released")
    assert not waiting.to_release().exists()
    edition = Edition.objects.get()
    record = json.loads(edition.body)
    assert record["firm_name"] == visit.firm_name and record["result"]["text"] == "未发现问题"
    assert record["record"] == {"sha256": [visit.records.get().sha256]}
    leaf = json.loads(Event.objects.get(act="release.published").leaf)
    assert leaf["pub"]["digest"] == edition.sha256 == hash_of(edition.body)
    assert visit.firm_name not in json.dumps(leaf, ensure_ascii=False)
    assert audit().findings == []


def test_every_line_must_be_ticked(finish: Finish, people: dict[str, User]) -> None:
    visit = finish()
    asked = ask_release(people["clerk"], "result", [visit.pk], {}, "检查已办结")
    *first, last = checklist()
    with pytest.raises(Refusal, match="还没有勾选") as refused:
        approvals.grant(people["chief"], asked.pk, "", first)
    assert checklist()[last] in refused.value.sentence and checklist()[first[0]] not in refused.value.sentence
    assert not Release.objects.exists()
    grant(people, asked)
    leaf = json.loads(Event.objects.get(act="approval.granted", obj=asked.obj).leaf)
    assert leaf["pub"]["checked"] == sorted(checklist())


def test_who_asks_cannot_grant(finish: Finish, people: dict[str, User]) -> None:
    asked = ask_release(people["chief"], "result", [finish().pk], {}, "检查已办结")
    with pytest.raises(Refusal, match="不能审批自己的申请"):
        approvals.grant(people["chief"], asked.pk, "", checklist())


def test_in_the_browser_a_box_left_empty_keeps_the_others(
    finish: Finish, client_of: Callable[[str], Client], people: dict[str, User]
) -> None:
    asked = ask_release(people["clerk"], "result", [finish().pk], {}, "检查已办结")
    chief, first = client_of("chief"), next(iter(checklist()))
    answer = chief.post(f"/approvals/{asked.pk}/decide/", {"act": "grant", "checked": [first], "remark": "同意"})
    text = answer.content.decode()
    assert answer.status_code == 409 and f'value="{first}" checked' in text and "同意" in text
    answer = chief.post(f"/approvals/{asked.pk}/decide/", {"act": "grant", "checked": list(checklist())})
    assert answer.status_code == 302 and Release.objects.count() == 1
    assert "2023-00001" in chief.get(f"/approvals/{asked.pk}/").content.decode()


def test_personal_data_in_a_text_must_be_worded_anew(finish: Finish, release: Give, people: dict[str, User]) -> None:
    visit = finish(more=problem("电工刘大明（13953700001）无证上岗"))
    with pytest.raises(Refusal, match="电话“13953700001”"):
        ask_release(people["clerk"], "result", [visit.pk], {}, "检查已办结")
    row = release(visit, {f"{FINDING}/text": "一名电工无证上岗"})
    said = row.editions.get().body
    assert "一名电工无证上岗" in said and "13953700001" not in said


def test_the_name_of_anybody_known_is_personal_data(finish: Finish, people: dict[str, User]) -> None:
    Firm.objects.order_by("pk").first()
    visit = finish(more=problem("负责人欧阳建国不在现场"), signer="欧阳建国")
    with pytest.raises(Refusal, match="人名“欧阳建国”"):
        ask_release(people["clerk"], "result", [visit.pk], {}, "检查已办结")


def test_a_name_that_becomes_known_after_asking_stops_the_grant(finish: Finish, people: dict[str, User]) -> None:
    visit = finish(more=problem("值班人员司马长风离岗"))
    asked = ask_release(people["clerk"], "result", [visit.pk], {}, "检查已办结")
    Firm.objects.filter(pk=visit.firm_id).update(legal_person="司马长风")
    with pytest.raises(Refusal, match="司马长风"):
        grant(people, asked)
    assert not Release.objects.exists()


def test_what_changed_after_asking_is_not_granted(finish: Finish, people: dict[str, User]) -> None:
    visit = finish()
    asked = ask_release(people["clerk"], "result", [visit.pk], {}, "检查已办结")
    Firm.objects.filter(pk=visit.firm_id).update(territory="北坡乡")
    with pytest.raises(Refusal, match="送审之后有变动"):
        grant(people, asked)


def test_nothing_is_released_or_asked_twice(finish: Finish, release: Give, people: dict[str, User]) -> None:
    visit = finish()
    ask_release(people["clerk"], "result", [visit.pk], {}, "检查已办结")
    with pytest.raises(Refusal, match="已经送审"):
        ask_release(people["clerk"], "result", [visit.pk], {}, "又一次")
    approvals.withdraw(people["clerk"], Approval.objects.get(kind="release.publish").pk)
    release(visit)
    with pytest.raises(Refusal, match="没有可以公示的结果"):
        ask_release(people["clerk"], "result", [visit.pk], {}, "又一次")


def test_a_visit_that_has_not_ended_has_no_result(ready: Callable[..., Visit], people: dict[str, User]) -> None:
    with pytest.raises(Refusal, match="没有可以公示的结果"):
        ask_release(people["clerk"], "result", [ready().pk], {}, "检查已办结")


def test_refused_and_failed_visits_are_results_too(finish: Finish, release: Give, ready: Callable[..., Visit]) -> None:
    row = release(finish(outcome="unreachable"))
    assert json.loads(row.editions.get().body)["result"]["code"] == "unreachable"
