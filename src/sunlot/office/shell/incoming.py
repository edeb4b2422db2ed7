"""Whether rows of a list may come in from a file. Every list says it: by which kind of import, or why none may.

docs/lists.md has the table of all lists; tests/office/test_every_list_says_what_comes_in.py holds it.
"""

from dataclasses import dataclass
from enum import Enum

BROUGHT_BY: dict[str, frozenset[str]] = {}  # the roles that bring in a kind, as imports.kinds registers them
IMPORTS = "imports:new"


@dataclass(frozen=True)
class FromFile:
    """Rows come in by this kind of import; `page`: where."""

    kind: str
    page: str = IMPORTS

    def open_to(self, role: str) -> bool:
        """Return whether somebody of this role brings them in, if the page is open to him."""
        return self.page != IMPORTS or role in BROUGHT_BY.get(self.kind, frozenset())


class Never(Enum):
    """Why no row of a list may come in from a file."""

    RECORD = "the office's own record of what was done in it; a row from a file would be a forged one"
    RECKONED = "reckoned from other lists; what is wrong is put right there"
    STEPS = "every row goes through steps with papers, signatures or a second person, and cannot begin in the middle"
    OWN = "a person's own declaration; nobody makes it for him"
    SEALED = "kept sealed for who handles it; a file of it would lie open on a desk"

    def open_to(self, role: str) -> bool:
        """Return that nobody brings them in."""
        return False


Incoming = FromFile | Never
