"""The annual plan (年度监督检查计划), its rounds and its list of key firms.

Details of a round are personal fields, that is, the public log holds only their commitments: an unannounced round must not be read there.
"""

from decimal import Decimal
from fractions import Fraction

from django.db import models
from django.utils.translation import gettext_lazy as _

from sunlot.office.journal.tracked import tracked
from sunlot.office.plan.states import IN_FORCE, UNDECIDED, State
from sunlot.policy.arithmetic.numbers import percent
from sunlot.policy.arithmetic.visits import VisitGroup


@tracked(
    public=(
        "year",
        "edition",
        "state",
        "organ",
        "officers",
        "days_each",
        "other",
        "non_enforcement",
        "reserve",
        "approved_on",
        "approved_as",
        "filed_on",
        "filed_with",
        "published_on",
        "published_at",
    ),
    personal=("basis", "measures", "reason"),
)
class Plan(models.Model):
    """One edition (版次) of the plan of a year. Days are person-days; `other` and `non_enforcement`: pairs of what takes them and how many."""

    year = models.PositiveSmallIntegerField(_("年度"))
    edition = models.PositiveSmallIntegerField(_("版次"), default=1)
    state = models.CharField(_("状态"), max_length=10, choices=State.choices, default=State.DRAFT, db_index=True)
    organ = models.CharField(_("编制机关"), max_length=80)
    officers = models.PositiveSmallIntegerField(_("纳入计划执法人员"), default=0)
    days_each = models.PositiveSmallIntegerField(_("每人法定工作日"), default=0)
    other = models.JSONField(_("其他执法工作日"), default=list)
    non_enforcement = models.JSONField(_("非执法工作日"), default=list)
    reserve = models.PositiveSmallIntegerField(_("预留比例（%）"), default=0)
    basis = models.TextField(_("编制依据"), blank=True)
    measures = models.TextField(_("工作要求"), blank=True)
    reason = models.TextField(_("修订理由"), blank=True)
    approved_on = models.DateField(_("批准日期"), null=True)
    approved_as = models.CharField(_("批准文号"), max_length=80, blank=True)
    filed_on = models.DateField(_("备案日期"), null=True)
    filed_with = models.CharField(_("备案机关"), max_length=80, blank=True)
    published_on = models.DateField(_("公布日期"), null=True)
    published_at = models.CharField(_("公布网址或载体"), max_length=200, blank=True)
    version = models.PositiveIntegerField(default=1)  # of the row, for two people at once

    class Meta:
        verbose_name = _("年度计划")
        constraints = [
            models.UniqueConstraint(fields=["year", "edition"], name="one_edition_a_number"),
            models.UniqueConstraint(
                fields=["year"], condition=models.Q(state__in=UNDECIDED), name="one_plan_undecided"
            ),
            models.UniqueConstraint(fields=["year"], condition=models.Q(state__in=IN_FORCE), name="one_plan_in_force"),
        ]

    def __str__(self) -> str:
        return f"{self.year}年度监督检查计划" + (f"（第{self.edition}版）" if self.edition > 1 else "")

    @property
    def obj(self) -> str:
        """The name under which the journal knows this edition."""
        return f"plan/{self.year}/{self.edition}"


class Kind(models.TextChoices):
    """What kind of check a round is."""

    RANDOM = "random", _("双随机抽查")
    KEY = "key", _("重点检查")
    CAMPAIGN = "campaign", _("专项检查")
    JOINT = "joint", _("联合检查")
    COVERT = "covert", _("暗查暗访")


