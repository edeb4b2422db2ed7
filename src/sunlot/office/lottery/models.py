"""What the office knows of its draws, and the rounds from which they come."""

from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from sunlot.office.journal.tracked import tracked
from sunlot.office.shell.marks import REHEARSAL


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


class RoundState(models.TextChoices):
    """Where a round stands before its notice is out; afterwards its draw says so. The ways between stand in rounds.WAYS."""

    DRAFT = "draft", _("草稿")
    APPROVED = "approved", _("已批准")
    ANNOUNCING = "announcing", _("正在发布")
    ANNOUNCED = "announced", _("已公告")
    DROPPED = "dropped", _("已放弃")


@tracked(
    public=(
        "title",
        "year",
        "number",
        "secret",
        "rehearsal",
        "date",
        "window_from",
        "window_to",
        "budget",
        "planned",
        "items",
        "pack",
        "sources",
        "team_sources",
        "team_sources_by_id",
        "state",
        "digest",
        "draw_id",
        "reveal_minutes",
        "tasks_from",
        "executed_at",
        "version",
    )
)
class Round(models.Model):
    """A round (一轮抽查) as it is prepared: for whom, when, by which rules, from which sources of chance.

    `digest` stands for the tables that were approved; `planned` is the number of the round in the plan; `tasks_from` is the hour from
    which each inspector sees his own task of an unannounced round, `executed_at` when it was opened to all.
    """

    title = models.CharField(_("名称"), max_length=120)
    year = models.PositiveSmallIntegerField(_("年度"))
    number = models.PositiveSmallIntegerField(_("本年第几轮"), default=1)
    planned = models.CharField(_("对应计划"), max_length=60, blank=True)
    items = models.TextField(_("抽查事项编号"), blank=True)
    date = models.DateField(_("资格审查日期"))
    window_from = models.DateField(_("检查期起"))
    window_to = models.DateField(_("检查期止"))
    budget = models.PositiveIntegerField(_("抽取总户数"), default=0)
    pack = models.CharField(_("政策包"), max_length=60, default="county-2026")
    secret = models.BooleanField(_("暗查暗访"), default=False)
    rehearsal = models.BooleanField(_("演练"), default=False)
    sources: Any = models.JSONField(_("企业抽取的种子来源"), default=list)
    team_sources: Any = models.JSONField(_("检查组抽取的种子来源"), default=list)
    team_sources_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True)
    state = models.CharField(
        _("状态"), max_length=12, choices=RoundState.choices, default=RoundState.DRAFT, db_index=True
    )
    digest = models.CharField(_("名录校验值"), max_length=64, blank=True)
    draw = models.OneToOneField(Draw, models.PROTECT, null=True, related_name="round", verbose_name=_("抽取"))
    expects = models.CharField(
        max_length=40, blank=True
    )  # the number it is being announced under; see announcing.settle
    reveal_minutes = models.PositiveSmallIntegerField(_("密封数揭晓时限（公告后分钟数，0 为不设现场参与）"), default=0)
    tasks_from = models.DateTimeField(_("任务下达时间"), null=True, blank=True)
    executed_at = models.DateTimeField(_("执行完毕"), null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("抽查轮次")

    def __str__(self) -> str:
        return self.title

    @property
    def shown(self) -> str:
        """The title as lists of things to do show it: a rehearsal says so first."""
        return f"{REHEARSAL}{self.title}" if self.rehearsal else self.title

    @property
    def obj(self) -> str:
        """The name under which the journal knows this round."""
        return f"round/{self.pk}"


@tracked(public=("draw_id", "stage", "place", "value", "person_id", "withdrawn"))
class SeedEntry(models.Model):
    """What one person typed for one source of a draw. Two persons' entries must agree before a source counts."""

    draw = models.ForeignKey(Draw, models.PROTECT, related_name="entries")
    stage = models.CharField(_("阶段"), max_length=8)
    place = models.PositiveSmallIntegerField(_("来源序号"))
    value: Any = models.JSONField(_("内容"))
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    withdrawn = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("种子录入")
        constraints = [
            models.UniqueConstraint(
                fields=["draw", "stage", "place", "person"],
                condition=models.Q(withdrawn=False),
                name="one_entry_a_person",
            )
        ]


@tracked(public=("round_id", "stage", "draw_number", "participant", "commit", "value"), personal=("name", "signature"))
class Envelope(models.Model):
    """A number that somebody present has sealed before the notice (密封数): first its commitment, later the number itself.

    `participant` is the code that stands in the notice; the name stays in the office.
    """

    round = models.ForeignKey(Round, models.PROTECT, related_name="envelopes")
    stage = models.CharField(_("阶段"), max_length=8)
    draw_number = models.CharField(_("抽取编号"), max_length=40)
    participant = models.CharField(_("代号"), max_length=32)
    name = models.CharField(_("姓名"), max_length=40)
    commit = models.CharField(_("承诺值"), max_length=64)
    value = models.CharField(_("密封数"), max_length=64, blank=True)
    key = models.CharField(max_length=64)  # a hash of what the phone keeps, so that only the same phone may reveal
    signature = models.TextField(_("签名"), blank=True)  # an SVG path, drawn on the phone

    class Meta:
        verbose_name = _("密封数")
        constraints = [
            models.UniqueConstraint(fields=["round", "stage", "draw_number", "participant"], name="one_envelope_a_code")
        ]


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
        ORIGINAL = 1, _("正本")
        DUPLICATE = 2, _("副本")

    class State(models.TextChoices):
        MADE = "made", _("待刻录")
        BURNED = "burned", _("已刻录")
        DIFFERS = "differs", _("复读不符")
        REPLACED = "replaced", _("已被代替")

    seal = models.CharField(_("封号"), primary_key=True, max_length=12)
    copy = models.PositiveSmallIntegerField(_("正副本"), choices=Copy.choices)
    draws = models.TextField(_("抽取编号"))
    set_id = models.CharField(_("整套编号"), max_length=64, db_index=True)
    number = models.PositiveSmallIntegerField(_("第几张"))
    count = models.PositiveSmallIntegerField(_("共几张"))
    label = models.CharField(_("盘标"), max_length=16)
    image = models.CharField(_("映像校验值"), max_length=64, db_index=True)
    size = models.BigIntegerField(_("字节数"))
    checkpoint = models.BigIntegerField(_("检查点条数"))
    state = models.CharField(_("状态"), max_length=10, choices=State.choices, default=State.MADE)
    burned_at = models.CharField(_("刻录登记时间"), max_length=20, blank=True, default="")
    reread_at = models.CharField(_("最近复读时间"), max_length=20, blank=True, default="")
    replaced_by = models.CharField(_("由哪张代替"), max_length=12, blank=True, default="")
    burned_by = models.TextField(_("刻录人"), blank=True, default="")
    reread_by = models.TextField(_("复读人"), blank=True, default="")

    class Meta:
        verbose_name = _("光盘")

    def __str__(self) -> str:
        return self.seal
