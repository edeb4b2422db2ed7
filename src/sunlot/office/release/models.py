"""What has been released, edition by edition. What waits to be released is no row: it is reckoned from the visits that have ended (waiting.py).

A firm and a text that went public are personal fields all the same: the log holds commitments, so that what is withdrawn is not read there for ever.
The digest of each edition stands in its event, a leaf of the public log.
"""

from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from sunlot.office.journal.tracked import tracked
from sunlot.office.roster.models import Firm


class Kind(models.TextChoices):
    """What is released."""

    RESULT = "result", _("抽查结果")
    PENALTY = "penalty", _("行政处罚")


class State(models.TextChoices):
    """Where a release stands."""

    RELEASED = "released", _("已公示")
    WITHDRAWN = "withdrawn", _("已撤回")


@tracked(
    public=(
        "kind",
        "about",
        "year",
        "sequence",
        "state",
        "due",
        "released_at",
        "withdrawn_on",
        "withdrawn_why",
        "version",
    ),
    personal=("firm_id",),
)
class Release(models.Model):
    """公示: one result or penalty with its permanent number. `about`: visit/12 or case/4; `due`: the last day by the policy when it was released."""

    kind = models.CharField(_("类别"), max_length=8, choices=Kind.choices, default=Kind.RESULT, db_index=True)
    about = models.CharField(_("对象"), max_length=40)
    firm = models.ForeignKey(Firm, models.PROTECT, null=True, related_name="releases", verbose_name=_("单位"))
    year = models.PositiveSmallIntegerField(_("年份"))
    sequence = models.PositiveIntegerField(_("顺序号"))
    state = models.CharField(_("状态"), max_length=10, choices=State.choices, default=State.RELEASED, db_index=True)
    due = models.DateField(_("公示期限"))
    released_at = models.DateTimeField(_("公示时间"))
    withdrawn_on = models.DateField(_("撤回日期"), null=True)
    withdrawn_why = models.CharField(_("撤回理由"), max_length=300, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("公示")
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["kind", "about"], name="one_release_a_thing"),
            models.UniqueConstraint(fields=["kind", "year", "sequence"], name="one_number_a_release"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.number}"

    @property
    def number(self) -> str:
        """The permanent number, consecutive within kind and year: a missing one is seen."""
        return f"{self.year}-{self.sequence:05d}"

    @property
    def obj(self) -> str:
        """The name under which the journal knows this release."""
        return f"release/{self.pk}"


@tracked(public=("release_id", "edition", "sha256", "reason", "released_at", "withheld"), personal=("body", "wordings"))
class Edition(models.Model):
    """One edition of a public record. `body`: canonical JSON, whose SHA-256 is `sha256`; `reason`: why it corrects the one before.

    `wordings`: how the texts of the record were worded for the public, by their number; `withheld`: it was taken away with a withdrawal.
    """

    release = models.ForeignKey(Release, models.PROTECT, related_name="editions")
    edition = models.PositiveSmallIntegerField(_("版次"))
    body = models.TextField(_("公示原文"))
    sha256 = models.CharField(_("校验值"), max_length=64)
    wordings: Any = models.JSONField(default=dict)
    reason = models.CharField(_("更正理由"), max_length=300, blank=True)
    released_at = models.DateTimeField(_("公示时间"))
    withheld = models.BooleanField(_("已随撤回隐去"), default=False)

    class Meta:
        verbose_name = _("公示版次")
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["release", "edition"], name="one_edition_a_release")
        ]
