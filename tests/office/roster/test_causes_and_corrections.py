"""Causes of intensity have a level, a source and an end; corrections go from asked to accepted or refused, and to no other state."""

from collections.abc import Callable
from datetime import date
from itertools import product

import pytest
from django.test import Client

from rosters import DAY, code, enter, firm
from sunlot.office.accounts.models import User
from sunlot.office.journal.models import Event
from sunlot.office.roster import causes, corrections, queries
from sunlot.office.roster.models import Correction, Firm, IntensityCause, Step
from sunlot.refusal import Refusal


def test_a_cause_is_entered_shown_and_withdrawn(client_of: Callable[[str], Client]) -> None:
    enter(firm(1))
    client = client_of("clerk")
    sent = {"cause": "违法行为", "level": "2", "since": "2026-03-02", "until": "2027-03-01", "source": "罚〔2026〕7号"}
    assert client.post(f"/roster/firms/{code(1)}/cause/", sent).status_code == 302
    assert queries.causes_in_force(DAY).count() == 1
    assert "罚〔2026〕7号" in client.get("/roster/causes/").content.decode()
    number = IntensityCause.objects.get().pk
    client.post(f"/roster/causes/{number}/withdraw/", {"reason": "行政复议撤销"})
    assert not queries.causes_in_force(date(2026, 12, 31)).exists()
    again = client.post(f"/roster/causes/{number}/withdraw/", {"reason": "再撤"})
    assert again.status_code == 422
    assert "撤销。" in again.content.decode()
    assert "罚〔2026〕7号" not in Event.objects.get(act="roster.cause").leaf


@pytest.mark.parametrize(
    ("changed", "kind"),
    [
        ({"level": 0}, "level_wrong"),
        ({"level": 10}, "level_wrong"),
        ({"cause": "看着不顺眼"}, "cause_wrong"),
        ({"until": date(2026, 3, 1)}, "ends_before_it_begins"),
        ({"source": " "}, "source_missing"),
        ({"firm": code(9)}, "no_such_firm"),
    ],
)
def test_what_cannot_be_a_cause_is_refused(people: dict[str, User], changed: dict[str, object], kind: str) -> None:
    enter(firm(1))
    sound = {
        "firm": code(1),
        "level": 1,
        "cause": "违法行为",
        "since": DAY,
        "until": date(2026, 12, 31),
        "source": "罚〔2026〕1号",
    }
    with pytest.raises(Refusal, match=kind):
        causes.enter_cause(people["clerk"], **(sound | changed))  # type: ignore[arg-type]


def test_a_correction_is_entered_accepted_and_applied(client_of: Callable[[str], Client]) -> None:
    enter(firm(1))
    client = client_of("clerk")
    sent = {
        "field": "territory",
        "wanted": "白石镇",
        "ground": "房屋租赁合同",
        "asked_by": "张三",
        "asked_on": "2026-03-02",
    }
    answer = client.post(f"/roster/firms/{code(1)}/correct/", sent)
    assert "办理 青禾县第1机械有限公司 的更正申请</a>" in client.get("/").content.decode()
    client.post(answer["Location"] + "decide/", {"act": "accept", "version": "1", "answer": "属实"})
    assert Firm.objects.get().territory == "白石镇"
    found = Correction.objects.get()
    assert (found.state, found.answer) == ("accepted", "属实")
    assert "的更正申请</a>" not in client.get("/").content.decode()


def test_who_only_reads_cannot_decide(client_of: Callable[[str], Client], people: dict[str, User]) -> None:
    enter(firm(1))
    found = corrections.ask(people["clerk"].actor, code(1), "territory", "白石镇", "合同", "张三", "", DAY)
    chief = client_of("chief")
    assert chief.get(f"/roster/corrections/{found.pk}/").status_code == 200
    assert chief.post(f"/roster/corrections/{found.pk}/", {"act": "accept", "version": "1"}).status_code == 405
    assert chief.post(f"/roster/corrections/{found.pk}/decide/", {"act": "accept", "version": "1"}).status_code == 403
    assert Firm.objects.get().territory == "城关街道"


def test_refusing_needs_an_answer_and_is_final(people: dict[str, User]) -> None:
    enter(firm(1))
    found = corrections.ask(people["clerk"].actor, code(1), "territory", "白石镇", "合同", "张三", "", DAY)
    with pytest.raises(Refusal, match="answer_missing"):
        corrections.refuse(people["clerk"], found.pk, 1, "")
    corrections.refuse(people["clerk"], found.pk, 1, "材料不符")
    for decide in (corrections.accept, corrections.refuse):
        with pytest.raises(Refusal, match="correction_closed"):
            decide(people["clerk"], found.pk, 2, "改主意")
    assert Firm.objects.get().territory == "城关街道"


def test_the_table_of_moves_leads_to_an_end() -> None:
    ends = (Step.ACCEPTED, Step.REFUSED)
    assert not [move for move in product(ends, ("accept", "send", "refuse")) if move in corrections.MOVES]
    assert {there for (here, act), there in corrections.MOVES.items() if act != "send"} == set(ends)


@pytest.mark.parametrize(
    ("changed", "kind"),
    [
        ({"field": "version"}, "no_such_fact"),
        ({"wanted": "城关街道"}, "nothing_changed"),
        ({"ground": ""}, "ground_missing"),
        ({"firm": code(9)}, "no_such_firm"),
    ],
)
def test_a_correction_that_says_nothing_is_refused(people: dict[str, User], changed: dict[str, str], kind: str) -> None:
    enter(firm(1))
    sound = {
        "firm": code(1),
        "field": "territory",
        "wanted": "白石镇",
        "ground": "合同",
        "asked_by": "张三",
        "contact": "",
    }
    with pytest.raises(Refusal, match=kind):
        corrections.ask(people["clerk"].actor, on=DAY, **(sound | changed))
