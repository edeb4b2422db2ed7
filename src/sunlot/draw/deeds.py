"""The deeds of a draw: announce, record the seed, run, substitute, void. Each reads the steps, decides, and appends one step.

`now` is UTC text and comes in from outside, as do fresh secrets: nothing here asks the clock or the machine's randomness.
"""

import json
import re
from collections.abc import Callable, Mapping, Sequence
from itertools import combinations
from pathlib import Path
from typing import Any

from sunlot.draw import addition, inspectors, notices, substitution
from sunlot.draw.canonical import describe_table, dumps, hash_of, write_table
from sunlot.draw.compute import compute
from sunlot.draw.errors import DrawError
from sunlot.draw.hand import refuse_too_little
from sunlot.draw.moments import beijing
from sunlot.draw.nonce import combine, commit_nonce, split_nonce
from sunlot.draw.seed import public_part, record_sources, seed_record
from sunlot.draw.sources import check_sources, describe
from sunlot.draw.state import Draw, open_draw
from sunlot.draw.steps import append_step
from sunlot.draw.tables import Row, frame_rows
from sunlot.draw.team_network import build_network
from sunlot.draw.teams.network import EDGE_COLUMNS, Network, to_notice
from sunlot.draw.teams.prepare import prepare
from sunlot.draw.voids import draws_before, void_record
from sunlot.files import replace_file, write_flushed

ABSENT_COLUMNS = ("visit", "inspector", "reason")
SECRET_REASONS = {"recusal", "leave", "territory"}  # facts of a person's life; the public sees `withheld`
NewSecret = Callable[[], str]
SHELF = Path(".private/code")  # in the register: the programs that its notices name


def announce_firms(
    register: Path, plan: Mapping[str, Any], pack: Mapping[str, Any], tables: Path, now: str, new_secret: NewSecret
) -> Draw:
    """Fix the firms' notice as the first step of the next draw. Raises DrawError and writes nothing when anything is amiss."""
    check_sources(plan["sources"], now)
    name = next_id(register, str(plan["organ"]), str(plan["year"]))
    series = draws_before(register, name, now)
    before = drawn_before(register, str(plan["organ"]), str(plan["year"]), bool(plan.get("rehearsal", False)))
    frame = frame_rows(tables, str(plan["date"])[:4], list(plan.get("territories", [])), before)
    window = (plan["window"][0], plan["window"][1])
    staff = inspectors.inspectors_frame(tables, window, new_secret)
    nonces = {stage: new_secret() for stage in ("firms", "teams")} if plan.get("secret") else {}
    commitment = commit_nonce(name, "firms", nonces["firms"]) if nonces else ""
    decided = {**plan, **series, "nonce_commit": commitment}
    notice, files = notices.firms_notice(name, decided, pack, frame, staff.rows, now)
    keep_private(register, name, {"salts": staff.salts, "facts": staff.private, "nonces": nonces}, new_secret)
    notices.keep_software(register / SHELF)
    append_step(register / name, [], "notice", now, {"notice.json": dumps(notice), **files})
    return open_draw(register / name)


def drawn_before(register: Path, organ: str, year: str, rehearsal: bool) -> dict[str, str]:
    """Return by firm the draw of this year that drew it, substitutions applied. Void draws count for nothing, rehearsals for rehearsals only."""
    found: dict[str, str] = {}
    for folder in sorted(register.glob(f"{organ}-{year}-[0-9][0-9][0-9][0-9]")):
        draw = open_draw(folder)
        if draw.outcome and not draw.void and (rehearsal or not draw.firms_notice["rehearsal"]):
            found |= dict.fromkeys(substitution.firms_now(draw), draw.name)
    return found


def next_id(register: Path, organ: str, year: str) -> str:
    """Return the next consecutive draw id. Raises DrawError while the draw before has neither a result nor a void."""
    pattern = re.compile(rf"{re.escape(organ)}-{re.escape(year)}-(\d{{4}})")
    names = (
        sorted(path.name for path in register.iterdir() if pattern.fullmatch(path.name)) if register.is_dir() else []
    )
    if not names:
        return f"{organ}-{year}-0001"
    before = open_draw(register / names[-1])
    if not (before.outcome or before.void):
        raise DrawError("draw_open", f"上一次抽取 {names[-1]} 还没有结果，也没有作废；完成它之后才能发布新公告。")
    return f"{organ}-{year}-{int(names[-1][-4:]) + 1:04d}"


def keep_private(register: Path, name: str, secrets: Mapping[str, Any], new_secret: NewSecret) -> None:
    """Store what opens the commitments where only the office can read it: `.private/<draw>/`, outside the draw's own folder."""
    folder = _write_openings(register, name, secrets)
    for stage, nonce in secrets["nonces"].items():
        for number, share in enumerate(split_nonce(nonce, [new_secret(), new_secret()]), 1):
            write_flushed(folder / f"nonce-{stage}-share-{number}.txt", (share + "\n").encode())


