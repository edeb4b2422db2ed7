"""News for machines: an Atom feed of the steps of all draws, the site map, and the page that says what the data files mean."""

from typing import Any
from xml.sax.saxutils import escape

from sunlot.office.bureau import queries as bureau
from sunlot.office.disclosure.registry import Answer, NotPublic, Pages, Visit, every, register, shortened
from sunlot.office.disclosure.sections.draws import chain
from sunlot.office.disclosure.standing import draws
from sunlot.office.journal.models import Log

NEWEST = 50
ATOM, XML = "application/atom+xml; charset=utf-8", "application/xml; charset=utf-8"


def register_pages() -> None:
    """Add the pages of this section."""
    register(
        Pages("data/index.html", data, translated=True),
        Pages("feed.atom", feed),
        Pages("sitemap.xml", site_map, listed=False),
    )


def data(visit: Visit) -> Answer:
    """The data files and what their fields mean."""
    return visit.page("data.html", {})


def feed(visit: Visit) -> Answer:
    """The latest steps of all draws (RFC 4287). Identifiers are tag URIs (RFC 4151): they stay when the site moves."""
    origin = Log.objects.values_list("origin", flat=True).first() or "sunlot.example"
    authority = origin.partition("/")[0]
    steps: list[dict[str, Any]] = [
        {**step, "draw": draw.name, "title": draw.title} for draw in draws() for step in chain(draw.name)
    ]
    newest = sorted(steps, key=lambda step: (step["at"], step["seq"]), reverse=True)[:NEWEST]
    entries = "".join(_entry(visit, step, authority) for step in newest)
    name = escape(f"{bureau.name()} 双随机抽查公开")
    own = f'<link rel="self" href="{escape(visit.absolute("feed.atom"))}"/>' if visit.absolute("feed.atom") else ""
    return Answer(
        f'<?xml version="1.0" encoding="utf-8"?>\n<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="zh-CN"><title>{name}</title>'
        f"<id>tag:{authority},2026:public</id>{own}<updated>{newest[0]['at'] if newest else '1970-01-01T00:00:00Z'}</updated>"
        f"<author><name>{escape(bureau.name()) or '—'}</name></author>{entries}</feed>\n".encode(),
        ATOM,
    )


def _entry(visit: Visit, step: dict[str, Any], authority: str) -> str:
    page = f"draws/{step['draw']}/index.html"
    return (
        f"<entry><id>tag:{authority},2026:log/{step['seq']}</id><title>{escape(step['reads'])}</title>"
        f'<link href="{escape(visit.absolute(page) or visit.to(page))}"/><updated>{step["at"]}</updated>'
        f"<summary>{escape(str(step['title']))}</summary></entry>"
    )


def site_map(visit: Visit) -> Answer:
    """Every page for search engines (sitemaps.org); it needs whole addresses, so without a base there is none."""
    if not visit.absolute("index.html"):
        raise NotPublic("sitemap.xml")
    found = []
    for pages in every():
        if pages.listed and pages.pattern.endswith(".html"):
            for parts in pages.parts():
                path = shortened(pages.path(**parts))
                found += [path, f"en/{path}"] if pages.translated else [path]
    urls = "".join(f"<url><loc>{escape(visit.base + path)}</loc></url>" for path in found)
    return Answer(
        f'<?xml version="1.0" encoding="utf-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{urls}</urlset>\n'.encode(),
        XML,
    )
