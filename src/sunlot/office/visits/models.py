"""Visits, who goes, what was entered on site by whom and when, photos, the frozen record and its signatures, what the firm said of it.

Which firm a visit goes to, who goes and what it was made from are personal fields, that is, the public log holds only their commitments: an
unannounced visit must not be read there, nor that somebody's report led to one. What was entered on site is never changed: a row of `Change` says what, and merge.py says what holds.
"""

import uuid
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from sunlot.office.catalog.models import ItemList
from sunlot.office.inspectors.models import Inspector
from sunlot.office.journal.tracked import tracked
from sunlot.office.lottery.models import Round
from sunlot.office.roster.models import Firm, VisitEntry
from sunlot.office.shell.language import in_words_later
from sunlot.office.visits.states import State
from sunlot.policy.vocabulary import VISIT_KINDS


def new_uid() -> str:
    """Return a fresh UUID as text."""
    return str(uuid.uuid4())


class Origin(models.TextChoices):
    """What a visit was made from."""

    DRAW = "draw", _("抽取")
    KEY = "key", _("重点单位名单")
    COMPLAINT = "complaint", _("投诉举报")
    CAMPAIGN = "campaign", _("专项检查")
    OTHER = "other", _("其他")


@tracked(
    public=(
        "uid",
        "round_id",
        "draw",
        "item_list_id",
        "items",
        "window_from",
        "window_to",
        "secret",
        "urgent",
        "offsite",
        "batch",
        "state",
        "approved_at",
        "noticed_at",
        "started_at",
        "finished_at",
        "outcome",
        "entry_id",
        "reported_at",
        "version",
    ),
    personal=("origin", "kind", "firm_id", "firm_name", "firm_address", "reason", "source", "notice", "arranged_by_id"),
)
class Visit(models.Model):
    """检查: one firm, one team. `draw`: the draw that led to it; `source`: the paper that did otherwise; `items`: numbers separated by 、.

    `offsite` (非现场): held by documents and remote monitoring, nobody comes to the firm. `uid` is its name towards devices, `token` the secret part of its check code (检查码); `secret`: the firm gets no notice.
    `batch`: under which name visits that were arranged together were asked for. `firm_name` and `firm_address` are as they were when it was made, since a record made offline repeats them to the letter.
    """

    uid = models.CharField(max_length=36, unique=True, default=new_uid, editable=False)
    token = models.CharField(max_length=32, unique=True)
    firm = models.ForeignKey(Firm, models.PROTECT, related_name="inspections", verbose_name=_("检查对象"))
    firm_name = models.CharField(_("单位名称"), max_length=200)
    firm_address = models.CharField(_("地址"), max_length=300, blank=True)
    origin = models.CharField(_("来源"), max_length=10, choices=Origin.choices)
    kind = models.CharField(
        _("检查种类"), max_length=24, choices=[(kind, in_words_later(title)) for kind, title in VISIT_KINDS.items()]
    )
    round = models.ForeignKey(Round, models.PROTECT, null=True, related_name="visits", verbose_name=_("抽查轮次"))
    draw = models.CharField(_("抽取编号"), max_length=40, blank=True, db_index=True)
    source = models.CharField(_("来源文书"), max_length=200, blank=True)
    reason = models.TextField(_("检查理由"), blank=True)
    item_list = models.ForeignKey(ItemList, models.PROTECT, related_name="visits", verbose_name=_("事项清单"))
    items = models.TextField(_("检查事项编号"))
    window_from = models.DateField(_("检查期起"))
    window_to = models.DateField(_("检查期止"), db_index=True)
    secret = models.BooleanField(_("不事先通知"), default=False)
    urgent = models.BooleanField(_("紧急，事后补办审批"), default=False)
    offsite = models.BooleanField(_("非现场检查"), default=False)
    batch = models.CharField(max_length=40, blank=True)
    state = models.CharField(_("状态"), max_length=10, choices=State.choices, default=State.ARRANGED, db_index=True)
    arranged_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("经办人")
    )
    approved_at = models.DateTimeField(_("批准时间"), null=True)
    noticed_at = models.DateTimeField(_("通知时间"), null=True)
    notice = models.CharField(_("通知方式和接收人"), max_length=200, blank=True)
    started_at = models.DateTimeField(_("开始时间"), null=True)
    finished_at = models.DateTimeField(_("结束时间"), null=True)
    outcome = models.CharField(_("检查结果"), max_length=24, blank=True)
    entry = models.OneToOneField(VisitEntry, models.PROTECT, null=True, related_name="inspection")
    reported_at = models.DateTimeField(_("拒签已向负责人报告"), null=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("检查")
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(
                fields=["draw", "firm"], condition=~models.Q(draw=""), name="one_visit_a_drawn_firm"
            )
        ]

    def __str__(self) -> str:
        return f"第 {self.pk} 号检查"

    @property
    def obj(self) -> str:
        """The name under which the journal knows this visit; it tells nobody where it goes."""
        return f"visit/{self.pk}"

    @property
    def numbers(self) -> list[str]:
        """The numbers of its items."""
        return [number for number in self.items.split("、") if number]


