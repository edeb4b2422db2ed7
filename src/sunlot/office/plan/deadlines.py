"""By when a plan must be filed and published: workdays after its approval, and never later than the day the policy names."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from sunlot.codes.workdays import add_workdays, workdays_between
from sunlot.office.plan.models import Plan
from sunlot.policy.errors import PolicyError
from sunlot.policy.in_force import Policy


@dataclass(frozen=True)
class Due:
    """A deadline. `why` says how it is counted and where it comes from; `note` whether a holiday notice still to come may move it."""

    day: date
    why: str
    note: str = ""

    def left(self, today: date) -> int:
        """Return the workdays left after today, 0 when the day has come or gone."""
        return workdays_between(date.fromordinal(today.toordinal() + 1), self.day).count


def filing_due(plan: Plan, policy: Policy) -> Due:
    """Return by when an approved plan must be filed (备案)."""
    return _due(plan, policy, "plan.filing_workdays")


def publication_due(plan: Plan, policy: Policy) -> Due:
    """Return by when an approved plan must be made public."""
    return _due(plan, policy, "plan.publication_workdays")


def plan_due(year: int, policy: Policy) -> Due:
    """Return by when the year's plan must be drawn up; `policy`: of the year before."""
    rule = policy.rule("plan.drafted_by")
    return Due(_day(rule.value, year - 1, rule.title), _("依据：%s") % rule.source)


def _due(plan: Plan, policy: Policy, name: str) -> Due:
    assert plan.approved_on, "only an approved plan has deadlines"
    counted = add_workdays(plan.approved_on, policy.count(name))
    rule, latest = policy.rule(name), policy.rule("plan.published_by")
    last = _day(latest.value, plan.year, latest.title)
    if plan.edition == 1 and plan.approved_on <= last < counted.day:
        return Due(last, _("不晚于当年 %(day)s；依据：%(source)s") % {"day": latest.value, "source": latest.source})
    facts = {"day": plan.approved_on, "n": rule.value, "source": rule.source}
    return Due(counted.day, _("自 %(day)s 批准起 %(n)s 个工作日；依据：%(source)s") % facts, counted.note)


def _day(text: str, year: int, title: str) -> date:
    try:
        return date.fromisoformat(f"{year}-{text}")
    except ValueError as failure:
        raise PolicyError(
            "policy_malformed", f"政策规则“{title}”应写作 月-日，例如 03-31，现为 {text!r}。"
        ) from failure
