"""Who opens the pages of this app. Those without login ask for the firm's code themselves."""

from sunlot.office.accounts.roles import CLERK, READERS
from sunlot.office.shell.pages import ANYBODY, Page, roles

_CLERK = roles(CLERK)
PAGES = {
    "portal:enter": Page("企业自助", ANYBODY),
    "portal:leave": Page("退出", ANYBODY),
    "portal:home": Page("本单位", ANYBODY),
    "portal:draws": Page("历次抽取", ANYBODY),
    "portal:correct": Page("申请更正", ANYBODY),
    "portal:paper": Page("文书", ANYBODY),
    "portal:order": Page("责令限期整改", ANYBODY),
    "portal:handed": Page("整改材料", ANYBODY),
    "portal:codes": Page("企业登录码", READERS, menu="公示监督"),
    "portal:code": Page("企业登录码", READERS, under="portal:codes", writers=_CLERK),
    "portal:give": Page("发给登录码", _CLERK, under="portal:codes"),
    "portal:stop-many": Page("停用所选", _CLERK, under="portal:codes"),
}
