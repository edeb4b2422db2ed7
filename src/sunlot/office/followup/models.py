"""Orders to put right what a visit found, extensions of their deadlines, the evidence for it; the register of major hazards.

Transfers stand in transfer_models.py, powers cut off in cut_models.py.

Whom any of them concerns, and what is wrong there, are personal fields: the public log holds their commitments only. What was once ordered is
never changed: a deadline moves by an `Extension` that keeps the old one, a verdict comes with its recheck.
"""

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from sunlot.office.approvals.models import Approval
from sunlot.office.followup.cut_models import PowerCut as PowerCut
from sunlot.office.followup.states import HazardState, OrderState
from sunlot.office.followup.transfer_models import Transfer
from sunlot.office.journal.tracked import tracked
from sunlot.office.roster.models import Firm
from sunlot.office.visits.models import Record, Visit


class Service(models.TextChoices):
    """How a document was served (送达方式)."""

    DIRECT = "direct", _("直接送达")
    LEFT = "left", _("留置送达")
    POST = "post", _("邮寄送达")
    ELECTRONIC = "electronic", _("电子送达")
    OTHER = "other", _("其他方式")


@tracked(
    public=(
        "visit_id",
        "record_id",
        "issued_on",
        "workdays",
        "first_deadline",
        "deadline",
        "state",
        "issued_by_id",
        "served_on",
        "service",
        "reported_at",
        "recheck_by",
        "closed_on",
        "case_proposed_on",
        "version",
    ),
    personal=("firm_id", "firm_name", "measures", "government", "court", "served_to", "remark"),
)
class Order(models.Model):
    """责令限期整改: what a signed record found, to be put right by `deadline`. `first_deadline`: as it was first set; `workdays`: how it was counted.

    `recheck_by`: the last day of the recheck; `government` and `court`: where the firm may turn (行政复议, 行政诉讼).
    """

    visit = models.ForeignKey(Visit, models.PROTECT, related_name="orders", verbose_name=_("检查"))
    record = models.ForeignKey(Record, models.PROTECT, related_name="+", verbose_name=_("检查记录"))
    firm = models.ForeignKey(Firm, models.PROTECT, related_name="orders", verbose_name=_("单位"))
    firm_name = models.CharField(_("单位名称"), max_length=200)
    issued_on = models.DateField(_("下达日期"))
    issued_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("经办人"))
    measures = models.TextField(_("整改期间的措施和要求"), blank=True)
    government = models.CharField(_("行政复议机关"), max_length=80)
    court = models.CharField(_("行政诉讼法院"), max_length=80)
    workdays = models.PositiveSmallIntegerField(_("期限（工作日）"), null=True)
    first_deadline = models.DateField(_("原定期限"))
    deadline = models.DateField(_("整改期限"), db_index=True)
    state = models.CharField(
        _("状态"), max_length=10, choices=OrderState.choices, default=OrderState.ISSUED, db_index=True
    )
    served_on = models.DateField(_("送达日期"), null=True)
    served_to = models.CharField(_("签收人"), max_length=80, blank=True)
    service = models.CharField(_("送达方式"), max_length=10, choices=Service.choices, blank=True)
    reported_at = models.DateTimeField(_("企业报告完成时间"), null=True)
    recheck_by = models.DateField(_("复查期限"), null=True, db_index=True)
    closed_on = models.DateField(_("办结日期"), null=True)
    case_proposed_on = models.DateField(_("建议立案日期"), null=True)
    remark = models.TextField(_("说明"), blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("责令限期整改")

    def __str__(self) -> str:
        return f"第 {self.pk} 号责令限期整改"

    @property
    def obj(self) -> str:
        """The name under which the journal knows this order."""
        return f"order/{self.pk}"


class Verdict(models.TextChoices):
    """What the recheck found of a problem."""

    OPEN = "open", _("待复查")
    CORRECTED = "corrected", _("已改正")
    PARTLY = "partly", _("部分改正")
    NOT = "not", _("未改正")


@tracked(
    public=("order_id", "position", "finding", "severity", "listed", "verdict"), personal=("text", "article", "note")
)
class Problem(models.Model):
    """A problem of an order, as the signed record words it. `finding`: its id there; `listed`: on the checklist, not a hazard off the list."""

    order = models.ForeignKey(Order, models.PROTECT, related_name="problems")
    position = models.PositiveSmallIntegerField(_("序号"))
    finding = models.CharField(max_length=36)
    text = models.TextField(_("问题"))
    article = models.TextField(_("依据的条文"), blank=True)
    severity = models.CharField(_("隐患等级"), max_length=16)
    listed = models.BooleanField(_("清单事项"), default=True)
    verdict = models.CharField(_("复查结果"), max_length=10, choices=Verdict.choices, default=Verdict.OPEN)
    note = models.TextField(_("复查说明"), blank=True)

    class Meta:
        verbose_name = _("责令整改的问题")
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["order", "finding"], name="one_problem_a_finding")
        ]


