"""Cases of administrative penalty: who investigates, what proves it, every step taken, who may review them in law.

Against whom a case runs is personal until a decision is published, so the public log holds commitments only. The violation database stands
in violation_models.py.
"""

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from sunlot.office.cases.states import State
from sunlot.office.cases.violation_models import Violation, ViolationState
from sunlot.office.inspectors.models import Inspector
from sunlot.office.journal.tracked import tracked
from sunlot.office.roster.models import Firm

__all__ = [
    "Case",
    "CaseOfficer",
    "Evidence",
    "Instalment",
    "ReviewerQualification",
    "Step",
    "Violation",
    "ViolationState",
]


class Origin(models.TextChoices):
    """Where a case came from."""

    VISIT = "visit", _("监督检查发现")
    ORDER = "order", _("逾期不改正")
    COMPLAINT = "complaint", _("投诉举报")
    TRANSFER = "transfer", _("其他部门移送")
    SUPERIOR = "superior", _("上级交办")
    OTHER = "other", _("其他")


class Party(models.TextChoices):
    """当事人 as thresholds tell them apart: keys of penalty.hearing_thresholds."""

    ENTITY = "entity", _("单位")
    INDIVIDUAL = "individual", _("个人")


class Outcome(models.TextChoices):
    """What is proposed, then decided (行政处罚法第57条第1款)."""

    PENALTY = "penalty", _("给予行政处罚")
    EXEMPT = "exempt", _("违法行为轻微，不予处罚")
    UNPROVEN = "unproven", _("违法事实不能成立，不予处罚")
    CRIMINAL = "criminal", _("涉嫌犯罪，移送司法机关")


class Ruling(models.TextChoices):
    """What the court made of the application."""

    GRANTED = "granted", _("准予强制执行")
    REFUSED = "refused", _("不予受理或者不准予执行")
    ENDED = "ended", _("终结执行")


class Part(models.TextChoices):
    """What a payment is for."""

    FINE = "fine", _("罚款")
    FORFEIT = "forfeit", _("没收款")
    SURCHARGE = "surcharge", _("加处罚款")


