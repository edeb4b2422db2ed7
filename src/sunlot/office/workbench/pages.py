"""Who opens the pages of this app."""

from sunlot.office.shell.pages import EVERYBODY, Page

PAGES = {"workbench:home": Page("待办", EVERYBODY, menu="工作台")}
