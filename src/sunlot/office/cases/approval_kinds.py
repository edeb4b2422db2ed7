"""What of a case needs a second person: opening, deciding, more time to pay, what is added, the court, closing, annulling, a finding's entry, its repair, who may review."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_noop as noop

from sunlot.office.accounts.models import User
from sunlot.office.accounts.roles import APPROVERS
from sunlot.office.approvals.kinds import Change, Kind
from sunlot.office.cases import collecting, deciding, executing, limits, opening, owing, reviewing, violations
from sunlot.office.cases.models import Case, Ground, ReviewerQualification, Violation
from sunlot.office.cases.people import officers_of
from sunlot.office.roster.models import Firm
from sunlot.office.visits.moment import today


def _case(payload: dict[str, Any]) -> Case:
    return Case.objects.select_related("firm").get(pk=payload["case"])


def _opening(payload: dict[str, Any]) -> list[Change]:
    case = _case(payload)
    team = "、".join(f"{row.name}（{row.certificate}）" for row in officers_of(case))
    return [
        (noop("当事人"), "", f"{case.party}（{case.firm_id}）"),
        (noop("案由"), "", case.cause),
        (noop("案件来源"), "", f"{case.get_origin_kind_display()} {case.origin}"),
        (noop("案件基本情况"), "", case.facts),
        (noop("承办人"), "", team),
    ]


def _decision(payload: dict[str, Any]) -> list[Change]:
    case = _case(payload)
    found = [
        (noop("当事人"), "", f"{case.party}（{case.firm_id}）"),
        (noop("违法事实"), "", case.facts),
        (noop("违反的规定"), "", case.violated),
        (noop("处罚的依据"), "", case.basis),
        (noop("裁量理由"), "", case.discretion),
        (noop("处理意见"), "", str(case.get_outcome_display())),
        (noop("行政处罚"), "", limits.penalty_words(case)),
    ]
    return found + ([(noop("超期原因"), "", payload["late_reason"])] if payload["late_reason"] else [])


def _closing(payload: dict[str, Any]) -> list[Change]:
    case = _case(payload)
    paid = f"罚款 {case.fine} 元，已缴 {case.paid} 元"
    return [
        (noop("当事人"), "", case.party),
        (noop("处理结果"), "", case.decision_number),
        (noop("执行情况"), "", paid),
    ]


def _deferral(payload: dict[str, Any]) -> list[Change]:
    case = _case(payload)
    plan = "；".join(f"{day} {amount} 元" for day, amount in payload["dues"])
    due = owing.next_due(case)
    return [
        (noop("当事人"), "", case.party),
        (noop("当事人申请日期"), "", payload["on"]),
        (noop("当事人的困难和理由"), "", payload["reason"]),
        (noop("缴款期限"), str(due or "—"), plan),
    ]


def _surcharge(payload: dict[str, Any]) -> list[Change]:
    case = _case(payload)
    added = owing.surcharge(case, today())
    return [
        (noop("当事人"), "", case.party),
        (noop("罚款（元）"), "", f"{case.fine}，已缴 {owing.paid(case, 'fine')}"),
        (noop("加处罚款（元）"), str(case.surcharge), f"{added}（计算至今日，批准之日按当日计算）"),
    ]


def _court(payload: dict[str, Any]) -> list[Change]:
    case = _case(payload)
    found = [
        (noop("当事人"), "", case.party),
        (noop("人民法院"), "", payload["court"]),
        (noop("行政处罚"), "", limits.penalty_words(case)),
        (noop("所附材料"), "", "；".join(payload["materials"])),
        (noop("申请强制执行期限"), "", str(case.apply_by or "—")),
    ]
    return found + ([(noop("逾期理由"), "", payload["late_reason"])] if payload["late_reason"] else [])


def _annulment(payload: dict[str, Any]) -> list[Change]:
    case = _case(payload)
    return [
        (noop("处罚决定"), case.decision_number, "撤销"),
        (noop("依据文书"), "", payload["paper"]),
        (noop("后果"), "", "违法行为信息和加大抽查力度一并撤回；已公示的须撤回并说明理由"),
    ]


def _finding(payload: dict[str, Any]) -> list[Change]:
    firm = Firm.objects.get(pk=payload["firm"])
    return [
        (noop("单位"), "", f"{firm.name}（{firm.pk}）"),
        (noop("违法行为"), "", payload["what"]),
        (noop("违反的规定"), "", payload["article"]),
        (noop("依据文书"), "", payload["ground"]),
        (noop("认定日期"), "", payload["on"]),
    ]


def _lifting(payload: dict[str, Any]) -> list[Change]:
    row = Violation.objects.select_related("firm").get(pk=payload["violation"])
    then = "已信用修复" if payload["repaired"] else "已撤回"
    return [
        (noop("单位"), "", f"{row.firm.name}（{row.firm_id}）"),
        (noop("违法行为信息"), f"有效，至 {row.until}", then),
        (noop("依据文书"), "", payload["paper"]),
    ]


def _reviewer(payload: dict[str, Any]) -> list[Change]:
    if payload["act"] == "end":
        row = ReviewerQualification.objects.select_related("user").get(pk=payload["qualification"])
        return [(noop("法制审核资格"), f"{row.user.name}（{row.certificate}）", "停用")]
    holder = User.objects.get(pk=payload["user"])
    return [
        (noop("审核人员"), "", f"{holder.name}（{holder.username}）"),
        (noop("资格依据"), "", str(Ground(payload["ground"]).label)),
        (noop("证书编号"), "", payload["certificate"]),
        (noop("起始日期"), "", payload["valid_from"]),
    ]


def _address(payload: dict[str, Any]) -> str:
    return reverse("cases:one", args=[payload["case"]])


KINDS = (
    Kind(opening.OPEN, "立案审批", APPROVERS, opening.open_case, _opening, _address),
    Kind(deciding.DECIDE, "处罚决定审批", APPROVERS, deciding.decide, _decision, _address),
    Kind(collecting.DEFER, "延期、分期缴款审批", APPROVERS, collecting.defer, _deferral, _address),
    Kind(collecting.SURCHARGE, "加处罚款审批", APPROVERS, collecting.add_surcharge, _surcharge, _address),
    Kind(collecting.COURT, "申请强制执行审批", APPROVERS, collecting.apply_to_court, _court, _address),
    Kind(executing.CLOSE, "结案审批", APPROVERS, executing.close, _closing, _address),
    Kind(executing.ANNUL, "撤销处罚决定", APPROVERS, executing.annul, _annulment, _address),
    Kind(violations.FOUND, "列入违法行为信息库", APPROVERS, violations.enter_finding, _finding),
    Kind(
        violations.LIFT,
        "违法行为信息修复或撤回",
        APPROVERS,
        violations.lift,
        _lifting,
        lambda payload: reverse("cases:violation", args=[payload["violation"]]),
    ),
    Kind(reviewing.QUALIFY, "法制审核资格", APPROVERS, reviewing.carry_out, _reviewer),
)
