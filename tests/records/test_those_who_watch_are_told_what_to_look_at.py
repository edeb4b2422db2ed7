"""待办 of auditor and supervisor: a log no witness has seen, what an audit found, what left the office since the last one."""

from collections.abc import Callable, Iterator
from datetime import date

import pytest
from django.test import Client

from sunlot.ledger.keys import COSIGNATURE, signer_of
from sunlot.office.accounts.models import User
from sunlot.office.journal import checkpoints
from sunlot.office.journal.clock import Held, held, now
from sunlot.office.journal.store import the_log
from sunlot.office.records import services
from sunlot.office.records.todo import todos
from sunlot.office.shell.services import record_export
from sunlot.office.shell.todo import Todo

WATCHERS = ("auditor", "supervisor")


@pytest.fixture
def later(people: dict[str, User]) -> Iterator[Held]:
    """The office's clock, held at some later time."""
    with held(now()) as standing:
        yield standing


def on(later: Held, day: str) -> None:
    later.at = f"{day}T01:00:00Z"


def told(user: User) -> dict[str, Todo]:
    return {todo.title: todo for todo in todos(user, date(2027, 1, 1))}


def with_witness() -> None:
    signer = signer_of("jijian.qinghe.example", bytes(range(32)), COSIGNATURE)
    lines = [f"log {the_log().keys}", f"witness 纪检 {signer.verifier.text}", "group all all 纪检", "quorum all"]
    checkpoints.set_policy("\n".join(lines) + "\n", "u/console")


@pytest.mark.parametrize("name", WATCHERS)
def test_a_log_without_witnesses_is_named(name: str, people: dict[str, User]) -> None:
    assert told(people[name])["日志还没有见证人"].state == "blocked"


@pytest.mark.parametrize("name", WATCHERS)
def test_a_log_that_no_witness_has_seen_for_a_day_is_late(name: str, people: dict[str, User], later: Held) -> None:
    with_witness()
    assert not [title for title in told(people[name]) if "锚定" in title]
    on(later, "2027-01-10")
    late = told(people[name])["日志超过一天没有锚定"]
    assert (late.state, late.url) == ("late", "/journal/checkpoints/")
    assert late.count > 1


def test_an_audit_is_asked_for_and_lasts_a_month(people: dict[str, User], later: Held) -> None:
    assert "日志还没有审计过" in told(people["auditor"])
    on(later, "2027-01-10")
    services.run_audit(people["auditor"], ())
    assert not [title for title in told(people["auditor"]) if "审计" in title]
    on(later, "2027-02-12")
    assert told(people["supervisor"])["日志超过一个月没有审计"].state == "late"


def test_what_an_audit_found_stays_until_another_finds_nothing(people: dict[str, User]) -> None:
    User.objects.filter(username="clerk").update(role="chief")
    services.run_audit(people["supervisor"], ())
    found = told(people["auditor"])["上次日志审计发现问题"]
    assert (found.state, found.count) == ("late", 1)
    User.objects.filter(username="clerk").update(role="clerk")
    services.run_audit(people["auditor"], ())
    assert "上次日志审计发现问题" not in told(people["auditor"])


def test_exports_and_closed_doors_are_counted_until_the_next_audit(
    people: dict[str, User], client_of: Callable[[str], Client]
) -> None:
    record_export(people["clerk"], "检查对象名录", 40)
    record_export(people["clerk"], "检查对象名录", 40)
    client_of("inspector").get("/accounts/users/")
    lines = told(people["auditor"])
    assert lines["上次审计以来的导出"].count == 2
    assert lines["上次审计以来的越权访问"].count == 1
    page = client_of("auditor").get(lines["上次审计以来的导出"].url).content.decode()
    assert "检查对象名录" in page
    services.run_audit(people["auditor"], ())
    assert not [title for title in told(people["auditor"]) if "上次审计以来" in title]


def test_others_are_not_told(people: dict[str, User]) -> None:
    assert not [name for name in people if name not in WATCHERS and told(people[name])]
