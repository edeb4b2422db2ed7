"""What the office knows of its draws."""

from django.db import models

from sunlot.office.journal.tracked import tracked


@tracked(public=("state", "title", "steps", "check_code", "rehearsal"))
class Draw(models.Model):
    """One draw (一次抽取): its number, how far it is and the hash that stands for every byte of its folder."""

    id = models.CharField("抽取编号", primary_key=True, max_length=40)
    title = models.CharField("名称", max_length=200)
    state = models.CharField("状态", max_length=20)
    steps = models.PositiveSmallIntegerField("步骤数")
    check_code = models.CharField("核对码", max_length=64)
    rehearsal = models.BooleanField("演练", default=False)

    class Meta:
        verbose_name = "抽取"

    def __str__(self) -> str:
        return self.id


@tracked(
    public=(
        "copy",
        "draws",
        "set_id",
        "number",
        "count",
        "label",
        "image",
        "size",
        "checkpoint",
        "state",
        "burned_at",
        "reread_at",
        "replaced_by",
    ),
    personal=("burned_by", "reread_by"),
)
class Disc(models.Model):
    """One optical disc (数据保全光盘) with its seal number: which image it carries, and how it was found whenever it was read again.

    正本 and 副本 are two rows over the same image.
    """

    class Copy(models.IntegerChoices):
        ORIGINAL = 1, "正本"
        DUPLICATE = 2, "副本"

    class State(models.TextChoices):
        MADE = "made", "待刻录"
        BURNED = "burned", "已刻录"
        DIFFERS = "differs", "复读不符"
        REPLACED = "replaced", "已被代替"

    seal = models.CharField("封号", primary_key=True, max_length=12)
    copy = models.PositiveSmallIntegerField("正副本", choices=Copy.choices)
    draws = models.TextField("抽取编号")
    set_id = models.CharField("整套编号", max_length=64, db_index=True)
    number = models.PositiveSmallIntegerField("第几张")
    count = models.PositiveSmallIntegerField("共几张")
    label = models.CharField("盘标", max_length=16)
    image = models.CharField("映像校验值", max_length=64, db_index=True)
    size = models.BigIntegerField("字节数")
    checkpoint = models.BigIntegerField("检查点条数")
    state = models.CharField("状态", max_length=10, choices=State.choices, default=State.MADE)
    burned_at = models.CharField("刻录登记时间", max_length=20, blank=True, default="")
    reread_at = models.CharField("最近复读时间", max_length=20, blank=True, default="")
    replaced_by = models.CharField("由哪张代替", max_length=12, blank=True, default="")
    burned_by = models.TextField("刻录人", blank=True, default="")
    reread_by = models.TextField("复读人", blank=True, default="")

    class Meta:
        verbose_name = "光盘"

    def __str__(self) -> str:
        return self.seal

    @property
    def names(self) -> list[str]:
        """The draws on it."""
        return self.draws.split("、")
