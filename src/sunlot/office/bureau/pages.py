"""Who opens the pages of this app."""

from sunlot.office.accounts.roles import AUDITOR, READERS, SECURITY, SYSTEM
from sunlot.office.shell.pages import Page, roles

PAGES = {
    "bureau:show": Page("本机关", roles(READERS, SYSTEM, SECURITY, AUDITOR), menu="系统管理"),
    "bureau:edit": Page("修改本机关", roles(SYSTEM), under="bureau:show"),
}
