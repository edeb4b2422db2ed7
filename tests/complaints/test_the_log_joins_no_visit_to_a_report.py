"""Whoever holds every public leaf, page and file cannot tell the visit that a report led to from one of a campaign, nor set it after the report."""

import json
import re
from collections.abc import Callable
from datetime import date
from typing import Any

from django.conf import settings
from django.test import Client
from django.urls import reverse

from complaints.conftest import later
from disclosure.test_no_personal_data_is_published import leaks
from lottery.conftest import Clock
from release.conftest import finish, ready, release  # noqa: F401
from sunlot.office.accounts.models import User
from sunlot.office.approvals import services as approvals
from sunlot.office.approvals.models import Approval
from sunlot.office.catalog.models import ItemList
from sunlot.office.complaints import handling, intake, marks, verifying
from sunlot.office.complaints.intake import Arrival
from sunlot.office.complaints.models import Report
from sunlot.office.complaints.verifying import Going
from sunlot.office.disclosure.export import files
from sunlot.office.journal import checkpoints
from sunlot.office.journal.audit import audit
from sunlot.office.journal.models import Event
from sunlot.office.release.models import Release
from sunlot.office.roster.queries import write_firm_tables
from sunlot.office.visits.approval_kinds import arrange_and_ask
from sunlot.office.visits.making import Arrangement
from sunlot.office.visits.models import Visit
from visits.conftest import drawn, phone_of  # noqa: F401

FROM, TO = date(2023, 9, 18), date(2023, 10, 31)
TEAM = ("R001", "R002")
NOT_COUNTED = """[pack]
name = "own"
title = "本局"
layer = "county"
valid_from = 2020-01-01
[[rule]]
name = "visit.counted.campaign"
source = "测试：当时还没有频次上限"
certainty = "default"
value = false
"""
SHAPED = (
    (re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f-]{22}"), "<uuid>"),
    (re.compile(r"[0-9a-f]{64}"), "<hash>"),
    (re.compile(r'(?<=")[\w-]{43}(?=")'), "<commitment>"),
    (re.compile(r"91\d{15}[0-9A-Z]"), "<firm>"),
    (re.compile(r"青禾第\d+厂"), "<name>"),
    (re.compile(r"\d{4}-\d\d-\d\dT[0-9:.]+Z"), "<time>"),
    (re.compile(r"\d+"), "<n>"),
)


def shape(leaf: str) -> str:
    """Return a leaf with everything that differs from thing to thing taken out: what an act and its rows look like."""
    for pattern, word in SHAPED:
        leaf = pattern.sub(word, leaf)
    return leaf


def leaves() -> list[dict[str, Any]]:
    return [json.loads(leaf) for leaf in Event.objects.order_by("seq").values_list("leaf", flat=True)]


def of_visit(visit: Visit) -> list[str]:
    """Return the shapes of a visit's leaves, without the doubts: one team held both visits at the same hour, as nobody does."""
    own = [leaf for leaf in leaves() if leaf["obj"] == visit.obj and leaf["act"] != "visit.doubted"]
    return [shape(json.dumps(leaf, ensure_ascii=False)) for leaf in own]


def tables(leaf: dict[str, Any]) -> set[str]:
    return {row["t"].partition(".")[0] for row in leaf.get("rows", ())}


def granted(people: dict[str, User]) -> None:
    for approval in Approval.objects.filter(state="pending"):
        approvals.grant(people["chief"], approval.pk)


def both(people: dict[str, User], clock: Clock) -> tuple[Report, Visit, Visit]:
    """Return a report with the visit that it led to, and one of a campaign; each act in a minute of its own, as in life."""
    (settings.HOME / "policy").mkdir()
    (settings.HOME / "policy" / "own.toml").write_text(NOT_COUNTED, "utf-8")
    clerk, clock.at = people["clerk"], "2023-09-18T01:00:00Z"
    report, _code = intake.receive(Arrival("hazard", "夜班冲床的光电保护被短接。", firm="青禾第3厂", name="欧阳举报"))
    for step in (
        lambda: handling.take(clerk, report.pk),
        lambda: handling.accept(clerk, report.pk, ""),
        lambda: verifying.arrange_visit(clerk, report.pk, Going(FROM, TO, TEAM)),
    ):
        later(clock, minutes=7)
        step()
    later(clock, minutes=7)
    other = Report.objects.get(pk=report.pk).firm.__class__.objects.get(name="青禾第5厂")  # type: ignore[union-attr]
    wanted = Arrangement(other.pk, "campaign", "campaign", "粉尘专项", "青应急〔2023〕9号", FROM, TO, TEAM, secret=True)
    campaign = arrange_and_ask(clerk, wanted)
    later(clock, minutes=7)
    granted(people)
    report.refresh_from_db()
    assert report.visit
    return report, report.visit, campaign


