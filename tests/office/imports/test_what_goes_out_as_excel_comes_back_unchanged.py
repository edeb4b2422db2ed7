"""The Excel file of every list with an import is read back as it is: every row known, none changed, none put aside; who may, finds the way there."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.test import Client

from plans import YEAR, fields
from rosters import code, enter, firm
from sunlot.office.accounts.models import User
from sunlot.office.approvals.models import Approval
from sunlot.office.approvals.services import grant
from sunlot.office.cases.models import ReviewerQualification, Violation
from sunlot.office.catalog.drafting import draft_from_template
from sunlot.office.catalog.publishing import ask_publication
from sunlot.office.followup.transfer_models import Receiver
from sunlot.office.imports import services
from sunlot.office.imports.kinds import KINDS
from sunlot.office.inspectors.models import Certificate, Inspector, Leave, Recusal
from sunlot.office.plan import key_list
from sunlot.office.plan import services as plans
from sunlot.office.plan.rounds import add_round
from sunlot.office.roster.models import Correction, IntensityCause, VisitEntry

DAY = date(2026, 3, 2)
LISTS = {  # kind: who brings it in, and the list's address
    "firms": ("clerk", "/roster/"),
    "visits": ("clerk", "/roster/visits/"),
    "causes": ("clerk", "/roster/causes/"),
    "corrections": ("clerk", "/roster/corrections/"),
    "inspectors": ("clerk", "/inspectors/"),
    "leaves": ("clerk", "/inspectors/leaves/"),
    "recusals": ("chief", "/inspectors/recusals/all/"),
    "key_list": ("clerk", "/plan/1/keys/"),
    "rounds": ("clerk", "/plan/1/rounds/"),
    "users": ("system", "/accounts/users/"),
    "violations": ("clerk", "/cases/violations/"),
    "reviewers": ("clerk", "/cases/reviewers/"),
    "receivers": ("clerk", "/followup/receivers/"),
}


def _roster() -> None:
    enter(
        firm(1, address="-5号院", scope="=电气\n机械", note="+86 说明", risk_class="A", standardization_level="二级"),
        firm(
            2, status="", risk_level="", hazard_class="危险化学品", established="2018-05", staff="120", credit_class="B"
        ),
        firm(3, status="停业核查", key_unit="是", level="县级", territory="", phone=""),
    )
    VisitEntry.objects.create(firm_id=code(1), date=DAY, kind="routine", department="消防救援大队")
    VisitEntry.objects.create(firm_id=code(1), date=DAY, kind="key", draw="QH-2026-01", observed="停产", held=False)
    since = {"since": DAY, "until": date(2027, 3, 2), "level": 2}
    IntensityCause.objects.create(firm_id=code(2), cause="违法行为", source="罚〔2026〕3号", **since)
    ended = {"withdrawn_on": DAY, "withdrawn_why": "撤销"}
    IntensityCause.objects.create(firm_id=code(2), cause="投诉举报查实", source="-A1号", **since, **ended)
    asked = {"firm_id": code(1), "ground": "执照\n复印件", "asked_by": "张三", "asked_on": DAY}
    Correction.objects.create(field="name", wanted="新名公司", contact="13800000000", **asked)
    Correction.objects.create(field="territory", wanted="城关街道", state="refused", answer="不予", **asked)


def _staff(people: dict[str, User]) -> None:
    rows = {
        "K01": {"name": "甲", "department": "执法大队", "specialities": "机械；危化", "phone": "13811112222"},
        "K02": {"name": "乙", "role": "expert", "state": "借调", "territory": "白石镇"},
    }
    for number, said in rows.items():
        person = Inspector.objects.create(id=number, **said)
        Certificate.objects.create(inspector=person, number=f"证{number}", valid_to=date(2027, 5, 1))
    one = Inspector.objects.get(pk="K01")
    Leave.objects.create(inspector=one, kind="培训", start=DAY, end=date(2026, 3, 5))
    request: Any = {"kind": "inspectors.recusal", "obj": "r/1", "title": "t", "payload": "{}", "reason": "r"}
    approval = Approval.objects.create(**request, asked_by=people["chief"], asked_at="2026-03-02T00:00Z")
    said = {"inspector": one, "firm_id": code(1), "firm_name": "青禾县第1机械有限公司", "declared_on": DAY}
    for step, ground in (("in_force", "kinship"), ("ended", "shares")):
        Recusal.objects.create(
            declaration=f"D-{step}", ground=ground, detail="妻兄任职", step=step, approval=approval, **said
        )


def _plan(people: dict[str, User]) -> None:
    draft = draft_from_template(people["clerk"])
    asked = ask_publication(people["clerk"], draft.pk, draft.version, date(2025, 1, 15), "首次公布")
    grant(people["chief"], asked.pk)
    plan = plans.draft(people["clerk"], YEAR, "青禾县应急管理局", 8)
    add_round(people["clerk"], plan.pk, fields(remark="-", content="一\n二"))
    key = {"title": "重点检查", "kind": "key", "by_lot": False, "scope": "重点单位", "share": 100}
    each = add_round(people["clerk"], plan.pk, fields(**key))
    covert = {"title": "夜查", "kind": "covert", "secret": True, "share": None, "count": 4}
    add_round(people["clerk"], plan.pk, fields(**covert))
    lines = [(code(1), "青禾县第1机械有限公司"), (code(3), "青禾县第3机械有限公司")]
    key_list.add_firms(people["clerk"], plan.pk, lines[:1], "high_risk", "重大\u3000危险源", each.pk)
    key_list.add_firms(people["clerk"], plan.pk, lines[1:], "high_risk", "", None)


def _after_visits(people: dict[str, User]) -> None:
    said = {"firm_id": code(1), "what": "未培训\n上岗", "article": "第二十八条", "level": 1, "since": DAY, "until": DAY}
    Violation.objects.create(kind="penalty", ground="罚〔2026〕3号", found_on=DAY, **said)
    Violation.objects.create(kind="hazard", ground="检查1", found_on=DAY, state="repaired", ended_on=DAY, **said)
    for revoked in (DAY, None):
        ReviewerQualification.objects.create(
            user=people["leading"], ground="exam", certificate="A1", valid_from=DAY, revoked_on=revoked, why="换证"
        )
    Receiver.objects.create(name="市场监督管理局", contact="王主任 0537-1234567")
    Receiver.objects.create(name="消防救援大队", closed=True)
    User.objects.filter(pk=people["inspector"].pk).update(department="执法大队", person="K01")
    User.objects.filter(pk=people["clerk2"].pk).update(is_active=False)


@pytest.fixture
def filled(people: dict[str, User]) -> None:
    """Two or three rows of every kind, with what makes files hard: signs that look like formulas, line breaks, ended rows."""
    _roster()
    _staff(people)
    _plan(people)
    _after_visits(people)


def test_every_sheet_is_known_again(filled: None, people: dict[str, User], client_of: Callable[[str], Client]) -> None:
    assert set(LISTS) == set(KINDS), "a kind without a list, or the other way round"
    found: dict[str, Any] = {}
    for kind, (role, address) in LISTS.items():
        client = client_of(role)
        assert f"/imports/new/?kind={kind}" in client.get(address).content.decode(), kind
        sheet = client.get(address, {"as": "xlsx"}).content
        (batch,) = services.take_in(people[role], [("导出.xlsx", sheet)])
        told = [(row.title, row.fate, row.changes) for row in batch.planned.all()]
        aside = list(batch.remarks.filter(handling__in=("quarantined", "merged")).values_list("problem", flat=True))
        if (batch.kind, batch.trouble, told, aside) != (kind, "", [], []) or '"unchanged": 0' in batch.counts:
            found[kind] = batch.kind, batch.trouble, told, aside, batch.counts
    assert found == {}


def test_who_does_not_bring_in_a_kind_is_not_shown_the_way(filled: None, client_of: Callable[[str], Client]) -> None:
    for address in ("/roster/", "/roster/causes/", "/plan/1/rounds/", "/cases/violations/"):
        assert "/imports/new/" not in client_of("supervisor").get(address).content.decode(), address
    assert "/imports/new/" not in client_of("security").get("/accounts/users/").content.decode()
    for own_record in ("/approvals/", "/imports/", "/roster/snapshots/", "/roster/health/", "/complaints/"):
        assert "导入 Excel" not in client_of("clerk").get(own_record).content.decode(), own_record
