"""Who opens the pages of this app."""

from sunlot.office.accounts.roles import INSPECTOR, READERS
from sunlot.office.shell.pages import Page, roles

_READ = roles(READERS, INSPECTOR)
PAGES: dict[str, Page] = {
    "papers:pdf": Page("文书（PDF）", _READ),
    "papers:word": Page("文书（Word）", _READ),
}
