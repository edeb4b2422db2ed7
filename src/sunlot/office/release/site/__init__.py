"""What of releases stands on the public site: results and penalties with all their editions, by day, township and item, how many are late."""

from functools import partial

from sunlot.office.disclosure import roll
from sunlot.office.disclosure.sections import feeds
from sunlot.office.release.models import Kind
from sunlot.office.release.site import around, pages
from sunlot.office.release.site.news import newest
from sunlot.office.shell import panels


def register_all() -> None:
    """Add the sections, what stands on other pages, and the news."""
    for kind in Kind:
        pages.register_pages(kind)
    for place, addition in around.ADDITIONS.items():
        panels.register(f"public/{place}", addition)
    feeds.NEWS.append(newest)
    roll.ALSO.extend(partial(pages.named, kind) for kind in Kind)
