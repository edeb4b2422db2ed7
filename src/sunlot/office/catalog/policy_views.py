"""The policy packs: which rules apply on a day, where each comes from, how sure we are, and how the layers lie over each other."""

from datetime import date
from itertools import groupby
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_noop as noop

from sunlot.office.catalog import policies
from sunlot.office.catalog.policy_reading import GROUPS, layers, says
from sunlot.office.catalog.views import day_asked
from sunlot.office.shell.excel import workbook
from sunlot.office.shell.language import in_chinese
from sunlot.office.shell.refusals import said
from sunlot.office.shell.services import record_export
from sunlot.policy.draw_pack import draw_rules
from sunlot.policy.errors import PolicyError
from sunlot.policy.in_force import SHIPPED, Policy, policy_in_force
from sunlot.policy.reader import read_pack
from sunlot.policy.rules import LAYERS, Rule, RulePack, read_rules
from sunlot.policy.vocabulary import RULES


def policy(request: HttpRequest) -> HttpResponse:
    """The rules in force on a day, as a page or as a print."""
    day, readable = day_asked(request)
    problem = ""
    try:
        found = policies.office_policy(day)
    except PolicyError as failure:
        found, problem = policy_in_force(day), said(failure)
    if request.GET.get("as") == "xlsx":
        return _excel(request, found)
    only = {"unsure": bool(request.GET.get("unsure")), "layered": bool(request.GET.get("layered"))}
    context = {
        "day": day,
        "today": timezone.localdate(),
        "day_unreadable": not readable,
        "problem": problem,
        "groups": _groups(found, **only),
        "unsure": len(found.unsure()),
        "only_unsure": only["unsure"],
        "only_layered": only["layered"],
        "count": len(found.rules),
        "packs": found.packs,
    }
    printed = request.GET.get("as") == "print"
    return render(request, "catalog/policy_print.html" if printed else "catalog/policy.html", context)


def _excel(request: HttpRequest, found: Policy) -> HttpResponse:
    with in_chinese():
        lines = [_row(found.rules[name]) for name in RULES if name in found.rules]
    name = f"政策规则{found.day}"
    record_export(request.user, name, len(lines))
    heads = ["规则", "内容", "层级", "来源", "把握程度", "施行日期", "失效日期", "说明", "名称"]
    return workbook(name, heads, lines, note=f"{timezone.localtime():%Y-%m-%d %H:%M} {request.user}")


def _row(rule: Rule) -> list[str]:
    days = (rule.valid_from.isoformat(), rule.valid_to.isoformat() if rule.valid_to else "")
    what = (rule.title, "\n".join(says(rule)), LAYERS[rule.layer], rule.source, rule.certainty.label)
    return [*what, *days, rule.note, rule.name]


def rule(request: HttpRequest, name: str) -> HttpResponse:
    """One rule through all days and layers."""
    if name not in RULES:
        raise Http404
    read, problem = _readable_packs()
    entries = [(each, LAYERS[each.layer], says(each)) for each in policies.history(name, read)]
    context = {"rule": RULES[name], "name": name, "entries": entries, "problem": problem}
    return render(request, "catalog/rule.html", context)


def packs(request: HttpRequest) -> HttpResponse:
    """The packs with the hash of their files, the days on which rules change, and the rules of the draw."""
    read, problem = _readable_packs()
    draw = read_pack("county-2026")
    context = {
        "packs": [(pack, LAYERS[pack.layer], pack.name not in SHIPPED, _first_day(pack)) for pack in read],
        "problem": problem,
        "days": policies.turning_days(read),
        "draw": draw["pack"],
        "draw_rules": draw_rules(draw),
    }
    return render(request, "catalog/packs.html", context)


def _readable_packs() -> tuple[tuple[RulePack, ...], str]:
    """Return the office's packs; when one of its own is malformed, those that ship with us and what is wrong."""
    try:
        return policies.packs_read(), ""
    except PolicyError as failure:
        return tuple(map(read_rules, SHIPPED)), said(failure)


def _first_day(pack: RulePack) -> date | None:
    return min((rule.valid_from for rule in pack.rules), default=None)


def _groups(found: Policy, unsure: bool, layered: bool) -> list[tuple[str, list[dict[str, Any]]]]:
    """Return the rules in the vocabulary's order by what they are about: all, the unsure ones, those of several layers."""
    doubted = {rule.name for rule in found.unsure()}
    names = [
        name
        for name in RULES
        if name in found.rules and (name in doubted or not unsure) and (name in found.overridden or not layered)
    ]
    return [
        (GROUPS.get(part, noop("其他")), [_line(found, name, name in doubted) for name in members])
        for part, members in groupby(names, key=lambda name: name.partition(".")[0])
    ]


def _line(found: Policy, name: str, unsure: bool) -> dict[str, Any]:
    rule = found.rules[name]
    return {
        "rule": rule,
        "says": says(rule),
        "unsure": unsure,
        "layer": LAYERS[rule.layer],
        "layers": layers(found, name),
    }
