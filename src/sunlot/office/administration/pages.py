"""Who opens the pages of this app."""

from sunlot.office.accounts.roles import ADMINISTRATORS, SECURITY, SYSTEM
from sunlot.office.shell.pages import Page, roles

_LIST, _ONE = "administration:users", "administration:one"
PAGES = {
    _LIST: Page("用户与岗位", roles(ADMINISTRATORS), menu="系统管理"),
    _ONE: Page("账号", roles(ADMINISTRATORS), under=_LIST),
    "administration:open": Page("开设账号", roles(SYSTEM), under=_LIST),
    "administration:edit": Page("修改账号资料", roles(SYSTEM), under=_LIST),
    "administration:close": Page("停用账号", roles(SYSTEM), under=_LIST),
    "administration:reopen": Page("重新启用账号", roles(SYSTEM), under=_LIST),
    "administration:role": Page("变更岗位", roles(SYSTEM), under=_LIST),
    "administration:unlock": Page("解锁", roles(SECURITY), under=_LIST),
    "administration:password": Page("发放初始密码", roles(SECURITY), under=_LIST),
    "administration:second-factor": Page("重置动态口令", roles(SECURITY), under=_LIST),
    "administration:close-many": Page("停用所选账号", roles(SYSTEM), under=_LIST),
    "administration:unlock-many": Page("解锁所选", roles(SECURITY), under=_LIST),
    "administration:password-many": Page("发放初始密码", roles(SECURITY), under=_LIST),
    "administration:rules": Page("登录安全", roles(SECURITY), menu="系统管理"),
}
