"""Who opens the pages of this app."""

from sunlot.office.accounts.roles import READERS
from sunlot.office.shell.pages import Page

PAGES = {
    "visits:list": Page("检查", READERS, menu="检查实施"),
}
