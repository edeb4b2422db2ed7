"""Taking rounds and key firms over from an earlier plan: into its next edition, or into the plan of the year after."""

from datetime import date

from sunlot.office.journal.services import Deed
from sunlot.office.plan.models import KeyListEntry, Plan, PlannedRound

CHUNK = 500


def carry_over(doing: Deed, old: Plan, new: Plan) -> None:
    """Copy the rounds and the key list of `old` to `new`. Within a year a round keeps its code; from year to year its windows move along."""
    copies: dict[int, PlannedRound] = {}
    for each in old.rounds.all():
        copies[each.pk] = _copy(doing, each, new)
    entries = list(old.key_list.order_by("pk"))
    for start in range(0, len(entries), CHUNK):
        part = entries[start : start + CHUNK]
        for entry in part:
            placed = copies[entry.round_id] if entry.round_id else None
            fields = {name: getattr(entry, name) for name in ("firm", "name", "key_class", "reason")}
            doing.save(KeyListEntry(plan=new, round=placed, **fields))
        doing.record("plan.key_listed", new.obj, {"title": str(new), "firms": len(part)})


def _copy(doing: Deed, each: PlannedRound, new: Plan) -> PlannedRound:
    years = new.year - each.plan.year
    copy = PlannedRound.objects.get(pk=each.pk)
    copy.pk = None
    copy._state.adding = True
    copy.plan, copy.version = new, 1
    copy.code = f"{new.year}{each.code[4:]}"
    copy.first_day, copy.last_day = (_moved(day, years) for day in (each.first_day, each.last_day))
    doing.save(copy)
    doing.record("plan.round_added", new.obj, {"title": str(new), "round": copy.code})
    return copy


def _moved(day: date, years: int) -> date:
    """Return the day so many years on; 29 February becomes the 28th where there is none."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)
