"""Writing draws: every step of a draw's folder becomes one event, in one transaction with the draw's row.

The folder comes first: a step appears there whole or not at all. If the machine dies before the database has committed, the next
`catch_up` finds the step and enters it; nothing is lost and nothing is done twice.
"""

from pathlib import Path

from sunlot.draw.state import Draw as DrawFolder
from sunlot.draw.state import open_draw
from sunlot.office.journal import checkpoints
from sunlot.office.journal.models import Checkpoint
from sunlot.office.journal.services import deed
from sunlot.office.lottery.models import Draw


def catch_up(home: Path, register: Path, by: str, at: str = "") -> Checkpoint | None:
    """Enter every step that the database does not know yet and return the checkpoint then signed, None when there was nothing to enter.

    `at`: UTC text, by default the machine's time; a rehearsal with dates of its own hands in its own.
    """
    known = dict(Draw.objects.values_list("pk", "steps"))
    behind = [
        folder
        for folder in sorted(register.glob("[!.]*"))
        if len(list(folder.glob("[!.]*"))) > known.get(folder.name, 0)
    ]
    for folder in behind:
        _enter(open_draw(folder), known.get(folder.name, 0), by, at)
    return checkpoints.sign(home) if behind else None


def _enter(folder: DrawFolder, known: int, by: str, at: str) -> None:
    for step in folder.steps[known:]:
        before = DrawFolder(folder.folder, folder.steps[: step.number])
        with deed(by=by, at=at) as doing:
            if Draw.objects.select_for_update().filter(pk=folder.name, steps__gte=step.number).exists():
                continue  # somebody else entered it meanwhile
            doing.save(
                Draw(
                    id=folder.name,
                    title=folder.firms_notice["title"],
                    state=before.status,
                    steps=step.number,
                    check_code=step.digest,
                    rehearsal=bool(folder.firms_notice["rehearsal"]),
                )
            )
            fields = {"draw": folder.name, "step": step.number, "check_code": step.digest, "done_at": step.record["at"]}
            doing.record(f"draw.{step.what}", f"draw/{folder.name}", fields)
