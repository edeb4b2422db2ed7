"""Who opens the pages of this app."""

from sunlot.office.shell.pages import ANYBODY, EVERYBODY, Page

PAGES = {
    "accounts:login": Page("登录", ANYBODY),
    "accounts:code": Page("动态口令", ANYBODY),
    "accounts:logout": Page("退出", EVERYBODY),
    "accounts:password": Page("修改密码", EVERYBODY),
    "accounts:sessions": Page("我的会话", EVERYBODY),
    "accounts:second-factor": Page("动态口令设置", EVERYBODY),
}
