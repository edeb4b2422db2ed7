"""Writing draws: every step of a draw's folder becomes one event, in one transaction with the draw's row.

The folder comes first: a step appears there whole or not at all. If the machine dies before the database has committed, the next
`catch_up` finds the step and enters it; nothing is lost and nothing is done twice.
"""

from pathlib import Path

from sunlot.draw.state import Draw as DrawFolder
from sunlot.draw.state import open_draw
from sunlot.draw.steps import Step
from sunlot.office.journal import checkpoints
from sunlot.office.journal.services import deed
from sunlot.office.lottery.models import Draw


def catch_up(home: Path, register: Path, by: str, at: str = "") -> list[str]:
    """Enter every step that the database does not know yet, sign a checkpoint, and return the check codes entered.

    `at`: UTC text, by default the machine's time; a rehearsal with dates of its own hands in its own.
    """
    entered = [
        step.digest
        for folder in sorted(path for path in register.glob("[!.]*") if path.is_dir())
        for step in _enter(open_draw(folder), by, at)
    ]
    if entered:
        checkpoints.sign(home)
    return entered


def _enter(folder: DrawFolder, by: str, at: str) -> list[Step]:
    known = Draw.objects.filter(pk=folder.name).values_list("steps", flat=True).first() or 0
    missing = folder.steps[known:]
    for step in missing:
        before = DrawFolder(folder.folder, folder.steps[: step.number])
        with deed(by=by, at=at) as doing:
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
    return missing
