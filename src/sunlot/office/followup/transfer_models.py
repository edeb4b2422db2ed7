"""Transfers to whoever is competent, and the departments that the bureau often transfers to. Whom one concerns, and why, is personal."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from sunlot.office.followup.states import TransferState
from sunlot.office.journal.tracked import tracked
from sunlot.office.roster.models import Firm


@tracked(public=("name", "closed", "version"), personal=("contact",))
class Receiver(models.Model):
    """A department that the bureau often transfers to; what was transferred keeps the name it had."""

    name = models.CharField(_("单位名称"), max_length=80, unique=True)
    contact = models.CharField(_("联系人和电话"), max_length=120, blank=True)
    closed = models.BooleanField(_("停用"), default=False)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("接收部门")

    def __str__(self) -> str:
        return self.name


THINGS = {"visit": "检查", "order": "责令限期整改", "hazard": "重大隐患", "report": "举报件", "case": "案件"}


class Sort(models.TextChoices):
    """What is handed over."""

    CASE = "case", _("案件移送")
    CLUE = "clue", _("线索移送")
    NOTICE = "notice", _("抄告")


class Way(models.TextChoices):
    """How a receipt came: a scan that a second person compared, or from the department itself, by its own login."""

    SCAN = "scan", _("扫描件，另一人核对")
    LOGIN = "login", _("接收部门用自己的账号确认")


@tracked(
    public=(
        "sort",
        "about",
        "receiver",
        "state",
        "asked_by_id",
        "asked_at",
        "approved_at",
        "opened_on",
        "sent_on",
        "receipt_by",
        "receipt_on",
        "receipt_way",
        "urged_on",
        "urges",
        "answered_on",
        "version",
    ),
    personal=("firm_id", "subject", "reason", "facts", "basis", "materials", "receipt", "answer"),
)
class Transfer(models.Model):
    """移送: what another department is competent for. `about`: the thing handed over, as visit/12 or report/3; `subject`: how the letter calls it.

    `facts`: the case in short, for its approval sheet; `materials`: one a line; `receipt_by`: the day after which one reminds (policy
    transfer.receipt_workdays), anew from every reminder; `urges`: how often one did.
    """

    sort = models.CharField(_("种类"), max_length=8, choices=Sort.choices)
    about = models.CharField(_("移送的事项"), max_length=80, db_index=True)
    firm = models.ForeignKey(Firm, models.PROTECT, null=True, related_name="transfers", verbose_name=_("单位"))
    subject = models.CharField(_("案件或线索名称"), max_length=200)
    receiver = models.CharField(_("接收单位"), max_length=80)
    facts = models.TextField(_("案情简介"), blank=True)
    reason = models.TextField(_("移送理由"))
    basis = models.CharField(_("移送依据"), max_length=200)
    materials = models.TextField(_("移送材料"), blank=True)
    opened_on = models.DateField(_("立案日期"), null=True)
    state = models.CharField(
        _("状态"), max_length=10, choices=TransferState.choices, default=TransferState.ASKED, db_index=True
    )
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("经办人"))
    asked_at = models.DateTimeField(_("提出时间"))
    approved_at = models.DateTimeField(_("批准时间"), null=True)
    sent_on = models.DateField(_("发出日期"), null=True)
    receipt_by = models.DateField(_("回执期限"), null=True, db_index=True)
    receipt_on = models.DateField(_("回执日期"), null=True)
    receipt = models.CharField(_("回执文号或签收人"), max_length=200, blank=True)
    receipt_way = models.CharField(_("回执方式"), max_length=8, choices=Way.choices, blank=True)
    urged_on = models.DateField(_("最近催问日期"), null=True)
    urges = models.PositiveSmallIntegerField(_("催问次数"), default=0)
    answered_on = models.DateField(_("反馈日期"), null=True)
    answer = models.TextField(_("处理结果"), blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("移送")

    def __str__(self) -> str:
        return f"第 {self.pk} 号移送"

    @property
    def obj(self) -> str:
        """The name under which the journal knows this transfer."""
        return f"transfer/{self.pk}"

    @property
    def thing(self) -> str:
        """What is transferred, as people call it."""
        kind, _slash, number = self.about.partition("/")
        return f"第 {number} 号{THINGS[kind]}" if kind in THINGS else self.about
