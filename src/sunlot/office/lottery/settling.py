"""After a crash: what was half done is either finished or undone, and the log learns what the folders know."""

from sunlot.office.lottery import announcing, drawing
from sunlot.office.lottery.models import Draw
from sunlot.office.lottery.register import register


def settle(by: str) -> None:
    """Settle whatever a crash may have left. Costs a few reads when there is nothing."""
    announcing.settle(by)
    for approval in drawing.unwritten_voids():
        decider = approval.decided_by
        names = [approval.asked_by.name, decider.name if decider else ""]
        drawing.write_void(approval.obj.removeprefix("draw/"), approval.reason, names, by)
    if _behind():
        announcing.finish(by)


def _behind() -> bool:
    """Return whether a draw's folder has steps that the log does not know."""
    if not register().is_dir():
        return False
    known = dict(Draw.objects.values_list("pk", "steps"))
    return any(len(list(path.glob("[!.]*"))) > known.get(path.name, 0) for path in register().glob("[!.]*"))
