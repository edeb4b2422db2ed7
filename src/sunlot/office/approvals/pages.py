"""Who opens the pages of this app."""

from sunlot.office.accounts.roles import APPROVERS, READERS, SECURITY, SYSTEM
from sunlot.office.shell.pages import Page, roles

_ALL = roles(READERS, SYSTEM, SECURITY)
_DECIDE = roles(APPROVERS, SECURITY)  # which kinds each of them, the kind says
PAGES = {
    "approvals:list": Page("审批", _ALL, menu="工作台"),
    "approvals:one": Page("审批事项", _ALL, under="approvals:list"),
    "approvals:decide": Page("办理审批", _ALL, under="approvals:list"),
    "approvals:grant-many": Page("批准所选", _DECIDE, under="approvals:list"),
    "approvals:refuse-many": Page("退回所选", _DECIDE, under="approvals:list"),
}
