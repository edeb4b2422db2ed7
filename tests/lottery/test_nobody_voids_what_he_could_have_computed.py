"""Once a source is known its draw can be computed at home: then the seed comes first, and the void afterwards spares nobody in secret."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.test import Client

from lottery.conftest import Story
from sunlot.draw.verify import verify
from sunlot.office.approvals import services as approvals
from sunlot.office.lottery import drawing
from sunlot.office.lottery.register import folder_of
from sunlot.office.lottery.todo import todos
from sunlot.refusal import Refusal

EARLY, KNOWN = "2023-08-22T02:00:00Z", "2023-08-24T01:00:00Z"


def void_record(told: Story) -> Any:
    return folder_of(told.name).need("void", "").read_json("void.json")


def test_a_void_is_not_even_asked_for_while_the_seed_is_owed(story: Callable[..., Story]) -> None:
    told = story().announced()
    told.clock.at = KNOWN
    with pytest.raises(Refusal, match="请先登记种子，再作废"):
        drawing.ask_void(told.people["clerk"], told.name, "名录有误")


def test_nor_granted_when_a_source_has_come_between(story: Callable[..., Story]) -> None:
    told = story().announced()
    told.clock.at = EARLY
    approval = drawing.ask_void(told.people["clerk"], told.name, "名录有误")
    told.clock.at = KNOWN
    with pytest.raises(Refusal, match="请先登记种子，再作废"):
        approvals.grant(told.people["leading"], approval.pk)
    assert folder_of(told.name).void is None


def test_an_early_void_still_owes_its_result_and_the_first_page_says_so(story: Callable[..., Story]) -> None:
    told = story().announced()
    told.clock.at = EARLY
    approval = drawing.ask_void(told.people["clerk"], told.name, "名录有误")
    approvals.grant(told.people["leading"], approval.pk)
    assert [todo.title for todo in todos(told.people["clerk"], date(2023, 8, 24))] == [told.row.title]
    told.sealed()
    drawing.run(told.people["clerk"], told.name)
    assert [step.what for step in folder_of(told.name).steps] == ["notice", "void", "seed", "outcome"]
    assert not [line for line in verify(folder_of(told.name).folder) if line.kind == "differs"]
    assert not list(todos(told.people["clerk"], date(2023, 8, 24)))


def test_a_source_that_never_came_is_named_in_public(
    story: Callable[..., Story], client_of: Callable[[str], Client]
) -> None:
    told = story().announced()
    told.clock.at = KNOWN
    client = client_of("clerk")
    page = client.get(f"/lottery/draws/{told.name}/void/").content.decode()
    assert "没有产生的来源" in page
    answer = client.post(f"/lottery/draws/{told.name}/void/", {"reason": "彩票停售", "missing": ["1"]})
    assert answer.status_code == 302, answer.content.decode()
    waiting = drawing.Approval.objects.get(kind="lottery.void")
    approvals.grant(told.people["leading"], waiting.pk)
    assert void_record(told)["missing"] == [1]


def test_without_a_name_the_page_says_why_not_and_keeps_what_was_typed(
    story: Callable[..., Story], client_of: Callable[[str], Client]
) -> None:
    told = story().announced()
    told.clock.at = KNOWN
    client = client_of("clerk")
    page = client.post(f"/lottery/draws/{told.name}/void/", {"reason": "名录有误"}).content.decode()
    assert "请先登记种子，再作废" in page
    assert "名录有误" in page
