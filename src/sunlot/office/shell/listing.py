"""Lists: query panel, sorting, paging, bulk actions, Excel out, print view. An app declares columns and filters; the page is the same everywhere.

FIRMS = Listing(
    name="检查对象名录",
    columns=(Column("单位名称", "name", sort="name", link="roster:firm"), …),
    incoming=FromFile("firms"),
    filters=(Search(("name", "code")), Choice("经营状态", "status", STATES)),
)
def firms(request): return FIRMS.page(request, queries.firms(request.user))
"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Page as PageOfRows
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as noop

from sunlot.office.shell.excel import workbook
from sunlot.office.shell.incoming import FromFile, Incoming
from sunlot.office.shell.language import in_chinese, in_words
from sunlot.office.shell.reckoned import Reckoned, follow
from sunlot.office.shell.services import record_export

PER_PAGE = 50
Rows = Any  # a QuerySet, or a shell.reckoned.Reckoned
PRINTED = 2000  # rows of a print view; longer lists are for Excel


@dataclass(frozen=True)
class Column:
    """A column. `value`: a field's path (`firm__name` or `get_state_display`) or a function of the row; `link`: a page that takes the row's key."""

    title: str
    value: str | Callable[[Any], Any]
    sort: str = ""
    link: str = ""  # left out for those to whom that page is closed
    key: str | tuple[str, ...] = "pk"  # what the page's address holds: a path, or several
    asks: str = ""  # the page is a list and is asked for the key under this name
    tag: Callable[[Any], str] | None = None  # a status colour: ok, warn, bad, info, plain
    on_screen: bool = True  # False: only in Excel
    on_paper: bool = True  # False: neither in Excel nor printed, for what only leads on, if there is a text
    amount: bool = False  # a number, set to the right
    words: bool = False  # the value is a word of a closed vocabulary, shown in the reader's language

    def of(self, row: Any) -> str:
        """Return the text of a cell."""
        value = self.value(row) if callable(self.value) else follow(row, self.value)
        return in_words(shown(value)) if self.words else shown(value)


@dataclass(frozen=True)
class Search:
    """Free text over several fields; every blank-separated word must be found in one of them."""

    fields: tuple[str, ...]
    title: str = noop("关键词")
    name: str = "q"

    def apply(self, rows: Rows, values: Sequence[str]) -> Rows:
        """Return the rows that match."""
        for word in (values[0] if values else "").split():
            in_memory = isinstance(rows, Reckoned)
            rows = rows.containing(self.fields, word) if in_memory else rows.filter(_any(self.fields, word))
        return rows


@dataclass(frozen=True)
class Choice:
    """One value of a closed list. `field` may be a lookup path; `how` replaces plain equality."""

    title: str
    field: str
    choices: Iterable[tuple[Any, Any]] | Callable[[], Iterable[tuple[Any, Any]]]
    how: Callable[[Rows, str], Rows] | None = None
    blank: str = noop("全部")  # what stands for no choice

    @property
    def name(self) -> str:
        return self.field

    @property
    def options(self) -> list[tuple[str, str]]:
        found = self.choices() if callable(self.choices) else self.choices
        return [(str(value), in_words(str(text))) for value, text in found]

    def apply(self, rows: Rows, values: Sequence[str]) -> Rows:
        """Return the rows of the chosen value; a value outside the list is ignored."""
        chosen = values[0] if values else ""
        if not chosen or chosen not in {value for value, _ in self.options}:
            return rows
        return self.how(rows, chosen) if self.how else rows.filter(**{self.field: chosen})


@dataclass(frozen=True)
class Between:
    """From a day to a day, both included; a text that is no day is ignored. `how(rows, "gte" or "lte", day)` replaces the plain comparison."""

    title: str
    field: str
    how: Callable[[Rows, str, date], Rows] | None = None

    @property
    def name(self) -> str:
        return self.field

    def apply(self, rows: Rows, values: Sequence[str]) -> Rows:
        """Return the rows between the two days."""
        for text, lookup in zip(values, ("gte", "lte"), strict=False):
            try:
                day = date.fromisoformat(text)
            except ValueError:
                continue
            rows = self.how(rows, lookup, day) if self.how else rows.filter(**{f"{self.field}__{lookup}": day})
        return rows


@dataclass(frozen=True)
class Day:
    """A day as of which the view has reckoned its rows; here so that the panel shows it and keeps it."""

    title: str
    name: str

    def apply(self, rows: Rows, values: Sequence[str]) -> Rows:
        """Return the rows as they are."""
        return rows


@dataclass(frozen=True)
class Year:
    """A year for which the view has reckoned its rows; here so that the panel shows it and keeps it."""

    title: str
    name: str
    chosen: int

    def apply(self, rows: Rows, values: Sequence[str]) -> Rows:
        """Return the rows as they are."""
        return rows


Filter = Search | Choice | Between | Day | Year


@dataclass(frozen=True)
class Button:
    """Something to do from a list: a link, or with `bulk` a form that posts the ticked rows as `pk`."""

    title: str
    page: str
    bulk: bool = False
    confirm: str = ""
    main: bool = False
    query: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Listing:
    """A declared list. `name` names the Excel file and the print view; `incoming`: whether its rows may come from a file."""

    name: Any  # a text, or one that waits for the reader's language
    columns: tuple[Column, ...]
    incoming: Incoming
    filters: tuple[Filter, ...] = ()
    order: tuple[str, ...] = ("pk",)
    buttons: tuple[Button, ...] = ()
    per_page: int = PER_PAGE
    empty: str = noop("没有符合条件的记录。")

    def page(self, request: HttpRequest, rows: Rows, **context: Any) -> HttpResponse:
        """Return the list as this request asks for it: a page, an Excel file, or a print view."""
        rows = self._ordered(request, self.narrowed(request.GET, rows))
        wanted = request.GET.get("as", "")
        if wanted == "xlsx":
            return self._excel(request, rows)
        if wanted == "print":
            return self._print(request, rows)
        part = Paginator(rows, self.per_page).get_page(request.GET.get("page"))
        body = self._context(request, list(part)) | {"part": part, "pages": _near(part)} | context
        return render(request, context.get("template", "shell/list.html"), body)

    def _print(self, request: HttpRequest, rows: Rows) -> HttpResponse:
        total, shown = Paginator(rows, PRINTED).count, list(rows[:PRINTED])
        with in_chinese():
            record_export(request.user, f"{self.name}（打印）", len(shown))
        body = self._context(request, shown, on_paper=True)
        return render(request, "shell/print.html", body | {"at": timezone.now(), "total": total, "shown": len(shown)})

    def narrowed(self, asked: QueryDict, rows: Rows) -> Rows:
        """Return the rows that what was asked in the query panel leaves."""
        for entry in self.filters:
            rows = entry.apply(rows, asked.getlist(entry.name))
        return rows

    def asked_in_words(self, asked: QueryDict) -> list[tuple[str, str]]:
        """Return what was asked in the query panel, each field's title with what was put in."""
        return [words for entry in self.filters if (words := _in_words(entry, asked.getlist(entry.name)))[1]]

    def _ordered(self, request: HttpRequest, rows: Rows) -> Rows:
        wanted = request.GET.get("sort", "")
        known = {column.sort for column in self.columns if column.sort}
        first = (wanted,) if wanted.lstrip("-") in known else ()
        return rows.order_by(*first, *self.order)

    def _context(self, request: HttpRequest, rows: Sequence[Any], on_paper: bool = False) -> dict[str, Any]:
        columns = [column for column in self.columns if column.on_screen and (column.on_paper or not on_paper)]
        allowed = [button for button in self.buttons if _open_to(request, button.page)]
        reached = {column.link for column in columns if column.link and _open_to(request, column.link)}
        return {
            "listing": self,
            "heads": [self._head(request, column) for column in columns],
            "lines": [(row.pk, [_cell(column, row, column.link in reached) for column in columns]) for row in rows],
            "panel": [_asked(entry, request) for entry in self.filters],
            "query": _without(request, "page", "as"),
            "here": request.get_full_path(),
            "links": [_tool(button) for button in allowed if not button.bulk],
            "comes_in": self._comes_in(request),
            "bulk": [_tool(button) for button in allowed if button.bulk],
        }

    def _comes_in(self, request: HttpRequest) -> str:
        """Return where this person brings in rows of the list, or nothing."""
        role = getattr(request.user, "role", "")
        if not isinstance(self.incoming, FromFile) or not self.incoming.open_to(role):
            return ""
        return (
            f"{reverse(self.incoming.page)}?kind={self.incoming.kind}" if _open_to(request, self.incoming.page) else ""
        )

    def _head(self, request: HttpRequest, column: Column) -> dict[str, Any]:
        now = request.GET.get("sort", "")
        turned = "-" + column.sort if now == column.sort else column.sort
        state = {column.sort: "ascending", "-" + column.sort: "descending"}.get(now, "") if column.sort else ""
        link = f"?{_without(request, 'sort', 'page', 'as')}&sort={turned}" if column.sort else ""
        return {"title": column.title, "link": link, "state": state, "column": column}

    def _excel(self, request: HttpRequest, rows: Rows) -> HttpResponse:
        """Return the file, in Chinese for every reader: it leaves the office, and some come back through an import."""
        with in_chinese():
            columns = [column for column in self.columns if column.on_paper]
            lines = [[column.of(row) for column in columns] for row in rows.iterator(chunk_size=2000)]
            record_export(request.user, str(self.name), len(lines))
            who = f"导出：{timezone.localtime():%Y-%m-%d %H:%M} {request.user}"  # sunlot.intake knows it for no row
            return workbook(str(self.name), [column.title for column in columns], lines, note=who)