def _write_openings(register: Path, name: str, secrets: Mapping[str, Any]) -> Path:
    folder = register / ".private" / name
    folder.mkdir(parents=True, exist_ok=True)
    folder.chmod(0o700)
    replace_file(folder / "openings.json", json.dumps(secrets, ensure_ascii=False, sort_keys=True).encode(), mode=0o600)
    return folder


def restore_nonce(draw: Draw, stage: str, shares: Sequence[str]) -> None:
    """Put a nonce that was lost or withheld back from two of its three shares. Raises DrawError when it is not the committed one."""
    nonce, register = combine(shares), draw.folder.parent
    notice = draw.step("notice" if stage == "firms" else "teams-notice")
    if notice and commit_nonce(draw.name, stage, nonce) != notice.read_json("notice.json")["nonce_commit"]:
        raise DrawError("nonce_differs", "恢复出的随机数与公告中的承诺值不符；请核对份额属于哪次抽取、哪个阶段。")
    private = read_private(register, draw.name)
    private["nonces"][stage] = nonce
    _write_openings(register, draw.name, private)


def read_private(register: Path, name: str) -> dict[str, Any]:
    """Return the openings of a draw, empty where they are not at hand."""
    path = register / ".private" / name / "openings.json"
    empty: dict[str, Any] = {"salts": {}, "facts": {}, "nonces": {}}
    return json.loads(path.read_bytes()) if path.is_file() else empty


def announce_teams(draw: Draw, now: str, sources: Sequence[Mapping[str, Any]] | None = None) -> Draw:
    """Compute and fix the teams' probabilities for the drawn firms. Raises TeamsInfeasible with cures when no assignment exists."""
    outcome_step = draw.need("outcome", "请先完成企业抽取，再公布检查组的机会。")
    draw.refuse_if("teams-notice", "检查组公告已经发布，不能重发。")
    firms, named = draw.firms_notice, list(sources or draw.firms_notice["team_sources"])
    check_sources(named, now)
    if notices.software_hash(notices.software_files()) != firms["software"]:
        raise DrawError(
            "software_changed",
            "抽取程序在企业公告之后变过，一次抽取的两个公告必须用同一程序，否则证据包无法核验；"
            "请用原版本办完这次抽取，再升级。",
        )
    visits, staff = visits_of(draw), draw.inspectors()
    private = read_private(draw.folder.parent, draw.name)
    pairs_before, visits_before = last_round(draw)
    network, absent = build_network(
        visits, staff, private["facts"], firms["teams"], (firms["window"][0], firms["window"][1]), visits_before
    )
    network = Network.of(network.visits, network.inspectors, network.edges)
    names = {row["id"]: row["name"] for row in [*visits, *staff]}
    prepared = prepare(network, absent=absent, names=names)
    rules = firms["teams"]
    pairs = {"mode": rules["pairs"], "previous": [list(pair) for pair in sorted(pairs_before)]}
    fields, edge_rows = to_notice(network, prepared.f, prepared.maxima, pairs, rules["reserve_depth"])
    edges = write_table(EDGE_COLUMNS, edge_rows, ("visit", "inspector"))
    zero = absent_rows(network.edges, edge_rows, absent)
    absent_table = write_table(ABSENT_COLUMNS, zero, ("visit", "inspector"))
    nonce = private["nonces"].get("teams", "")
    if firms["secret"] and not nonce:
        raise DrawError("nonce_missing", "找不到暗查抽取检查组阶段的保密随机数；请用三份份额中的任意两份恢复。")
    plan = {
        "outcome": hash_of(outcome_step.read("outcome.json")),
        "sources": named,
        "nonce_commit": commit_nonce(draw.name, "teams", nonce) if nonce else "",
    }
    fields = {**fields, "targets": prepared.targets(), "warnings": list(prepared.warnings)}
    notice = notices.teams_notice(draw.name, firms, plan, with_tables(fields, edges, absent_table), now)
    files = {"notice.json": dumps(notice), "edges.csv": edges, "absent.csv": absent_table}
    append_step(draw.folder, draw.steps, "teams-notice", now, files)
    return open_draw(draw.folder)


def last_round(draw: Draw) -> tuple[set[tuple[str, str]], frozenset[tuple[str, str]]]:
    """Return the pairs of inspectors and the (firm, inspector) visits of the latest earlier draw of the register that formed teams."""
    for folder in sorted(draw.folder.parent.glob("[!.]*"), reverse=True):
        if folder.is_dir() and folder.name < draw.name and (before := open_draw(folder)).step("teams-outcome"):
            teams = substitution.teams_now(before)
            pairs = {pair for team in teams.values() for pair in combinations(sorted(team), 2)}
            return pairs, frozenset((firm, person) for firm, team in teams.items() for person in team)
    return set(), frozenset()


def with_tables(fields: Mapping[str, Any], edges: bytes, absent: bytes) -> dict[str, Any]:
    """Return the network's notice fields with both tables described by their roots."""
    return {
        **fields,
        "edges": describe_table("edges.csv", EDGE_COLUMNS, edges),
        "absent": describe_table("absent.csv", ABSENT_COLUMNS, absent),
    }