@tracked(
    public=("order_id", "visit_id", "arranged_at", "concluded_on", "concluded_by_id", "verdicts"),
    personal=("opinion", "others"),
)
class Recheck(models.Model):
    """整改复查. `visit`: None when the office judged by what the firm handed in; `verdicts`: (position, verdict) of each problem.

    `others`: why somebody else went than the team of the first visit.
    """

    order = models.ForeignKey(Order, models.PROTECT, related_name="rechecks")
    visit = models.OneToOneField(Visit, models.PROTECT, null=True, related_name="recheck", verbose_name=_("复查"))
    arranged_at = models.DateTimeField(_("安排时间"))
    others = models.TextField(_("另派人员的理由"), blank=True)
    concluded_on = models.DateField(_("复查日期"), null=True)
    concluded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    verdicts: Any = models.JSONField(default=list)
    opinion = models.TextField(_("复查意见"), blank=True)

    class Meta:
        verbose_name = _("整改复查")


@tracked(
    public=("order_id", "before", "wanted", "by", "asked_at", "approval_id", "granted"),
    personal=("reason",),
)
class Extension(models.Model):
    """延期: what the firm asked for and what became of it. `by`: who wrote it down, the firm itself is u/firm."""

    order = models.ForeignKey(Order, models.PROTECT, related_name="extensions")
    before = models.DateField(_("原期限"))
    wanted = models.DateField(_("申请延至"))
    reason = models.TextField(_("延期理由"))
    by = models.CharField(max_length=40)
    asked_at = models.DateTimeField(_("申请时间"))
    approval = models.ForeignKey(Approval, models.PROTECT, null=True, related_name="+")
    granted = models.BooleanField(_("已批准"), default=False)

    class Meta:
        verbose_name = _("延期申请")


class Level(models.TextChoices):
    """Who watches over the removal of a major hazard (挂牌督办)."""

    NONE = "none", _("未挂牌")
    COUNTY = "county", _("县级挂牌督办")
    CITY = "city", _("市级挂牌督办")
    PROVINCE = "province", _("省级挂牌督办")


