"""Figures about reports without anybody behind them: small numbers are masked, and so is one more where the sum would give them away."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from statistics import median
from typing import Any

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from sunlot.office.catalog.policies import office_policy
from sunlot.office.complaints.models import Channel, Report
from sunlot.office.complaints.states import Result, State
from sunlot.office.visits.moment import today

UNSAID = "未注明"
HIDDEN = "不单列"


@dataclass(frozen=True)
class Table:
    """Counts by one property, masked; `code` is its name in data files."""

    code: str
    title: Any
    lines: Sequence[tuple[str, str]]


@dataclass(frozen=True)
class Statistics:
    """All tables of a span of days, the total, and the median days from receipt to answer, empty for too few."""

    first: date
    last: date
    total: str
    days: str
    tables: Sequence[Table]


def of(first: date, last: date) -> Statistics:
    """Return the figures of reports received from `first` to `last`, both included."""
    least = office_policy(today()).count("complaint.small_number")
    zone = timezone.get_current_timezone()
    since, until = (datetime.combine(day, at, zone) for day, at in ((first, time.min), (last, time.max)))
    names = ("kind", "channel", "township", "state", "result", "received_at", "ended_on")
    rows = list(Report.objects.filter(Q(received_at__gte=since) & Q(received_at__lte=until)).values(*names))
    kinds, states = office_policy(today()).labels("complaint.kinds"), dict(State.choices)
    channels, results = dict(Channel.choices), dict(Result.choices)
    ways: tuple[tuple[str, Any, Callable[[Mapping[str, Any]], str]], ...] = (
        ("month", _("按月份"), lambda row: f"{timezone.localtime(row['received_at']):%Y-%m}"),
        ("kind", _("按类别"), lambda row: kinds.get(row["kind"], row["kind"])),
        ("channel", _("按来源"), lambda row: str(channels[row["channel"]])),
        ("township", _("按镇街"), lambda row: row["township"] or UNSAID),
        ("state", _("按办理状态"), lambda row: str(states[row["state"]])),  # 核查中 counts as accepted, as in the log
        ("result", _("按核查结果"), lambda row: str(results[row["result"]]) if row["result"] else ""),
    )
    tables = []
    for code, title, way in ways:
        counts = Counter(filter(None, map(way, rows)))
        tables.append(Table(code, title, list(masked(dict(sorted(counts.items())), least).items())))
    return Statistics(first, last, shown(len(rows), least), _days(rows, least), tables)


def masked(counts: Mapping[str, int], least: int) -> dict[str, str]:
    """Return counts as texts: those below `least` as 少于n. Where the sum would still give them away, the next smallest are hidden too.

    >>> masked({"甲": 1, "乙": 5, "丙": 9}, 3)
    {'甲': '少于3', '乙': '不单列', '丙': '9'}
    """
    texts = {name: shown(count, least) for name, count in counts.items()}
    small = [count for count in counts.values() if 0 < count < least]
    others = sorted((name for name, count in counts.items() if count >= least), key=lambda name: (counts[name], name))
    hidden: list[int] = []
    while others and _given_away(small, hidden, least):
        name = others.pop(0)
        texts[name] = HIDDEN
        hidden.append(counts[name])
    return texts


def _given_away(small: Sequence[int], hidden: Sequence[int], least: int) -> bool:
    """Return whether only one set of small numbers fits the sum of all that is not told: each from 1 to least - 1, each hidden one at least `least`."""
    if not small:
        return False
    fewest, most, total = len(small), len(small) * (least - 1), sum(small)
    if not hidden:
        return len(small) == 1 or total in (fewest, most)
    return min(most, total + sum(hidden) - len(hidden) * least) <= fewest


def shown(count: int, least: int) -> str:
    """Return a count, or that it is too small to be told."""
    return f"少于{least}" if 0 < count < least else str(count)


def _days(rows: Sequence[Mapping[str, Any]], least: int) -> str:
    taken = [
        (row["ended_on"] - timezone.localtime(row["received_at"]).date()).days
        for row in rows
        if row["ended_on"] and row["state"] == State.ANSWERED
    ]
    return f"{median(taken):g}" if len(taken) >= least else ""
