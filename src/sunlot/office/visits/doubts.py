"""疑点: visits whose times and places cannot well be true. They are shown to the chief, who has them explained; they never hold anything up.

Times are those of the record, held also against the moments between which the office knows that somebody checked in (bounds.py); places those the officers gave with their check-in; both may be wrong without anybody's fault.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sunlot.draw.canonical import loads
from sunlot.draw.moments import seconds_of
from sunlot.office.accounts.models import User
from sunlot.office.catalog.policies import office_policy
from sunlot.office.inspectors.queries import inspector_of
from sunlot.office.journal.services import Deed, deed
from sunlot.office.visits import moment, records
from sunlot.office.visits.bounds import first_checkin, minutes_outside
from sunlot.office.visits.models import Doubt, DoubtKind, Visit
from sunlot.office.visits.plausible import Point, metres, too_fast
from sunlot.office.visits.sheet import NOBODY_THERE, NOTHING_TO_CHECK, Sheet
from sunlot.office.visits.states import ENDED
from sunlot.policy.in_force import Policy
from sunlot.refusal import Refusal

Found = tuple[DoubtKind, Visit | None, str]  # the kind, the other visit, a sentence
NEAR = timedelta(days=1)  # visits further apart in time cannot contradict each other


@dataclass(frozen=True)
class Stay:
    """A visit as its record has it: from when to when (seconds), and where each officer checked in, with the error in metres."""

    visit: Visit
    sheet: Sheet
    began: int
    ended: int

    def place(self, person: str) -> tuple[Point, int] | None:
        """Return where somebody checked in, None where he did not say."""
        place = (self.sheet.values.get(f"checkin/{person}") or {}).get("place")
        return ((place["lat"], place["lon"]), place["acc"]) if place else None


def find(doing: Deed, visit: Visit) -> None:
    """Keep what is doubtful about a visit that has just ended, each doubt once."""
    stay = _stay(visit)
    if stay is None or visit.offsite:
        return
    policy = office_policy(moment.day_of(stay.sheet.text("times/arrived")))
    known = set(visit.doubts.values_list("kind", "other_id", "text"))
    new = [one for one in _found(stay, policy) if (one[0], one[1].pk if one[1] else None, one[2]) not in known]
    for kind, other, text in new:
        doing.save(Doubt(visit=visit, kind=kind, other=other, text=text, found_at=moment.now()))
    if new:
        doing.record("visit.doubted", visit.obj, {"count": len(new)})


def explain(user: User, number: int, text: str) -> None:
    """Note how a doubt is explained. Raises Refusal without a text, and for somebody who was at the visit himself."""
    if not text.strip():
        raise Refusal("explanation_missing", "请写明核实的情况和结论。")
    with deed(by=user.actor) as doing:
        row = Doubt.objects.select_for_update(of=("self",)).select_related("visit").get(pk=number)
        person = inspector_of(user)
        if person is not None and row.visit.team.filter(inspector=person).exists():
            raise Refusal("own_visit", "本人参加的检查，请由其他负责人核实。")
        row.explanation, row.explained_at, row.explained_by = text.strip(), moment.now(), user
        doing.save(row)
        doing.record("visit.doubt-explained", row.visit.obj, {})


def _stay(visit: Visit) -> Stay | None:
    record = records.latest(visit)
    sheet = records.sheet_of(record) if record is not None else None
    if sheet is None or not sheet.text("times/arrived"):
        return None
    began = seconds_of(sheet.text("times/arrived"))
    return Stay(visit, sheet, began, seconds_of(sheet.text("times/left") or sheet.text("times/arrived")))


def _found(stay: Stay, policy: Policy) -> Iterator[Found]:
    yield from _short(stay, policy.count("visit.plausible_minutes"))
    yield from _apart(stay, policy.count("visit.plausible_metres"))
    yield from _against_the_checkin(stay, policy.count("visit.plausible_bounds_minutes"))
    for other in _others(stay):
        yield from _both(stay, other, policy.count("visit.plausible_kmh"))


def _short(stay: Stay, minutes: int) -> Iterator[Found]:
    if stay.sheet.outcome in (*NOBODY_THERE, *NOTHING_TO_CHECK):
        return
    if (lasted := stay.ended - stay.began) < 60 * minutes:
        yield DoubtKind.SHORT, None, f"现场检查只有 {lasted // 60} 分钟，少于 {minutes} 分钟。"


def _against_the_checkin(stay: Stay, most: int) -> Iterator[Found]:
    """The arrival that was typed, held against the office's own moments of the first check-in; not on a day when the firm was tried again."""
    *earlier, record = stay.visit.records.order_by("edition")
    if any(records.sheet_of(one).outcome in NOBODY_THERE for one in earlier):
        return
    bounds = first_checkin(stay.visit, loads(record.body.encode())["changes"])
    arrived = stay.sheet.text("times/arrived")
    if bounds is None or (off := minutes_outside(arrived, bounds)) <= most:
        return
    told = f"不早于 {_local(bounds.after)}、" if bounds.after else ""
    text = f"填写的到达时间 {_local(arrived)} 与签到不符：签到{told}不晚于 {_local(bounds.before)}（办公室时间），相差 {off} 分钟以上。"
    yield DoubtKind.CLOCK, None, text


