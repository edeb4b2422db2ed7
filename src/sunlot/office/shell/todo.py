"""What an app tells the workbench (待办). An app with things to do has `todo.py` with `todos(user, today)`."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Todo:
    """One line of the 待办 list. `state`: due, late or blocked; `hint` says what to do or why it is blocked.

    `count`: for how many things the line stands, 0 for a line about one that it names; `url` may be empty where no page helps.
    """

    title: str
    url: str
    hint: str = ""
    due: date | None = None
    state: str = "due"
    count: int = 0
