"""After a crash: what was half done is either finished or undone, and the log learns what the folders know."""

import json
from datetime import datetime

from sunlot.draw.moments import utc
from sunlot.office.lottery import announcing, drawing
from sunlot.office.lottery.models import Draw
from sunlot.office.lottery.register import register


def settle(by: str) -> None:
    """Settle whatever a crash may have left. Costs a few reads when there is nothing."""
    announcing.settle(by)
    for approval in drawing.unwritten_voids():
        decider = approval.decided_by
        names = [approval.asked_by.name, decider.name if decider else ""]
        at = _utc_text(approval.decided_at)
        missing = json.loads(approval.payload).get("missing", [])
        drawing.write_void(approval.obj.removeprefix("draw/"), approval.reason, names, by, at, missing)
    if _behind():
        announcing.finish(by)


def _utc_text(at: datetime | None) -> str:
    """Return the moment of a decision as the steps of a draw write it."""
    return utc(at.timestamp()) if at else ""


def _behind() -> bool:
    """Return whether a draw's folder has steps that the log does not know."""
    if not register().is_dir():
        return False
    known = dict(Draw.objects.values_list("pk", "steps"))
    return any(len(list(path.glob("[!.]*"))) > known.get(path.name, 0) for path in register().glob("[!.]*"))
