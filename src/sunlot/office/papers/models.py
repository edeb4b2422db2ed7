"""文书: what was issued about a visit, an order or a case, under which number; the scanned pages it was signed on; the office's seal and where it was set; and the counters of numbers.

A paper is never changed and never deleted. One that should not have been is void (作废) and keeps its number.
"""

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from sunlot.documents.statutory import forms
from sunlot.office.journal.tracked import tracked
from sunlot.office.roster.models import Firm
from sunlot.office.shell.language import in_words
from sunlot.office.visits.models import Visit


class State(models.TextChoices):
    """Whether a paper holds."""

    ISSUED = "issued", _("有效")
    VOID = "void", _("作废")


COLOURS = {State.ISSUED: "ok", State.VOID: "bad"}


def title_of(kind: str) -> str:
    """Return the title of a kind of document, in the newest edition of its form."""
    return forms()[kind][-1].title


@tracked(public=("code", "year", "last"))
class Series(models.Model):
    """A counter: the last number of one kind in one year. `code`: of the kind, as `document.kinds` of the policy names it."""

    code = models.CharField(max_length=40)
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("文号")
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["code", "year"], name="one_counter_a_kind_and_year")
        ]


@tracked(
    public=(
        "kind",
        "obj",
        "visit_id",
        "series",
        "year",
        "sequence",
        "number",
        "day",
        "state",
        "issued_by_id",
        "issued_at",
        "served_on",
        "voided_at",
    ),
    personal=("firm_id", "party", "body", "digest", "record", "served_how", "served_to", "void_reason"),
)
class Paper(models.Model):
    """文书. `obj`: what it is about, as the journal names it (visit/12, order/3, case/4); `series`, `year`, `sequence`: its place among the
    numbers, none where the form carries no number.

    `body`: canonical JSON of what it says and who signed; `digest` is over what it says. The log holds salted commitments of both, so that
    nobody can guess from it where an unannounced visit goes. `record`: the hash of the inspection record that it repeats.
    """

    kind = models.CharField(_("文书种类"), max_length=40, db_index=True)
    obj = models.CharField(_("事由"), max_length=80, db_index=True)
    visit = models.ForeignKey(Visit, models.PROTECT, null=True, related_name="papers", verbose_name=_("检查"))
    firm = models.ForeignKey(Firm, models.PROTECT, null=True, related_name="papers", verbose_name=_("检查对象"))
    party = models.CharField(_("当事人"), max_length=200, blank=True)
    series = models.CharField(max_length=40, blank=True)
    year = models.PositiveSmallIntegerField(_("年度"), db_index=True)
    sequence = models.PositiveIntegerField(_("序号"), null=True)
    number = models.CharField(_("文号"), max_length=80, blank=True, db_index=True)
    day = models.DateField(_("日期"), db_index=True)
    body = models.TextField(_("内容"))
    digest = models.CharField(_("校验值"), max_length=64, db_index=True)
    record = models.CharField(_("检查记录校验值"), max_length=64, blank=True)
    state = models.CharField(_("状态"), max_length=8, choices=State.choices, default=State.ISSUED, db_index=True)
    issued_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("制作人"))
    issued_at = models.DateTimeField(_("制作时间"))
    served_on = models.DateField(_("送达日期"), null=True)
    served_how = models.CharField(_("送达方式"), max_length=40, blank=True)
    served_to = models.CharField(_("收件人"), max_length=80, blank=True)
    void_reason = models.CharField(_("作废理由"), max_length=400, blank=True)
    voided_at = models.DateTimeField(_("作废时间"), null=True)

    class Meta:
        verbose_name = _("文书")
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["series", "year", "sequence"], name="one_paper_a_number"),
            models.UniqueConstraint(fields=["number"], condition=~models.Q(number=""), name="no_number_twice"),
        ]

    def __str__(self) -> str:
        return f"{title_of(self.kind)}{self.number}"

    @property
    def title(self) -> str:
        """The title of its form, in the reader's language."""
        return in_words(title_of(self.kind))


@tracked(public=("paper_id", "order", "sha256", "size", "media", "received_at"))
class ScannedPage(models.Model):
    """A page of a paper that was signed by hand, scanned or photographed: papers/<first two>/<sha256> in the office's folder."""

    paper = models.ForeignKey(Paper, models.PROTECT, related_name="pages")
    order = models.PositiveSmallIntegerField(_("页"))
    sha256 = models.CharField(_("校验值"), max_length=64)
    size = models.PositiveIntegerField(_("字节数"))
    media = models.CharField(_("格式"), max_length=20)
    received_at = models.DateTimeField(_("收到时间"))

    class Meta:
        verbose_name = _("签字页扫描件")
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["paper", "order"], name="one_scan_a_page"),
            models.UniqueConstraint(fields=["paper", "sha256"], name="no_scan_twice"),
        ]


@tracked(public=("sha256", "width", "original", "put_by_id", "put_at", "withdrawn_at"))
class OfficeSeal(models.Model):
    """本机关印章: its ink as a transparent PNG, papers/<first two>/<sha256> in the office's folder. `original`: the scan or photo it was taken from; `width`: in millimetres.

    One holds at a time: the newest that was not withdrawn. What was sealed with an older one keeps it.
    """

    sha256 = models.CharField(_("印章图像校验值"), max_length=64)
    width = models.PositiveSmallIntegerField(_("直径（毫米）"), default=42)
    original = models.CharField(_("原图校验值"), max_length=64)
    put_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("登记人"))
    put_at = models.DateTimeField(_("登记时间"))
    withdrawn_at = models.DateTimeField(_("停用时间"), null=True)

    class Meta:
        verbose_name = _("本机关印章")


@tracked(public=("paper_id", "seal_id", "asked_by_id", "approved_by_id", "at"))
class Sealing(models.Model):
    """用印: that the office's seal was set on a paper, who asked for it and who approved."""

    paper = models.OneToOneField(Paper, models.PROTECT, related_name="sealing")
    seal = models.ForeignKey(OfficeSeal, models.PROTECT, related_name="sealings")
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("申请人"))
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("批准人")
    )
    at = models.DateTimeField(_("用印时间"))

    class Meta:
        verbose_name = _("用印")
