"""How an app adds its public pages: each kind of page says its address pattern, what it shows, and which of it there are.

>>> register(Pages("visits/{number}/index.html", show=one_visit, parts=lambda: ({"number": n} for n in numbers())))

The live site finds the page of an address here; the static export walks through all of them. Links are relative, made by `Visit.to`.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property, lru_cache
from posixpath import dirname, relpath

from django.template.loader import render_to_string
from django.utils import translation
from django.utils.functional import Promise
from django.utils.safestring import SafeString, mark_safe

ENGLISH = "en/"
HTML = "text/html; charset=utf-8"


class NotPublic(Exception):
    """There is no such public page, or it is not public yet."""


@dataclass(frozen=True)
class Answer:
    """What stands at an address. `moved`: where its place has been taken over; the live site leads on, a written page says so."""

    body: bytes
    type: str = HTML
    moved: str = ""


@dataclass(frozen=True)
class Visit:
    """One request for a page: `path` below the language, such as `draws/index.html`; `base`: where the site begins, empty when unknown."""

    path: str
    english: bool = False
    static: bool = False
    base: str = ""
    query: Mapping[str, str] = field(default_factory=dict)

    @property
    def full(self) -> str:
        """The path below the site's beginning."""
        return (ENGLISH if self.english else "") + self.path

    def to(self, path: str) -> str:
        """Return the relative address of another page, in this language where it has one. Works from a sub-path and from file://."""
        page, mark, anchor = path.partition("#")
        target = (ENGLISH if self.english and _translated(page) else "") + page
        return self._relative(target) + mark + anchor

    def switched(self) -> str:
        """Return the same page in the other language, or the other language's front page."""
        try:
            page = self.path if find(self.path)[0].translated else "index.html"
        except NotPublic:
            page = "index.html"
        return self._relative(page if self.english else ENGLISH + page)

    def absolute(self, path: str) -> str:
        """Return a page's whole address, empty where nobody has said where the site stands."""
        return self.base + shortened(path) if "://" in self.base else ""

    def _relative(self, target: str) -> str:
        found = relpath(target, dirname(self.full) or ".")
        return found if self.static else shortened(found) or "./"

    def page(self, template: str, context: Mapping[str, object]) -> Answer:
        """Return a template of the site filled in, in the language of the visit."""
        facts = {"visit": self, "menu": menu(self), **frame(), **context}
        with translation.override("en" if self.english else "zh-hans"):
            return Answer(render_to_string(f"disclosure/{template}", facts).encode())


def shortened(path: str) -> str:
    """Return an address as people know it: a folder without the name of its first page."""
    return path[: -len("index.html")] if path.endswith("index.html") else path


@dataclass(frozen=True)
class Pages:
    """One kind of page. `{name}` in the pattern stands for one part of the address, `{name*}` for the rest of it.

    `show(visit, **parts)` raises NotPublic for what there is not; `parts()` yields the parts of every page that there is.
    `translated`: it has an English form; `menu`: its title in the site's menu, `menu_after`: the pattern that it stands behind there, if not
    last; `listed`: it stands in the site map.
    """

    pattern: str
    show: Callable[..., Answer]
    parts: Callable[[], Iterable[Mapping[str, str]]] = lambda: ({},)
    translated: bool = False
    menu: str | Promise = ""
    menu_after: str = ""
    listed: bool = True

    @cached_property
    def expression(self) -> re.Pattern[str]:
        """The pattern as a regular expression."""
        text = re.escape(self.pattern)
        text = re.sub(r"\\\{(\w+)\\\*\\\}", r"(?P<\1>.+)", text)
        return re.compile(re.sub(r"\\\{(\w+)\\\}", r"(?P<\1>[^/]+)", text))

    def path(self, **parts: str) -> str:
        """Return the address of one of them."""
        return self.pattern.replace("*}", "}").format(**parts)


_PAGES: list[Pages] = []
_FRAME: list[Callable[[], Mapping[str, object]]] = []


def register(*pages: Pages) -> None:
    """Add public pages; apps do it when they are ready."""
    _PAGES.extend(pages)


def every() -> tuple[Pages, ...]:
    """Return all kinds of pages in the order of their registration."""
    return tuple(_PAGES)


def sections() -> list[Pages]:
    """Return those that stand in the menu, in its order."""
    found: list[Pages] = []
    for pages in _PAGES:
        if pages.menu:
            before = [place for place, other in enumerate(found, 1) if other.pattern == pages.menu_after]
            found.insert(before[0] if before else len(found), pages)
    return found


def in_every_frame(facts: Callable[[], Mapping[str, object]]) -> None:
    """Add facts that every page shows in its head or foot."""
    _FRAME.append(facts)


def frame() -> dict[str, object]:
    """Return the facts of head and foot."""
    return {name: value for facts in _FRAME for name, value in facts().items()}


def find(path: str) -> tuple[Pages, dict[str, str]]:
    """Return the kind of page at an address and its parts. Raises NotPublic."""
    for pages in _PAGES:
        if match := pages.expression.fullmatch(path):
            return pages, match.groupdict()
    raise NotPublic(path)


@lru_cache(maxsize=65_536)
def _translated(path: str) -> bool:
    """Return whether the page at an address has an English form. Raises NotPublic."""
    return find(path)[0].translated


def menu(visit: Visit) -> SafeString:
    """Return the site's menu as it stands on a page. Links are relative, so they depend on the folder and the depth alone."""
    folder, *deeper = visit.path.split("/")
    current = visit.path if visit.path in {pages.pattern for pages in sections()} else ""
    return _menu("/".join([folder, *("-" for _ in deeper)]), visit.english, visit.static, current)


@lru_cache(maxsize=512)
def _menu(place: str, english: bool, static: bool, current: str) -> SafeString:
    facts = {"visit": Visit(place, english, static), "sections": sections(), "current": current}
    with translation.override("en" if english else "zh-hans"):
        return mark_safe(render_to_string("disclosure/menu.html", facts))


def answer(visit: Visit) -> Answer:
    """Return what stands at the address of a visit. Raises NotPublic."""
    pages, parts = find(visit.path)
    if visit.english and not pages.translated:
        raise NotPublic(visit.path)
    with translation.override("en" if visit.english else "zh-hans"):
        return pages.show(visit, **parts)


def visit_of(address: str, base: str = "", query: Mapping[str, str] | None = None) -> Visit:
    """Return the visit to an address below the site's beginning, as a browser asks for it."""
    english = address.startswith(ENGLISH)
    path = address[len(ENGLISH) :] if english else address
    if not path or path.endswith("/"):
        path += "index.html"
    return Visit(path, english, base=base, query=query or {})


def every_visit(base: str = "") -> Iterable[Visit]:
    """Yield a visit to every public page there is, in both languages, for the static export."""
    for pages in _PAGES:
        for parts in pages.parts():
            visit = Visit(pages.path(**parts), static=True, base=base)
            yield visit
            if pages.translated:
                yield replace(visit, english=True)
