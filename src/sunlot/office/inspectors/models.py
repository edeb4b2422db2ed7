"""The inspectors, their certificates and leave, and the recusals they have declared."""

from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from sunlot.office.approvals.models import Approval
from sunlot.office.journal.tracked import tracked


class Role(models.TextChoices):
    """What somebody may do at a visit; only certified inspectors count as inspectors (行政处罚法第42条)."""

    INSPECTOR = "inspector", _("执法人员")
    EXPERT = "expert", _("专家")
    HELPER = "helper", _("辅助人员")


ON_DUTY = "在岗"
# as rosters spell them, since the draw reads the word
STATES = (ON_DUTY, "借调", "病休", "产假", "停职", "退休", "调离")
LEAVE_KINDS = ("年休假", "事假", "病假", "产假", "培训", "出差", "其他")


@tracked(
    public=("department", "position", "specialities", "role", "joined", "listed", "merged_into_id", "version"),
    personal=("name", "gender", "birth", "phone", "territory", "state"),
)
class Inspector(models.Model):
    """A person of 执法检查人员名录库 by the number of the roster. `territory`: the township he lives in, which the draw keeps him from.
    `state`: on duty, on loan, ill …: nobody's business but the office's.

    Nobody is deleted: who leaves gets another state, a duplicate names the number that lives on, what an import brought in by mistake is
    no longer `listed`.
    """

    id = models.CharField(_("人员编号"), max_length=32, primary_key=True)
    name = models.CharField(_("姓名"), max_length=40, db_index=True)
    gender = models.CharField(_("性别"), max_length=4, blank=True)
    birth = models.CharField(_("出生年月"), max_length=10, blank=True)
    department = models.CharField(_("部门"), max_length=80, blank=True, db_index=True)
    position = models.CharField(_("职务职级"), max_length=40, blank=True)
    specialities = models.CharField(_("专业特长"), max_length=200, blank=True)
    state = models.CharField(_("在岗状态"), max_length=20, default=ON_DUTY)
    role = models.CharField(_("人员类别"), max_length=12, choices=Role.choices, default=Role.INSPECTOR)
    phone = models.CharField(_("联系电话"), max_length=60, blank=True)
    territory = models.CharField(_("居住镇街"), max_length=40, blank=True)
    joined = models.CharField(_("入库时间"), max_length=10, blank=True)
    listed = models.BooleanField(_("在册"), default=True)
    merged_into = models.ForeignKey("self", models.PROTECT, null=True, related_name="duplicates")
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("检查人员")

    def __str__(self) -> str:
        return f"{self.id} {self.name}"

    @property
    def obj(self) -> str:
        """The name under which the journal knows this person."""
        return f"inspector/{self.pk}"


@tracked(public=("inspector_id", "number", "valid_from", "valid_to", "revoked_on"))
class Certificate(models.Model):
    """An enforcement certificate (执法证) and the days it holds; a renewal is another row. Without a last day it makes nobody drawable."""

    inspector = models.ForeignKey(Inspector, models.PROTECT, related_name="certificates")
    number = models.CharField(_("执法证号"), max_length=60, db_index=True)
    valid_from = models.DateField(_("有效期自"), null=True, blank=True)
    valid_to = models.DateField(_("有效期至"), null=True, blank=True)
    revoked_on = models.DateField(_("停用日期"), null=True)

    class Meta:
        verbose_name = _("执法证")

    def __str__(self) -> str:
        return self.number


@tracked(public=("cancelled",), personal=("inspector_id", "kind", "start", "end"))
class Leave(models.Model):
    """Days on which somebody is away, both ends included. Why and when is his own affair, so the log gets commitments only."""

    inspector = models.ForeignKey(Inspector, models.PROTECT, related_name="leaves", verbose_name=_("检查人员"))
    kind = models.CharField(_("类型"), max_length=20)
    start = models.DateField(_("开始"), db_index=True)
    end = models.DateField(_("结束"), db_index=True)
    cancelled = models.BooleanField(_("已撤销"), default=False)

    class Meta:
        verbose_name = _("请假")

    @property
    def obj(self) -> str:
        """The name under which the journal knows this leave."""
        return f"leave/{self.pk}"


class Ground(models.TextChoices):
    """Why somebody must keep away from a firm (行政处罚法第43条: 直接利害关系或者其他关系)."""

    KINSHIP = "kinship", _("近亲属关系")
    SHARES = "shares", _("持有股份、投资")
    FORMER_JOB = "former_job", _("曾任职、提供服务")
    LAWSUIT = "lawsuit", _("诉讼、纠纷")
    ACCIDENT = "accident", _("参与过事故调查")
    OTHER = "other", _("其他可能影响公正的关系")


class Step(models.TextChoices):
    """Where a version of a declaration stands. No way leads back."""

    PROPOSED = "proposed", _("待审批")
    IN_FORCE = "in_force", _("有效")
    ENDED = "ended", _("已终止")


@tracked(
    public=("declaration", "version", "withdraws", "step", "approval_id"),
    personal=("inspector_id", "firm_id", "firm_name", "ground", "detail", "declared_on"),
)
class Recusal(models.Model):
    """One version of a recusal declaration (回避声明). Confidential: its owner and the approver read it, the public gets numbers.

    `withdraws`: this version takes the declaration back. The request for approval tells whether it was turned down.
    """

    declaration = models.CharField(max_length=16)
    version = models.PositiveSmallIntegerField(default=1)
    inspector = models.ForeignKey(Inspector, models.PROTECT, related_name="recusals", verbose_name=_("检查人员"))
    firm_id = models.CharField(_("单位代码"), max_length=32, db_index=True)
    firm_name = models.CharField(_("单位名称"), max_length=200, blank=True)
    ground = models.CharField(_("回避情形"), max_length=12, choices=Ground.choices)
    detail = models.TextField(_("说明"), blank=True)
    declared_on = models.DateField(_("申报日期"))
    withdraws = models.BooleanField(default=False)
    step = models.CharField(_("状态"), max_length=10, choices=Step.choices, default=Step.PROPOSED, db_index=True)
    approval = models.ForeignKey(Approval, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("回避声明")
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["declaration", "version"], name="one_row_a_version")
        ]
