"""What a printed or Excel form needs to know of one stage of a draw."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class DrawStage:
    """Plain data: the canonical files' content, names to print beside codes, and the check code of the last step."""

    organ: str
    title: str
    notice: Mapping[str, Any]
    outcome: Mapping[str, Any]
    seed_record: Mapping[str, Any]
    firms: Mapping[str, Mapping[str, str]]
    inspectors: Mapping[str, Mapping[str, str]]
    check_code: str
    rehearsal: bool
    void_reason: str
    descriptions: Sequence[str]
    edges: Sequence[Mapping[str, str]]

    def firm(self, identity: str) -> str:
        """Return the firm's name."""
        return self.firms.get(identity, {}).get("name", "")

    def person(self, identity: str) -> str:
        """Return the inspector's name and number."""
        name = self.inspectors.get(identity, {}).get("name", "")
        return f"{name}（{identity}）" if identity else ""

    def chances(self) -> dict[tuple[str, str], int]:
        """Return f (units of 2^-20) by visit and inspector."""
        return {(edge["visit"], edge["inspector"]): int(edge["f"]) for edge in self.edges}
