"""An act on several rows of a list: those that are ticked, or all that the query panel leaves, however many.

The office reckons anew which rows those are, shows how many and asks; what has changed since is told and asked again. The act then goes
row by row, or in parts that are one transaction each. What is refused stays as it was and is told with its reason, the rest is done.

END = Bulk(noop("撤销所选"), lambda user, keys, data: end(user, keys[0], data["reason"]) is None, ReasonForm)
@require_POST
def end_many(request): return carry_out(request, CAUSES, IntensityCause.objects.all(), END)
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from time import monotonic
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import FieldDoesNotExist, ObjectDoesNotExist, ValidationError
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from sunlot.office.shell.forms import came_from
from sunlot.office.shell.listing import Listing, Rows
from sunlot.office.shell.reckoned import Reckoned
from sunlot.office.shell.refusals import said
from sunlot.refusal import Refusal
from sunlot.stretches import stretches

SHOWN = 20  # rows named on the page that asks
TOLD = 500  # refusals told one by one
LONGEST = 20.0  # seconds of one answer; what is left is gone on with from its page
BY_KEY = 500  # of one SELECT … IN
Key = Any


@dataclass(frozen=True)
class Bulk:
    """An act. `act(user, keys, data)` does it to some rows in one transaction and returns whether it is done (True) or a second person
    was asked (False); it raises Refusal, having done nothing. `at_once`: how many keys it is given; `form`: what is to be said once for all.
    """

    title: str
    act: Callable[[Any, Sequence[Key], Mapping[str, Any]], bool]
    form: type[forms.Form] | None = None
    at_once: int = 1
    help: str = ""


@dataclass
class Outcome:
    """What became of the rows: so many done, so many asked for, these refused with the reason, these not come to yet."""

    done: int = 0
    asked: int = 0
    refused: list[tuple[Key, Refusal]] = field(default_factory=list)
    rest: list[Key] = field(default_factory=list)


@dataclass(frozen=True)
class Chosen:
    """The rows meant. `mark`: their number and a hash of their keys and versions: other rows, or the same changed, have another mark."""

    keys: list[Key]
    everything: bool
    mark: str

    @property
    def count(self) -> int:
        return len(self.keys)


def chosen(request: HttpRequest, listing: Listing, rows: Rows) -> Chosen:
    """Return the rows that are ticked, or with `all` those that the list's query leaves, in the order of their keys.

    Raises Refusal when that is none.
    """
    everything = bool(request.POST.get("all"))
    meant = listing.narrowed(QueryDict(request.POST.get("query", "")), rows) if everything else _ticked(request, rows)
    found = sorted(_keys_and_versions(meant))
    if found and (after := request.POST.get("after", "")):
        edge = type(found[0][0])(after)
        found = [pair for pair in found if pair[0] > edge]
    if not found:
        raise Refusal("nothing_ticked", "没有选中任何记录；请先在列表中勾选，或选择全部符合条件的。")
    return Chosen([key for key, _version in found], everything, _mark(found))


def keys_of(request: HttpRequest, listing: Listing, rows: Rows, most: int = 500) -> list[Key]:
    """Return the keys of the chosen rows for an act with a page of its own. Raises Refusal for none, and for more than it takes."""
    found = chosen(request, listing, rows)
    if found.count > most:
        raise Refusal("too_many", f"一次最多办理 {most} 条，现有 {found.count} 条；请在查询栏中缩小范围，分几次办理。")
    return found.keys


def _ticked(request: HttpRequest, rows: Rows) -> Rows:
    ticked = request.POST.getlist("pk")
    if isinstance(rows, Reckoned):
        return rows.having(lambda row: str(row.pk) in ticked)
    keys = []
    for text in ticked:
        try:
            keys.append(rows.model._meta.pk.to_python(text))
        except ValidationError:
            continue
    return rows.filter(pk__in=keys)


def _keys_and_versions(rows: Rows) -> Iterator[tuple[Key, Any]]:
    if isinstance(rows, Reckoned):
        return ((row.pk, getattr(row, "version", 0)) for row in rows)
    plain = rows.order_by()
    try:
        rows.model._meta.get_field("version")
    except FieldDoesNotExist:
        return ((key, 0) for key in plain.values_list("pk", flat=True).iterator(chunk_size=2000))
    found: Iterator[tuple[Key, Any]] = plain.values_list("pk", "version").iterator(chunk_size=2000)
    return found


def _mark(found: Sequence[tuple[Key, Any]]) -> str:
    digest = sha256()
    for key, version in found:
        digest.update(f"{key}\t{version}\n".encode())
    return f"{len(found)}-{digest.hexdigest()[:24]}"


def carry_out(
    request: HttpRequest, listing: Listing, rows: Rows, bulk: Bulk, told: str = "", **context: Any
) -> HttpResponse:
    """Return the page that shows what is meant and asks, or what became of it.

    `rows`: those of the list that this person may see. Ticked rows of an act that needs nothing said are done without asking.
    `told`: the template that tells what came of it, for an act whose answer is more than how many.
    """
    meant = chosen(request, listing, rows)
    seen = request.POST.get("seen", "")
    form = bulk.form(request.POST if seen else None) if bulk.form else None
    agreed = seen == meant.mark or (not seen and form is None and not meant.everything)
    if agreed and (form is None or form.is_valid()):
        outcome = do(request.user, bulk, meant.keys, form.cleaned_data if form else {})
        return _tell(request, listing, rows, bulk, meant, outcome, form, told, context)
    return _ask(request, listing, rows, bulk, meant, form, context)


def _ask(
    request: HttpRequest,
    listing: Listing,
    rows: Rows,
    bulk: Bulk,
    meant: Chosen,
    form: forms.Form | None,
    context: dict[str, Any],
) -> HttpResponse:
    before = request.POST.get("seen") or (request.POST.get("all", "") if meant.everything else "")
    was, _dash, hashed = before.partition("-")
    moved = before != meant.mark if hashed else was not in ("", str(meant.count))
    named = [listing.columns[0].of(row) for row in _rows_of(rows, meant.keys[:SHOWN])]
    body = _carried(request, meant) | {
        "form": form,
        "bulk": bulk,
        "heading": _(bulk.title),
        "named": named,
        "unnamed": meant.count - len(named),
        "moved": moved,
        "was": was,
        "asked": listing.asked_in_words(QueryDict(request.POST.get("query", ""))) if meant.everything else [],
    }
    status = 409 if moved else 422 if form and form.is_bound and form.errors else 200
    return render(request, "shell/bulk.html", body | context, status=status)


def _carried(request: HttpRequest, meant: Chosen) -> dict[str, Any]:
    """Return what the next post needs to mean the same rows."""
    return {
        "meant": meant,
        "count": meant.count,
        "mark": meant.mark,
        "query": request.POST.get("query", ""),
        "after": request.POST.get("after", ""),
        "back": came_from(request),
    }


def do(user: Any, bulk: Bulk, keys: Sequence[Key], data: Mapping[str, Any]) -> Outcome:
    """Return what became of the rows. A part that is refused is halved, until those stand alone that cannot be done."""
    outcome, began = Outcome(), monotonic()
    for start in range(0, len(keys), bulk.at_once):
        if start and monotonic() - began > LONGEST:
            outcome.rest = list(keys[start:])
            break
        _part(user, bulk, keys[start : start + bulk.at_once], data, outcome)
    return outcome


def _part(user: Any, bulk: Bulk, keys: Sequence[Key], data: Mapping[str, Any], outcome: Outcome) -> None:
    try:
        done = bulk.act(user, keys, data)
    except Refusal as refusal:
        if len(keys) == 1:
            outcome.refused.append((keys[0], refusal))
            return
        half = len(keys) // 2
        _part(user, bulk, keys[:half], data, outcome)
        _part(user, bulk, keys[half:], data, outcome)
        return
    except ObjectDoesNotExist:
        outcome.refused += [(key, Refusal("row_gone", f"记录 {key} 已不在，未办理。")) for key in keys]
        return
    if done:
        outcome.done += len(keys)
    else:
        outcome.asked += len(keys)


def _tell(
    request: HttpRequest,
    listing: Listing,
    rows: Rows,
    bulk: Bulk,
    meant: Chosen,
    outcome: Outcome,
    form: forms.Form | None,
    template: str,
    context: dict[str, Any],
) -> HttpResponse:
    """Return to the list when all went well, else a page that tells what did not, and goes on with what is left."""
    if not outcome.refused and not outcome.rest and not template:
        if outcome.done:
            messages.success(request, _("%(title)s：已办理 %(n)s 条。") % {"title": _(bulk.title), "n": outcome.done})
        if outcome.asked:
            messages.warning(request, _("%(n)s 条已提交审批，批准后才会生效。") % {"n": outcome.asked})
        return redirect(came_from(request))
    told = outcome.refused[:TOLD]
    names = {row.pk: listing.columns[0].of(row) for row in _rows_of(rows, [key for key, _refusal in told])}
    body: dict[str, Any] = {
        "outcome": outcome,
        "bulk": bulk,
        "heading": _(bulk.title),
        "refused": [(names.get(key, key), said(refusal)) for key, refusal in told],
        "untold": len(outcome.refused) - len(told),
        "form": form,
    }
    body |= _carried(request, _left(rows, meant, outcome))
    if outcome.rest:
        body["after"] = meant.keys[-len(outcome.rest) - 1]
    return render(request, template or "shell/bulk_done.html", body | context)


def _left(rows: Rows, meant: Chosen, outcome: Outcome) -> Chosen:
    """Return what has not been come to, named one by one."""
    if not outcome.rest:
        return Chosen([], False, "")
    wanted = set(outcome.rest)
    found = sorted(pair for pair in _keys_and_versions(rows) if pair[0] in wanted)
    return Chosen([key for key, _version in found], meant.everything, _mark(found))


def _rows_of(rows: Rows, keys: Sequence[Key]) -> list[Any]:
    if isinstance(rows, Reckoned):
        return list(rows.having(lambda row: row.pk in keys))
    found: list[Any] = []
    for some in stretches(keys, BY_KEY):
        found += rows.filter(pk__in=some).order_by("pk")
    return found
