"""Who opens the pages of this app: anybody."""

from sunlot.office.shell.pages import ANYBODY, Page

PAGES = {
    "disclosure:front": Page("公开网站", ANYBODY, menu="抽查管理"),
    "disclosure:page": Page("公开页面", ANYBODY, under="disclosure:front"),
}