class Part(models.TextChoices):
    """What somebody is at a visit. Only leader and member are officers; the others never count (行政处罚法第42条)."""

    LEADER = "leader", _("组长")
    MEMBER = "member", _("组员")
    EXPERT = "expert", _("专家")
    HELPER = "helper", _("辅助人员")


OFFICERS = (Part.LEADER, Part.MEMBER)


@tracked(public=("visit_id", "part", "out"), personal=("inspector_id", "name", "certificate", "why"))
class Officer(models.Model):
    """Somebody who goes, with name and certificate as they were when he was sent. `out`: replaced by another; the row stays, for what he
    entered stays his."""

    visit = models.ForeignKey(Visit, models.PROTECT, related_name="team")
    inspector = models.ForeignKey(Inspector, models.PROTECT, related_name="inspections", verbose_name=_("检查人员"))
    name = models.CharField(_("姓名"), max_length=40)
    certificate = models.CharField(_("执法证号"), max_length=60, blank=True)
    part = models.CharField(_("分工"), max_length=8, choices=Part.choices, default=Part.MEMBER)
    out = models.BooleanField(_("已替换"), default=False)
    why = models.CharField(_("替换理由"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("检查组成员")
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["visit", "inspector"], name="one_place_a_person")
        ]


@tracked(public=("visit_id", "code", "department", "items"))
class Partner(models.Model):
    """A department that takes part in a joint visit (联合检查): the items that are its part, a code by which records name it."""

    visit = models.ForeignKey(Visit, models.PROTECT, related_name="partners")
    code = models.CharField(max_length=4)
    department = models.CharField(_("联合部门"), max_length=60)
    items = models.TextField(_("检查事项编号"))

    class Meta:
        verbose_name = _("联合部门")
        ordering: ClassVar[list[str]] = ["code"]
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["visit", "code"], name="one_code_a_partner"),
            models.UniqueConstraint(fields=["visit", "department"], name="one_place_a_department"),
        ]

    def __str__(self) -> str:
        return self.department


@tracked(public=("partner_id",), personal=("name", "certificate"))
class Guest(models.Model):
    """An officer of a partner department: no account here, but a certificate to show and a signature to give."""

    partner = models.ForeignKey(Partner, models.PROTECT, related_name="guests")
    name = models.CharField(_("姓名"), max_length=40)
    certificate = models.CharField(_("执法证号"), max_length=60)

    class Meta:
        verbose_name = _("联合部门人员")
        ordering: ClassVar[list[str]] = ["pk"]
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["partner", "name"], name="one_place_a_guest")
        ]


@tracked(
    public=("visit_id", "author_id", "device", "counter", "field", "over", "at", "stamp", "received_at"),
    personal=("value",),
)
class Change(models.Model):
    """One entry on site (docs/sync.md): never changed, never deleted. `value`: canonical JSON; `over`: the entries that its author had before him.

    `at` is the device's clock; the true time lies between `stamp`, the server's last word to the device, and `received_at`.
    """

    id = models.CharField(max_length=36, primary_key=True)  # a UUID made by the device
    visit = models.ForeignKey(Visit, models.PROTECT, related_name="changes")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    device = models.CharField(max_length=40)
    counter = models.BigIntegerField()
    field = models.CharField(max_length=160)
    value = models.TextField()
    over: Any = models.JSONField(default=list)
    at = models.CharField(max_length=20)
    stamp = models.CharField(max_length=20, blank=True)
    received_at = models.CharField(max_length=20)

    class Meta:
        verbose_name = _("现场录入")
        indexes = [models.Index(fields=["visit", "field"])]


