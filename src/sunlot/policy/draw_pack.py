"""The rules of a draw's pack as people read them, beside the layered rules: what each says, where it comes from, how sure we are."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from sunlot.policy.arithmetic.numbers import percent


@dataclass(frozen=True)
class DrawRule:
    """One rule of the draw, in Chinese. `certainty` is the pack's own words."""

    title: str
    says: str
    source: str
    certainty: str


def draw_rules(pack: Mapping[str, Any]) -> tuple[DrawRule, ...]:
    """Return the rules of a pack that reader.read_pack returned, in its order."""
    firms, teams = pack["firms"], pack["teams"]
    intensity = "、".join(map(str, firms["intensity"]))
    rounds = f"每年 {firms['rounds']} 轮，第一轮占 {percent(Fraction(*firms['share']), 0)}；加大力度倍数 {intensity}"
    team = f"每组 {teams['size']} 人，每人每轮不超过 {teams['capacity']} 户"
    return (
        DrawRule("轮次与力度", rounds, firms["source"], firms["certainty"]),
        *(DrawRule(rule["name"], _says(rule), rule["source"], rule["certainty"]) for rule in firms["rules"]),
        DrawRule("执法人员编组", team, teams["source"], teams["certainty"]),
    )


def _says(rule: Mapping[str, Any]) -> str:
    cap = f"每年不超过 {rule['cap']} 次" if rule["cap"] else "不限次数"
    return f"年度抽查比例 {percent(Fraction(*rule['rate']), 0)}，{cap}，两次间隔不少于 {rule['gap']} 天"
