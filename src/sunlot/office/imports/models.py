"""What came in: a batch of files of one kind, what was said about every row, and what it wrote, so that it can be taken back."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from sunlot.intake.findings import HANDLING
from sunlot.office.imports.kinds import ADDED, CHANGED, MISSING, PASSED_OVER
from sunlot.office.journal.tracked import tracked

FATES = [(ADDED, _("新增")), (CHANGED, _("变更")), (MISSING, _("不在新名录中")), (PASSED_OVER, _("未导入"))]


class State(models.TextChoices):
    """Where a batch stands."""

    READ = "read", _("待确认")
    APPLIED = "applied", _("已生效")
    UNDONE = "undone", _("已撤销")
    DROPPED = "dropped", _("已放弃")


@tracked(public=("kind", "state", "day", "digest", "counts", "by_id", "version"), personal=("mapping",))
class Batch(models.Model):
    """导入批次. `mapping`: header → field as the clerk set it (JSON); `counts`: what became of the rows and what applying would change (JSON).

    `digest`: of the differences that were shown. Applying computes them again; other differences are not applied.
    """

    kind = models.CharField(_("种类"), max_length=20, db_index=True)
    state = models.CharField(_("状态"), max_length=10, choices=State.choices, default=State.READ, db_index=True)
    day = models.DateField(_("导入日期"))
    mapping = models.TextField(_("列的对应"), blank=True)
    counts = models.TextField(_("结果"), blank=True)
    digest = models.CharField(_("差异校验值"), max_length=64, blank=True)
    trouble = models.TextField(_("无法读取的原因"), blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("经办人"))
    at = models.DateTimeField(_("上传时间"))
    version = models.PositiveIntegerField(_("版本"), default=1)

    class Meta:
        verbose_name = _("导入批次")

    def __str__(self) -> str:
        return f"{self.pk}"


@tracked(public=("batch_id", "sha256", "size"), personal=("name",))
class SourceFile(models.Model):
    """A file as it was handed in; it lies in imports/<sha256>/<name> of the office's folder and is never changed."""

    batch = models.ForeignKey(Batch, models.PROTECT, related_name="files")
    name = models.CharField(_("文件名"), max_length=200)
    sha256 = models.CharField(_("校验值"), max_length=64)
    size = models.PositiveIntegerField(_("字节数"))

    class Meta:
        verbose_name = _("导入文件")


class Remark(models.Model):
    """One line of the row report. Follows from the files and the mapping, and is renewed with them."""

    batch = models.ForeignKey(Batch, models.CASCADE, related_name="remarks")
    file = models.CharField(_("文件"), max_length=200)
    sheet = models.CharField(_("工作表"), max_length=100)
    row = models.PositiveIntegerField(_("行"))
    field = models.CharField(_("字段"), max_length=40)
    kind = models.CharField(_("类别"), max_length=60)
    found = models.TextField(_("原内容"))
    problem = models.TextField(_("问题"))
    suggestion = models.TextField(_("应当如何"))
    handling = models.CharField(_("处理"), max_length=12, choices=list(HANDLING.items()))

    class Meta:
        indexes = [models.Index(fields=["batch", "handling"])]


class Planned(models.Model):
    """One difference that applying would make, as the clerk saw it. `changes`: JSON list of field, before, after."""

    batch = models.ForeignKey(Batch, models.CASCADE, related_name="planned")
    key = models.CharField(_("编号"), max_length=60)
    title = models.CharField(_("名称"), max_length=200)
    fate = models.CharField(_("将会"), max_length=12, choices=FATES)
    changes = models.TextField(_("内容"))

    class Meta:
        indexes = [models.Index(fields=["batch", "fate"])]


class Written(models.Model):
    """A row that the batch wrote: its values before (JSON, "null" when it was not there), its version after, and the event's object.

    `undone`: the object of the event that put it back; empty in a batch that was undone: it had been changed since and was left.
    """

    batch = models.ForeignKey(Batch, models.PROTECT, related_name="written")
    key = models.CharField(_("编号"), max_length=60)
    title = models.CharField(_("名称"), max_length=200)
    before = models.TextField()
    after = models.PositiveIntegerField()
    obj = models.CharField(max_length=80)
    undone = models.CharField(max_length=80, blank=True)

    class Meta:
        indexes = [models.Index(fields=["key"])]
