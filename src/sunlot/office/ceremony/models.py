"""The public draw of a round: the link by which those present take part."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from sunlot.office.journal.tracked import tracked
from sunlot.office.lottery.models import Round


@tracked(public=("round_id", "joining"))
class Ceremony(models.Model):
    """公开抽取仪式. `token` is the secret part of the phones' address, shown as a QR code; `joining`: whether others may still come in."""

    round = models.OneToOneField(Round, models.PROTECT, related_name="ceremony")
    token = models.CharField(max_length=43, unique=True)
    joining = models.BooleanField(_("开放参与"), default=True)

    class Meta:
        verbose_name = _("公开抽取")
