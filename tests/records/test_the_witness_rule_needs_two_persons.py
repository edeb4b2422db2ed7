"""Whose signatures are enough is asked for by the security administrator and granted by another."""

from collections.abc import Callable
from typing import Any

from django.test import Client

from sunlot.commands.demo_witness import witnesses
from sunlot.office.approvals import services as approvals
from sunlot.office.approvals.models import Approval
from sunlot.office.journal import checkpoints
from sunlot.office.journal.audit import audit
from sunlot.office.journal.store import the_log


def lines() -> str:
    return "\n".join(f"{name} {key.verifier.text}" for name, key in witnesses().items())


def test_it_is_in_force_once_another_has_granted_it(people: dict[str, Any], client_of: Callable[[str], Client]) -> None:
    asked = client_of("security").post("/journal/rule/", {"lines": lines(), "enough": 2, "reason": "三方见证"})
    assert asked.status_code == 302
    assert checkpoints.policy_of(the_log()).quorum == "none"
    approvals.grant(people["leading"], Approval.objects.get().pk)
    rule = checkpoints.policy_of(the_log())
    assert rule.groups[rule.quorum] == (2, ("纪检", "上级", "报社"))
    assert not audit([]).findings


def test_a_line_without_a_key_is_named_and_what_was_typed_stays(client_of: Callable[[str], Client]) -> None:
    answer = client_of("security").post("/journal/rule/", {"lines": "纪检", "enough": 1, "reason": "x"})
    assert answer.status_code == 422
    assert "第 1 行" in answer.content.decode()
    assert ">\n纪检<" in answer.content.decode()


def test_more_signatures_than_witnesses_are_refused(client_of: Callable[[str], Client]) -> None:
    answer = client_of("security").post("/journal/rule/", {"lines": lines(), "enough": 4, "reason": "x"})
    assert "1 到 3 个" in answer.content.decode()