@tracked(public=("visit_id", "sha256", "size", "media", "received_at"))
class Photo(models.Model):
    """A photo or scan whose bytes the office has whole: photos/<first two>/<sha256> in its folder."""

    visit = models.ForeignKey(Visit, models.PROTECT, related_name="photos")
    sha256 = models.CharField(_("校验值"), max_length=64, db_index=True)
    size = models.PositiveIntegerField(_("字节数"))
    media = models.CharField(_("格式"), max_length=20)
    received_at = models.CharField(max_length=20)

    class Meta:
        verbose_name = _("照片")
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["visit", "sha256"], name="one_photo_a_visit")
        ]


@tracked(
    public=("visit_id", "edition", "sha256", "frozen_at", "refusal", "replaced", "given_up"),
    personal=("body", "refusal_note", "paper"),
)
class Record(models.Model):
    """检查记录, one edition: canonical bytes that are signed by their hash. `refusal`: why the firm's signature is missing.

        `paper`: the hash of the first scanned page, where it was signed on paper. `given_up`: found wrong before everybody had signed; it never was
    in force.
    """

    visit = models.ForeignKey(Visit, models.PROTECT, related_name="records")
    edition = models.PositiveSmallIntegerField(_("版次"))
    body = models.TextField(_("原文"))
    sha256 = models.CharField(_("校验值"), max_length=64, db_index=True)
    frozen_at = models.CharField(max_length=20)
    refusal = models.CharField(_("未能取得签字的原因"), max_length=24, blank=True)
    refusal_note = models.TextField(_("说明"), blank=True)
    paper = models.CharField(_("纸质签字页"), max_length=64, blank=True)
    replaced = models.BooleanField(_("已被更正"), default=False)
    given_up = models.BooleanField(_("已重新起草"), default=False)

    class Meta:
        verbose_name = _("检查记录")
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["visit", "edition"], name="one_record_an_edition")
        ]


@tracked(public=("record_id", "order"), personal=("sha256",))
class SignedPage(models.Model):
    """签字页: a scanned file with pages of a record that was signed on paper, in the order in which they came; its bytes are kept as a photo."""

    record = models.ForeignKey(Record, models.PROTECT, related_name="pages")
    order = models.PositiveSmallIntegerField(_("顺序"))
    sha256 = models.CharField(_("校验值"), max_length=64)

    class Meta:
        verbose_name = _("纸质签字页")
        ordering: ClassVar[list[str]] = ["order"]
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["record", "order"], name="one_place_a_signed_page")
        ]


@tracked(public=("record_id", "record_sha256", "at"), personal=("sha256", "reason", "put_by_id"))
class Seal(models.Model):
    """企业印章: a photo or scan of the seal, or of the sealed page, bound to the record it belongs to; or why there is none. It is not compulsory."""

    record = models.OneToOneField(Record, models.PROTECT, related_name="seal")
    record_sha256 = models.CharField(_("记录校验值"), max_length=64)
    sha256 = models.CharField(_("印章图像校验值"), max_length=64, blank=True)
    reason = models.CharField(_("无印章的原因"), max_length=200, blank=True)
    put_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.CharField(max_length=20)

    class Meta:
        verbose_name = _("企业印章")


class Signer(models.TextChoices):
    """As what somebody signs."""

    OFFICER = "officer", _("执法人员")
    FIRM = "firm", _("被检查单位")
    WITNESS = "witness", _("见证人")
    PARTNER = "partner", _("联合部门")


