"""Who opens the pages of this app."""

from sunlot.office.accounts.roles import INSPECTOR, PARTNER, READERS
from sunlot.office.shell.pages import Page, roles

PAGES = {
    "inspectors:list": Page("检查人员名录", roles(READERS, INSPECTOR, PARTNER), menu="一单两库"),
}