def shown(value: Any) -> str:
    """Return a value as a person reads it: days and Beijing times, 是/否, nothing for nothing."""
    if value is None:
        return ""
    if value is True or value is False:
        return _("是") if value else _("否")
    if isinstance(value, datetime):
        return timezone.localtime(value).strftime("%Y-%m-%d %H:%M")
    return str(value)


def _any(fields: tuple[str, ...], word: str) -> Q:
    found = Q()
    for name in fields:
        found |= Q(**{f"{name}__icontains": word})
    return found


_DAY = re.compile(r"\d{4}-\d\d-\d\d( \d\d:\d\d)?")  # set in one line


def _cell(column: Column, row: Any, linked: bool) -> dict[str, Any]:
    text = column.of(row)
    link = _link(column, row) if linked and (text or column.on_paper) else ""
    tag = column.tag(row) if column.tag else ""
    return {"text": text, "link": link, "tag": tag, "day": bool(_DAY.fullmatch(text)), "column": column}


def _link(column: Column, row: Any) -> str:
    keys = [follow(row, key) for key in ([column.key] if isinstance(column.key, str) else column.key)]
    if column.asks:
        return f"{reverse(column.link)}?{urlencode({column.asks: keys[0]})}"
    return reverse(column.link, args=keys)


def _asked(entry: Filter, request: HttpRequest) -> dict[str, Any]:
    values = request.GET.getlist(entry.name)
    return {
        "kind": type(entry).__name__,
        "title": entry.title,
        "name": entry.name,
        "value": entry.chosen if isinstance(entry, Year) else values[0] if values else "",
        "second": values[1] if len(values) > 1 else "",
        "options": entry.options if isinstance(entry, Choice) else [],
        "blank": entry.blank if isinstance(entry, Choice) else "",
    }


def _in_words(entry: Filter, values: Sequence[str]) -> tuple[str, str]:
    if isinstance(entry, Choice):
        chosen = values[0] if values else ""
        return entry.title, next((text for value, text in entry.options if value == chosen and chosen), "")
    return entry.title, " – ".join(values) if any(values) else ""


def _without(request: HttpRequest, *names: str) -> str:
    return urlencode([(k, v) for k, values in request.GET.lists() if k not in names for v in values if v])


def _open_to(request: HttpRequest, page: str) -> bool:
    from sunlot.office.access import pages

    return pages()[page].open_to(getattr(request.user, "role", ""))


def _tool(button: Button) -> dict[str, Any]:
    tail = "?" + urlencode(button.query) if button.query else ""
    return {"button": button, "url": reverse(button.page) + tail}


def _near(part: PageOfRows[Any]) -> Iterable[int | str]:
    return part.paginator.get_elided_page_range(part.number, on_each_side=2, on_ends=1)
