"""Who opens the pages of this app."""

from sunlot.office.accounts.roles import READERS, SECURITY, SYSTEM
from sunlot.office.shell.pages import Page, roles

_ALL = roles(READERS, SYSTEM, SECURITY)
PAGES = {
    "approvals:list": Page("审批", _ALL, menu="工作台"),
    "approvals:one": Page("审批事项", _ALL, under="approvals:list"),
    "approvals:decide": Page("办理审批", _ALL, under="approvals:list"),
}
