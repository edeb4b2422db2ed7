"""Lawful deletion: after the policy's years a second person lets the keys be destroyed; nothing can be read any more, the audit stays whole."""

from collections.abc import Callable
from pathlib import Path

import pytest
from django.db import connection
from django.test import Client

from complaints.conftest import later
from complaints.test_a_report_goes_from_receipt_to_answer import concluded
from lottery.conftest import Clock
from sunlot.office.accounts.models import User
from sunlot.office.approvals import services as approvals
from sunlot.office.complaints import destroying, handling, pieces
from sunlot.office.complaints.models import Report, Sealed
from sunlot.office.journal.audit import audit, findings_besides
from sunlot.refusal import Refusal

Taken = Callable[..., Report]


def ended(people: dict[str, User], report: Report) -> Report:
    concluded(people, report)
    return handling.answer(people["clerk"], report.pk, "属实，已处理。", "page")


def test_nothing_is_destroyed_before_its_time(taken: Taken, county: dict[str, User], clock: Clock) -> None:
    report = ended(county, taken())
    later(clock, days=5 * 365)
    assert destroying.due() == []
    with pytest.raises(Refusal, match="kept_still"):
        destroying.ask_destruction(county["clerk"], [report.pk])
    later(clock, days=3)
    assert [one.pk for one in destroying.due()] == [report.pk]


def test_after_it_nobody_can_read_it(taken: Taken, county: dict[str, User], clock: Clock, office: Path) -> None:
    report, other = ended(county, taken()), taken(text="另一件还在办理的事情，照旧。", firm="青禾第5厂")
    wrapped = bytes(report.wrapped)
    kept = [bytes(piece.data) for piece in report.pieces.all() if piece.data]
    files = [pieces.path_of(piece) for piece in report.pieces.filter(sort="photo")]
    assert files and all(path.is_file() for path in files)
    later(clock, days=5 * 366)
    approval = destroying.ask_destruction(county["clerk"], [report.pk])
    with pytest.raises(Refusal, match="own_request"):
        approvals.grant(county["clerk"], approval.pk)
    approvals.grant(county["chief"], approval.pk)
    gone = Report.objects.get(pk=report.pk)
    assert gone.destroyed_on is not None and not gone.wrapped
    for piece in Sealed.objects.filter(report=gone).select_related("report"):
        with pytest.raises(Refusal, match="key_destroyed"):
            pieces.opened(piece)
    assert not any(path.exists() for path in files)
    if connection.vendor == "sqlite":
        disk = b"".join(path.read_bytes() for path in office.glob("office.sqlite3*"))
        assert wrapped not in disk
        assert not any(data in disk for data in kept)
    assert pieces.told(pieces.of(other, "content")[0])["text"].startswith("另一件")


def test_the_audit_finds_the_tables_whole_before_and_after(
    taken: Taken, county: dict[str, User], clock: Clock, office: Path
) -> None:
    report = ended(county, taken())
    assert audit().findings == []
    later(clock, days=5 * 366)
    approvals.grant(county["chief"], destroying.ask_destruction(county["clerk"], [report.pk]).pk)
    assert audit().findings == []


def test_a_report_changed_behind_the_log_is_found(taken: Taken, county: dict[str, User], office: Path) -> None:
    report = taken()
    Report.objects.filter(pk=report.pk).update(state="refused")
    Sealed.objects.filter(report=report, sort="content").update(sha256="0" * 64)
    assert len(audit().findings) == 2


def test_a_photo_changed_on_the_disk_is_found(taken: Taken) -> None:
    report = taken()
    assert findings_besides() == []
    path = pieces.path_of(pieces.of(report, "photo")[0])
    path.write_bytes(path.read_bytes()[:-1] + b"!")
    assert [finding.kind for finding in findings_besides()] == ["file_altered"]
    with pytest.raises(Refusal, match="file_altered"):
        pieces.opened(pieces.of(report, "photo")[0])


def test_the_pages_of_a_destroyed_report_say_so(
    taken: Taken, county: dict[str, User], clock: Clock, client_of: Callable[[str], Client]
) -> None:
    report = ended(county, taken())
    later(clock, days=5 * 366)
    page = client_of("clerk").get("/complaints/expired/").content.decode()
    assert report.number in page
    assert client_of("clerk").post("/complaints/expired/", {"pk": []}).status_code == 422
    assert client_of("clerk").post("/complaints/expired/", {"pk": [report.pk]}).status_code == 302
    approvals.grant(county["chief"], 1 + 1)
    assert "已依法销毁" in client_of("clerk").get(f"/complaints/{report.pk}/").content.decode()
