"""Who opens the pages of this app. The parts of the form hold nothing of the office, so a phone may renew them without a session."""

from sunlot.office.accounts.roles import Role
from sunlot.office.shell.pages import ANYBODY, Page

PAGES = {
    "field:form": Page("现场检查", frozenset({Role.INSPECTOR.value}), menu="检查实施"),
    "field:part": Page("现场检查（程序）", ANYBODY),
}
