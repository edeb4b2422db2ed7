"""Who may open which page: the pages that the apps declare, in the order of the law, as one table. What is not declared is closed to everybody."""

from functools import cache
from importlib import import_module

from django.utils.translation import gettext_noop as noop

from sunlot.office.shell.pages import Page

APPS = (
    "workbench",
    "approvals",
    "imports",
    "roster",
    "inspectors",
    "catalog",
    "plan",
    "lottery",
    "ceremony",
    "visits",
    "field",
    "papers",
    "followup",
    "cases",
    "disclosure",
    "release",
    "complaints",
    "portal",
    "bureau",
    "accounts",
    "administration",
    "records",
)
MENU = (  # the groups of the left menu
    noop("工作台"),
    noop("一单两库"),
    noop("抽查管理"),
    noop("检查实施"),
    noop("后续处置"),
    noop("公示监督"),
    noop("系统管理"),
)


@cache
def pages() -> dict[str, Page]:
    """Return every declared page by the name of its address, like `accounts:users`."""
    table: dict[str, Page] = {}
    for app in APPS:
        table |= import_module(f"sunlot.office.{app}.pages").PAGES
    return table
