"""Causes, corrections, rounds, accounts, violations, reviewers and departments come from a file: shown row by row, applied, taken back; what needs two persons by hand needs them so."""

import json
from dataclasses import dataclass
from datetime import date
from typing import Any

import pytest

from plans import YEAR
from rosters import code, enter, firm
from sunlot.office.accounts.models import User
from sunlot.office.approvals import kinds
from sunlot.office.approvals.models import Approval
from sunlot.office.approvals.services import grant
from sunlot.office.cases.models import ReviewerQualification, Violation, ViolationState
from sunlot.office.catalog.drafting import draft_from_template
from sunlot.office.catalog.publishing import ask_publication
from sunlot.office.followup.transfer_models import Receiver
from sunlot.office.imports import applying, services
from sunlot.office.imports.models import Batch, State
from sunlot.office.journal.audit import audit
from sunlot.office.plan import services as plans
from sunlot.office.plan.models import PlannedRound
from sunlot.office.roster.models import Correction, IntensityCause, Step
from sunlot.refusal import Refusal

ONE, TWO = code(1), code(2)


@dataclass(frozen=True)
class File:
    """A file with one row to enter and others with what is said of them."""

    head: str
    good: str
    bad: dict[str, str]
    by: str = "clerk"
    grants: str = ""


FILES = {
    "causes": File(
        "统一社会信用代码,单位名称,情形,级别,起,有效期至,依据文书",
        f"{ONE},,违法行为,2,2026-03-02,2027-03-02,罚〔2026〕3号",
        {
            f"{ONE},,违法,2,2026-03-02,2027-03-02,罚4号": "没有情形“违法”",
            f"{ONE},,违法行为,12,2026-03-02,2027-03-02,罚4号": "级别应为 1 到 9",
            f"{ONE},,违法行为,2,2027-03-02,2026-03-02,罚4号": "早于起始日期",
            f"{ONE},,违法行为,2,2026-03,2027-03-02,罚4号": "不是完整的日期",
            f"{code(9)},,违法行为,2,2026-03-02,2027-03-02,罚4号": "名录中没有",
        },
    ),
    "corrections": File(
        "单位名称,要更正的项目,应为,理由和证明材料,申请人,申请日期",
        "青禾县第1机械有限公司,详细地址,人民路8号,执照复印件,张三,2026-03-02",
        {
            "青禾县第1机械有限公司,单位规模,大,执照,张三,2026-03-02": "不是可以更正的项目",
            "青禾县第1机械有限公司,风险等级,极高,执照,张三,2026-03-02": "极高",
            "青禾县第2机械有限公司,风险等级,一般,执照,张三,2026-03-02": "现在就是",
            "青禾县第2机械有限公司,详细地址,别处,,张三,2026-03-02": "没有写理由和证明材料",
        },
    ),
    "rounds": File(
        "名称,类别,开始,结束,检查对象范围,名录户数,抽查比例（%）,抽查户数,检查事项编号,承办机构,不事先公开",
        f"第一次双随机抽查,双随机抽查,{YEAR}-03-01,{YEAR}-04-30,工贸企业,400,5,,AQ-01、AQ-02,执法大队,否",
        {
            f"二,双随机抽查,{YEAR}-03-01,{YEAR}-04-30,工贸企业,400,5,20,AQ-01,执法大队,否": "只填一项",
            f"三,双随机抽查,{YEAR}-03-01,{YEAR}-04-30,工贸企业,400,5,,XX-99,执法大队,否": "XX-99 不在现行",
            f"四,夜查,{YEAR}-03-01,{YEAR}-04-30,工贸企业,400,5,,AQ-01,执法大队,否": "类别“夜查”",
            f"五,暗查暗访,{YEAR}-03-01,{YEAR}-04-30,工贸企业,400,5,,AQ-01,执法大队,否": "暗查暗访不得事先公开",
            f"第一次双随机抽查,专项检查,{YEAR}-03-01,{YEAR}-04-30,工贸企业,400,5,,AQ-01,执法大队,": "已有名为",
        },
    ),
    "users": File(
        "用户名,姓名,岗位,部门,执法人员编号",
        "zhang.san,张三,科室负责人,执法大队,K01",
        {
            "李四,李四,经办人,,": "只能含字母",
            "li.si,李四,局长,,": "岗位“局长”",
            "clerk,经办人,科室负责人,,": "变更岗位请在账号页面申请",
            "li.wu,安全管理员,审计员,,": "须由三个不同的人担任",
        },
        by="system",
        grants="security",
    ),
    "violations": File(
        "统一社会信用代码,类别,违法行为,违反的规定,依据,认定日期",
        f"{ONE},行政处罚,未培训上岗,第二十八条,罚〔2026〕3号,2026-03-02",
        {
            f"{ONE},一般,未培训,第二十八条,罚4号,2026-03-02": "类别“一般”",
            f"{ONE},行政处罚,未培训,第二十八条,罚4号,2999-03-02": "在今天之后",
            f"{ONE},行政处罚,,第二十八条,罚4号,2026-03-02": "没有写违法行为",
        },
        grants="chief",
    ),
    "reviewers": File(
        "用户名,姓名,资格依据,证书编号,起始日期",
        "leading2,,通过国家统一法律职业资格考试,A20260001,2020-03-02",
        {
            "nobody,,通过国家统一法律职业资格考试,A1,2020-03-02": "没有用户名为 nobody",
            "leading,王五,通过国家统一法律职业资格考试,A1,2020-03-02": "文件中写作王五",
            "auditor,,通过国家统一法律职业资格考试,A1,2020-03-02": "三员不作法制审核",
        },
        grants="chief",
    ),
    "receivers": File(
        "单位名称,联系人和电话,停用",
        "市场监督管理局,王主任 0537-1234567,",
        {"消防救援大队,李队长,也许": "既不是“是”也不是“否”", f"{'长' * 81},,": "超过 80 字"},
    ),
}
NAMED = {"users": "zhang.san", "violations": "罚〔2026〕3号", "reviewers": "A20260001"}  # what who decides has to see
HERE = {  # what stands after the good row was applied, and what after it was taken back
    "causes": lambda: list(IntensityCause.objects.values_list("firm_id", "level", "withdrawn_why")),
    "corrections": lambda: list(Correction.objects.values_list("firm_id", "field", "wanted", "state")),
    "rounds": lambda: list(PlannedRound.objects.values_list("code", "title", "count", "days")),
    "users": lambda: list(User.objects.filter(username="zhang.san").values_list("role", "person", "is_active")),
    "violations": lambda: list(Violation.objects.values_list("firm_id", "kind", "state")),
    "reviewers": lambda: list(ReviewerQualification.objects.values_list("user__username", "certificate", "why")),
    "receivers": lambda: list(Receiver.objects.values_list("name", "closed")),
}