def test_a_visit_for_a_report_leaves_what_any_visit_leaves(
    county: dict[str, User],
    item_list: ItemList,
    finish: Callable[..., Visit],  # noqa: F811
    release: Callable[..., Release],  # noqa: F811
    clock: Clock,
) -> None:
    report, visit, campaign = both(county, clock)
    for one in (visit, campaign):
        one.refresh_from_db()
        clock.at = f"2023-09-20T0{3 + one.pk}:00:00Z"
        release(finish(one))
    later(clock, hours=1)
    verifying.ask_conclusion(county["clerk"], report.pk, "verified", "属实，已停用。")
    granted(county)
    later(clock, hours=1)
    verifying.strengthen(county["clerk"], report.pk)
    mine, theirs = (of_visit(one) for one in (visit, campaign))
    assert mine == theirs and len(mine) > 10
    told = [leaf for leaf in leaves() if "complaints" in tables(leaf) or leaf["obj"].startswith("report/")]
    others = [leaf for leaf in leaves() if tables(leaf) & {"visits", "roster"} or leaf["obj"].startswith("visit/")]
    assert len(told) >= 4 and len(others) > 10
    assert not [leaf for leaf in told if tables(leaf) & {"visits", "roster"}]
    assert not {leaf["at"] for leaf in told} & {leaf["at"] for leaf in others}, (
        "an hour that two leaves share joins them"
    )
    assert not [leaf for leaf in told if report.number in json.dumps(leaf)]
    for leaf in others:
        assert not re.search("投诉|complaint", json.dumps(leaf, ensure_ascii=False)), leaf["act"]
    clock.at = "2023-12-01T01:00:00Z"
    checkpoints.sign(settings.HOME)
    hidden = {"编号": str(report), "标记": marks.mark_of(report), "情形": "投诉举报查实"}
    assert leaks(hidden) == []
    told_of = [json.loads(body) for path, body in files() if re.fullmatch(r"results/2023-\d+/1.json", path)]
    assert [record["visit_kind"] for record in told_of] == ["非抽取的检查"] * 2
    assert [finding for finding in audit().findings if finding.kind != "clock"] == []


def test_the_frame_tells_what_was_found_and_not_that_somebody_reported(
    county: dict[str, User], item_list: ItemList, clock: Clock
) -> None:
    report, _, _ = both(county, clock)
    verifying.ask_conclusion(county["clerk"], report.pk, "verified", "属实，已停用。")
    granted(county)
    verifying.strengthen(county["clerk"], report.pk)
    folder = settings.HOME / "tables"
    write_firm_tables(folder, date(2023, 9, 19), ())
    assert "查实的违法行为或隐患" in (folder / "intensity.csv").read_text("utf-8")


def test_the_audit_finds_a_report_that_was_joined_to_another_visit(
    county: dict[str, User], item_list: ItemList, clock: Clock
) -> None:
    report, visit, campaign = both(county, clock)
    assert list(marks.misjoined()) == [] and audit().findings == []
    Report.objects.filter(pk=report.pk).update(visit=campaign)
    assert [finding.kind for finding in marks.misjoined()] == ["report_misjoined"]
    Report.objects.filter(pk=report.pk).update(visit=visit)
    Visit.objects.filter(pk=visit.pk).update(source=str(report))  # as it was called before there were marks
    assert list(marks.misjoined()) == []


def test_the_firm_reads_that_it_was_not_drawn_and_no_more(
    county: dict[str, User], item_list: ItemList, clock: Clock
) -> None:
    _, visit, campaign = both(county, clock)
    for one in (visit, campaign):
        page = Client().get(reverse("visits:code", args=[one.token])).content.decode()
        assert "非抽取的检查" in page and "投诉举报" not in page and "专项" not in page
