"""Who opens the pages of this app. The public reports and asks without login; inspectors and partners open none of the office's pages."""

from sunlot.office.accounts.roles import AUDITOR, CHIEF, CLERK, LEADING, SUPERVISOR
from sunlot.office.shell.pages import ANYBODY, Page, roles

_READ = roles(CLERK, CHIEF, LEADING, SUPERVISOR)
_WORK = roles(CLERK, CHIEF)
PAGES = {
    "complaints:list": Page("投诉举报", _READ, menu="公示监督"),
    "complaints:statistics": Page("投诉举报统计", roles(_READ, AUDITOR), menu="公示监督"),
    "complaints:one": Page("举报件", _READ, under="complaints:list"),
    "complaints:identity": Page("举报人身份", roles(CLERK, CHIEF, SUPERVISOR), under="complaints:list"),
    "complaints:file": Page("举报件附件", _READ, under="complaints:list"),
    "complaints:receipt": Page("举报件告知书", _WORK, under="complaints:list"),
    "complaints:act": Page("办理举报件", _WORK, under="complaints:list"),
    "complaints:intake": Page("登记举报", _WORK, under="complaints:list"),
    "complaints:release": Page("移出排队", _WORK, under="complaints:list"),
    "complaints:take-many": Page("由我经办", _WORK, under="complaints:list"),
    "complaints:expired": Page("保存期满的举报件", roles(_READ, AUDITOR), under="complaints:list", writers=_WORK),
    "complaints:new": Page("举报安全生产问题", ANYBODY),
    "complaints:track": Page("查询举报", ANYBODY),
}
