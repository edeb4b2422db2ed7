"""Nobody swaps a drawn firm alone: one asks with reason and evidence, another grants, and only then the draw's step is written."""

from collections.abc import Callable

import pytest
from django.test import Client

from lottery.conftest import Story
from sunlot.draw.substitution import FIRM_REASONS, firms_now
from sunlot.office.approvals import services as approvals
from sunlot.office.approvals.models import Approval, State
from sunlot.office.lottery import queries, settling, substituting
from sunlot.office.lottery.register import folder_of
from sunlot.refusal import Refusal

Stories = Callable[..., Story]


def drawn_firm(told: Story) -> str:
    """Return a drawn firm of general hazard, which has reserves."""
    entries = queries.drawn_list(folder_of(told.name))
    return next(str(entry["id"]) for entry in entries if entry["hazard_class"] == "机械")


def steps(told: Story) -> list[str]:
    return [step.what for step in folder_of(told.name).steps]


def test_the_clerk_asks_and_only_the_grant_writes_the_step(story: Stories, client_of: Callable[[str], Client]) -> None:
    told = story().drawn()
    out = drawn_firm(told)
    address = f"/lottery/draws/{told.name}/substitute/"
    typed = {"out": out, "reason": "closed", "evidence": "注销登记", "visit": ""}
    answer = client_of("clerk").post(address, typed, follow=True).content.decode()
    assert "已提交，由负责人审批" in answer and "第 1 份申请" in answer
    assert "substitution" not in steps(told) and out in firms_now(folder_of(told.name))
    assert "第 1 份申请" in client_of("chief").get(f"/lottery/draws/{told.name}/result/").content.decode()

    asked = Approval.objects.get(kind="lottery.substitute")
    page = client_of("chief").get(f"/approvals/{asked.pk}/").content.decode()
    assert out in page and FIRM_REASONS["closed"] in page and "注销登记" in page
    client_of("chief").post(f"/approvals/{asked.pk}/decide/", {"act": "grant"})
    record = folder_of(told.name).steps[-1].read_json("substitution.json")
    assert (record["out"], record["by"]) == (
        out,
        f"{told.people['clerk'].name}（申请）、{told.people['chief'].name}（批准）",
    )
    assert out not in firms_now(folder_of(told.name))


def test_who_asks_cannot_grant_and_what_is_refused_changes_nothing(story: Stories) -> None:
    told = story().drawn()
    request = {"out": drawn_firm(told), "reason": "closed", "evidence": "注销登记"}
    asked = substituting.ask(told.people["chief"], told.name, request)
    with pytest.raises(Refusal, match="申请人不能审批"):
        approvals.grant(told.people["chief"], asked.pk)
    with pytest.raises(Refusal, match="已有一份申请"):
        substituting.ask(told.people["clerk"], told.name, request)
    approvals.refuse(told.people["chief2"], asked.pk, "证明不足")
    assert "substitution" not in steps(told)


def test_a_grant_that_a_crash_kept_from_the_folder_is_written_later(
    story: Stories, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = story().drawn()
    out = drawn_firm(told)
    asked = substituting.ask(told.people["clerk"], told.name, {"out": out, "reason": "closed", "evidence": "注销登记"})
    with monkeypatch.context() as patched:
        patched.setattr(substituting, "write", lambda *given: None)
        approvals.grant(told.people["chief"], asked.pk)
    assert Approval.objects.get(pk=asked.pk).state == State.GRANTED and "substitution" not in steps(told)
    assert any("现已写入" in line for line in settling.settle("u/1"))
    assert steps(told).count("substitution") == 1
    assert settling.settle("u/1") == []
    assert steps(told).count("substitution") == 1
