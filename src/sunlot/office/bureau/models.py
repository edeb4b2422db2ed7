"""The bureau itself (本机关): one row, written on every document and in the number of every draw."""

from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from sunlot.office.journal.tracked import tracked


@tracked(public=("code", "name", "short", "territories", "address", "telephone", "site"))
class Bureau(models.Model):
    """The bureau. `code`: its six-digit division code; `short`: the character its document numbers begin with; `territories`: one a line.

    `site`: where telephones find the office, for the QR codes; empty: where the page was opened.
    """

    code = models.CharField(
        _("行政区划代码"), max_length=6, validators=[RegexValidator(r"^\d{6}$", _("应为六位数字，如 370830。"))]
    )
    name = models.CharField(_("机关名称"), max_length=80)
    short = models.CharField(_("文号简称"), max_length=4, help_text=_("文号开头的字，如“汶”"))
    territories = models.TextField(_("所辖镇街"), blank=True, help_text=_("每行一个；留空则不核对企业的所属镇街"))
    address = models.CharField(_("地址"), max_length=120, blank=True)
    telephone = models.CharField(_("公开电话"), max_length=40, blank=True)
    site = models.CharField(
        _("系统网址"),
        max_length=200,
        blank=True,
        default="",
        validators=[
            RegexValidator(
                r"^https?://[^\s/]+/?$", _("应为 http:// 或 https:// 开头的地址，如 http://192.168.1.10:8000")
            )
        ],
        help_text=_("手机和企业打开本系统用的地址，检查码等二维码里写的就是它；留空则用打开页面时的地址"),
    )
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("本机关")

    def __str__(self) -> str:
        return self.name
