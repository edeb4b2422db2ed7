"""The number of a statutory document (文号), such as （汶）应急检记〔2026〕1号."""

from sunlot.policy.errors import PolicyError
from sunlot.policy.in_force import Policy


def document_number(policy: Policy, place: str, kind: str, number: int) -> str:
    """Return the number of a document of the policy's year. `kind`: a code of `document.kinds`; `place`: the office's short name, such as 汶.

    Raises PolicyError for a kind the policy does not know and for a pattern that names something else.
    """
    return _written(policy, kind, place, policy.day.year, number)


def blank_number(policy: Policy, kind: str) -> str:
    """Return the number with blanks to write in by hand, such as （　　）应急检记〔　　　　〕　　号. Raises PolicyError."""
    return _written(policy, kind, "　　", "　　　　", "　　")


def _written(policy: Policy, kind: str, place: str, year: int | str, number: int | str) -> str:
    kinds = policy.labels("document.kinds")
    if kind not in kinds:
        raise PolicyError("no_such_document", f"没有种类为“{kind}”的文书；现有：{'、'.join(kinds)}。")
    pattern = policy.text("document.number_pattern")
    parts = {"place": place, "prefix": policy.text("document.prefix"), "kind": kinds[kind], "year": year}
    try:
        return pattern.format(**parts, number=number)
    except (KeyError, IndexError, ValueError) as failure:
        raise PolicyError(
            "policy_malformed",
            f"文书文号格式“{pattern}”有误：只能用 {{place}}、{{prefix}}、{{kind}}、{{year}}、{{number}}（{failure}）。",
        ) from failure
