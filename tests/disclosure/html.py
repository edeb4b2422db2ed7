"""Reading the pages as a strict reader does: every fault of a page by name, and every address it leads to.

What the HTML parser of the standard (tinyhtml5) had to forgive is a fault; which element may stand in which, ids, labels and headings are looked
at here.
"""

from collections.abc import Iterator
from html.parser import HTMLParser
from posixpath import dirname, normpath
from urllib.parse import unquote, urlsplit

from tinyhtml5.parser import HTMLParser as StandardParser

VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
INLINE_ONLY = {"p", "h1", "h2", "h3", "dt", "summary", "caption"}
BLOCKS = {"p", "ul", "ol", "dl", "table", "section", "div", "h1", "h2", "h3", "form", "details", "blockquote"}


class Page(HTMLParser):
    """One page: its faults, the addresses in it, its ids."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.faults: list[str] = []
        self.links: list[str] = []
        self.ids: list[str] = []
        self.labelled: list[str] = []
        self.fields: list[str] = []
        self.levels: list[int] = []
        self.titles = 0
        self.empty_links = 0
        self.moved = False
        self._link_text: list[str] | None = None
        self.feed(text)
        self.close()
        standard = StandardParser(namespace_html_elements=False)
        standard.parse(text)
        self.faults += [f"line {place[0]}: {what} {facts}" for place, what, facts in standard.errors]
        if not text.startswith("<!doctype html>"):
            self.faults.append("no doctype")
        self.faults += [f"<{tag}> is not closed" for tag in self.open]
        self.faults += [f"id {one} stands twice" for one in {one for one in self.ids if self.ids.count(one) > 1}]
        self.faults += [f"no element for {one}" for one in self.labelled if one not in self.ids]
        self.faults += [f"field {one} has no label" for one in self.fields if one not in self.labelled]
        if self.levels.count(1) != 1:
            self.faults.append(f"{self.levels.count(1)} h1")
        if any(after > before + 1 for before, after in zip(self.levels, self.levels[1:], strict=False)):
            self.faults.append(f"headings skip a level: {self.levels}")
        if self.titles != 1:
            self.faults.append("title")

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = [name for name, _ in attrs]
        found = {name: value or "" for name, value in attrs}
        if len(names) != len(set(names)):
            self.faults.append(f"<{tag}> has an attribute twice")
        if "style" in found or any(name.startswith("on") for name in names):
            self.faults.append(f"<{tag}> has style or script inside")
        if self.open and self.open[-1] in INLINE_ONLY and tag in BLOCKS:
            self.faults.append(f"<{tag}> inside <{self.open[-1]}>")
        if tag == "html" and not found.get("lang"):
            self.faults.append("html has no lang")
        if tag == "img" and "alt" not in found:
            self.faults.append("img without alt")
        if tag == "th" and "scope" not in found:
            self.faults.append("th without scope")
        if tag == "script" and found.get("type") != "application/ld+json" and not ("src" in found and "defer" in found):
            self.faults.append("a script")
        self.moved |= found.get("http-equiv") == "refresh"
        if tag == "a":
            self._link_text = []
        self.titles += tag == "title"
        if tag in ("h1", "h2", "h3", "h4"):
            self.levels.append(int(tag[1]))
        if "id" in found:
            self.ids.append(found["id"])
        for name in ("for", "aria-labelledby", "aria-describedby"):
            if name in found:
                self.labelled.append(found[name])
        if tag in ("input", "select", "textarea") and found.get("type") != "hidden":
            self.fields.append(found.get("id", "?"))
        self.links += [found[name] for name in ("href", "src", "action") if name in found]
        if tag not in VOID:
            self.open.append(tag)

    def handle_data(self, data: str) -> None:
        if self._link_text is not None:
            self._link_text.append(data)

    def handle_endtag(self, tag: str) -> None:
        if tag == "a":
            if not "".join(self._link_text or []).strip():
                self.faults.append("a link without words")
            self._link_text = None
        if tag in VOID:
            self.faults.append(f"</{tag}>")
        elif not self.open or self.open.pop() != tag:
            self.faults.append(f"</{tag}> closes nothing")


def targets(page: str, links: list[str]) -> Iterator[tuple[str, str]]:
    """Yield path below the site and anchor of every address on a page that leads to the site itself."""
    for link in links:
        parts = urlsplit(link)
        if parts.scheme == "data":
            continue
        assert not parts.scheme and not parts.netloc and not link.startswith("/"), f"{page}: {link} leaves the site"
        path = normpath(f"{dirname(page) or '.'}/{unquote(parts.path)}") if parts.path else page
        assert not path.startswith(".."), f"{page}: {link} leaves the site"
        yield path, parts.fragment
