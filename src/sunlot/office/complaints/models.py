"""Reports, what is sealed of them, and rewards.

The public log gets of a report its state, and of what is sealed the hash of its ciphertext; everything else is a commitment or not there at
all: neither its number nor anything that joins it to a visit (marks.py). What names the reporter, what was reported and what was written to and fro stands only in `Sealed`.
"""

import uuid
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from sunlot.office.complaints.states import Result, State
from sunlot.office.journal.tracked import tracked
from sunlot.office.roster.models import Firm
from sunlot.office.visits.models import Visit


class Channel(models.TextChoices):
    """How a report came."""

    WEB = "web", _("网上")
    PHONE = "phone", _("电话")
    LETTER = "letter", _("来信")
    PERSON = "person", _("来访")
    REFERRED = "referred", _("上级或其他部门转来")


@tracked(
    public=("state",),
    personal=(
        "number",
        "kind",
        "channel",
        "named",
        "firm_id",
        "township",
        "received_at",
        "handler_id",
        "accepted_on",
        "due_on",
        "extended_on",
        "concluded_on",
        "result",
        "ended_on",
        "into_id",
        "receiver",
        "destroyed_on",
    ),
    formerly=("visit_id", "strengthened_on"),
)
class Report(models.Model):
    """举报件. `wrapped`: its key, wrapped by the office's; empty once destroyed. `code`, `likeness`: keyed hashes of tracking code and text.

    `into`: the earlier report that it is handled with; `receiver`: whom it was transferred to; `unread`: the reporter added something.
    """

    number = models.CharField(_("编号"), max_length=12, unique=True)
    kind = models.CharField(_("类别"), max_length=24, db_index=True)
    state = models.CharField(_("状态"), max_length=12, choices=State.choices, default=State.RECEIVED, db_index=True)
    channel = models.CharField(_("来源"), max_length=10, choices=Channel.choices)
    named = models.BooleanField(_("实名"), default=False)
    firm = models.ForeignKey(Firm, models.PROTECT, null=True, related_name="reports", verbose_name=_("被举报单位"))
    township = models.CharField(_("所属镇街"), max_length=60, blank=True)
    received_at = models.DateTimeField(_("收到时间"), db_index=True)
    handler = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("经办人")
    )
    accepted_on = models.DateField(_("受理日期"), null=True)
    due_on = models.DateField(_("期限"), null=True, db_index=True)
    extended_on = models.DateField(_("批准延期日期"), null=True)
    concluded_on = models.DateField(_("作出结论日期"), null=True)
    result = models.CharField(_("核查结果"), max_length=10, choices=Result.choices, blank=True)
    ended_on = models.DateField(_("办结日期"), null=True)
    visit = models.ForeignKey(Visit, models.PROTECT, null=True, related_name="reports", verbose_name=_("核查"))
    into = models.ForeignKey("self", models.PROTECT, null=True, related_name="joined", verbose_name=_("并入"))
    receiver = models.CharField(_("移送单位"), max_length=80, blank=True)
    strengthened_on = models.DateField(_("加大力度日期"), null=True)
    destroyed_on = models.DateField(_("销毁日期"), null=True)
    unread = models.BooleanField(_("有新的补充"), default=False)
    wrapped = models.BinaryField(default=b"")
    code = models.CharField(max_length=64, unique=True)
    likeness = models.CharField(max_length=64, blank=True, db_index=True)
    once = models.CharField(max_length=32, unique=True, null=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("举报件")

    def __str__(self) -> str:
        return f"投诉举报 {self.number}"

    @property
    def obj(self) -> str:
        """The name under which the journal knows this report."""
        return f"report/{self.pk}"

    @property
    def stands(self) -> State:
        """Where it stands: an accepted one for which a visit was arranged is being verified, which no column says, so that no leaf has to."""
        return State.VERIFYING if self.state == State.ACCEPTED and self.visit_id else State(self.state)


class Sort(models.TextChoices):
    """What a sealed piece is."""

    CONTENT = "content", _("举报内容")
    IDENTITY = "identity", _("举报人")
    PHOTO = "photo", _("照片")
    SCAN = "scan", _("来信扫描件")
    REPLY = "reply", _("举报人补充")
    QUESTION = "question", _("向举报人提问")
    NOTICE = "notice", _("告知举报人")
    FINDING = "finding", _("核查情况")
    PAYEE = "payee", _("领奖人")


def new_id() -> str:
    """Return a fresh UUID as text."""
    return str(uuid.uuid4())


@tracked(public=("report_id", "sha256"), personal=("sort", "at"))
class Sealed(models.Model):
    """A piece of a report that only the report's key opens. `data`: its ciphertext; of files empty, they lie in complaints/<id>.sealed.
    `position`: counts the pieces of a report in the order in which they came.

    `sha256`: of the ciphertext. Never changed; emptied when the report's key is destroyed.
    """

    id = models.CharField(max_length=36, primary_key=True, default=new_id)
    report = models.ForeignKey(Report, models.PROTECT, related_name="pieces")
    sort = models.CharField(_("类别"), max_length=10, choices=Sort.choices)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(_("时间"))
    position = models.PositiveSmallIntegerField(default=0)
    media = models.CharField(max_length=20, blank=True)
    data = models.BinaryField(default=b"")
    sha256 = models.CharField(max_length=64)

    class Meta:
        verbose_name = _("密存内容")
        indexes = [models.Index(fields=["report", "sort"])]


class Step(models.TextChoices):
    """Where a reward stands."""

    ASKED = "asked", _("待批准")
    APPROVED = "approved", _("待发放")
    PAID = "paid", _("已发放")
    DROPPED = "dropped", _("未批准")


@tracked(public=("report_id", "step"), personal=("amount", "voucher", "approved_on", "paid_on"), formerly=("ground",))
class Reward(models.Model):
    """举报奖励. `amount`: yuan; `sealed`: what it is reckoned from (计算依据), which only the report's key opens; who gets it is sealed with the report."""

    report = models.ForeignKey(Report, models.PROTECT, related_name="rewards")
    amount = models.PositiveIntegerField(_("奖励金额（元）"))
    sealed = models.BinaryField(default=b"")
    step = models.CharField(_("状态"), max_length=10, choices=Step.choices, default=Step.ASKED)
    approved_on = models.DateField(_("批准日期"), null=True)
    paid_on = models.DateField(_("发放日期"), null=True)
    voucher = models.CharField(_("凭证号"), max_length=60, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("举报奖励")
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["report"], condition=~models.Q(step="dropped"), name="one_reward_a_report")
        ]