@tracked(
    public=(
        "visit_id",
        "finding",
        "level",
        "found_on",
        "deadline",
        "state",
        "entered_by_id",
        "reported_by_id",
        "closed_on",
        "version",
    ),
    personal=(
        "firm_id",
        "firm_name",
        "text",
        "basis",
        "measures",
        "interim",
        "responsible",
        "phone",
        "conclusion",
    ),
)
class Hazard(models.Model):
    """重大事故隐患, an entry of the register. `finding`: its id in the signed record, empty when it came to light another way.

    `interim`: what keeps people safe until it is gone (安全生产法第70条); `responsible`: who answers for it in the firm.
    """

    visit = models.ForeignKey(Visit, models.PROTECT, null=True, related_name="major_hazards", verbose_name=_("检查"))
    finding = models.CharField(max_length=36, blank=True)
    firm = models.ForeignKey(Firm, models.PROTECT, related_name="major_hazards", verbose_name=_("单位"))
    firm_name = models.CharField(_("单位名称"), max_length=200)
    text = models.TextField(_("隐患内容"))
    basis = models.TextField(_("判定依据"), blank=True)
    level = models.CharField(_("督办级别"), max_length=10, choices=Level.choices, default=Level.NONE, db_index=True)
    measures = models.TextField(_("治理措施"))
    interim = models.TextField(_("治理期间的临时措施"))
    responsible = models.CharField(_("治理责任人"), max_length=80)
    phone = models.CharField(_("联系电话"), max_length=40, blank=True)
    found_on = models.DateField(_("发现日期"))
    deadline = models.DateField(_("治理期限"), db_index=True)
    state = models.CharField(
        _("状态"), max_length=10, choices=HazardState.choices, default=HazardState.OPEN, db_index=True
    )
    entered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("登记人"))
    reported_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    conclusion = models.TextField(_("治理和核查情况"), blank=True)
    closed_on = models.DateField(_("销号日期"), null=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("重大事故隐患")
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(
                fields=["visit", "finding"], condition=~models.Q(finding=""), name="one_hazard_a_finding"
            )
        ]

    def __str__(self) -> str:
        return f"第 {self.pk} 号重大隐患"

    @property
    def obj(self) -> str:
        """The name under which the journal knows this hazard."""
        return f"hazard/{self.pk}"


@tracked(public=("order_id", "hazard_id", "by", "at"), personal=("text",))
class Evidence(models.Model):
    """What was handed in for an order or a hazard: a text and files. `by`: a pseudonym of the journal; the firm itself is u/firm."""

    order = models.ForeignKey(Order, models.PROTECT, null=True, related_name="evidence")
    hazard = models.ForeignKey(Hazard, models.PROTECT, null=True, related_name="evidence")
    by = models.CharField(_("提交人"), max_length=40)
    text = models.TextField(_("说明"), blank=True)
    at = models.DateTimeField(_("提交时间"))

    class Meta:
        verbose_name = _("整改材料")


@tracked(public=("evidence_id", "transfer_id", "sha256", "size", "media"), personal=("name",))
class File(models.Model):
    """A file of some evidence, or the scan of a transfer's receipt; its bytes lie in followup/<first two>/<sha256> in the office's folder."""

    evidence = models.ForeignKey(Evidence, models.PROTECT, null=True, related_name="files")
    transfer = models.ForeignKey(Transfer, models.PROTECT, null=True, related_name="files")
    name = models.CharField(_("文件名"), max_length=200)
    sha256 = models.CharField(_("校验值"), max_length=64, db_index=True)
    size = models.PositiveIntegerField(_("字节数"))
    media = models.CharField(_("格式"), max_length=20)

    class Meta:
        verbose_name = _("文件")

    @property
    def thing(self) -> Order | Hazard | Transfer:
        """What it was handed in for."""
        thing = self.transfer or (self.evidence and (self.evidence.order or self.evidence.hazard))
        assert thing, "a file belongs to a transfer, an order or a hazard"
        return thing


class Waived(models.TextChoices):
    """What was found not to be needed."""

    ORDER = "order", _("不另行责令限期整改")
    HAZARD = "hazard", _("不列入重大隐患台账")


@tracked(public=("visit_id", "what", "finding", "by_id", "at"), personal=("reason",))
class Waiver(models.Model):
    """A note why a visit needs no order, or a finding no entry in the register of major hazards."""

    visit = models.ForeignKey(Visit, models.PROTECT, related_name="waivers")
    what = models.CharField(max_length=10, choices=Waived.choices)
    finding = models.CharField(max_length=36, blank=True)
    reason = models.TextField(_("理由"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("无须处理的说明")
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["visit", "what", "finding"], name="one_waiver_a_thing")
        ]