@tracked(public=("record_id", "who", "capacity", "sha256", "at"), personal=("inspector_id", "name", "path"))
class Signature(models.Model):
    """A signature under a record, bound to its hash. `path`: SVG path data drawn on screen, empty when it stands on the scanned page."""

    id = models.CharField(max_length=36, primary_key=True)  # a UUID made by the device
    record = models.ForeignKey(Record, models.PROTECT, related_name="signatures")
    who = models.CharField(_("签字人"), max_length=8, choices=Signer.choices)
    inspector = models.ForeignKey(Inspector, models.PROTECT, null=True, related_name="+")
    name = models.CharField(_("姓名"), max_length=40)
    capacity = models.CharField(_("身份"), max_length=24, blank=True)
    path = models.TextField(_("笔迹"), blank=True)
    sha256 = models.CharField(_("记录校验值"), max_length=64)
    at = models.CharField(max_length=20)

    class Meta:
        verbose_name = _("签字")


@tracked(public=("visit_id", "stars", "at", "queued"), personal=("text",))
class Rating(models.Model):
    """What the firm thinks of a visit: 1 to 5, and a text. `queued`: it came when there were many within a day."""

    visit = models.ForeignKey(Visit, models.PROTECT, related_name="ratings")
    stars = models.PositiveSmallIntegerField(_("评分"))
    text = models.TextField(_("评价"), blank=True)
    at = models.DateTimeField(_("时间"))
    queued = models.BooleanField(_("当日过多"), default=False)

    class Meta:
        verbose_name = _("企业评价")


@tracked(public=("visit_id", "at", "queued", "read_at"), personal=("text", "contact", "answer", "code"))
class Complaint(models.Model):
    """A complaint about a visit, which only the supervisor reads. `queued`: it came when there were many within a day.

    `code`: the hash of the tracking code that the firm was told; empty for those of before there were codes.
    """

    visit = models.ForeignKey(Visit, models.PROTECT, related_name="complaints")
    text = models.TextField(_("反映的问题"))
    contact = models.CharField(_("联系方式"), max_length=80, blank=True)
    at = models.DateTimeField(_("时间"))
    queued = models.BooleanField(_("排队"), default=False)
    code = models.CharField(max_length=64, blank=True, db_index=True)
    read_at = models.DateTimeField(_("监督员已阅"), null=True)
    answer = models.TextField(_("处理情况"), blank=True)

    class Meta:
        verbose_name = _("企业投诉")


class DoubtKind(models.TextChoices):
    """What is implausible about a visit."""

    SPEED = "speed", _("行程过快")
    SHORT = "short", _("时长过短")
    OVERLAP = "overlap", _("时间重叠")
    APART = "apart", _("签到位置相距过远")
    CLOCK = "clock", _("到达时间与签到不符")


@tracked(
    public=("visit_id", "kind", "found_at", "explained_at", "explained_by_id"),
    personal=("other_id", "text", "explanation"),
)
class Doubt(models.Model):
    """疑点: something about a visit that cannot well be true; `text` says what, `explanation` how it came about. It holds nothing up."""

    visit = models.ForeignKey(Visit, models.PROTECT, related_name="doubts", verbose_name=_("检查"))
    kind = models.CharField(_("疑点"), max_length=8, choices=DoubtKind.choices)
    other = models.ForeignKey(Visit, models.PROTECT, null=True, related_name="+", verbose_name=_("另一次检查"))
    text = models.TextField(_("情况"))
    found_at = models.DateTimeField(_("发现时间"))
    explanation = models.TextField(_("核实情况"), blank=True)
    explained_at = models.DateTimeField(_("核实时间"), null=True)
    explained_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = _("疑点")


@tracked(public=("visit_id", "edition", "on", "photos"))
class Attempt(models.Model):
    """上门: a day on which a firm was tried in vain, with the edition of the record that says so and the hashes of its own photos."""

    visit = models.ForeignKey(Visit, models.PROTECT, related_name="attempts")
    edition = models.PositiveSmallIntegerField(_("版次"))
    on = models.DateField(_("上门日期"))
    photos: Any = models.JSONField(_("照片校验值"), default=list)

    class Meta:
        verbose_name = _("上门记录")
        ordering: ClassVar[list[str]] = ["on"]
        constraints: ClassVar[list[Any]] = [models.UniqueConstraint(fields=["visit", "on"], name="one_attempt_a_day")]