def absent_rows(edges: Sequence[Any], kept: Sequence[Row], absent: Sequence[Any]) -> list[Row]:
    """Return one row a pair that cannot be drawn; a reason that is personal stands as `withheld`."""
    alive = {(row["visit"], row["inspector"]) for row in kept}
    zero = [
        {"visit": edge.visit, "inspector": edge.inspector, "reason": "zero"}
        for edge in edges
        if (edge.visit, edge.inspector) not in alive
    ]
    hidden = [
        {
            "visit": gap.visit,
            "inspector": gap.inspector,
            "reason": "withheld" if gap.reason in SECRET_REASONS else gap.reason,
        }
        for gap in absent
    ]
    return zero + hidden


def visits_of(draw: Draw) -> list[Row]:
    """Return the frame rows of the firms to be visited: the selected ones, substitutions so far applied."""
    frame = {row["id"]: row for row in draw.frame()}
    return [frame[firm] for firm in substitution.firms_now(draw)]


def record_seed(draw: Draw, evidence: Sequence[Mapping[str, Any]], now: str) -> Draw:
    """Record every named source of the open stage, verified. The seed is write-once. Raises DrawError and writes nothing otherwise."""
    stage, notice_step = draw.open_stage()
    draw.refuse_if(f"{stage.prefix}seed", "本公告的种子已经登记；一个公告只有一个种子，不能再登记第二个。")
    notice = notice_step.read_json("notice.json")
    for source in notice["sources"]:
        if source["known_at"] > now:
            raise DrawError(
                "too_early", f"{describe(source)}要到{beijing(source['known_at'])} 才会产生，现在不能登记。"
            )
    nonce = read_private(draw.folder.parent, draw.name)["nonces"].get(stage.name, "") if notice["secret"] else ""
    if notice["secret"] and not nonce:
        raise DrawError("nonce_missing", "找不到暗查抽取的保密随机数；请用三份份额中的任意两份恢复。")
    recorded = record_sources(notice, [dict(entry) for entry in evidence])
    for source, entry in zip(notice["sources"], recorded, strict=True):
        if source["kind"] == "hand":
            refuse_too_little(source, entry["text"].split("/", 1)[1])
    record = seed_record(notice, hash_of(notice_step.read("notice.json")), nonce, recorded)
    append_step(
        draw.folder,
        draw.steps,
        f"{stage.prefix}seed",
        now,
        {"seed.json": dumps(public_part(record) if notice["secret"] else record)},
    )
    return open_draw(draw.folder)


def run(
    draw: Draw, now: str, dress: Callable[[Draw, str, dict[str, Any], str], Mapping[str, bytes]] | None = None
) -> Draw:
    """Compute the open stage's result and append it. A voided draw is computed too, so that everyone sees whom the void would have spared.

    `dress` adds the printed and Excel forms; given the draw, the stage, the outcome and the seed it returns files by name.
    """
    stage, notice_step = draw.open_stage()
    draw.need(f"{stage.prefix}seed", "还没有种子；请先登记公告中写明的全部来源。")
    draw.refuse_if(f"{stage.prefix}outcome", "本公告的结果已经产生；每个公告只有一个结果，不能重抽。")
    seed = draw.seed_of(stage.name, read_private(draw.folder.parent, draw.name)["nonces"].get(stage.name, ""))
    outcome = compute(stage.name, notice_step, seed)
    files = {"outcome.json": dumps(outcome), **(dress(draw, stage.name, outcome, seed) if dress else {})}
    append_step(draw.folder, draw.steps, f"{stage.prefix}outcome", now, files)
    return open_draw(draw.folder)


def void(draw: Draw, reason: str, approvers: Sequence[str], now: str, missing: Sequence[int] = ()) -> Draw:
    """Void a draw, visibly and with two approvers. Its seed and outcome are still owed, so that everyone sees whom the void would have spared.

    `missing`: numbers, from 1, of sources that never came. Raises DrawError without reason, when already void, and when
    the sources are known but the seed is not recorded.
    """
    draw.refuse_if("void", "本次抽取已经作废。")
    record = void_record(draw, reason, approvers, missing, now)
    append_step(draw.folder, draw.steps, "void", now, {"void.json": dumps(record)})
    return open_draw(draw.folder)


def substitute(draw: Draw, request: Mapping[str, str], now: str) -> Draw:
    """Replace a firm or an inspector by the next reserve. The order was fixed by the draw: nobody chooses who comes in."""
    record = substitution.decide(draw, request, now)
    append_step(draw.folder, draw.steps, "substitution", now, {"substitution.json": dumps(record)})
    return open_draw(draw.folder)


def add(draw: Draw, request: Mapping[str, Any], now: str) -> Draw:
    """Add the next reserve besides a firm that was tried in vain; that firm stays drawn. Nobody chooses who comes in."""
    record = addition.decide(draw, request, now)
    append_step(draw.folder, draw.steps, "addition", now, {"addition.json": dumps(record)})
    return open_draw(draw.folder)
