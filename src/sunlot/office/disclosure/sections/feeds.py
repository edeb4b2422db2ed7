"""News for machines: an Atom feed of the steps of all draws and what later apps have new, the site map, and the page that says what the data files mean."""

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from xml.sax.saxutils import escape

from sunlot.office.bureau import queries as bureau
from sunlot.office.disclosure import schema
from sunlot.office.disclosure.registry import Answer, NotPublic, Pages, Visit, every, register, shortened
from sunlot.office.disclosure.sections.draws import chain
from sunlot.office.disclosure.standing import draws
from sunlot.office.disclosure.state import remembered
from sunlot.office.journal.models import Log

NEWEST = 50
A_FILE = 50_000  # addresses, by sitemaps.org
ATOM, XML = "application/atom+xml; charset=utf-8", "application/xml; charset=utf-8"


def register_pages() -> None:
    """Add the pages of this section."""
    register(
        Pages("data/index.html", data, translated=True),
        Pages("data/schema/{key}.json", json_schema, _keys),
        Pages("feed.atom", feed),
        Pages("sitemap.xml", site_map, listed=False),
        Pages("sitemap-{number}.xml", site_map_piece, _pieces, listed=False),
    )


def data(visit: Visit) -> Answer:
    """The data files and what their fields mean, from the one description of them."""
    return visit.page("data.html", {"files": schema.files().values(), "records": schema.records().values()})


def _keys() -> Iterator[dict[str, str]]:
    return ({"key": key} for key, file in schema.files().items() if not file.table)


def json_schema(visit: Visit, key: str) -> Answer:
    """The JSON Schema of one kind of file."""
    if {"key": key} not in _keys():
        raise NotPublic(key)
    return Answer(json.dumps(schema.schema(key), ensure_ascii=False, indent=1).encode() + b"\n", "application/json")


@dataclass(frozen=True)
class News:
    """One entry of the feed: an event of the log, as people read it. `page`: where it leads."""

    seq: int
    at: str
    title: str
    page: str
    summary: str


NEWS: list[Callable[[int], Iterable[News]]] = []  # a later app adds its newest, as many as asked for


def _steps(most: int) -> list[News]:
    """Return the newest steps of all draws."""
    steps = [(step, draw) for draw in draws() for step in chain(draw.name)]
    steps.sort(key=lambda found: (found[0]["at"], found[0]["seq"]), reverse=True)
    return [
        News(step["seq"], step["at"], step["reads"], f"draws/{draw.name}/index.html", str(draw.title))
        for step, draw in steps[:most]
    ]


def _when(news: News) -> tuple[str, int]:
    return news.at, news.seq


def newest(most: int) -> list[News]:
    """Return the newest of everything, the latest first."""
    return sorted((news for tell in (_steps, *NEWS) for news in tell(most)), key=_when, reverse=True)[:most]


def feed(visit: Visit) -> Answer:
    """The latest steps of all draws and the latest of every later app (RFC 4287). Identifiers are tag URIs (RFC 4151): they stay when the site moves."""
    origin = Log.objects.values_list("origin", flat=True).first() or "sunlot.example"
    authority = origin.partition("/")[0]
    found = [news for tell in (_steps, *NEWS) for news in tell(NEWEST)]
    found.sort(key=_when, reverse=True)
    entries = "".join(_entry(visit, news, authority) for news in found)
    name = escape(f"{bureau.name()} 双随机抽查公开")
    own = f'<link rel="self" href="{escape(visit.absolute("feed.atom"))}"/>' if visit.absolute("feed.atom") else ""
    return Answer(
        f'<?xml version="1.0" encoding="utf-8"?>\n<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="zh-CN"><title>{name}</title>'
        f"<id>tag:{authority},2026:public</id>{own}<updated>{found[0].at if found else '1970-01-01T00:00:00Z'}</updated>"
        f"<author><name>{escape(bureau.name()) or '—'}</name></author>{entries}</feed>\n".encode(),
        ATOM,
    )


def _entry(visit: Visit, news: News, authority: str) -> str:
    return (
        f"<entry><id>tag:{authority},2026:log/{news.seq}</id><title>{escape(news.title)}</title>"
        f'<link href="{escape(visit.absolute(news.page) or visit.to(news.page))}"/><updated>{news.at}</updated>'
        f"<summary>{escape(news.summary)}</summary></entry>"
    )


@remembered
def _addresses() -> list[str]:
    """Return the address of every page for people, in both languages where it has two."""
    found = []
    for pages in every():
        if pages.listed and pages.pattern.endswith(".html"):
            for parts in pages.parts():
                path = shortened(pages.path(**parts))
                found += [path, f"en/{path}"] if pages.translated else [path]
    return found


def _pieces() -> Iterator[dict[str, str]]:
    """Yield the numbers of the pieces, none when one file holds all."""
    count = -(-len(_addresses()) // A_FILE)
    return ({"number": str(number)} for number in range(1, count + 1) if count > 1)


def site_map(visit: Visit) -> Answer:
    """Every page for search engines (sitemaps.org), or where its pieces lie; it needs whole addresses, so without a base there is none."""
    pieces = [visit.base + f"sitemap-{parts['number']}.xml" for parts in _pieces()]
    if pieces:
        return _map(visit, "sitemapindex", "sitemap", pieces)
    return _map(visit, "urlset", "url", [visit.base + path for path in _addresses()])


def site_map_piece(visit: Visit, number: str) -> Answer:
    """One piece: a site map holds at most 50,000 addresses."""
    if {"number": number} not in _pieces():
        raise NotPublic(number)
    start = (int(number) - 1) * A_FILE
    return _map(visit, "urlset", "url", [visit.base + path for path in _addresses()[start : start + A_FILE]])


def _map(visit: Visit, whole: str, one: str, addresses: list[str]) -> Answer:
    if not visit.absolute("index.html"):
        raise NotPublic("sitemap.xml")
    told = "".join(f"<{one}><loc>{escape(address)}</loc></{one}>" for address in addresses)
    space = "http://www.sitemaps.org/schemas/sitemap/0.9"
    return Answer(f'<?xml version="1.0" encoding="utf-8"?>\n<{whole} xmlns="{space}">{told}</{whole}>\n'.encode(), XML)
