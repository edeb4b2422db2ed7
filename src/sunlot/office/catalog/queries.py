"""Reading item lists: what is in force on a day, what may be planned then, where each edition stands, what needs looking at."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import Case, CharField, Count, Exists, Min, OuterRef, Q, QuerySet, Value, When
from django.db.models.functions import Cast, Concat
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from sunlot.office.approvals.models import Approval
from sunlot.office.approvals.models import State as Asked
from sunlot.office.catalog.basis import Doubt, doubts
from sunlot.office.catalog.drafting import KIND
from sunlot.office.catalog.models import Item, ItemList, State
from sunlot.office.catalog.policies import office_policy
from sunlot.office.catalog.published import entries_of
from sunlot.office.catalog.uses import last_uses

STANDINGS: dict[str, Promise] = {
    "draft": _("草稿"),
    "waiting": _("待审批"),
    "coming": _("已公布，待施行"),
    "in_force": _("已公布，施行中"),
    "replaced": _("已被替代"),
}
COLOURS = {"draft": "plain", "waiting": "warn", "coming": "info", "in_force": "ok", "replaced": "plain"}


def list_in_force(day: date) -> ItemList | None:
    """Return the edition in force on the day, None before the first. Editions do not overlap: publishing one ends the one before."""
    published = ItemList.objects.exclude(state=State.DRAFT).filter(effective_from__lte=day)
    return published.filter(Q(effective_until=None) | Q(effective_until__gte=day)).first()


def plannable(day: date) -> QuerySet[Item]:
    """Return the items that may be planned on the day: those of the list in force that are enabled. Nothing off the list is ever among them."""
    found = list_in_force(day)
    if found is None:
        return Item.objects.none()
    return Item.objects.filter(item_list=found, enabled=True).order_by("position")


def lists(day: date) -> QuerySet[ItemList]:
    """Return every edition with `standing` on the day, a key of STANDINGS, and the numbers of items `listed` and `used`."""
    asked = Approval.objects.filter(
        kind=KIND, state=Asked.PENDING, obj=Concat(Value("catalog/"), Cast(OuterRef("pk"), CharField()))
    )
    standing = Case(
        When(Q(state=State.DRAFT) & Exists(asked), then=Value("waiting")),
        When(state=State.DRAFT, then=Value("draft")),
        When(effective_from__gt=day, then=Value("coming")),
        When(effective_until__lt=day, then=Value("replaced")),
        default=Value("in_force"),
        output_field=CharField(),
    )
    counted = {"listed": Count("items"), "used": Count("items", filter=Q(items__enabled=True))}
    return ItemList.objects.annotate(standing=standing, **counted)


def published_lists(day: date) -> QuerySet[ItemList]:
    """Return the editions that anybody may see, with what `lists` says of them."""
    return lists(day).exclude(state=State.DRAFT)


def open_draft() -> ItemList | None:
    """Return the draft, None when nobody is preparing an edition."""
    return ItemList.objects.filter(state=State.DRAFT).first()


def before(item_list: ItemList) -> ItemList | None:
    """Return the published edition before this one, None for the first."""
    earlier = ItemList.objects.exclude(state=State.DRAFT).filter(edition__lt=item_list.edition)
    return earlier.order_by("-edition").first()


def doubts_of(item_list: ItemList, day: date) -> tuple[Doubt, ...]:
    """Return the items of an edition whose basis cannot be read, or does not hold on the day."""
    return tuple(doubts(entries_of(item_list), day))


def day_of(item_list: ItemList, today: date) -> date:
    """Return the day as of which an edition's articles are read: today, or the nearest day on which it is in force."""
    first, last = item_list.effective_from, item_list.effective_until
    return max(first or today, min(today, last or today))


@dataclass(frozen=True)
class Idle:
    """An item in force that nothing has used for `item.idle_years`. `used`: None when it never was."""

    number: str
    listed: date
    used: date | None


def idle_items(day: date) -> Iterator[Idle]:
    """Yield the items to be cleared: in use on the list of the day, listed for the policy's years and unused for as long. Raises PolicyError."""
    since = years_before(day, office_policy(day).count("item.idle_years"))
    numbers = list(plannable(day).values_list("number", flat=True))
    listed = dict(
        Item.objects.filter(number__in=numbers, enabled=True)
        .exclude(item_list__state=State.DRAFT)
        .values_list("number")
        .annotate(first=Min("item_list__effective_from"))
    )
    used = last_uses(day)
    for number in numbers:
        if max(listed[number], used.get(number, listed[number])) <= since:
            yield Idle(number, listed[number], used.get(number))


def years_before(day: date, years: int) -> date:
    """Return the same day years ago; 29 February becomes 28.

    >>> years_before(date(2028, 2, 29), 3)
    datetime.date(2025, 2, 28)
    """
    try:
        return day.replace(year=day.year - years)
    except ValueError:
        return day.replace(year=day.year - years, day=28)
