"""The codes with which a firm opens its own pages. What is kept of a code is its SHA-256: the office cannot read it again, only give another."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from sunlot.office.accounts.models import User
from sunlot.office.journal.tracked import tracked
from sunlot.office.roster.models import Firm


@tracked(
    public=("firm_id", "given_at", "until", "revoked_at"), personal=("digest", "sent_to", "revoked_why", "given_by_id")
)
class AccessCode(models.Model):
    """企业登录码: opens one firm's pages until a day. `sent_to`: how and to whom it was handed over."""

    firm = models.ForeignKey(Firm, models.PROTECT, related_name="access_codes", verbose_name=_("检查对象"))
    digest = models.CharField(max_length=64, unique=True)
    sent_to = models.CharField(_("送交方式和接收人"), max_length=200)
    given_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("经办人"))
    given_at = models.DateTimeField(_("发放时间"))
    until = models.DateField(_("有效期至"))
    revoked_at = models.DateTimeField(_("停用时间"), null=True)
    revoked_why = models.CharField(_("停用理由"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("企业登录码")

    @property
    def obj(self) -> str:
        """The name under which the journal knows this code."""
        return f"access-code/{self.pk}"
