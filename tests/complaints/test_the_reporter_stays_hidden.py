"""Who reported and what he wrote is read by those the policy names and by nobody else: no page, file or Excel of inspectors and partners, nor the disk."""

import io
import re
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.urls import URLPattern, get_resolver
from openpyxl import load_workbook

from complaints.conftest import NAME, PHONE, SECRETS, jpeg
from disclosure.test_no_personal_data_is_published import leaks
from lottery.conftest import Clock
from sunlot.office.access import pages
from sunlot.office.accounts.models import User
from sunlot.office.accounts.roles import Role
from sunlot.office.approvals import services as approvals
from sunlot.office.approvals.models import Approval
from sunlot.office.catalog.models import ItemList
from sunlot.office.complaints import handling, pieces, reading, vault, verifying
from sunlot.office.complaints.marks import mark_of
from sunlot.office.complaints.models import Report, Sealed
from sunlot.office.complaints.verifying import Going
from sunlot.office.journal import checkpoints
from sunlot.office.journal.models import Event, Opening
from sunlot.refusal import Refusal

Taken = Callable[..., Report]
Log = Callable[[str], Client]
DAY = date(2023, 8, 22)
DAY_BEGUN = "2023-08-22T01:00:00Z"  # before it, the officers know nothing of a visit that nobody is told of


def verified_on_site(people: dict[str, User], report: Report) -> Report:
    """Accept a report and let a visit verify it."""
    handling.accept(people["clerk"], report.pk, "")
    verifying.arrange_visit(people["clerk"], report.pk, Going(DAY, DAY, ("R001", "R002")))
    approvals.grant(people["chief"], Approval.objects.get(kind="visits.approve").pk)
    return Report.objects.get(pk=report.pk)


def addresses(report: Report) -> list[str]:
    """Return every address of the office that needs no part, and those of this report and its visit."""
    own = {"number": report.visit_id or 0}
    found = [f"/complaints/{report.pk}/", f"/visits/{own['number']}/", f"/complaints/{report.pk}/identity/"]
    found += [f"/complaints/{report.pk}/files/{piece.pk}/" for piece in report.pieces.all()]
    found += [f"/complaints/{report.pk}/receipt/{what}/" for what in ("received", "accepted")]
    found += [f"/complaints/{report.pk}/do/{act}/" for act in ("take", "accept", "answer", "reward")]
    for resolver in get_resolver().url_patterns:
        for pattern in getattr(resolver, "url_patterns", []):
            if isinstance(pattern, URLPattern) and "<" not in str(pattern.pattern):
                found.append(f"/{resolver.pattern}{pattern.pattern}")
    return found


def inside(answer: object) -> str:
    body = b"".join(answer.streaming_content) if getattr(answer, "streaming", False) else answer.content  # type: ignore[attr-defined]
    if body.startswith(b"PK"):
        sheets = load_workbook(io.BytesIO(body)).worksheets
        return "\n".join(str(cell.value) for sheet in sheets for row in sheet.iter_rows() for cell in row)
    return str(body.decode(errors="ignore"))


@pytest.mark.parametrize("role", ["inspector", "partner", "system", "security", ""])
def test_no_page_file_or_excel_shows_it(
    role: str, taken: Taken, item_list: ItemList, client_of: Log, people: dict[str, User], clock: Clock
) -> None:
    report = verified_on_site(people, taken())
    clock.at = DAY_BEGUN
    User.objects.filter(pk=people["inspector"].pk).update(person="R001")
    client = client_of(role) if role else Client()
    opened = 0
    for address in addresses(report):
        for query in ({}, {"as": "xlsx"}, {"as": "print"}, {"q": NAME}):
            if address.endswith("logout/"):
                continue
            answer = client.get(address, query)
            opened += answer.status_code == 200
            text = inside(answer).replace(f'value="{NAME}"', "")  # what the asker typed himself
            assert [secret for secret in SECRETS if secret in text] == [], address
            assert jpeg() not in (answer.content if not answer.streaming else b"")
    assert opened > 5
    if role == "inspector":
        assert client.get(f"/visits/{report.visit_id}/").status_code == 200
        assert client.post(f"/complaints/{report.pk}/identity/").status_code == 403


