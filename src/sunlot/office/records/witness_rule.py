"""Whose signatures make a checkpoint anchored (见证规则): asked for by the security administrator, granted by chief or leading group."""

from collections.abc import Mapping, Sequence
from typing import Any

from sunlot.ledger.trust_policy import TrustPolicy, parse_policy
from sunlot.office.accounts.models import User
from sunlot.office.accounts.roles import APPROVERS
from sunlot.office.approvals.kinds import Change, Kind
from sunlot.office.approvals.models import Approval
from sunlot.office.approvals.services import ask as ask_approval
from sunlot.office.journal import checkpoints
from sunlot.office.journal.services import Deed
from sunlot.office.journal.store import the_log
from sunlot.refusal import Refusal


def lines_now() -> tuple[str, int]:
    """Return the witnesses in force, one a line with name and key, and how many of them are enough."""
    rule = checkpoints.policy_of(the_log())
    enough = rule.groups[rule.quorum][0] if rule.quorum in rule.groups else int(rule.quorum != "none")
    return "\n".join(f"{name} {key.text}" for name, key in rule.witnesses.items()), enough


def written(lines: str, enough: int) -> str:
    """Return the rule as a tlog-policy file. Raises Refusal naming the line that is wrong, or a number that cannot be met."""
    witnesses = [line.split() for line in lines.splitlines() if line.strip()]
    for number, parts in enumerate(witnesses, 1):
        if len(parts) != 2:
            raise Refusal("witness_malformed", f"第 {number} 行应为“名称 公钥”，中间一个空格；公钥由见证人的电脑显示。")
    if not 1 <= enough <= len(witnesses):
        raise Refusal("quorum_impossible", f"共 {len(witnesses)} 个见证人，须有 1 到 {len(witnesses)} 个签署才算锚定。")
    names = " ".join(name for name, _ in witnesses)
    text = "".join(
        [
            *(f"log {key.text}\n" for key in checkpoints.log_verifiers(the_log())),
            *(f"witness {name} {key}\n" for name, key in witnesses),
            f"group enough {enough} {names}\nquorum enough\n",
        ]
    )
    parse_policy(text)
    return text


def ask(user: User, lines: str, enough: int, reason: str) -> Approval:
    """Return the request to put a rule in force."""
    text = written(lines, enough)
    return ask_approval(user, KIND.code, "log", f"见证规则：{enough} 个签署即锚定", {"policy": text}, reason)


def _carry_out(doing: Deed, payload: Mapping[str, Any], approval: Approval) -> None:
    checkpoints.set_policy(payload["policy"], doing.by)


def _changes(payload: Mapping[str, Any]) -> Sequence[Change]:
    now, wanted = checkpoints.policy_of(the_log()), parse_policy(payload["policy"])
    names = sorted({*now.witnesses, *wanted.witnesses})
    keys = [(name, _key(now, name), _key(wanted, name)) for name in names]
    enough = wanted.groups[wanted.quorum][0]
    return [*(row for row in keys if row[1] != row[2]), ("锚定需要", "", f"{enough} 个见证人签署")]


def _key(rule: TrustPolicy, name: str) -> str:
    return rule.witnesses[name].text if name in rule.witnesses else ""


KIND = Kind("records.witnesses", "见证规则", APPROVERS, _carry_out, _changes)
