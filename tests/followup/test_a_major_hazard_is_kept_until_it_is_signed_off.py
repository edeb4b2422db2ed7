"""Major hazards are proposed from signed records, kept in the register, and signed off by a second person with evidence."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from followup.conftest import GENERAL, MAJOR, Flawed, day, file, ids
from lottery.conftest import Clock
from sunlot.office.accounts.models import User
from sunlot.office.approvals import services as approvals
from sunlot.office.approvals.models import Approval
from sunlot.office.followup import evidence, hazards, orders, queries, waivers
from sunlot.office.followup.hazards import Facts
from sunlot.office.followup.models import Hazard
from sunlot.office.followup.states import HazardState
from sunlot.office.journal.audit import audit
from sunlot.office.journal.models import Event
from sunlot.office.roster.models import Firm
from sunlot.office.shell.forms import StaleEdit
from sunlot.office.visits.models import Visit
from sunlot.refusal import Refusal

People = dict[str, User]
FACTS = Facts(
    "安全出口封堵", "拆除封堵物", "停止使用二楼", "赵某某", day("2023-10-20"), level="county", phone="13800000000"
)


def proposed() -> list[tuple[Visit, str]]:
    return [(visit, found.text) for visit, found in queries.unregistered(queries.with_majors())]


def entered(people: People, visit: Visit) -> Hazard:
    (finding,) = [found.id for one, found in queries.unregistered(queries.with_majors()) if one == visit]
    return hazards.register(people["clerk"], visit.pk, finding, FACTS)


def test_a_major_finding_is_proposed_until_it_is_entered(people: People, flawed: Flawed) -> None:
    visit = flawed()
    assert proposed() == [(visit, "安全出口封堵")]
    assert list(queries.with_majors()) == [visit]
    hazard = entered(people, visit)
    assert proposed() == [] and not queries.with_majors().exists()
    assert (hazard.found_on, hazard.firm_id) == (day("2023-09-20"), visit.firm_id)
    leaf = Event.objects.get(act="hazard.registered").leaf
    for secret in ("赵某某", "13800000000", "安全出口", visit.firm_name):
        assert secret not in leaf
    with pytest.raises(Refusal, match="已经列入台账"):
        hazards.register(people["chief"], visit.pk, hazard.finding, FACTS)


def test_a_hazard_off_the_list_is_proposed_too(people: People, flawed: Flawed) -> None:
    visit = flawed({"text": "危化品与宿舍同楼", "severity": "major"}, kind="hazards")
    assert proposed() == [(visit, "危化品与宿舍同楼")]


def test_general_problems_are_not_proposed(people: People, flawed: Flawed) -> None:
    visit = flawed(GENERAL, {**MAJOR, "corrected": True})
    assert proposed() == []
    with pytest.raises(Refusal, match="没有这条重大隐患"):
        hazards.register(people["clerk"], visit.pk, ids(visit)[0], FACTS)


def test_what_does_not_belong_there_is_decided_by_a_second_person(
    people: People, flawed: Flawed, client_of: Callable[[str], Any]
) -> None:
    visit = flawed(MAJOR)
    hazards.waive(people["clerk"], visit.pk, ids(visit)[0], "经专家判定不属重大隐患")
    assert orders.waive(people["clerk"], visit.pk, "另案处理") is None
    assert len(proposed()) == 1 and not visit.waivers.exists()
    for approval in Approval.objects.filter(kind=waivers.WAIVE):
        with pytest.raises(Refusal, match="不能审批自己的申请"):
            approvals.grant(people["clerk"], approval.pk)
        approvals.grant(people["chief"], approval.pk)
    assert proposed() == [] and visit.waivers.count() == 2
    page = client_of("supervisor").get("/followup/waivers/").content.decode()
    assert "经专家判定不属重大隐患" in page and "另案处理" in page and visit.firm_name in page


def test_measures_and_somebody_who_answers_are_asked_for(people: People, flawed: Flawed) -> None:
    visit = flawed(MAJOR)
    for facts, words in (
        (replace(FACTS, measures=" ", responsible=""), "治理措施、治理责任人"),
        (replace(FACTS, level="world"), "督办级别"),
        (replace(FACTS, deadline=day("2023-09-01")), "早于发现日期"),
    ):
        with pytest.raises(Refusal, match=words):
            hazards.register(people["clerk"], visit.pk, ids(visit)[0], facts)


def test_a_hazard_known_another_way_is_entered_by_the_firms_code(people: People, county: People) -> None:
    firm = Firm.objects.earliest("pk")
    hazard = hazards.register_other(people["clerk"], firm.pk, day("2023-08-18"), FACTS)
    assert (hazard.visit, hazard.firm_name) == (None, firm.name)
    with pytest.raises(Refusal, match="在将来"):
        hazards.register_other(people["clerk"], firm.pk, day("2023-08-21"), FACTS)


def test_two_persons_do_not_overwrite_each_other(people: People, flawed: Flawed) -> None:
    hazard = entered(people, flawed(MAJOR))
    hazards.change(people["clerk"], hazard.pk, hazard.version, replace(FACTS, level="city"))
    with pytest.raises(StaleEdit):
        hazards.change(people["chief"], hazard.pk, hazard.version, FACTS)
    assert Hazard.objects.get().level == "city"


def test_it_is_signed_off_with_evidence_by_a_second_person(people: People, flawed: Flawed, clock: Clock) -> None:
    hazard = entered(people, flawed(MAJOR))
    with pytest.raises(Refusal, match="没有治理完成的照片"):
        hazards.report(people["chief"], hazard.pk, "已拆除")
    evidence.hand_in_for_hazard(people["clerk"], hazard.pk, "拆除后", [file()])
    clock.at = "2023-09-28T04:00:00Z"
    hazards.report(people["chief"], hazard.pk, "已拆除，现场核查属实")
    approval = Approval.objects.get(kind=hazards.SIGN_OFF)
    with pytest.raises(Refusal, match="不能审批自己的申请"):
        approvals.grant(people["chief"], approval.pk)
    with pytest.raises(Refusal, match="等待审批"):
        hazards.change(people["clerk"], hazard.pk, hazard.version + 1, FACTS)
    approvals.refuse(people["leading"], approval.pk, "补充验收记录")
    hazards.report(people["chief"], hazard.pk, "附验收记录")
    approvals.grant(people["leading"], Approval.objects.get(kind=hazards.SIGN_OFF, state="pending").pk)
    hazard.refresh_from_db()
    assert (hazard.state, hazard.closed_on) == (HazardState.CLOSED, day("2023-09-28"))
    assert audit().findings == []


def test_overdue_ones_are_known(people: People, flawed: Flawed) -> None:
    hazard = entered(people, flawed(MAJOR))
    assert list(queries.hazards_nearly_due(day("2023-10-14"))) == [hazard]
    assert not queries.overdue_hazards(day("2023-10-20")).exists()
    assert list(queries.overdue_hazards(day("2023-10-21"))) == [hazard]
