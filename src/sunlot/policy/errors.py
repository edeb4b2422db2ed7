"""What can go wrong with a policy pack."""

from pathlib import Path

from sunlot.refusal import Refusal


class PolicyError(Refusal):
    """A policy pack, or a question about the policy, that is refused."""


def malformed(path: Path, entry: str, problem: str) -> PolicyError:
    """Return the error for what is wrong in an entry of a file."""
    where = f"的“{entry}”" if entry else ""
    return PolicyError("policy_malformed", f"政策包 {path.name}{where}有误：{problem}。")