@pytest.fixture
def office_at_work(people: dict[str, User]) -> dict[str, User]:
    """Two firms, an item list in force, a draft of a plan."""
    enter(firm(1), firm(2))
    draft = draft_from_template(people["clerk"])
    asked = ask_publication(people["clerk"], draft.pk, draft.version, date(2025, 1, 15), "首次公布")
    grant(people["chief"], asked.pk)
    plans.draft(people["clerk"], YEAR, "青禾县应急管理局", 8)
    return people


def taken_in(kind: str, people: dict[str, User]) -> Batch:
    file = FILES[kind]
    text = "\n".join(["一览表", file.head, file.good, *file.bad])
    (batch,) = services.take_in(people[file.by], [(f"{kind}.csv", text.encode("gb18030"))])
    assert (batch.kind, batch.trouble) == (kind, "")
    return batch


def decided(kind: str, people: dict[str, User], done: Any) -> None:
    """Grant what needs a second person, and see that the first may not."""
    grants = FILES[kind].grants
    assert isinstance(done, Approval) == bool(grants), kind
    if grants:
        seen = kinds.KINDS[done.kind].changes(json.loads(done.payload))
        assert any(NAMED[kind] in now or title == "撤销本批次写入的行" for title, _was, now in seen), kind
        with pytest.raises(Refusal):
            grant(people[FILES[kind].by], done.pk)
        grant(people[grants], done.pk)


def test_every_row_is_shown_with_its_fate_then_applied_then_taken_back(office_at_work: dict[str, User]) -> None:
    people = office_at_work
    for kind, file in FILES.items():
        before = HERE[kind]()
        batch = taken_in(kind, people)
        fates = {row.fate for row in batch.planned.all()}
        told = "\n".join(json.loads(row.changes)[0][2] for row in batch.planned.filter(fate="passed_over"))
        assert [why for why in file.bad.values() if why not in told] == [], (kind, told)
        counts = json.loads(batch.counts)
        assert (fates, counts["added"], counts["passed_over"]) == ({"added", "passed_over"}, 1, len(file.bad)), kind
        assert HERE[kind]() == before, "the dry run writes nothing"
        decided(kind, people, applying.apply(people[file.by], batch.pk, batch.version, reason="补录"))
        assert Batch.objects.get(pk=batch.pk).state == State.APPLIED, kind
        assert len(HERE[kind]()) == len(before) + 1, kind
    assert audit().findings == []
    account = User.objects.get(username="zhang.san")
    assert account.role == "chief" and not account.has_usable_password() and account.must_change_password
    assert {cause.source for cause in IntensityCause.objects.all()} >= {"罚〔2026〕3号"}
    assert IntensityCause.objects.filter(source__startswith="违法行为信息第").count() == 1, "an entry makes its cause"
    for kind, file in FILES.items():
        batch = Batch.objects.get(kind=kind)
        decided(kind, people, applying.undo(people[file.by], batch.pk, reason="录错"))
        counts = json.loads(Batch.objects.get(pk=batch.pk).counts)
        assert (counts["restored"], counts["left"]) == (1, 0), kind
    assert HERE["users"]() == [("chief", "K01", False)] and HERE["rounds"]() == []
    assert Correction.objects.get().state == Step.REFUSED and Violation.objects.get().state == ViolationState.WITHDRAWN
    assert not IntensityCause.objects.filter(withdrawn_on=None).exists()
    assert ReviewerQualification.objects.get().revoked_on and Receiver.objects.get().closed
    assert audit().findings == []
