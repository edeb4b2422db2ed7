"""How an app declares its pages: one entry gives a page its title, its place in menu and breadcrumbs, and its readers."""

from collections.abc import Iterable
from dataclasses import dataclass, field

EVERYBODY = frozenset({"*"})  # whoever has logged in
ANYBODY = frozenset({"*", ""})  # without login too


@dataclass(frozen=True)
class Page:
    """A page. `menu`: the group of the left menu it stands in, empty for none; `under`: the page above it in the breadcrumbs.

    `writers`: who may post to it, where those are fewer than may read it.
    """

    title: str
    roles: frozenset[str]
    menu: str = ""
    under: str = ""
    icon: str = field(default="", compare=False)
    writers: frozenset[str] | None = None

    def open_to(self, role: str) -> bool:
        """Return whether somebody of this role, empty for nobody logged in, may open the page."""
        return role in self.roles or (bool(role) and "*" in self.roles)

    def answers(self, role: str, method: str) -> bool:
        """Return whether somebody of this role may send a request with this method to the page."""
        writes = method not in ("GET", "HEAD", "OPTIONS")
        return self.open_to(role) and (not writes or self.writers is None or role in self.writers)


def roles(*names: Iterable[str] | str) -> frozenset[str]:
    """Return the union of roles and sets of roles."""
    found: set[str] = set()
    for name in names:
        found |= {name} if isinstance(name, str) else set(name)
    return frozenset(found)
