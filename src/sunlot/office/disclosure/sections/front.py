"""The first page: what this is, the latest draws, how to check."""

from django.utils.translation import gettext_lazy as _

from sunlot.office.bureau import queries as bureau
from sunlot.office.disclosure import planned
from sunlot.office.disclosure.registry import Answer, Pages, Visit, in_every_frame, register
from sunlot.office.disclosure.standing import draws, today
from sunlot.office.disclosure.state import remembered, state
from sunlot.office.journal.models import Checkpoint

LATEST = 5


def register_pages() -> None:
    """Add the pages of this section."""
    register(
        Pages("index.html", front, translated=True, menu=_("首页")),
    )
    in_every_frame(_frame)


@remembered
def _frame() -> dict[str, object]:
    """What stands at the foot of every page: whose site this is, of which day and how long a log it speaks, whether that is anchored."""
    latest = Checkpoint.objects.filter(anchored=True).order_by("-size").first()
    anchored = latest.size if latest else 0
    return {"organ": bureau.name(), "log_size": state()[2] + 1, "anchored_size": anchored, "as_of": today()}


def front(visit: Visit) -> Answer:
    """What is this, the latest draws, how to check."""
    every = draws()
    troubled = [each for each in every if each.late or each.stage in ("missing", "lost", "broken")]
    context = {"latest": every[:LATEST], "troubled": troubled, "late_rounds": planned.late(), "count": len(every)}
    return visit.page("front.html", context)
