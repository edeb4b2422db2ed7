"""Power or explosives cut off from a firm that does not obey (安全生产法第70条); which firm it is, and who supplies it, is personal."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from sunlot.office.journal.tracked import tracked


class Measure(models.TextChoices):
    """What is cut off."""

    POWER = "power", _("停止供电")
    EXPLOSIVES = "explosives", _("停止供应民用爆炸物品")


SUPPLIED = {Measure.POWER: "供电", Measure.EXPLOSIVES: "供应民用爆炸物品"}


@tracked(
    public=(
        "hazard_id",
        "measure",
        "decided_on",
        "starts_at",
        "urgent",
        "ordered_on",
        "ordered_by_id",
        "corrected_on",
        "restored_at",
        "lifted_on",
        "lifted_by_id",
        "version",
    ),
    personal=("supplier", "decision", "reason"),
)
class PowerCut(models.Model):
    """停止供电、停止供应民用爆炸物品. `decision`, `decided_on`: the order that the firm does not obey; `starts_at`: from when it is cut off;
    `urgent`: no notice ahead, since people are in danger; `corrected_on`, `restored_at`, `lifted_on`: once the firm has obeyed.
    """

    hazard = models.ForeignKey("followup.Hazard", models.PROTECT, related_name="cuts", verbose_name=_("重大隐患"))
    measure = models.CharField(_("采取的措施"), max_length=10, choices=Measure.choices)
    supplier = models.CharField(_("供应单位"), max_length=80)
    decided_on = models.DateField(_("原决定日期"))
    decision = models.CharField(_("原决定"), max_length=120)
    reason = models.TextField(_("拒不执行的情况和现实危险"))
    starts_at = models.DateTimeField(_("停止供应的时间"))
    urgent = models.BooleanField(_("危及生产安全的紧急情形"), default=False)
    ordered_on = models.DateField(_("决定日期"))
    ordered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    corrected_on = models.DateField(_("履行决定的日期"), null=True)
    restored_at = models.DateTimeField(_("恢复供应的时间"), null=True)
    lifted_on = models.DateField(_("解除日期"), null=True)
    lifted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("停止供应措施")