def test_the_inspector_learns_that_it_is_a_complaint_and_no_more(
    taken: Taken, item_list: ItemList, client_of: Log, people: dict[str, User], clock: Clock
) -> None:
    report = verified_on_site(people, taken())
    clock.at = DAY_BEGUN
    User.objects.filter(pk=people["inspector"].pk).update(person="R001")
    visit = report.visit
    assert visit is not None
    assert (visit.reason, visit.source) == ("核查投诉举报（事故隐患）", mark_of(report))
    assert report.number not in visit.source
    text = client_of("inspector").get(f"/visits/{visit.pk}/").content.decode()
    assert "投诉举报" in text and "/complaints/" not in text
    told = client_of("inspector").get("/visits/api/today/").content.decode()
    assert not any(secret in told for secret in SECRETS)


def test_every_role_opens_what_its_declaration_says(taken: Taken, client_of: Log) -> None:
    report = taken()
    declared = {
        "one": f"/complaints/{report.pk}/",
        "list": "/complaints/",
        "identity": f"/complaints/{report.pk}/identity/",
    }
    declared |= {
        "statistics": "/complaints/statistics/",
        "intake": "/complaints/intake/",
        "expired": "/complaints/expired/",
    }
    for role in Role.values:
        client = client_of(role)
        for name, address in declared.items():
            allowed = pages()[f"complaints:{name}"].open_to(role)
            assert (client.get(address).status_code != 403) == allowed, (role, name)


def test_the_matrix_of_readers(taken: Taken, people: dict[str, User]) -> None:
    report = taken()
    reads = {name for name, user in people.items() if reading.may_read(user, report)}
    identifies = {name for name, user in people.items() if reading.may_identify(user, report)}
    assert reads == {"clerk", "chief", "chief2", "leading", "leading2", "supervisor"}
    assert identifies == {"clerk", "supervisor"}  # not the second clerk, who does not handle it


def test_a_policy_cannot_let_inspectors_read(taken: Taken, people: dict[str, User], office: Path) -> None:
    (office / "policy").mkdir()
    text = """[pack]
name = "own"
title = "本局"
layer = "county"
valid_from = 2020-01-01
[[rule]]
name = "complaint.content_readers"
source = "会议纪要"
certainty = "default"
value = { inspector = "执法人员", supervisor = "监督员" }
"""
    (office / "policy" / "own.toml").write_text(text, "utf-8")
    report = taken()
    assert {name for name, user in people.items() if reading.may_read(user, report)} == {"supervisor"}


def test_another_clerk_sees_number_and_state_only(taken: Taken, client_of: Log) -> None:
    report = taken()
    text = client_of("clerk2").get(f"/complaints/{report.pk}/").content.decode()
    assert report.number in text and "领取后即可查看" in text
    assert not any(secret in text for secret in SECRETS)
    for piece in report.pieces.all():
        assert client_of("clerk2").get(f"/complaints/{report.pk}/files/{piece.pk}/").status_code == 409
    assert client_of("clerk2").get(f"/complaints/{report.pk}/do/accept/").status_code == 409


def test_every_look_at_the_identity_is_an_event(taken: Taken, client_of: Log, people: dict[str, User]) -> None:
    report = taken()
    client, address = client_of("supervisor"), f"/complaints/{report.pk}/identity/"
    assert NAME not in client.get(address).content.decode()
    assert not Event.objects.filter(act="complaint.identity-viewed").exists()
    text = client.post(address).content.decode()
    assert NAME in text and PHONE in text
    assert Event.objects.filter(act="complaint.identity-viewed").count() == 1
    assert client_of("chief").post(address).status_code == 409


def test_the_list_and_its_excel_name_no_reporter(taken: Taken, client_of: Log) -> None:
    report = taken()
    for role in ("clerk", "chief", "supervisor", "leading"):
        for query in ({}, {"as": "xlsx"}, {"as": "print"}):
            text = inside(client_of(role).get("/complaints/", query))
            assert report.number in text
            assert not any(secret in text for secret in SECRETS), role


