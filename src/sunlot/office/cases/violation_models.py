"""违法行为信息库 (安全生产法第78条): what a firm has done, why the lot falls on it more often for it, and until when."""

from datetime import date
from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from sunlot.office.journal.tracked import tracked
from sunlot.office.roster.models import Cause, Firm


class ViolationKind(models.TextChoices):
    """What an entry rests on: keys of violation.levels, violation.months and violation.repair_months."""

    PENALTY = "penalty", _("行政处罚")
    SEVERE = "severe", _("较重的行政处罚")
    HAZARD = "hazard", _("确认的重大事故隐患")


CAUSES = {
    ViolationKind.PENALTY: Cause.VIOLATION,
    ViolationKind.SEVERE: Cause.VIOLATION,
    ViolationKind.HAZARD: Cause.HAZARD,
}


class ViolationState(models.TextChoices):
    """Where an entry stands; that it has run out is told by `until`."""

    STANDING = "standing", _("有效")
    REPAIRED = "repaired", _("已信用修复")
    WITHDRAWN = "withdrawn", _("已撤回")


@tracked(
    public=(
        "firm_id",
        "case_id",
        "kind",
        "article",
        "found_on",
        "level",
        "since",
        "until",
        "state",
        "ended_on",
        "version",
    ),
    personal=("ground", "what", "why"),
)
class Violation(models.Model):
    """One entry. `ground`: the paper it rests on; `level`, `since`, `until`: of the cause for more intensity in the roster that it makes."""

    firm = models.ForeignKey(Firm, models.PROTECT, related_name="violations", verbose_name=_("单位"))
    case = models.OneToOneField("cases.Case", models.PROTECT, null=True, related_name="violation")
    kind = models.CharField(_("类别"), max_length=10, choices=ViolationKind.choices)
    ground = models.CharField(_("依据"), max_length=160)
    what = models.TextField(_("违法行为"))
    article = models.CharField(_("违反的规定"), max_length=300)
    found_on = models.DateField(_("认定日期"))
    level = models.PositiveSmallIntegerField(_("加大力度级别"))
    since = models.DateField(_("起"))
    until = models.DateField(_("有效期至"), db_index=True)
    state = models.CharField(
        _("状态"), max_length=10, choices=ViolationState.choices, default=ViolationState.STANDING, db_index=True
    )
    ended_on = models.DateField(_("修复或撤回日期"), null=True)
    why = models.TextField(_("理由"), blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("违法行为信息")
        indexes: ClassVar[list[Any]] = [models.Index(fields=["firm", "state"])]

    def __str__(self) -> str:
        return f"违法行为信息第 {self.pk} 号"

    @property
    def obj(self) -> str:
        """The name under which the journal knows this entry."""
        return f"violation/{self.pk}"

    @property
    def cause(self) -> Cause:
        """The cause it makes in the roster."""
        return CAUSES[ViolationKind(self.kind)]

    @property
    def source(self) -> str:
        """How the roster's cause names this entry; by it the two find each other."""
        return f"违法行为信息第{self.pk}号：{self.ground}"

    def counts_on(self, day: date) -> bool:
        """Return whether it counts on a day."""
        return self.state == ViolationState.STANDING and self.since <= day <= self.until