def _local(utc: str) -> str:
    return moment.shown(datetime.fromisoformat(utc))


def _apart(stay: Stay, most: int) -> Iterator[Found]:
    names = dict(stay.visit.team.values_list("inspector_id", "name"))
    here = [(person, place) for person in stay.sheet.checked_in() if (place := stay.place(person))]
    for number, (person, place) in enumerate(here):
        for colleague, place2 in here[number + 1 :]:
            if (way := _way(place, place2)) > most:
                yield DoubtKind.APART, None, f"{names[person]}和{names[colleague]}的签到位置相距约 {way} 米。"


def _others(stay: Stay) -> Iterator[Stay]:
    """Yield the ended visits on site of the same officers at about the same time."""
    day: date = moment.day_of(stay.sheet.text("times/arrived"))
    rows = Visit.objects.filter(state__in=ENDED, offsite=False, team__inspector__in=stay.sheet.checked_in())
    rows = rows.filter(entry__date__gte=day - NEAR, entry__date__lte=day + NEAR).exclude(pk=stay.visit.pk)
    for visit in rows.distinct().order_by("pk"):
        if other := _stay(visit):
            yield other


def _both(stay: Stay, other: Stay, kmh: int) -> Iterator[Found]:
    names = dict(stay.visit.team.values_list("inspector_id", "name"))
    first, second = sorted((stay, other), key=lambda one: (one.began, one.visit.pk))
    for person in sorted(set(stay.sheet.checked_in()) & set(other.sheet.checked_in())):
        if second.began < first.ended:
            yield (
                DoubtKind.OVERLAP,
                other.visit,
                f"{names[person]}同一时间还在{other.visit}（{other.visit.firm_name}）。",
            )
            continue
        places = first.place(person), second.place(person)
        if places[0] is None or places[1] is None:
            continue
        way, seconds = _way(places[0], places[1]), second.began - first.ended
        if too_fast(way, seconds, kmh):
            text = f"{names[person]}与{other.visit}（{other.visit.firm_name}）之间 {seconds // 60} 分钟走了直线约 {way} 米，超过每小时 {kmh} 公里。"
            yield DoubtKind.SPEED, other.visit, text


def _way(one: tuple[Point, int], other: tuple[Point, int]) -> int:
    """Return the least distance that two places can have, errors taken off."""
    return max(0, metres(one[0], other[0]) - one[1] - other[1])


def open_doubts() -> Any:
    """Return the doubts that nobody has explained, of visits that the office may see."""
    from sunlot.office.visits.queries import in_the_office

    return Doubt.objects.filter(explained_at=None, visit__in=in_the_office()).order_by("pk")
