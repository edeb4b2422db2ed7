"""举报奖励: reckoned from the policy, approved by a second person, paid; who gets it is sealed with the report (安全生产法第76条)."""

from collections.abc import Sequence
from typing import Any

from django.urls import reverse

from sunlot.office.accounts.models import User
from sunlot.office.accounts.roles import APPROVERS
from sunlot.office.approvals.kinds import Change, Kind
from sunlot.office.approvals.models import Approval
from sunlot.office.approvals.models import State as Asked
from sunlot.office.approvals.services import ask_within
from sunlot.office.catalog.policies import office_policy
from sunlot.office.complaints import pieces, vault
from sunlot.office.complaints.handling import held_by
from sunlot.office.complaints.models import Report, Reward, Sort, Step
from sunlot.office.complaints.states import Result
from sunlot.office.journal.services import Deed, deed
from sunlot.office.visits.moment import today
from sunlot.refusal import Refusal

REWARD = "complaints.reward"


def reckoned(fine: int) -> int:
    """Return the reward in yuan for a fine: the policy's share of it, between its least and its most."""
    policy = office_policy(today())
    share = int(fine * policy.share("complaint.reward_share"))
    return min(max(share, policy.count("complaint.reward_least")), policy.count("complaint.reward_most"))


def ask_reward(user: User, number: int, amount: int, ground: str, payee: str) -> Approval:
    """Ask a second person for a reward. Raises Refusal when the report was not verified, over the most, or when there is one already."""
    most = office_policy(today()).count("complaint.reward_most")
    if not 0 < amount <= most or not ground.strip() or not payee.strip():
        raise Refusal("reward_wrong", f"请填写奖励金额（不超过 {most} 元）、计算依据和领奖人。")
    with deed(by=user.actor) as doing:
        report = held_by(user, number)
        if report.result not in (Result.VERIFIED, Result.PARTLY):
            raise Refusal("not_verified", "只有核查属实或部分属实的举报可以奖励。")
        _make_room(doing, report)
        pieces.seal(doing, report, Sort.PAYEE, {"text": payee.strip()[:300]}, user)
        reward = Reward(report=report, amount=amount)
        reward.save()  # its number in the database binds what is sealed to it
        reward.sealed = vault.lock(bytes(report.wrapped), report.obj, _place(reward), ground.strip()[:200].encode())
        doing.save(reward)
        doing.record("complaint.reward-asked", report.obj, {})
        payload = {"reward": reward.pk, "report": report.pk}
        title = f"举报奖励：{report}"
        return ask_within(doing, user, REWARD, f"reward/{report.pk}", title, payload, "计算依据密存在举报件内，见下。")


def ground_of(reward: Reward) -> str:
    """Return what a reward is reckoned from, empty once the report's key is destroyed."""
    report = reward.report
    if not report.wrapped or not reward.sealed:
        return ""
    return vault.unlock(bytes(report.wrapped), report.obj, _place(reward), bytes(reward.sealed)).decode()


def _place(reward: Reward) -> str:
    return f"ground of reward/{reward.pk}"


def pay(user: User, number: int, voucher: str) -> Reward:
    """Note that an approved reward was paid, with the number of its voucher."""
    if not voucher.strip():
        raise Refusal("voucher_missing", "请填写发放凭证号。")
    with deed(by=user.actor) as doing:
        report = held_by(user, number)
        reward = report.rewards.select_for_update().filter(step=Step.APPROVED).first()
        if reward is None:
            raise Refusal("nothing_to_pay", "这件举报没有已批准、待发放的奖励。")
        reward.step, reward.paid_on, reward.voucher = Step.PAID, today(), voucher.strip()[:60]
        _keep(doing, reward, "complaint.reward-paid")
    return reward


def _make_room(doing: Deed, report: Report) -> None:
    """Drop a reward whose request was turned down. Raises Refusal when one waits, was approved, or paid."""
    reward = report.rewards.exclude(step=Step.DROPPED).first()
    if reward is None:
        return
    waits = Approval.objects.filter(kind=REWARD, obj=f"reward/{report.pk}", state=Asked.PENDING).exists()
    if waits or reward.step != Step.ASKED:
        raise Refusal("rewarded_already", f"这件举报已有奖励（{reward.get_step_display()}），不能再报。")
    reward.step = Step.DROPPED
    _keep(doing, reward, "complaint.reward-dropped")


def _keep(doing: Deed, reward: Reward, act: str) -> None:
    reward.version += 1
    doing.save(reward)
    doing.record(act, reward.report.obj, {})


def _approve(doing: Deed, payload: dict[str, Any], approval: Approval) -> None:
    reward = Reward.objects.select_for_update(of=("self",)).select_related("report").get(pk=payload["reward"])
    if reward.step != Step.ASKED:
        raise Refusal("decided_already", "这笔奖励已经办理过，请退回。")
    reward.step, reward.approved_on = Step.APPROVED, today()
    _keep(doing, reward, "complaint.reward-approved")


def _changes(payload: dict[str, Any]) -> Sequence[Change]:
    reward = Reward.objects.select_related("report").get(pk=payload["reward"])
    return [("奖励金额", "", f"{reward.amount} 元"), ("计算依据", "", ground_of(reward))]


def _page(payload: dict[str, Any]) -> str:
    return reverse("complaints:one", args=[payload["report"]])


KIND = Kind(REWARD, "举报奖励", APPROVERS, _approve, _changes, _page, confidential=True)
