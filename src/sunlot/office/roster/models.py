"""The firms that may be inspected, every visit they had, why the lot may fall on them more often, and the roster as it stood on a day."""

from functools import reduce
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models.functions import Replace
from django.utils.translation import gettext_lazy as _

from sunlot.intake.duplicates import LEGAL_FORMS
from sunlot.office.journal.tracked import tracked
from sunlot.office.shell.language import in_words_later
from sunlot.policy.vocabulary import VISIT_KINDS

DRAWABLE = (  # the facts that the draw reads (docs/draw-format.md section 4.1) and a snapshot fixes
    "id",
    "name",
    "territory",
    "industry",
    "hazard_class",
    "risk_level",
    "credit_class",
    "key_unit",
    "level",
    "status",
)
CAP_FACTS = (
    "hazard_class",
    "risk_class",
    "standardization_level",
)  # what the table of caps asks (visit.caps), in its order
OTHER = ("risk_class", "standardization_level", "address", "established", "staff", "capital", "scope")
CONTACTS = ("legal_person", "phone", "note")  # personal: the log gets their commitments only
FACTS = (*DRAWABLE[1:], *OTHER, *CONTACTS)  # what a person fills in


class Status(models.TextChoices):
    """经营状态, spelt as the draw reads it: only 正常 is drawn. Empty: unknown."""

    NORMAL = "正常", _("正常")
    IDLE = "停产", _("停产")
    IN_DOUBT = "停业核查", _("停业核查")  # missing from a newer list, to be looked into
    LOST = "失联", _("失联")
    STRUCK = "注销", _("注销")
    REVOKED = "吊销", _("吊销")
    MOVED = "迁出", _("迁出")


OPEN = ("", Status.NORMAL.value, Status.IDLE.value, Status.IN_DOUBT.value, Status.LOST.value)  # not closed for good
RISKS = [("重大", _("重大")), ("较大", _("较大")), ("一般", _("一般")), ("低", _("低"))]
YES_NO = [("是", _("是")), ("否", _("否"))]
LEVELS = [("县级", _("县级")), ("市级", _("市级")), ("省级", _("省级"))]
RISK_CLASSES = [(value, value) for value in ("A", "B", "C", "D")]  # 安全风险分级: A is the best run, D the worst
STANDARDS = [("一级", _("一级")), ("二级", _("二级")), ("三级", _("三级")), ("未定级", _("未定级"))]
CREDITS = [(value, value) for value in ("A", "B", "C", "D")]


def _without(text: Any, words: tuple[str, ...]) -> Any:
    """Return the expression of a text without certain words, as the database reckons it."""
    return reduce(lambda rest, word: Replace(rest, models.Value(word), models.Value("")), words, text)


PRIVATE = (*CONTACTS, "address")  # of a household business the address is somebody's home