@tracked(
    public=("plan_id", "number", "code", "secret"),
    personal=(
        "title",
        "kind",
        "by_lot",
        "from_above",
        "first_day",
        "last_day",
        "scope",
        "population",
        "share",
        "count",
        "visits_each",
        "days",
        "officers",
        "items",
        "item_names",
        "basis",
        "content",
        "method",
        "undertaker",
        "departments",
        "remark",
    ),
)
class PlannedRound(models.Model):
    """A round (轮次) of checks. `code` stays the same through all editions of a year's plan; `share` in percent, or else `count` firms.

    `scope`: the firms it is for, in words; `population`: how many those are on the roster; `items`: their codes, separated by 、; names and bases
    are kept as they were when the round was written.
    """

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="rounds")
    number = models.PositiveSmallIntegerField(_("序号"))
    code = models.CharField(_("编号"), max_length=12, db_index=True)
    title = models.CharField(_("名称"), max_length=100)
    kind = models.CharField(_("类别"), max_length=10, choices=Kind.choices)
    by_lot = models.BooleanField(_("检查对象由抽签产生"), default=True)
    from_above = models.BooleanField(_("上级部署"), default=False)
    first_day = models.DateField(_("开始日期"))
    last_day = models.DateField(_("结束日期"))
    scope = models.CharField(_("检查对象范围"), max_length=300)
    population = models.PositiveIntegerField(_("名录户数"))
    share = models.DecimalField(_("抽查比例（%）"), max_digits=5, decimal_places=2, null=True, blank=True)
    count = models.PositiveIntegerField(_("抽查户数"), null=True, blank=True)
    visits_each = models.PositiveSmallIntegerField(_("每户次数"), default=1)
    days = models.DecimalField(_("每次天数"), max_digits=4, decimal_places=1, default=Decimal("1.0"))
    officers = models.PositiveSmallIntegerField(_("每次人数"), default=2)
    items = models.TextField(_("检查事项编号"))
    item_names = models.TextField(_("检查事项"), blank=True)
    basis = models.TextField(_("实施依据"), blank=True)
    content = models.TextField(_("检查内容"), blank=True)
    method = models.CharField(_("检查方式"), max_length=100, blank=True)
    undertaker = models.CharField(_("承办机构"), max_length=80)
    departments = models.CharField(_("联合部门"), max_length=200, blank=True)
    secret = models.BooleanField(_("不事先公开"), default=False)
    remark = models.CharField(_("备注"), max_length=200, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("计划轮次")
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "number"], name="one_round_a_number"),
            models.UniqueConstraint(fields=["plan", "code"], name="one_round_a_code"),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.title}"

    @property
    def firms(self) -> int:
        """How many firms are to be visited: the count, or the share of those on the roster, rounded up."""
        if self.count is not None:
            return self.count
        exact = Fraction(self.share or 0) * self.population / 100
        return -(-exact.numerator // exact.denominator)

    @property
    def visits(self) -> int:
        """How many visits (户次) that makes."""
        return self.firms * self.visits_each

    @property
    def group(self) -> VisitGroup:
        """The round as the arithmetic takes it. Raises PlanError for what cannot be."""
        return VisitGroup(
            name=self.title,
            population=self.population,
            firms=self.firms,
            visits=self.visits,
            days=Fraction(self.days),
            officers=self.officers,
            key=self.kind == Kind.KEY,
            random=self.by_lot,
        )

    @property
    def reach(self) -> str:
        """The firms of the round as a plan prints them."""
        of = f"，{percent(Fraction(self.firms, self.population))}" if self.population else ""
        return f"{self.scope}（名录 {self.population} 户，检查 {self.firms} 户{of}）"


@tracked(public=("plan_id", "firm"), personal=("name", "key_class", "reason", "round_id"))
class KeyListEntry(models.Model):
    """A key firm (重点单位) of the plan. `name` as it was when listed; `key_class`: a code of the policy; `round`: in which it is visited."""

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="key_list")
    firm = models.CharField(_("单位编号"), max_length=40)
    name = models.CharField(_("单位名称"), max_length=200)
    key_class = models.CharField(_("列入情形"), max_length=40)
    reason = models.CharField(_("列入理由"), max_length=200, blank=True)
    round = models.ForeignKey(
        PlannedRound, models.PROTECT, related_name="key_firms", null=True, blank=True, verbose_name=_("检查轮次")
    )

    class Meta:
        verbose_name = _("重点单位")
        constraints = [models.UniqueConstraint(fields=["plan", "firm"], name="one_entry_a_firm")]

    def __str__(self) -> str:
        return self.name
