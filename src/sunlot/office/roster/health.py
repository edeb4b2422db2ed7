"""What ails the roster (名录体检): each check names the firms that somebody should look at."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery

from sunlot.office.roster.models import Firm, IntensityCause, Status, VisitEntry
from sunlot.office.roster.queries import listed, territories
from sunlot.policy.in_force import policy_in_force

STALE_DAYS = 365  # the office's own habit, no rule of law: each firm is looked at once a year


@dataclass(frozen=True)
class Check:
    """A check: what it looks for, why it matters, and the firms it finds on a day."""

    code: str
    title: str
    hint: str
    find: Callable[[date], QuerySet[Firm]]


def _without_visit(firms: QuerySet[Firm], since: date) -> QuerySet[Firm]:
    """Return those of the firms that had no visit since a day; one of a firm that was merged is its survivor's."""
    seen = VisitEntry.objects.filter(date__gte=since, held=True)
    own, absorbed = seen.filter(firm=OuterRef("pk")), seen.filter(firm__merged_into=OuterRef("pk"))
    return firms.filter(~Exists(own), ~Exists(absorbed))


def _stale(today: date) -> QuerySet[Firm]:
    edge = today - timedelta(days=STALE_DAYS)
    return _without_visit(listed().filter(confirmed_on__lt=edge), edge)


def _unreachable(today: date) -> QuerySet[Firm]:
    return listed().filter(Q(status=Status.LOST) | Q(phone="")).exclude(status__in=_CLOSED)


def _unclassed(today: date) -> QuerySet[Firm]:
    missing = Q(hazard_class="") | Q(territory="") | Q(risk_level="") | Q(key_unit="") | Q(status="")
    return listed().filter(missing).exclude(status__in=_CLOSED)


def _alias(today: date) -> QuerySet[Firm]:
    """Firms whose territory is another one's name with something after it, like 柳林镇人民政府 beside 柳林镇."""
    names = territories()
    longer = [name for name in names if any(name != other and name.startswith(other) for other in names)]
    return listed().filter(territory__in=longer).exclude(status__in=_CLOSED)


def _old_codes(today: date) -> QuerySet[Firm]:
    enterprise = Q(id__startswith="91") | Q(id__startswith="92") | Q(id__startswith="93")
    return listed().exclude(enterprise).exclude(status__in=_CLOSED)


def _in_doubt(today: date) -> QuerySet[Firm]:
    return listed().filter(status=Status.IN_DOUBT)


def _expired(today: date) -> QuerySet[Firm]:
    causes = IntensityCause.objects.filter(withdrawn_on__isnull=True)
    over, standing = causes.filter(until__lt=today), causes.filter(until__gte=today)
    return listed().filter(pk__in=over.values("firm_id")).exclude(pk__in=standing.values("firm_id"))


def _observed(today: date) -> QuerySet[Firm]:
    told = VisitEntry.objects.exclude(observed="").values("firm_id")
    last = VisitEntry.objects.filter(firm=OuterRef("pk")).order_by("-date", "-pk").values("observed")[:1]
    found = listed().filter(pk__in=told).annotate(observed=Subquery(last))
    return found.exclude(observed="").exclude(observed=F("status"))


def _unvisited(today: date) -> QuerySet[Firm]:
    """Firms of key supervision that no visit has reached for as long as two rounds take (policy: plan.rounds a year)."""
    edge = today - timedelta(days=2 * 365 // max(1, policy_in_force(today).count("plan.rounds")))
    return _without_visit(listed().filter(key_unit="是", status=Status.NORMAL), edge)


_CLOSED = (Status.STRUCK, Status.REVOKED, Status.MOVED)
CHECKS = {
    check.code: check
    for check in (
        Check("stale", "久未核对", "一年内没有修改、没有在新名录中出现、也没有检查过", _stale),
        Check("unreachable", "联系不上", "失联，或没有联系电话", _unreachable),
        Check(
            "unclassed", "分类不全", "镇街、行业类别、风险等级、重点单位或经营状态没有填；不填不能正确抽取", _unclassed
        ),
        Check("alias", "镇街写法不一", "同一镇街写成了两种，会分到两个抽取单元", _alias),
        Check("codes", "代码待更新", "还在用旧注册号、组织机构代码，或代码不属于企业、个体户、合作社", _old_codes),
        Check("doubt", "停业待核查", "不在新名录中，须核实后改为正常或注销", _in_doubt),
        Check("observed", "现场所见不符", "最近一次检查时的状态与名录不同，须核实后更新", _observed),
        Check("expired", "加大力度已到期", "情形已过有效期，不再加大抽查力度", _expired),
        Check("unvisited", "重点单位两轮未查", "两轮抽查的时间内没有任何检查", _unvisited),
    )
}
