"""Which inspectors may be drawn, and what of it the public sees: the reason where the law allows it, else a salted commitment."""

import hmac
from collections.abc import Callable
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

from sunlot.draw.canonical import dumps
from sunlot.draw.errors import DrawError
from sunlot.draw.tables import Row, read_clean

COLUMNS = ("id", "name", "certificate", "valid_to", "department", "specialities", "drawable", "private")
REASONS = {
    "yes": "可以抽取",
    "role": "专家或辅助人员，不计入执法人员",
    "certificate": "没有执法证",
    "expired": "执法证在检查期内到期",
    "duty": "不在岗",
    "leave": "请假、出差覆盖整个检查期",
}


@dataclass(frozen=True)
class Inspectors:
    """The inspectors' frame, their private facts and the salts that open the commitments. The last two never leave the office."""

    rows: list[Row]
    private: dict[str, dict[str, Any]]
    salts: dict[str, str]


def inspectors_frame(folder: Path, window: tuple[str, str], new_salt: Callable[[], str]) -> Inspectors:
    """Return the frame of inspectors for visits between two dates. Raises DrawError when nobody, or only one, may be drawn."""
    people = read_clean(
        folder, "inspectors.csv", ("certificate", "certificate_valid_to", "role", "state"), required=True
    )
    leaves, recusals = read_clean(folder, "leaves.csv"), read_clean(folder, "recusals.csv")
    rows, private, salts = [], {}, {}
    for person in people:
        own_leaves = sorted([leave["start"], leave["end"]] for leave in leaves if leave["inspector_id"] == person["id"])
        firms = sorted({recusal["firm_id"] for recusal in recusals if recusal["inspector_id"] == person["id"]})
        home = person.get("territory", "")
        private[person["id"]] = {"home": home, "inspector": person["id"], "leaves": own_leaves, "recusals": firms}
        salts[person["id"]] = new_salt()
        rows.append(_row(person, own_leaves, window, commit(salts[person["id"]], private[person["id"]])))
    if len(drawable := [row for row in rows if row["drawable"] == "yes"]) < 2:
        raise DrawError(
            "too_few_inspectors",
            f"可抽取的执法人员只有 {len(drawable)} 名，每次检查依法不得少于两名；请核对执法证有效期、在岗状态和请假记录。",
        )
    return Inspectors(rows, private, salts)


def commit(salt: str, facts: dict[str, Any]) -> str:
    """Return the commitment to a person's private facts: HMAC-SHA256 under the salt, hex."""
    return hmac.new(bytes.fromhex(salt), dumps(facts), sha256).hexdigest()


def _row(person: Row, leaves: list[list[str]], window: tuple[str, str], commitment: str) -> Row:
    return {
        "id": person["id"],
        "name": person.get("name", ""),
        "certificate": person["certificate"],
        "valid_to": person["certificate_valid_to"],
        "department": person.get("department", ""),
        "specialities": person.get("specialities", ""),
        "drawable": why_not(person, leaves, window),
        "private": commitment,
    }


def why_not(person: Row, leaves: list[list[str]], window: tuple[str, str]) -> str:
    """Return `yes`, or the code of the first reason why this person cannot be drawn for the window (行政处罚法 42、55: certified)."""
    if person["role"] not in ("", "inspector"):
        return "role"
    if not person["certificate"]:
        return "certificate"
    if person["certificate_valid_to"] < window[1][: len(person["certificate_valid_to"]) or 10]:
        return "expired"
    if person["state"] not in ("", "在岗"):
        return "duty"
    if any(start <= window[0] and window[1] <= end for start, end in leaves):
        return "leave"
    return "yes"
