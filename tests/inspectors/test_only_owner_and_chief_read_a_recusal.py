"""Confidentiality as a matrix: every role tries every page on which a recusal could show, and finds nothing unless it is owner or chief."""

import io
from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

import pytest
from django.test import Client
from openpyxl import load_workbook

from rosters import code
from sunlot.office.accounts.models import User
from sunlot.office.accounts.roles import Role
from sunlot.office.approvals import services as approvals
from sunlot.office.inspectors.models import Recusal
from sunlot.office.journal.models import Event

SECRET = "配偶任该单位安全总监"
REMARK = "已当面核实户口本"
READERS = {"chief", "chief2", "owner"}
NAMES = [*Role.values, "chief2", "owner"]


@pytest.fixture
def owner(people: dict[str, User], roster: dict[str, Any]) -> User:
    """An inspector who has declared one recusal that is in force, and another that waits."""
    from sunlot.office.accounts.services import change_password, open_account
    from sunlot.office.inspectors import recusals

    user = open_account("u/console", "owner", "邹思", "inspector", "阳光-sunlot-2026", person="J1")
    change_password(user, "阳光-sunlot-2026")
    people["owner"] = user
    for number, name in ((1, "腾顺石化"), (2, "坚鼎配件")):
        row = recusals.declare(user, date(2026, 11, 25), code(number), name, "kinship", SECRET)
        if number == 1:
            approvals.grant(people["chief"], row.approval_id, REMARK)
    return user


def told(answer: Any) -> Iterator[str]:
    """Yield everything readable in an answer, the cells of a workbook included."""
    data = b"".join(answer.streaming_content) if answer.streaming else answer.content
    if data.startswith(b"PK"):
        for sheet in load_workbook(io.BytesIO(data)):
            for line in sheet.iter_rows(values_only=True):
                yield " ".join(str(cell) for cell in line)
    else:
        yield data.decode()


def doors(rows: list[Recusal]) -> list[str]:
    """Return every address where a recusal might be read."""
    found = ["/", "/approvals/", "/inspectors/", "/inspectors/person/J1/", "/inspectors/person/J2/"]
    found += ["/inspectors/leaves/", "/inspectors/health/", "/inspectors/drawable/"]
    found += ["/inspectors/recusals/", "/inspectors/recusals/all/", "/inspectors/recusals/counts/"]
    for row in rows:
        found += [f"/inspectors/recusals/{row.pk}/", f"/approvals/{row.approval_id}/"]
        found += [f"/inspectors/recusals/{row.pk}/{deed}/" for deed in ("revise", "withdraw")]
    return [address + tail for address in found for tail in ("", "?as=xlsx", "?as=print")]


@pytest.mark.parametrize("name", NAMES)
def test_nobody_else_reads_a_word(name: str, owner: User, client_of: Callable[[str], Client]) -> None:
    rows = list(Recusal.objects.all())
    words = {SECRET, REMARK, "腾顺石化", "坚鼎配件", code(1), code(2)}
    client = client_of(name)
    read = {word for address in doors(rows) for text in told(client.get(address)) for word in words if word in text}
    if name in READERS:
        assert read >= {SECRET, "腾顺石化", "坚鼎配件", code(1), code(2)}
    else:
        assert read == set()


@pytest.mark.parametrize("name", NAMES)
def test_its_own_page_is_closed_to_the_others(name: str, owner: User, client_of: Callable[[str], Client]) -> None:
    number = Recusal.objects.earliest("pk").pk
    status = client_of(name).get(f"/inspectors/recusals/{number}/").status_code
    assert status == 200 if name in READERS else status in (403, 404)


@pytest.mark.parametrize("name", sorted(READERS))
def test_only_the_owner_can_change_it(name: str, owner: User, client_of: Callable[[str], Client]) -> None:
    number = Recusal.objects.earliest("pk").pk
    answer = client_of(name).get(f"/inspectors/recusals/{number}/withdraw/")
    assert answer.status_code == (200 if name == "owner" else 404)


def test_no_event_holds_a_word_of_it(owner: User) -> None:
    log = "\n".join(Event.objects.values_list("leaf", flat=True))
    assert '"act":"recusal.declared"' in log
    for word in (SECRET, REMARK, "腾顺石化", "坚鼎配件", code(1), code(2), "kinship", "亲属"):
        assert word not in log


def test_no_event_ties_a_declaration_to_a_number_of_the_roster(owner: User) -> None:
    leaves = Event.objects.filter(act__in=("recusal.declared", "recusal.settled")).values_list("leaf", flat=True)
    assert leaves
    assert not any('"J1"' in leaf or "/J1" in leaf for leaf in leaves)


def test_the_public_reads_numbers_by_kind_without_logging_in(owner: User) -> None:
    answer = Client().get("/inspectors/recusals/counts/")
    text = answer.content.decode()
    assert answer.status_code == 200
    assert '<th scope="row">近亲属关系</th><td class="amount">1</td>' in text
    assert SECRET not in text and "腾顺石化" not in text
