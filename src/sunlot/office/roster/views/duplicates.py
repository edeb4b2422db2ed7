"""Pairs of firms that may be one: side by side, then merged or kept apart."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from sunlot.office.roster import merging, queries
from sunlot.office.roster.facts import title_of
from sunlot.office.roster.models import FACTS, Firm
from sunlot.office.roster.views.firms import told
from sunlot.office.shell.incoming import Never
from sunlot.office.shell.listing import Choice, Column, Listing, Search
from sunlot.office.shell.reckoned import Reckoned
from sunlot.refusal import Refusal

PAIRS = Listing(
    incoming=Never.RECKONED,
    name="疑似重复",
    columns=(
        Column("甲", "first_name", sort="first_name", link="roster:one", key="first"),
        Column("甲的编号", "first", sort="first"),
        Column("乙", "second_name", sort="second_name", link="roster:one", key="second"),
        Column("乙的编号", "second"),
        Column("为什么提示", "why", sort="why", words=True),
        Column("操作", lambda pair: _("对照"), link="roster:pair", key=("first", "second"), on_paper=False),
    ),
    filters=(
        Search(("first_name", "first", "second_name", "second")),
        Choice("为什么提示", "why", [(why, why) for columns, why in merging.ROOTS]),
    ),
    order=(),
    empty="没有发现疑似重复的单位。",
)


def list_all(request: HttpRequest) -> HttpResponse:
    """The suggested pairs."""
    return PAIRS.page(request, Reckoned(merging.suggested()), template="roster/duplicates.html")


def pair(request: HttpRequest, first: str, second: str) -> HttpResponse:
    """Two firms side by side: for every fact that differs, which one the survivor shall have."""
    left, right = get_object_or_404(Firm, pk=first), get_object_or_404(Firm, pk=second)
    refusal = None
    if request.method == "POST":
        into, gone = (left, right) if request.POST.get("into") == left.pk else (right, left)
        versions = {left.pk: _number(request, "left_version"), right.pk: _number(request, "right_version")}
        values = {
            field: getattr(left if request.POST[field] == "left" else right, field)
            for field in FACTS
            if request.POST.get(field) in ("left", "right")
        }
        try:
            user: Any = request.user
            asked = merging.merge(
                user,
                (gone.pk, versions[gone.pk]),
                (into.pk, versions[into.pk]),
                values,
                request.POST.get("reason", ""),
            )
        except Refusal as found:
            refusal = found
        else:
            told(request, asked, _("已合并。"))
            return redirect("roster:one", into.pk)
    return render(request, "roster/pair.html", _context(request, left, right, refusal), status=422 if refusal else 200)


def _context(request: HttpRequest, left: Firm, right: Firm, refusal: Refusal | None) -> dict[str, Any]:
    facts = []
    for field in FACTS:
        mine, other = getattr(left, field), getattr(right, field)
        chosen = request.POST.get(field) or ("left" if mine else "right")
        facts.append((field, title_of(field), mine, other, mine != other, chosen))
    return {
        "left": left,
        "right": right,
        "facts": facts,
        "counts": [
            (_("检查次数"), *(queries.visits_of([firm.pk]).count() for firm in (left, right))),
            (_("加大力度情形"), *(queries.causes_of(firm.pk).count() for firm in (left, right))),
        ],
        "into": request.POST.get("into") or left.pk,
        "reason": request.POST.get("reason", ""),
        "refusal": refusal,
    }


def _number(request: HttpRequest, name: str) -> int:
    text = request.POST.get(name, "")
    return int(text) if text.isdigit() else 0


@require_POST
def apart(request: HttpRequest, first: str, second: str) -> HttpResponse:
    """They are two; do not suggest them again."""
    left, right = get_object_or_404(Firm, pk=first), get_object_or_404(Firm, pk=second)
    merging.keep_apart(request.user, left.pk, right.pk)  # type: ignore[arg-type]
    messages.success(request, _("已记为两户，不再提示。"))
    return redirect(reverse("roster:duplicates"))