def test_the_log_has_the_state_and_nothing_by_which_a_report_is_known(
    taken: Taken, people: dict[str, User], item_list: ItemList
) -> None:
    report = verified_on_site(people, taken())
    events = list(Event.objects.filter(obj=report.obj))
    assert len(events) == 3  # received, taken, accepted; of the visit none
    assert report.firm is not None
    for event in events:
        hidden = (*SECRETS, report.number, report.kind, report.firm.pk, report.firm.name, people["clerk"].name)
        assert not any(secret in event.leaf for secret in hidden), event.act
    openings = "\n".join(Opening.objects.values_list("value", flat=True))
    assert not any(secret in openings for secret in SECRETS)


def everything_on_disk(home: Path) -> bytes:
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    files = b"".join(path.read_bytes() for path in home.rglob("*") if path.is_file())
    if connection.vendor != "sqlite":
        with connection.cursor() as cursor:
            for model in (Report, Sealed, Event, Opening, Approval):
                cursor.execute(f"SELECT t::text FROM {model._meta.db_table} t")
                files += "\n".join(row[0] for row in cursor.fetchall()).encode()
    return files


def test_the_bytes_at_rest_are_unreadable(taken: Taken, office: Path) -> None:
    report = taken()
    disk = everything_on_disk(office)
    assert report.number.encode() in disk
    for secret in SECRETS:
        assert secret.encode() not in disk
        assert secret.encode().hex().encode() not in disk
    assert not re.search(rb"\xff\xd8\xff\xe0\x00\x10JFIF", disk)
    for path in (vault.key_path(), *(pieces.path_of(piece) for piece in report.pieces.filter(sort="photo"))):
        assert path.stat().st_mode & 0o077 == 0


def test_the_key_is_a_file_and_without_it_nothing_is_read(taken: Taken, office: Path) -> None:
    report = taken()
    piece = pieces.of(report, "identity")[0]
    assert pieces.told(piece)["name"] == NAME
    kept = vault.key_path().read_bytes()
    vault.key_path().unlink()
    with pytest.raises(Refusal, match="key_missing"):
        pieces.told(piece)
    vault.make_office_key()
    with pytest.raises(Refusal, match="not_this_key"):
        pieces.told(piece)
    vault.key_path().write_bytes(kept)
    assert pieces.told(piece)["name"] == NAME


def test_a_ciphertext_put_in_the_place_of_another_does_not_open(taken: Taken) -> None:
    first, second = taken(), taken(text="另一件事，另一个单位的另一种隐患。", firm="青禾第5厂")
    one, other = pieces.of(first, "content")[0], pieces.of(second, "content")[0]
    one.data, other.data = other.data, one.data
    for piece in (one, other):
        with pytest.raises(Refusal, match="not_this_key"):
            pieces.told(piece)
    first.wrapped, second.wrapped = second.wrapped, first.wrapped
    with pytest.raises(Refusal, match="not_this_key"):
        vault.unlock(bytes(first.wrapped), first.obj, "x", b"0" * 40)


def test_the_public_site_tells_nothing(
    taken: Taken, item_list: ItemList, people: dict[str, User], clock: Clock
) -> None:
    report = verified_on_site(people, taken())
    clock.at = "2023-11-01T01:00:00Z"
    checkpoints.sign(settings.HOME)
    assert leaks({secret: secret for secret in SECRETS}) == []
    assert leaks({"编号": report.number}) == []
    assert leaks({"日志": f'"{report.obj}"'}) != []  # the log is published, so that the search does look there


def test_the_page_of_the_firm_shows_it_to_those_who_may_know(taken: Taken, client_of: Log) -> None:
    report = taken()
    for role, knows in (("clerk", True), ("supervisor", True), ("auditor", False), ("inspector", False)):
        answer = client_of(role).get(f"/roster/firms/{report.firm_id}/")
        assert (report.number in answer.content.decode()) == knows, role
        assert not any(secret in answer.content.decode() for secret in SECRETS)
