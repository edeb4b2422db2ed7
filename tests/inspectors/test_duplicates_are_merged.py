"""One person under two numbers: the survivor has everything, the other number is kept and leads to him."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.test import Client

from inspectors.conftest import facts
from sunlot.office.accounts.models import User
from sunlot.office.inspectors import leaves
from sunlot.office.inspectors.changes import submit
from sunlot.office.inspectors.models import Inspector, Leave
from sunlot.office.inspectors.queries import inspector_of, reason, standing
from sunlot.refusal import Refusal

DAY = date(2026, 11, 25)


@pytest.fixture
def twin(people: dict[str, User], roster: dict[str, Inspector]) -> Inspector:
    """J9, who is J3 again, with the renewed certificate and without a telephone number."""
    submit(people["clerk"], "add", "J9", facts("乔鹏诺", number="鲁37003B", phone="", position="科长"))
    return Inspector.objects.get(pk="J9")


def merge(people: dict[str, User], kept: str = "J3", duplicate: str = "J9") -> None:
    submit(people["clerk"], "merge", kept, {"duplicate": duplicate}, "同一身份证件")


def test_the_survivor_takes_certificates_and_what_he_lacked(people: dict[str, User], twin: Inspector) -> None:
    assert reason(standing(DAY).get(pk="J3")) == "expired"
    merge(people)
    kept = standing(DAY).get(pk="J3")
    assert (reason(kept), kept.position, kept.phone) == ("yes", "科长", "13800000000")
    assert not standing(DAY).filter(pk="J9").exists()


def test_the_account_of_the_other_number_is_his(people: dict[str, User], twin: Inspector) -> None:
    people["inspector"].person = "J9"
    merge(people)
    assert inspector_of(people["inspector"]) == Inspector.objects.get(pk="J3")
    people["inspector"].save()
    assert standing(DAY).get(pk="J3").has_account


def test_the_history_of_both_is_shown_and_the_old_address_leads_on(
    people: dict[str, User], twin: Inspector, client_of: Callable[[str], Client]
) -> None:
    merge(people)
    client = client_of("clerk")
    answer = client.get("/inspectors/person/J9/", follow=True)
    page = answer.content.decode()
    assert answer.redirect_chain[-1][0] == "/inspectors/person/J3/"
    assert "检查人员 J9 入库" in page and "J9 是重复编号，并入 J3" in page and "同一身份证件" in page


def test_leave_that_both_had_counts_once(people: dict[str, User], twin: Inspector, roster: dict[str, Any]) -> None:
    for person in (roster["J3"], twin):
        leaves.enter(people["clerk"], person, "培训", date(2026, 12, 1), date(2026, 12, 5))
    merge(people)
    assert Leave.objects.filter(inspector_id="J3", cancelled=False).count() == 1


def test_leave_that_overlaps_in_part_must_be_settled_first(
    people: dict[str, User], twin: Inspector, roster: dict[str, Any]
) -> None:
    leaves.enter(people["clerk"], roster["J3"], "培训", date(2026, 12, 1), date(2026, 12, 5))
    leaves.enter(people["clerk"], twin, "培训", date(2026, 12, 4), date(2026, 12, 8))
    with pytest.raises(Refusal, match="leave_overlaps"):
        merge(people)
    twin.refresh_from_db()
    assert twin.merged_into is None


@pytest.mark.parametrize(("other", "refusal"), [("J3", "same_number"), ("J404", "no_such_person")])
def test_a_number_that_cannot_be_merged_is_refused(
    people: dict[str, User], twin: Inspector, other: str, refusal: str
) -> None:
    with pytest.raises(Refusal, match=refusal):
        merge(people, "J3", other)


def test_the_audit_agrees_with_the_rows(people: dict[str, User], twin: Inspector) -> None:
    from sunlot.office.journal.models import Event
    from sunlot.office.journal.replay import Fold

    merge(people)
    fold = Fold()
    for seq, leaf in Event.objects.order_by("seq").values_list("seq", "leaf"):
        fold.take(seq, leaf)
    assert [name for name, _ in fold.differences() if name.startswith("inspectors.")] == []
