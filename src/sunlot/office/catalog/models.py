"""The item list (随机抽查事项清单) in its editions: what may be inspected at all, on what basis, and from which day."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from sunlot.certainty import Certainty
from sunlot.office.journal.tracked import tracked
from sunlot.policy.items_template import ITEM_CLASSES


class State(models.TextChoices):
    """Where an edition stands. No way leads back; a draft that waits for its approval is told by the approval (queries.lists)."""

    DRAFT = "draft", _("草稿")
    PUBLISHED = "published", _("已公布")
    REPLACED = "replaced", _("已被替代")


@tracked(
    public=("edition", "title", "document", "state", "effective_from", "effective_until", "digest", "remark", "version")
)
class ItemList(models.Model):
    """One edition (版). Of a published one only its last day is ever set, when the next is published.

    `effective_until`: the last day, None while nothing replaces it; `digest`: of its canonical text (published.py), set at publication.
    """

    edition = models.PositiveIntegerField(_("版次"), unique=True)
    title = models.CharField(_("名称"), max_length=120)
    document = models.CharField(_("文号"), max_length=80, blank=True)
    state = models.CharField(_("状态"), max_length=10, choices=State.choices, default=State.DRAFT)
    effective_from = models.DateField(_("施行日期"), null=True)
    effective_until = models.DateField(_("失效日期"), null=True)
    digest = models.CharField(_("校验值"), max_length=64, blank=True)
    remark = models.TextField(_("说明"), blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("随机抽查事项清单")
        constraints = [
            models.UniqueConstraint(fields=["state"], condition=Q(state="draft"), name="one_draft_at_a_time")
        ]

    def __str__(self) -> str:
        return f"{self.title}（第 {self.edition} 版）"


class ItemClass(models.TextChoices):
    """重点 or 一般."""

    KEY = "key", ITEM_CLASSES["key"]
    GENERAL = "general", ITEM_CLASSES["general"]


class Sureness(models.TextChoices):
    """How sure the office is of an item's basis: the marks of sunlot.certainty."""

    CONFIRMED = Certainty.CONFIRMED.value, Certainty.CONFIRMED.label
    REPORTED = Certainty.REPORTED.value, Certainty.REPORTED.label
    DEFAULT = Certainty.DEFAULT.value, Certainty.DEFAULT.label
    UNCONFIRMED = Certainty.UNCONFIRMED.value, Certainty.UNCONFIRMED.label


@tracked(
    public=(
        "item_list_id",
        "number",
        "name",
        "category",
        "subject",
        "content",
        "method",
        "body",
        "item_class",
        "mandatory",
        "basis",
        "legal_effect",
        "frequency",
        "rate",
        "certainty",
        "enabled",
        "disabled_because",
        "note",
        "position",
        "version",
    )
)
class Item(models.Model):
    """One item (抽查事项) of one edition. `number` is what it is called by through all editions; `basis` a citation for policy.statutes."""

    item_list = models.ForeignKey(ItemList, models.PROTECT, related_name="items", verbose_name=_("清单"))
    number = models.CharField(_("事项编号"), max_length=32)
    name = models.CharField(_("抽查事项"), max_length=200)
    category = models.CharField(_("类别"), max_length=40)
    subject = models.CharField(_("检查对象"), max_length=200, blank=True)
    content = models.TextField(_("抽查内容"), blank=True)
    method = models.CharField(_("抽查方式"), max_length=120)
    body = models.CharField(_("抽查主体"), max_length=120, blank=True)
    item_class = models.CharField(_("事项类别"), max_length=10, choices=ItemClass.choices)
    mandatory = models.BooleanField(_("必查项"), default=False)
    basis = models.TextField(_("抽查依据"), blank=True)
    legal_effect = models.TextField(_("法律后果"), blank=True)
    frequency = models.CharField(_("抽查频次"), max_length=60, blank=True)
    rate = models.CharField(_("抽查比例"), max_length=60, blank=True)
    certainty = models.CharField(
        _("依据核对情况"), max_length=12, choices=Sureness.choices, default=Sureness.UNCONFIRMED
    )
    enabled = models.BooleanField(_("启用"), default=True)
    disabled_because = models.CharField(_("停用原因"), max_length=200, blank=True)
    note = models.TextField(_("备注"), blank=True)
    position = models.PositiveIntegerField(_("序号"))
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("抽查事项")
        constraints = [models.UniqueConstraint(fields=["item_list", "number"], name="one_item_a_number")]

    def __str__(self) -> str:
        return f"{self.number} {self.name}"


@tracked(public=("item_id", "position", "text"))
class CheckPoint(models.Model):
    """One check point (检查要点) of an item: a line of the checklist."""

    item = models.ForeignKey(Item, models.CASCADE, related_name="points", verbose_name=_("抽查事项"))
    position = models.PositiveSmallIntegerField(_("序号"))
    text = models.CharField(_("检查要点"), max_length=400)

    class Meta:
        verbose_name = _("检查要点")
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["item", "position"], name="one_point_a_position")]

    def __str__(self) -> str:
        return self.text
