"""The sections of the public site that ship with this app, in the order of its menu."""

from sunlot.office.disclosure.sections import (
    about,
    as_of,
    draws,
    feeds,
    files,
    firms,
    front,
    items,
    log,
    plans,
    rosters,
    search,
    verify,
)


def register_all() -> None:
    """Add every section; the menu shows them in this order."""
    for section in (front, draws, firms, items, plans, rosters, log, verify, feeds, files, search, about, as_of):
        section.register_pages()
