"""Whom to trust (C2SP tlog-policy): logs, witnesses, groups of them and the quorum that a checkpoint needs."""

from collections.abc import Mapping
from dataclasses import dataclass

from sunlot.ledger.checkpoint import Checkpoint, cosigners, open_checkpoint
from sunlot.ledger.errors import LedgerError
from sunlot.ledger.keys import COSIGNATURE, Verifier, read_verifier
from sunlot.ledger.note import Note

Group = tuple[int, tuple[str, ...]]


@dataclass(frozen=True)
class TrustPolicy:
    """The logs; the witnesses by name; the groups by name, each (how many of, whom); and the name of the quorum or `none`."""

    logs: tuple[Verifier, ...]
    witnesses: Mapping[str, Verifier]
    groups: Mapping[str, Group]
    quorum: str

    def met(self, signed: set[str]) -> bool:
        """Return whether the witnesses named are enough."""
        return self.quorum == "none" or self._holds(self.quorum, signed)

    def _holds(self, name: str, signed: set[str]) -> bool:
        if name in self.witnesses:
            return name in signed
        least, members = self.groups[name]
        return sum(self._holds(member, signed) for member in members) >= least


@dataclass(frozen=True)
class Anchor:
    """A checkpoint whose quorum is met, with the time (Unix seconds) at which each witness cosigned, by its name in the policy."""

    checkpoint: Checkpoint
    times: Mapping[str, int]


def check_anchor(note: Note, policy: TrustPolicy) -> Anchor:
    """Return the anchored checkpoint. Raises LedgerError when no known log signed it, a line is wrong or the quorum is not met."""
    checkpoint = open_checkpoint(note, policy.logs)
    by_key = cosigners(note, tuple(policy.witnesses.values()))
    times = {name: by_key[key] for name, key in policy.witnesses.items() if key in by_key}
    if not policy.met(set(times)):
        present = "、".join(sorted(times)) or "没有"
        raise LedgerError("quorum_not_met", f"检查点的见证不足：需要 {policy.quorum}，现有 {present}。")
    return Anchor(checkpoint, times)


def parse_policy(text: str) -> TrustPolicy:
    """Return the policy of a file. Raises LedgerError naming the line that is wrong."""
    logs: list[Verifier] = []
    witnesses: dict[str, Verifier] = {}
    groups: dict[str, Group] = {}
    quorums: list[str] = []
    members: set[str] = set()
    for number, line in enumerate(text.split("\n"), 1):
        words = line.split()
        if not words or words[0].startswith("#"):
            continue
        known = {*witnesses, *groups}
        try:
            match words:
                case ["log", key, *url] if len(url) < 2:
                    logs.append(_fresh(read_verifier(key), logs))
                case ["witness", name, key, *url] if len(url) < 2 and name not in known and name != "none":
                    witnesses[name] = _fresh(read_verifier(key), list(witnesses.values()), COSIGNATURE)
                case ["group", name, least, *names] if name not in known and name != "none":
                    groups[name] = _group(least, names, known, members)
                case ["quorum", name] if name in known or name == "none":
                    quorums.append(name)
                case _:
                    raise ValueError
        except (ValueError, LedgerError):
            raise LedgerError("policy_malformed", f"见证规则第 {number} 行“{line.strip()[:40]}”不对。") from None
    if len(quorums) != 1:
        raise LedgerError("policy_malformed", "见证规则必须恰有一行 quorum。")
    return TrustPolicy(tuple(logs), witnesses, groups, quorums[0])


def _fresh(key: Verifier, known: list[Verifier], kind: int | None = None) -> Verifier:
    """A public key stands once only; witnesses' keys are of the cosigning kind, logs' are not."""
    if key.key in [other.key for other in known] or (key.kind == COSIGNATURE) != (kind == COSIGNATURE):
        raise ValueError
    return key


def _group(least: str, names: list[str], known: set[str], members: set[str]) -> Group:
    """A name is a member of one group at most, so that nobody counts twice."""
    count = {"any": 1, "all": len(names)}.get(least) or (int(least) if least.isascii() and least.isdecimal() else 0)
    if not 1 <= count <= len(names) or len(set(names)) != len(names) or members & set(names) or not set(names) <= known:
        raise ValueError
    members.update(names)
    return count, tuple(names)
