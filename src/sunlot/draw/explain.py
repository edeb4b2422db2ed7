"""Why: one firm or one inspector, in sentences that need no software to be checked."""

from fractions import Fraction
from functools import cached_property
from typing import Any

from sunlot.draw.canonical import read_table
from sunlot.draw.eligibility import classify
from sunlot.draw.errors import DrawError
from sunlot.draw.inspectors import REASONS as INSPECTOR_REASONS
from sunlot.draw.policy_rules import parse_policy
from sunlot.draw.state import Draw
from sunlot.draw.tables import Row
from sunlot.draw.tickets import smallest, ticket

FIRM_REASONS = {
    "status": "经营状态不属于抽查范围",
    "level": "不由本级负责监管",
    "class": "不属于本次抽查的类别",
    "drawn": "今年已经被随机抽查抽中过",
    "cap": "今年的检查次数已到频次上限",
    "gap": "距上次检查的间隔天数不足",
}


def explain_firm(draw: Draw, identity: str, nonce: str = "") -> list[str]:
    """Return Chinese sentences: the firm's cell, chance, ticket, rank and what follows. Raises DrawError when it is not in the roster."""
    return Why(draw, nonce).sentences(identity)


class Why:
    """The reasons of one draw for any number of firms: roster, cells and the order of tickets are worked out once."""

    def __init__(self, draw: Draw, nonce: str = "") -> None:
        self.draw, self.nonce = draw, nonce
        frame = draw.frame()
        self.firms = {row["id"]: row for row in frame}
        self.classified = classify(frame, parse_policy(draw.firms_notice["policy"]))
        self.cells = {firm: name for name, members in self.classified.members.items() for firm in members}
        self._ranks: dict[str, dict[str, int]] = {}

    def sentences(self, identity: str, result: bool = True) -> list[str]:
        """Return the sentences for a firm; without `result` those that held before the seed. Raises DrawError."""
        if (firm := self.firms.get(identity)) is None:
            raise DrawError("not_in_roster", f"公告时的名录里没有 {identity}；请核对统一社会信用代码。")
        lines = [f"{firm['name']}（{identity}）在抽取 {self.draw.name} 公告的名录中。"]
        if reason := self.classified.excluded.get(identity):
            return [
                *lines,
                f"本次没有参加抽签，原因：{FIRM_REASONS.get(reason, reason)}（{reason}）。这一原因由公告前固定的名录和规则算出。",
            ]
        cell = self.cells[identity]
        lines += _cell_sentences(self.draw, firm, cell)
        if not result:
            return lines
        if not self.draw.outcome and not self.draw.step("seed"):
            return [*lines, "种子还没有产生，现在谁也不知道结果。"]
        rank = self._rank(self._seed, cell, identity)
        return [*lines, *_ticket_sentences(self.draw, identity, self._results.get(cell, {}), rank, self._seed)]

    @cached_property
    def _seed(self) -> str:
        return self.draw.seed_of("firms", self.nonce)

    @cached_property
    def _results(self) -> dict[str, dict[str, Any]]:
        """The outcome's cells by their path, nothing before the outcome."""
        cells = self.draw.outcome.read_json("outcome.json")["cells"] if self.draw.outcome else []
        return {entry["cell"]: entry for entry in cells}

    def _rank(self, seed: str, cell: str, identity: str) -> int:
        if cell not in self._ranks:
            members = self.classified.members[cell]
            order = smallest(seed, members, len(members))
            self._ranks[cell] = {firm: rank for rank, (_, firm) in enumerate(order, 1)}
        return self._ranks[cell][identity]


def _cell_sentences(draw: Draw, firm: Row, cell: str) -> list[str]:
    entry = next(entry for entry in draw.firms_notice["cells"] if entry["cell"] == cell)
    chance = Fraction(*entry["chance"])
    cause = (
        f"因“{firm['intensity_cause']}”加大抽查力度，至 {firm['intensity_until']} 止。"
        if firm["intensity"] != "0"
        else ""
    )
    return [
        f"它属于抽签单元“{cell}”，该单元共有 {entry['count']} 户，每户被抽中的机会相同，都是 {chance}（约 {float(chance):.2%}）。{cause}"
    ]


def _ticket_sentences(draw: Draw, identity: str, counts: dict[str, Any], rank: int, seed: str) -> list[str]:
    own = ticket(seed, identity)
    lines = [
        f"它的签号是 {own}。任何人把“{seed}|T|{identity}”粘贴到任一 SHA-256 工具（末尾不要带换行），都会得到这个签号。",
        f"签号由小到大，它在本单元排第 {rank} 位。",
    ]
    if not draw.outcome:
        return lines
    if rank <= counts["selected"]:
        return [*lines, f"本单元抽取 {counts['selected']} 户，所以它被抽中。本单元的中签线是 {counts['cutoff']}。"]
    if rank <= counts["selected"] + counts["reserves"]:
        turn = rank - counts["selected"]
        return [
            *lines,
            f"本单元抽取 {counts['selected']} 户，它没有被抽中，是第 {turn} 候补；只有抽中的单位注销、迁出或合并时才依次递补。",
        ]
    line = f"本单元的中签线是 {counts['cutoff']}，它的签号更大。" if counts["cutoff"] else ""
    return [*lines, f"本单元抽取 {counts['selected']} 户，所以它没有被抽中。{line}"]


def explain_inspector(draw: Draw, identity: str) -> list[str]:
    """Return Chinese sentences: may the inspector be drawn, his chance on every visit, and where he was drawn."""
    person = next((row for row in draw.inspectors() if row["id"] == identity), None)
    if person is None:
        raise DrawError("not_in_roster", f"公告时的执法检查人员名录里没有 {identity}。")
    lines = [
        f"{person['name']}（{identity}，执法证 {person['certificate'] or '无'}）在抽取 {draw.name} 公告的人员名录中。"
    ]
    if person["drawable"] != "yes":
        return [*lines, f"本次不参加抽取，原因：{INSPECTOR_REASONS[person['drawable']]}（{person['drawable']}）。"]
    step = draw.step("teams-notice")
    if step is None:
        return [*lines, "可以参加抽取；检查组的机会还没有公布。"]
    edges = read_table(step.read("edges.csv"), ("visit", "inspector", "group", "bucket", "f"), ("visit", "inspector"))
    own = {row["visit"]: int(row["f"]) for row in edges if row["inspector"] == identity}
    total = Fraction(sum(own.values()), 2**20)
    lines.append(
        f"他可以参加 {len(own)} 次检查，公布的机会合计 {float(total):.3f} 次；合计只会取整为 {total.__floor__()} 或 {total.__ceil__()} 次。"
    )
    if done := draw.step("teams-outcome"):
        outcome = done.read_json("outcome.json")
        drawn = [team for team in outcome["teams"] if identity in team["members"]]
        lines.append(f"抽取结果：参加 {len(drawn)} 次检查。")
        lines += [_visit_sentence(draw, team, identity, own[team["visit"]]) for team in drawn]
    return lines


def _visit_sentence(draw: Draw, team: dict[str, object], identity: str, f: int) -> str:
    chance = Fraction(f, 2**20)
    role = "任组长" if team["leader"] == identity else "任组员"
    return f"　{team['visit']}：机会 {chance}（约 {float(chance):.1%}），{role}。"
