"""Who may do what in a case: officers with certificates, a qualified reviewer who is none of them, an approver who is neither."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet

from sunlot.office.accounts.models import User
from sunlot.office.accounts.queries import same_person
from sunlot.office.accounts.roles import OFFICE
from sunlot.office.cases.limits import cite
from sunlot.office.cases.models import Case, CaseOfficer, ReviewerQualification
from sunlot.office.catalog.policies import office_policy
from sunlot.office.inspectors.models import Inspector
from sunlot.office.inspectors.queries import barred, inspector_of
from sunlot.office.visits.staff import certified
from sunlot.refusal import Refusal


def officers_of(case: Case) -> QuerySet[CaseOfficer]:
    """Return who investigates a case now, the lead first."""
    return case.officers.filter(out=False).order_by("-lead", "inspector_id")


def is_officer(user: User, case: Case) -> bool:
    """Return whether an account is that of somebody who investigates or investigated the case: by number, else by name."""
    person = inspector_of(user)
    rows = case.officers.values_list("inspector_id", "name")
    if person is not None:
        return any(number == person.pk for number, _ in rows)
    return any(same_person(user, User(name=name)) for _, name in rows)


def refuse_stranger(user: User, case: Case) -> None:
    """Raise Refusal unless the person works on the case: the office's staff, or one of its officers."""
    if user.role not in OFFICE and not (inspector_of(user) and is_officer(user, case)):
        raise Refusal("not_your_case", "这不是您承办的案件。")


def refuse_team(team: Sequence[str], case: Case, day: date) -> None:
    """Raise Refusal unless these people can investigate: certified, none to keep away, at least two (行政处罚法第42条)."""
    known = set(Inspector.objects.filter(pk__in=team).values_list("pk", flat=True))
    if unknown := [person for person in team if person not in known]:
        raise Refusal("no_such_inspector", f"人员库中没有 {'、'.join(unknown)}；请核对人员编号。")
    law, fit = cite("penalty_officers", day), certified(team, day)
    if unfit := sorted(known - fit):
        raise Refusal("officer_unfit", f"{'、'.join(unfit)} 没有 {day} 有效的执法证，不能承办案件（{law}）。")
    least = office_policy(day).count("visit.min_inspectors")
    if len(fit) < least:
        raise Refusal("too_few_officers", f"案件须由 {least} 名以上执法人员承办，现为 {len(fit)} 名（{law}）。")
    kept_away = {(pair["inspector_id"], pair["firm_id"]) for pair in barred()}
    if any((person, case.firm_id) in kept_away for person in team):
        raise Refusal("must_keep_away", "所选人员中有人应当回避该单位，请另选人员（回避情形不公开）。")


def qualified(day: date) -> QuerySet[ReviewerQualification]:
    """Return the qualifications that hold on a day, of accounts that are open."""
    holds = Q(revoked_on=None) | Q(revoked_on__gt=day)
    return ReviewerQualification.objects.filter(holds, valid_from__lte=day, user__is_active=True)


def is_reviewer(user: Any, day: date) -> bool:
    """Return whether an account may review in law on a day."""
    return bool(user.pk) and qualified(day).filter(user=user).exists()


def refuse_reviewer(user: User, case: Case, day: date) -> None:
    """Raise Refusal unless the person may review this case: qualified, and neither its officer, nor who drew it up, proposed or opened it."""
    if not is_reviewer(user, day):
        raise Refusal(
            "not_qualified",
            f"您没有登记有效的法制审核资格；初次从事法制审核的人员应当取得法律职业资格（{cite('legal_reviewer', day)}）。",
        )
    if is_officer(user, case):
        raise Refusal(
            "reviews_own_case", f"承办人不能审核自己的案件，请另一名审核人员办理（{cite('legal_review', day)}）。"
        )
    if _worked_on(user, case):
        law = cite("legal_review", day)
        raise Refusal(
            "reviews_own_work", f"您拟定了本案或者提出了处理意见，不能再审核，请另一名审核人员办理（{law}）。"
        )
    if case.approved_by and same_person(user, case.approved_by):
        raise Refusal("reviewer_approved", "立案审批人不能再作本案的法制审核，请另一名审核人员办理。")


def _worked_on(user: User, case: Case) -> bool:
    """Return whether somebody drew a case up, or has entered the proposal that is now to be reviewed or an earlier one."""
    if same_person(user, case.arranged_by):
        return True
    steps = case.steps.filter(act="propose").select_related("by")
    return any(same_person(user, step.by) for step in steps)


def refuse_decider(user: User, case: Case) -> None:
    """Raise Refusal unless the person may decide the case: neither its officer nor its reviewer."""
    if is_officer(user, case):
        raise Refusal("decides_own_case", "承办人不能批准自己案件的处罚决定，请另一名负责人办理。")
    if case.reviewed_by and same_person(user, case.reviewed_by):
        raise Refusal("decides_reviewed", "法制审核人员不能再批准本案的处罚决定，请另一名负责人办理。")


def refuse_presider(user: User, case: Case, day: date) -> None:
    """Raise Refusal for a presider who investigates the case (行政处罚法第64条第4项)."""
    if is_officer(user, case):
        raise Refusal(
            "presider_is_officer", f"听证由非本案调查人员主持（{cite('hearing_presider', day)}），请另行指定。"
        )
