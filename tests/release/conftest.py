"""The county of tests/visits, whose visits end and are released by a clerk who asks and a chief who grants."""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Any

import pytest

from cases.conftest import officer_of, reviewer, way  # noqa: F401
from disclosure.conftest import read  # noqa: F401
from lottery.conftest import clock, county, story  # noqa: F401
from office.conftest import client_of, people, quick_passwords  # noqa: F401
from sunlot.office.accounts.models import User
from sunlot.office.approvals import services as approvals
from sunlot.office.approvals.models import Approval
from sunlot.office.lottery.rounds import set_hour
from sunlot.office.release.approval_kinds import checklist
from sunlot.office.release.asking import ask_release
from sunlot.office.release.models import Release
from sunlot.office.visits.models import Visit
from sunlot.office.visits.steps import notify
from visits.conftest import (  # noqa: F401
    JPEG,
    Phone,
    drawn,
    fill,
    item_list,
    officers,
    phone_of,
    ready,
    record_text,
    signature,
)

FINDING = "0b0e0c7e-9d0f-4b7c-8f43-000000000001"
Finish = Callable[..., Visit]


def problem(text: str, article: str = "安全生产法第35条") -> dict[str, Any]:
    """Return the entries of one problem that waits to be put right."""
    facts = {"text": text, "severity": "general", "point": "AQ-01/2", "article": article}
    found = {f"findings/{FINDING}/{name}": value for name, value in facts.items()}
    return found | {"answers/AQ-01/2": "fail", "dispositions": ["order"], "outcome": "pending"}


@pytest.fixture
def finish(
    ready: Callable[..., Visit],  # noqa: F811
    phone_of: Callable[[str], Phone],  # noqa: F811
    people: dict[str, User],  # noqa: F811
) -> Finish:
    """A function that carries a drawn visit to its end. `more`: entries on site; `signer`: who signs for the firm."""

    def carry(
        visit: Visit | None = None,
        more: Mapping[str, Any] | None = None,
        signer: str = "王某",
        refusal: Any = None,
        outcome: str = "no_problem",
        **round_facts: Any,
    ) -> Visit:
        visit = visit or ready(**round_facts)
        if visit.secret and visit.round:
            set_hour(people["clerk"], visit.round.pk, datetime(2023, 9, 20, 1, tzinfo=UTC))
        phones = [phone_of(person) for person in officers(visit)]
        fill(phones, visit, outcome=outcome)
        for field, value in (more or {}).items():
            phones[0].enter(field, value, over=[one["id"] for one in phones[0].log if one["field"] == field])
        for phone in phones:
            phone.send(visit.uid)
        phones[0].upload(visit.uid, JPEG)
        text = record_text(phones[0], visit, [change for phone in phones for change in phone.log])
        team = [signature("officer", phone.person) for phone in phones]
        firm = (
            [] if refusal or outcome in ("closed", "unreachable") else [signature("firm", name=signer, capacity="site")]
        )
        answer = phones[0].post(visit.uid, "record", {"record": text, "signatures": [*team, *firm], "refusal": refusal})
        visit.refresh_from_db()
        assert visit.entry_id, answer.content.decode()
        return visit

    return carry


@pytest.fixture
def release(people: dict[str, User]) -> Callable[..., Release]:  # noqa: F811
    """A function that releases the result of an ended visit: the clerk asks, the chief ticks every line and grants."""

    def both(visit: Visit, wordings: Mapping[str, str] | None = None) -> Release:
        asked = ask_release(people["clerk"], "result", [visit.pk], {visit.pk: wordings or {}}, "检查已办结")
        grant(people, asked)
        return Release.objects.get(about=visit.obj)

    return both


def grant(people: dict[str, User], asked: Approval) -> None:  # noqa: F811
    """Let the chief grant a request with every line of the checklist ticked."""
    approvals.grant(people["chief"], asked.pk, "", checklist())


def another(people: dict[str, User], visit: Visit) -> Visit:  # noqa: F811
    """Return the next visit of the same draw, its firm notified."""
    more = Visit.objects.filter(draw=visit.draw, state="approved").order_by("firm_id")[0]
    notify(people["clerk"], [more.pk], "电话通知办公室")
    more.refresh_from_db()
    return more
