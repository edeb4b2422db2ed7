"""Who opens the pages of this app."""

from sunlot.office.shell.pages import Page

PAGES: dict[str, Page] = {}
