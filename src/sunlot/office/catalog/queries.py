"""Reading item lists: what is in force on a day, and what may be planned then."""

from datetime import date

from django.db.models import Q, QuerySet

from sunlot.office.catalog.models import Item, ItemList, State


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
