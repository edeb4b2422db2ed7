"""Writing draws: every step of a draw's folder becomes one event, in one transaction with the draw's row.

The folder comes first: a step appears there whole or not at all. If the machine dies before the database has committed, the next
`catch_up` finds the step and enters it; nothing is lost and nothing is done twice.
"""

from pathlib import Path

from sunlot.draw.order import ORDER
from sunlot.draw.state import Draw as DrawFolder
from sunlot.draw.state import open_draw
from sunlot.ledger.errors import LedgerError
from sunlot.office.journal import checkpoints, queries
from sunlot.office.journal.models import Checkpoint, Event
from sunlot.office.journal.services import deed
from sunlot.office.lottery.models import Draw

STEP_ACTS = frozenset(f"draw.{what}" for what in (*ORDER, "substitution", "addition", "void"))


def catch_up(home: Path, register: Path, by: str, at: str = "") -> Checkpoint | None:
    """Enter every step that the database does not know yet and return the checkpoint then signed, None when there was nothing to enter.

    Raises LedgerError, after everything else is entered, when a folder is not the draw that the log knows under its number.

    `at`: UTC text, by default the machine's time; a rehearsal with dates of its own hands in its own.
    """
    known = dict(Draw.objects.values_list("pk", "steps"))
    behind = [
        folder
        for folder in sorted(register.glob("[!.]*"))
        if len(list(folder.glob("[!.]*"))) > known.get(folder.name, 0)
    ]
    refused: list[LedgerError] = []
    for folder in behind:
        try:
            _enter(open_draw(folder), known.get(folder.name, 0), by, at)
        except LedgerError as error:  # one draw that was tampered with must not keep the others out of the log
            refused.append(error)
    signed = checkpoints.sign(home) if behind else None
    if refused:
        raise refused[0]
    return signed


def refuse_held_before(draw: str) -> None:
    """Raise LedgerError when the log knows a draw of this number: its folder was removed, and it must not be held a second time."""
    if event := Event.objects.filter(obj=f"draw/{draw}", act="draw.notice").order_by("seq").first():
        raise LedgerError(
            "held_before",
            f"抽取 {draw} 在日志第 {event.seq} 条已有公告，文件夹却不在：不能以同一编号再抽一次。请恢复原文件夹，并执行 sunlot journal audit。",
        )


def _refuse_another(folder: DrawFolder, number: int) -> None:
    """Raise LedgerError when the log has entered step `number` already, or earlier ones otherwise: the draw was taken away and held again."""
    for event in Event.objects.filter(obj=f"draw/{folder.name}", act__in=STEP_ACTS).order_by("seq"):
        said = queries.leaf_of(event)["pub"]
        place = int(said["step"]) - 1
        here = folder.steps[place].digest if place < len(folder.steps) else ""
        if place >= number - 1 or here != said["check_code"]:
            raise LedgerError(
                "held_before",
                f"抽取 {folder.name} 第 {said['step']} 步在日志第 {event.seq} 条的核对码是 {said['check_code'][:16]}…，"
                "现在的文件夹却是另一次抽取：同一编号不能抽两次，不予登记。请执行 sunlot journal audit 并报告。",
            )


def _enter(folder: DrawFolder, known: int, by: str, at: str) -> None:
    for step in folder.steps[known:]:
        before = DrawFolder(folder.folder, folder.steps[: step.number])
        with deed(by=by, at=at) as doing:
            if Draw.objects.select_for_update().filter(pk=folder.name, steps__gte=step.number).exists():
                continue  # somebody else entered it meanwhile
            _refuse_another(folder, step.number)
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
