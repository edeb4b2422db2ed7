"""Where public records come from, a source for each kind: what may be released now, and what a released one would say if it were made today."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sunlot.office.release import penalties, waiting
from sunlot.office.release.draft import Draft, Wordings
from sunlot.office.release.models import Kind, Release
from sunlot.office.release.results import drafts, to_build
from sunlot.office.visits.models import Visit
from sunlot.office.visits.moment import today
from sunlot.office.visits.states import ENDED
from sunlot.refusal import Refusal


@dataclass(frozen=True)
class Source:
    """`drafts(numbers, wordings)`: what waits under these numbers, each with its last day; raises Refusal when one cannot be released.

    `now(number, wordings)`: a released one as it is today; `lock(numbers)` keeps others from changing what they are made from;
    `due(numbers)`: the earliest last day of those that still wait.
    """

    noun: str  # how the journal names one: visit in visit/12
    drafts: Callable[[Sequence[int], Mapping[int, Wordings]], list[tuple[Draft, date]]]
    now: Callable[[int, Wordings], Draft]
    lock: Callable[[Sequence[int]], None]
    due: Callable[[Sequence[int]], date | None]


def _results(numbers: Sequence[int], wordings: Mapping[int, Wordings]) -> list[tuple[Draft, date]]:
    rows = list(to_build(waiting.to_release().filter(pk__in=numbers)).order_by("pk"))
    if not rows or [visit.pk for visit in rows] != sorted(numbers):
        raise Refusal(
            "nothing_to_release", "没有可以公示的结果：检查尚未办结、已经公示，或属于尚未公开的暗查轮次；请刷新列表。"
        )
    _refuse_unfinished(rows)
    return [(draft, waiting.due_of(visit)) for draft, visit in zip(drafts(rows, wordings), rows, strict=True)]


def _result_now(number: int, wordings: Wordings) -> Draft:
    visit = to_build(waiting.ended()).get(pk=number)
    _refuse_unfinished([visit])
    return drafts([visit], {number: wordings})[0]


def _results_due(numbers: Sequence[int]) -> date | None:
    return waiting.how_many(waiting.to_release().filter(pk__in=numbers), today()).next


def _lock_visits(numbers: Sequence[int]) -> None:
    list(Visit.objects.filter(pk__in=numbers).order_by("pk").select_for_update())


def _refuse_unfinished(rows: Sequence[Visit]) -> None:
    for visit in rows:
        if visit.state not in ENDED:
            raise Refusal("being_corrected", f"{visit}的检查记录正在更正，办结之后才能公示。")


SOURCES: dict[str, Source] = {
    Kind.RESULT.value: Source("visit", _results, _result_now, _lock_visits, _results_due),
    Kind.PENALTY.value: Source("case", penalties.drafts, penalties.now, penalties.lock, penalties.earliest),
}


def as_of_now(release: Release, wordings: Wordings | None = None) -> Draft:
    """Return what a release would say if it were made today, with the wordings of its last edition unless others are given. Raises Refusal."""
    if wordings is None:
        wordings = release.editions.order_by("-edition")[0].wordings
    return SOURCES[release.kind].now(int(release.about.partition("/")[2]), wordings)
