"""What was asked for and what became of it."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from sunlot.office.journal.tracked import tracked


class State(models.TextChoices):
    """Where a request stands. No way leads back."""

    PENDING = "pending", _("待审批")
    GRANTED = "granted", _("已批准")
    REFUSED = "refused", _("已退回")
    WITHDRAWN = "withdrawn", _("已撤回")


@tracked(
    public=("kind", "obj", "state", "asked_by_id", "asked_at", "decided_by_id", "decided_at"),
    personal=("title", "payload", "reason", "remark"),
)
class Approval(models.Model):
    """A request. `payload`: canonical JSON of what is to be done; it may hold personal data, so the log gets its commitment only."""

    kind = models.CharField(_("类别"), max_length=40, db_index=True)
    obj = models.CharField(_("对象"), max_length=80, db_index=True)
    title = models.CharField(_("事由"), max_length=200)
    payload = models.TextField(_("内容"))
    reason = models.TextField(_("理由"))
    state = models.CharField(_("状态"), max_length=10, choices=State.choices, default=State.PENDING, db_index=True)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("申请人"))
    asked_at = models.DateTimeField(_("申请时间"))
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True, verbose_name=_("审批人")
    )
    decided_at = models.DateTimeField(_("审批时间"), null=True)
    remark = models.TextField(_("审批意见"), blank=True)

    class Meta:
        verbose_name = _("审批")

    def __str__(self) -> str:
        return self.title
