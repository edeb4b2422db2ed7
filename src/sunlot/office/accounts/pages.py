"""Who opens the pages of this app."""

from sunlot.office.accounts.roles import AUDITOR, SECURITY, SYSTEM
from sunlot.office.shell.pages import ANYBODY, EVERYBODY, Page, roles

PAGES = {
    "accounts:login": Page("登录", ANYBODY),
    "accounts:logout": Page("退出", EVERYBODY),
    "accounts:password": Page("修改密码", EVERYBODY),
    "accounts:users": Page("用户与岗位", roles(SYSTEM, SECURITY, AUDITOR), menu="系统管理"),
}
