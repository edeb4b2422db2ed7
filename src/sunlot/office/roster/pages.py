"""Who opens the pages of this app."""

from sunlot.office.accounts.roles import READERS
from sunlot.office.shell.pages import Page

PAGES = {
    "roster:list": Page("检查对象名录", READERS, menu="一单两库"),
    "roster:one": Page("检查对象", READERS, under="roster:list"),
}