@tracked(
    public=(
        "origin_kind",
        "party_kind",
        "state",
        "outcome",
        "violated",
        "basis",
        "kinds",
        "fine",
        "forfeit",
        "severe",
        "complicated",
        "opened_on",
        "proposed_at",
        "reviewed_at",
        "told_on",
        "waived",
        "hearing_asked_on",
        "heard_on",
        "discussed_at",
        "decided_on",
        "decision_number",
        "served_on",
        "paid",
        "executed_on",
        "closed_on",
        "annulled_on",
        "decide_by",
        "ripe_on",
        "serve_by",
        "pay_by",
        "surcharge",
        "reminded_on",
        "urged_on",
        "appealed_on",
        "apply_from",
        "apply_by",
        "court_asked_on",
        "ruling",
        "version",
    ),
    personal=(
        "firm_id",
        "origin",
        "cause",
        "found_on",
        "party",
        "head",
        "post",
        "phone",
        "address",
        "identity",
        "facts",
        "discretion",
        "demand",
        "arranged_by_id",
        "approved_by_id",
        "reviewed_by_id",
        "decided_by_id",
    ),
)
class Case(models.Model):
    """行政处罚案件. `origin`: what it came from as the journal names it (visit/12, order/3), or in words; `kinds`: codes of penalty.kinds by 、.

    `forfeit`: value of what is confiscated; `severe`: a penalty otherwise severe (行政处罚法第63条第1款第5项); `complicated`: to be discussed
    (第57条第2款); `demand`: what must be put right. Money in whole yuan. `decide_by`, `serve_by`, `pay_by`: last days by the policy of the day
    on which each clock began; `ripe_on`: the first day on which neither defence nor hearing can be waited for any more. `paid`: of fine,
    forfeit and surcharge together, each payment in its step; `pay_by`: the next day on which something is due; `appealed_on`: since when a
    reconsideration or suit runs, None while none does; `apply_from`, `apply_by`: between them the court may be asked to enforce.
    """

    firm = models.ForeignKey(Firm, models.PROTECT, related_name="cases", verbose_name=_("涉案单位"))
    origin_kind = models.CharField(_("案件来源"), max_length=10, choices=Origin.choices)
    origin = models.CharField(_("来源文书"), max_length=200, blank=True)
    found_on = models.DateField(_("发现日期"))
    cause = models.CharField(_("案由"), max_length=200)
    party_kind = models.CharField(_("当事人类别"), max_length=10, choices=Party.choices, default=Party.ENTITY)
    party = models.CharField(_("当事人"), max_length=200)
    head = models.CharField(_("法定代表人（负责人）"), max_length=80, blank=True)
    post = models.CharField(_("职务"), max_length=40, blank=True)
    phone = models.CharField(_("联系电话"), max_length=60, blank=True)
    address = models.CharField(_("地址"), max_length=300, blank=True)
    identity = models.CharField(_("证件号码"), max_length=40, blank=True)
    facts = models.TextField(_("违法事实"), blank=True)
    violated = models.CharField(_("违反的规定"), max_length=300, blank=True)
    basis = models.CharField(_("处罚的依据"), max_length=300, blank=True)
    discretion = models.TextField(_("裁量理由"), blank=True)
    outcome = models.CharField(_("处理意见"), max_length=10, choices=Outcome.choices, blank=True)
    kinds = models.CharField(_("处罚种类"), max_length=200, blank=True)
    fine = models.PositiveBigIntegerField(_("罚款（元）"), default=0)
    forfeit = models.PositiveBigIntegerField(_("没收金额（元）"), default=0)
    severe = models.BooleanField(_("其他较重的行政处罚"), default=False)
    complicated = models.BooleanField(_("情节复杂或者重大违法行为"), default=False)
    demand = models.TextField(_("责令改正的内容"), blank=True)
    state = models.CharField(_("状态"), max_length=10, choices=State.choices, default=State.ASKED, db_index=True)
    arranged_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    opened_on = models.DateField(_("立案日期"), null=True, db_index=True)
    approved_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True)
    proposed_at = models.DateTimeField(_("提出意见时间"), null=True)
    reviewed_at = models.DateTimeField(_("法制审核时间"), null=True)
    reviewed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True)
    told_on = models.DateField(_("告知送达日期"), null=True)
    waived = models.BooleanField(_("书面放弃陈述、申辩和听证"), default=False)
    hearing_asked_on = models.DateField(_("要求听证日期"), null=True)
    heard_on = models.DateField(_("听证日期"), null=True)
    discussed_at = models.DateTimeField(_("集体讨论时间"), null=True)
    decided_on = models.DateField(_("决定日期"), null=True, db_index=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True)
    decision_number = models.CharField(_("决定书文号"), max_length=80, blank=True)
    served_on = models.DateField(_("送达日期"), null=True)
    paid = models.PositiveBigIntegerField(_("已缴（元）"), default=0)
    executed_on = models.DateField(_("执行完毕日期"), null=True)
    closed_on = models.DateField(_("结案日期"), null=True)
    annulled_on = models.DateField(_("撤销日期"), null=True)
    decide_by = models.DateField(_("决定期限"), null=True, db_index=True)
    ripe_on = models.DateField(_("期限届满后可以决定"), null=True)
    serve_by = models.DateField(_("送达期限"), null=True)
    pay_by = models.DateField(_("缴款期限"), null=True)
    surcharge = models.PositiveBigIntegerField(_("加处罚款（元）"), default=0)
    reminded_on = models.DateField(_("缴款催告送达日期"), null=True)
    urged_on = models.DateField(_("强制执行催告送达日期"), null=True)
    appealed_on = models.DateField(_("复议或诉讼开始日期"), null=True)
    apply_from = models.DateField(_("可以申请强制执行"), null=True)
    apply_by = models.DateField(_("申请强制执行期限"), null=True, db_index=True)
    court_asked_on = models.DateField(_("申请强制执行日期"), null=True)
    ruling = models.CharField(_("法院裁定"), max_length=8, choices=Ruling.choices, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("行政处罚案件")

    def __str__(self) -> str:
        return f"第 {self.pk} 号案件"

    @property
    def obj(self) -> str:
        """The name under which the journal knows this case; it tells nobody against whom it runs."""
        return f"case/{self.pk}"

    @property
    def kind_codes(self) -> list[str]:
        """The codes of the kinds of penalty."""
        return [code for code in self.kinds.split("、") if code]

    @property
    def number(self) -> str:
        """The number of the decision (文号), empty before it is made."""
        return self.decision_number

    @property
    def article(self) -> str:
        """The article that was violated."""
        return self.violated

    @property
    def amount(self) -> int:
        """Fine and what is confiscated, in yuan."""
        return self.fine + self.forfeit


@tracked(public=("case_id", "number", "granted_on", "due_on", "amount", "replaced"))
class Instalment(models.Model):
    """A part of a fine that may be paid later (行政处罚法第66条第2款); put off as a whole it is the only one. `replaced`: by a later plan."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="instalments")
    number = models.PositiveSmallIntegerField(_("期次"))
    granted_on = models.DateField(_("批准日期"))
    due_on = models.DateField(_("缴款期限"))
    amount = models.PositiveBigIntegerField(_("金额（元）"))
    replaced = models.BooleanField(_("已由后来的批准代替"), default=False)

    class Meta:
        verbose_name = _("分期缴款")


@tracked(public=("case_id", "lead", "out"), personal=("inspector_id", "name", "certificate", "why"))
class CaseOfficer(models.Model):
    """承办人, with name and certificate as they were when the case was given to him. `out`: replaced; the row stays."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="officers")
    inspector = models.ForeignKey(Inspector, models.PROTECT, related_name="cases", verbose_name=_("承办人"))
    name = models.CharField(_("姓名"), max_length=40)
    certificate = models.CharField(_("执法证号"), max_length=60, blank=True)
    lead = models.BooleanField(_("主办"), default=False)
    out = models.BooleanField(_("已替换"), default=False)
    why = models.CharField(_("替换理由"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("承办人")
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["case", "inspector"], name="one_place_an_officer")
        ]


class EvidenceKind(models.TextChoices):
    """The kinds of evidence of 行政处罚法第46条."""

    DOCUMENT = "document", _("书证")
    OBJECT = "object", _("物证")
    RECORDING = "recording", _("视听资料")
    DATA = "data", _("电子数据")
    WITNESS = "witness", _("证人证言")
    STATEMENT = "statement", _("当事人的陈述")
    EXPERT = "expert", _("鉴定意见")
    RECORD = "record", _("勘验笔录、现场笔录")


@tracked(
    public=("case_id", "kind", "taken_on", "sha256", "size", "withdrawn"),
    personal=("title", "source", "proves", "file_name", "why"),
)
class Evidence(models.Model):
    """证据. `source`: where it lies, as the journal names it (visit/12) or in words; `sha256`: of a file, where there is one.

    `size`: of the file that the office keeps, in bytes; 0 where it lies elsewhere, on a disc that was sealed.
    """

    case = models.ForeignKey(Case, models.PROTECT, related_name="evidence")
    kind = models.CharField(_("证据种类"), max_length=10, choices=EvidenceKind.choices)
    title = models.CharField(_("名称"), max_length=200)
    source = models.CharField(_("来源"), max_length=200, blank=True)
    taken_on = models.DateField(_("取得日期"))
    proves = models.TextField(_("证明内容"), blank=True)
    sha256 = models.CharField(_("校验值"), max_length=64, blank=True)
    size = models.PositiveIntegerField(_("字节数"), default=0)
    file_name = models.CharField(_("文件名"), max_length=200, blank=True)
    withdrawn = models.BooleanField(_("不再使用"), default=False)
    why = models.CharField(_("理由"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("证据")


@tracked(public=("case_id", "act", "on", "by_id"), personal=("text", "detail"))
class Step(models.Model):
    """What was done in a case, never changed: `on` the day it happened, `at` when it was entered, `detail` what its form asked for."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="steps")
    act = models.CharField(_("步骤"), max_length=16)
    on = models.DateField(_("日期"))
    at = models.DateTimeField(_("登记时间"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("登记人"))
    text = models.TextField(_("内容"), blank=True)
    detail = models.TextField(blank=True)  # canonical JSON

    class Meta:
        verbose_name = _("办案步骤")
        indexes = [models.Index(fields=["case", "act"])]


class Ground(models.TextChoices):
    """Why somebody may review in law (行政处罚法第58条第2款; the rule came on 2018-01-01 and binds those who began later)."""

    LEGAL_EXAM = "exam", _("通过国家统一法律职业资格考试")
    BEFORE = "before", _("2018年1月1日前已从事法制审核")


@tracked(public=("user_id", "ground", "valid_from", "revoked_on"), personal=("certificate", "why"))
class ReviewerQualification(models.Model):
    """法制审核资格: what makes an account a reviewer. Two persons enter it; it ends, it is not deleted."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="legal_qualifications", verbose_name=_("审核人员")
    )
    ground = models.CharField(_("资格依据"), max_length=8, choices=Ground.choices)
    certificate = models.CharField(_("法律职业资格证书编号"), max_length=60)
    valid_from = models.DateField(_("起始日期"))
    revoked_on = models.DateField(_("停用日期"), null=True)
    why = models.CharField(_("停用理由"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("法制审核资格")
