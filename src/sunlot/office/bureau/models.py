"""The bureau itself (本机关): one row, written on every document and in the number of every draw."""

from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from sunlot.office.journal.tracked import tracked


@tracked(public=("code", "name", "short", "territories", "address", "telephone"))
class Bureau(models.Model):
    """The bureau. `code`: its six-digit division code; `short`: the character its document numbers begin with; `territories`: one a line."""

    code = models.CharField(
        _("行政区划代码"), max_length=6, validators=[RegexValidator(r"^\d{6}$", _("应为六位数字，如 370830。"))]
    )
    name = models.CharField(_("机关名称"), max_length=80)
    short = models.CharField(_("文号简称"), max_length=4, help_text=_("文号开头的字，如“汶”"))
    territories = models.TextField(_("所辖镇街"), blank=True, help_text=_("每行一个；留空则不核对企业的所属镇街"))
    address = models.CharField(_("地址"), max_length=120, blank=True)
    telephone = models.CharField(_("公开电话"), max_length=40, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("本机关")

    def __str__(self) -> str:
        return self.name
