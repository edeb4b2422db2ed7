"""The order in which a draw's steps may follow one another (docs/draw-format.md section 6)."""

from collections.abc import Sequence

from sunlot.draw.errors import DrawError

ORDER = ("notice", "seed", "outcome", "teams-notice", "teams-seed", "teams-outcome")
OWED = {"seed", "outcome", "teams-seed", "teams-outcome"}


def check_order(kinds: Sequence[str]) -> None:
    """Raise DrawError at the first step that is out of order: a second notice in one draw would be a second try.

    Substitutions and additions follow an outcome. After a void come only the seed and the outcome that its notice owes.
    """
    done, ended = 0, False
    for number, what in enumerate(kinds, 1):
        due = ORDER[done] if done < len(ORDER) else ""
        if ended:
            fits = what == due and what in OWED
        elif what in ("substitution", "addition", "void"):
            fits = done >= (1 if what == "void" else 3)
        else:
            fits = what == due
        if not fits:
            raise DrawError("step_order", f"步骤 {number:02d}-{what} 不合次序：{_why(ended, due)}。")
        ended = ended or what == "void"
        done += what == due


def _why(ended: bool, due: str) -> str:
    if ended:
        return "作废之后只能登记其公告所欠的种子和结果"
    return f"这里只能是 {due}、替换、追加或作废" if due else "这里只能是替换、追加或作废"
