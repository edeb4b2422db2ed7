"""Who may open which page: the pages that the apps declare, in the order of the law, as one table. What is not declared is closed to everybody."""

from functools import cache
from importlib import import_module

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
    "bureau",
    "accounts",
    "administration",
    "records",
)
MENU = ("工作台", "一单两库", "抽查管理", "检查实施", "系统管理")  # the groups of the left menu


@cache
def pages() -> dict[str, Page]:
    """Return every declared page by the name of its address, like `accounts:users`."""
    table: dict[str, Page] = {}
    for app in APPS:
        table |= import_module(f"sunlot.office.{app}.pages").PAGES
    return table
