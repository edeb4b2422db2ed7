"""Four eyes: a request is decided by a second person of the right role, once, and done in the same transaction."""

import pytest

from sunlot.office.accounts.models import User
from sunlot.office.approvals import kinds, services
from sunlot.office.approvals.models import Approval
from sunlot.office.journal.models import Event
from sunlot.refusal import Refusal


@pytest.fixture
def done(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """A kind of request whose deed is to remember its note, and refuses the note `no`."""
    carried: list[str] = []

    def carry_out(doing: object, payload: dict[str, str], approval: Approval) -> None:
        if payload["note"] == "no":
            raise Refusal("cannot", "现在不能办理。")
        carried.append(payload["note"])

    kind = kinds.Kind("test.note", "测试", frozenset({"chief", "clerk"}), carry_out, lambda payload: [])
    monkeypatch.setitem(kinds.KINDS, "test.note", kind)
    return carried


def ask(user: User, note: str = "yes", obj: str = "x/1") -> Approval:
    return services.ask(user, "test.note", obj, "测试事项", {"note": note}, "因为")


def test_a_second_person_grants_and_it_is_done(people: dict[str, User], done: list[str]) -> None:
    approval = services.grant(people["chief"], ask(people["clerk"]).pk)
    assert (approval.state, done) == ("granted", ["yes"])
    assert list(Event.objects.filter(obj="x/1").values_list("act", flat=True)) == ["approval.asked", "approval.granted"]


def test_who_asked_cannot_grant_it_himself(people: dict[str, User], done: list[str]) -> None:
    with pytest.raises(Refusal, match="own_request"):
        services.grant(people["clerk"], ask(people["clerk"]).pk)
    assert done == []


def test_a_role_that_does_not_decide_this_kind_is_refused(people: dict[str, User], done: list[str]) -> None:
    with pytest.raises(Refusal, match="not_an_approver"):
        services.grant(people["inspector"], ask(people["clerk"]).pk)


def test_it_is_decided_once(people: dict[str, User], done: list[str]) -> None:
    approval = ask(people["clerk"])
    services.grant(people["chief"], approval.pk)
    with pytest.raises(Refusal, match="already_decided"):
        services.grant(people["chief2"], approval.pk)
    assert done == ["yes"]


def test_what_cannot_be_done_any_more_leaves_the_request_waiting(people: dict[str, User], done: list[str]) -> None:
    approval = ask(people["clerk"], "no")
    with pytest.raises(Refusal, match="cannot"):
        services.grant(people["chief"], approval.pk)
    approval.refresh_from_db()
    assert approval.state == "pending"
    assert not Event.objects.filter(act="approval.granted").exists()


def test_refusing_needs_a_remark(people: dict[str, User], done: list[str]) -> None:
    with pytest.raises(Refusal, match="remark_missing"):
        services.refuse(people["chief"], ask(people["clerk"]).pk, " ")


def test_two_requests_for_the_same_thing_do_not_wait_beside_each_other(
    people: dict[str, User], done: list[str]
) -> None:
    ask(people["clerk"])
    with pytest.raises(Refusal, match="already_asked"):
        ask(people["clerk2"])