@tracked(
    public=(*DRAWABLE, *(name for name in OTHER if name not in PRIVATE), "listed", "merged_into_id", "version"),
    personal=PRIVATE,
)
class Firm(models.Model):
    """检查对象. `id` is the typed identifier of docs/draw-format.md; `listed` is False once merged into another or taken back."""

    id = models.CharField(_("统一社会信用代码"), max_length=32, primary_key=True)
    name = models.CharField(_("单位名称"), max_length=200, db_index=True)
    territory = models.CharField(_("所属镇街"), max_length=60, blank=True, db_index=True)
    address = models.CharField(_("详细地址"), max_length=300, blank=True)
    industry = models.CharField(_("国民经济行业"), max_length=80, blank=True)
    hazard_class = models.CharField(_("行业类别"), max_length=40, blank=True, db_index=True)
    risk_level = models.CharField(_("风险等级"), max_length=10, blank=True, choices=RISKS)
    risk_class = models.CharField(_("安全风险分级"), max_length=4, blank=True, default="", choices=RISK_CLASSES)
    standardization_level = models.CharField(_("标准化等级"), max_length=4, blank=True, default="", choices=STANDARDS)
    credit_class = models.CharField(_("信用等级"), max_length=10, blank=True)
    key_unit = models.CharField(_("重点单位"), max_length=4, blank=True, choices=YES_NO)
    level = models.CharField(_("监管层级"), max_length=10, blank=True)
    status = models.CharField(_("经营状态"), max_length=10, blank=True, choices=Status.choices, db_index=True)
    established = models.CharField(_("成立日期"), max_length=10, blank=True)
    staff = models.CharField(_("从业人数"), max_length=12, blank=True)
    capital = models.CharField(_("注册资本"), max_length=60, blank=True)
    scope = models.TextField(_("经营范围"), blank=True)
    legal_person = models.CharField(_("法定代表人"), max_length=80, blank=True)
    phone = models.CharField(_("联系电话"), max_length=60, blank=True)
    note = models.TextField(_("备注"), blank=True)
    listed = models.BooleanField(_("在册"), default=True, db_index=True)
    merged_into = models.ForeignKey("self", models.PROTECT, null=True, related_name="merged", verbose_name=_("已并入"))
    confirmed_on = models.DateField(
        _("最近核对日期"), db_index=True
    )  # last entered, changed, or found unchanged in a newer list
    version = models.PositiveIntegerField(_("版本"), default=1)
    root = models.GeneratedField(  # two names of one firm mostly differ in their legal form only
        verbose_name=_("名称主干"),
        expression=_without(models.F("name"), (*LEGAL_FORMS, " ", "　", "（", "）", "(", ")")),
        output_field=models.CharField(max_length=200),
        db_persist=True,
    )

    class Meta:
        verbose_name = _("检查对象")
        indexes = [
            models.Index(fields=["root", "listed"], name="firms_by_root"),
            models.Index(fields=["phone", "legal_person", "listed"], name="firms_by_phone"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def cap_facts(self) -> tuple[str, str, str]:
        """Return what the table of caps asks for; the risk level (重大 … 低), which the draw reads, is another scale."""
        return self.hazard_class, self.risk_class, self.standardization_level


class Standing(models.Manager["VisitEntry"]):
    """The visits that stand: without those whose import was undone, which only the log and the import itself still speak of."""

    def get_queryset(self) -> models.QuerySet["VisitEntry"]:
        return super().get_queryset().filter(undone=False)


@tracked(public=("firm_id", "date", "draw", "department", "observed", "held", "undone"), personal=("kind",))
class VisitEntry(models.Model):
    """One visit in the ledger of all visits (频次台账), of whatever kind and department. `observed`: the status met on site, empty when as expected.

    `held`: there was a check; not when the firm was closed, gone or could not be reached. Caps, coverage and draws count only visits that were held.
    The log does not tell the `kind`: one of the kinds says that somebody complained.
    """

    firm = models.ForeignKey(Firm, models.PROTECT, related_name="visits", verbose_name=_("检查对象"))
    date = models.DateField(_("检查日期"), db_index=True)
    kind = models.CharField(
        _("检查种类"), max_length=24, choices=[(kind, in_words_later(title)) for kind, title in VISIT_KINDS.items()]
    )
    draw = models.CharField(_("抽取编号"), max_length=40, blank=True)
    department = models.CharField(_("检查部门"), max_length=80, blank=True)
    observed = models.CharField(_("现场所见状态"), max_length=10, blank=True, choices=Status.choices)
    held = models.BooleanField(_("实施了检查"), default=True)
    undone = models.BooleanField(_("已撤销导入"), default=False)

    objects = Standing()
    entries = models.Manager["VisitEntry"]()  # those undone as well

    class Meta:
        verbose_name = _("检查台账")


class Cause(models.TextChoices):
    """Why the lot falls on a firm more often. A closed list, in which no person is named; the public frame tells them as `told_of` says."""

    COMPLAINT = "投诉举报查实", _("投诉举报查实")
    VIOLATION = "违法行为", _("违法行为")
    ACCIDENT = "生产安全事故", _("生产安全事故")
    DISHONESTY = "失信惩戒", _("失信惩戒")
    HAZARD = "重大事故隐患", _("重大事故隐患")


FOUND = "查实的违法行为或隐患"


def told_of(cause: str) -> str:
    """Return how the public frame tells a cause: what was found and not by whom, so that nobody reads there that somebody reported the firm."""
    return FOUND if cause in (Cause.COMPLAINT, Cause.VIOLATION, Cause.HAZARD) else cause


@tracked(public=("firm_id", "level", "since", "until", "withdrawn_on"), personal=("cause", "source", "withdrawn_why"))
class IntensityCause(models.Model):
    """加大抽查力度的情形: level 1…9 (the policy says what a level weighs), until when, and on what paper it rests."""

    firm = models.ForeignKey(Firm, models.PROTECT, related_name="causes", verbose_name=_("检查对象"))
    level = models.PositiveSmallIntegerField(_("级别"))
    cause = models.CharField(_("情形"), max_length=12, choices=Cause.choices)
    since = models.DateField(_("起"))
    until = models.DateField(_("有效期至"), db_index=True)
    source = models.CharField(_("依据文书"), max_length=200)
    withdrawn_on = models.DateField(_("撤销日期"), null=True)
    withdrawn_why = models.CharField(_("撤销理由"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("加大力度情形")


@tracked(public=("date", "root", "size", "sha256", "seq"))
class Snapshot(models.Model):
    """名录快照: the drawable facts of every listed firm on a day. `root`: Merkle root as of a frame; the file lies in snapshots/<sha256>.csv.

    `seq`: the number of events in the log when it was taken; what changed between two snapshots is told by the events between.
    """

    date = models.DateField(_("日期"))
    root = models.CharField(_("默克尔根"), max_length=64)
    size = models.PositiveIntegerField(_("户数"))
    sha256 = models.CharField(_("文件校验值"), max_length=64)
    seq = models.BigIntegerField(_("日志条数"))

    class Meta:
        verbose_name = _("名录快照")


class Step(models.TextChoices):
    """Where a request for correction stands."""

    ASKED = "asked", _("待办理")
    WAITING = "waiting", _("已报审批")
    ACCEPTED = "accepted", _("已更正")
    REFUSED = "refused", _("不予更正")


@tracked(
    public=("firm_id", "field", "state", "asked_on", "decided_on"),
    personal=("asked_by", "contact", "wanted", "ground", "answer"),
)
class Correction(models.Model):
    """更正申请: a firm says that its entry is wrong. `field` and `wanted`: what should be changed to what; `ground`: why."""

    firm = models.ForeignKey(Firm, models.PROTECT, related_name="corrections", verbose_name=_("检查对象"))
    field = models.CharField(_("要更正的项目"), max_length=20)
    wanted = models.CharField(_("应为"), max_length=300)
    ground = models.TextField(_("理由和证明材料"))
    asked_by = models.CharField(_("申请人"), max_length=80)
    contact = models.CharField(_("申请人联系方式"), max_length=80, blank=True)
    asked_on = models.DateField(_("申请日期"))
    state = models.CharField(_("状态"), max_length=10, choices=Step.choices, default=Step.ASKED, db_index=True)
    answer = models.TextField(_("答复"), blank=True)
    decided_on = models.DateField(_("办结日期"), null=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    version = models.PositiveIntegerField(_("版本"), default=1)

    class Meta:
        verbose_name = _("更正申请")


@tracked(public=("first_id", "second_id", "on"))
class Apart(models.Model):
    """Two firms that look like one and were found to be two; they are not suggested for merging again. `first` < `second`."""

    first = models.ForeignKey(Firm, models.PROTECT, related_name="+")
    second = models.ForeignKey(Firm, models.PROTECT, related_name="+")
    on = models.DateField(_("认定日期"))

    class Meta:
        verbose_name = _("认定为两户")
        constraints = [models.UniqueConstraint(fields=["first", "second"], name="one_verdict_a_pair")]
