"""Who may be drawn and in which cell, computed from the committed frame alone (docs/draw-format.md section 4.3)."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sunlot.draw.errors import DrawError
from sunlot.draw.policy_rules import Policy, Rule, path_part

Row = Mapping[str, str]
IN_CELL = ("drawn", "cap", "gap")


@dataclass(frozen=True)
class Cell:
    """Firms that the policy treats alike: their rule, effective intensity, the eligible ids, and how many were drawn before this year."""

    path: str
    rule: Rule
    intensity: int
    eligible: list[str]
    drawn: int


@dataclass(frozen=True)
class Classified:
    """Every firm of the frame once: in a cell's eligible list or among the excluded with a reason."""

    cells: dict[str, Cell]
    excluded: dict[str, str]

    @property
    def members(self) -> dict[str, list[str]]:
        return {path: cell.eligible for path, cell in self.cells.items()}

    def reasons(self) -> Counter[str]:
        """Return how many firms each reason excludes."""
        return Counter(self.excluded.values())


def classify(frame: Sequence[Row], policy: Policy) -> Classified:
    """Return cells (bytewise by path) and exclusions."""
    today = date.fromisoformat(policy.date)
    eligible: dict[str, list[str]] = {}
    drawn: Counter[str] = Counter()
    kinds: dict[str, tuple[Rule, int]] = {}
    excluded: dict[str, str] = {}
    for row in frame:
        rule, reason = _judge(row, policy, today)
        if rule is not None and reason in ("", *IN_CELL):
            level = effective_intensity(row, policy)
            path = _path(row, rule, level, policy)
            kinds[path] = (rule, level)
            drawn[path] += reason == "drawn"
            if not reason:
                eligible.setdefault(path, []).append(row["id"])
        if reason:
            excluded[row["id"]] = reason
    paths = sorted(kinds, key=str.encode)
    return Classified({path: Cell(path, *kinds[path], eligible.get(path, []), drawn[path]) for path in paths}, excluded)


def _judge(row: Row, policy: Policy, today: date) -> tuple[Rule | None, str]:
    """Return the rule that applies and the first reason for exclusion, empty when the firm is eligible."""
    for entry in policy.scope:
        if row[entry.column] not in entry.values:
            return None, entry.reason
    rule = next((rule for rule in policy.rules if rule.matches(row)), None)
    if rule is None:
        return None, "class"
    if row["drawn"]:
        return rule, "drawn"
    if rule.cap and int(row["visits"]) >= rule.cap:
        return rule, "cap"
    if row["last_visit"] and (today - date.fromisoformat(row["last_visit"])).days < rule.gap:
        return rule, "gap"
    return rule, ""


def effective_intensity(row: Row, policy: Policy) -> int:
    """Return the intensity class that counts on the policy's date; an expired cause counts no more."""
    level = int(row["intensity"])
    if level and row["intensity_until"] >= policy.date:
        return min(level, len(policy.intensity) - 1)
    return 0


def _path(row: Row, rule: Rule, level: int, policy: Policy) -> str:
    try:
        return "/".join([rule.name, str(level), *(path_part(row[column] or "-") for column in policy.spread)])
    except DrawError as error:
        raise DrawError(error.kind, f"{row['id']} {row['name']}：{error.sentence}请在名录里改正。") from None
