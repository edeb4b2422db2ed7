"""What the imports wrote, for the apps whose rows they are."""

from django.db.models import QuerySet

from sunlot.office.imports.kinds import KINDS
from sunlot.office.imports.models import Batch, Written


def events_touching(code: str, key: str) -> list[str]:
    """Return the objects of the import events of this kind that wrote the row of this key, undoing included."""
    found = Written.objects.filter(batch__kind=code, key=key).values_list("obj", "undone")
    return [obj for pair in found for obj in pair if obj]


def visible_to(role: str) -> QuerySet[Batch]:
    """Return the batches that a role may see."""
    codes = [kind.code for kind in KINDS.values() if role in kind.readers | kind.roles | kind.approvers]
    return Batch.objects.filter(kind__in=codes)
