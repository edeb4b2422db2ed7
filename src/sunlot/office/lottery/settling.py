"""After a crash: what was half done is either finished or undone, and the log learns what the folders know."""

import json
from datetime import datetime

from django.utils.translation import gettext as _

from sunlot.draw.errors import DrawError
from sunlot.draw.moments import utc
from sunlot.office.approvals.models import Approval
from sunlot.office.lottery import announcing, drawing, substituting
from sunlot.office.lottery.models import Draw
from sunlot.office.lottery.register import register
from sunlot.office.shell.refusals import said


def settle(by: str) -> list[str]:
    """Settle whatever a crash may have left, and return what was found and done, a sentence each. Costs a few reads when there is nothing."""
    told = announcing.settle(by)
    for approval in drawing.unwritten_voids():
        decider, draw = approval.decided_by, approval.obj.removeprefix("draw/")
        names = [approval.asked_by.name, decider.name if decider else ""]
        missing = json.loads(approval.payload).get("missing", [])
        drawing.write_void(draw, approval.reason, names, by, _utc_text(approval.decided_at), missing)
        told.append(_("抽取 %(draw)s 的作废已经批准，办理途中中断过；现已写入。") % {"draw": draw})
    for approval in substituting.unwritten():
        told.append(_substituted(approval))
    if behind := _behind():
        announcing.finish(by)
        told += [
            _("抽取 %(draw)s 有一步办理途中中断过：这一步已经完成，现已补登日志。") % {"draw": draw} for draw in behind
        ]
    return told


def _substituted(approval: Approval) -> str:
    try:
        substituting.write_unwritten(approval, _utc_text(approval.decided_at))
    except DrawError as error:  # the draw went on meanwhile; who opens the list reads it and nothing else is held up
        return f"{approval.title}：{said(error)}"
    return _("“%(title)s”已经批准，办理途中中断过；现已写入。") % {"title": approval.title}


def _utc_text(at: datetime | None) -> str:
    """Return the moment of a decision as the steps of a draw write it."""
    return utc(at.timestamp()) if at else ""


def _behind() -> list[str]:
    """Return the draws whose folders have steps that the log does not know."""
    if not register().is_dir():
        return []
    known = dict(Draw.objects.values_list("pk", "steps"))
    folders = sorted(register().glob("[!.]*"))
    return [path.name for path in folders if len(list(path.glob("[!.]*"))) > known.get(path.name, 0)]
