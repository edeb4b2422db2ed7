"""Checking an evidence bag from its files alone (docs/bag-format.md): `python -m sunlot.evidence.check_bag FOLDER`.

Four kinds of line only: equal, differs, withheld, and what must be compared with an outside copy. Missing evidence differs.
"""

import argparse
import re
import sys
from base64 import b64decode
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from hashlib import sha256
from itertools import pairwise
from pathlib import Path
from typing import Any

from sunlot.draw import verify as draw_verify
from sunlot.draw.canonical import hash_of, loads
from sunlot.draw.moments import utc
from sunlot.draw.notices import software_hash
from sunlot.draw.sources import GRADES, grade, is_public
from sunlot.draw.state import Draw, open_draw
from sunlot.draw.steps import Step
from sunlot.draw.verify import DIFFERS, EQUAL, OUTSIDE, Line, attempt
from sunlot.draw.voids import unseeded_sources
from sunlot.evidence.bag import FORMAT, VERIFIER, signed_text
from sunlot.evidence.errors import EvidenceError
from sunlot.ledger.checkpoint import Checkpoint, open_checkpoint
from sunlot.ledger.note import check_note, parse_note
from sunlot.ledger.proofs import ProofError, verify_consistency
from sunlot.ledger.suites import SUITES, Suite
from sunlot.ledger.tlog_proof import check_proof, parse_proof
from sunlot.ledger.trust_policy import Anchor, TrustPolicy, parse_policy
from sunlot.refusal import Refusal

LINE = re.compile(r"([0-9a-f]{64})  (\S[^\n]*)")
UNSIGNED = {"tagmanifest-sha256.txt", "signature.note"}


@dataclass(frozen=True)
class _Bag:
    """What is being checked: the folder, the draw inside, the policy in force and whether it came from outside."""

    folder: Path
    draw: Draw
    policy: TrustPolicy
    outside: bool
    suite: Suite

    def text(self, name: str) -> str:
        return (self.folder / name).read_text(encoding="utf-8")

    def latest(self) -> Checkpoint:
        """Return the latest checkpoint. Raises LedgerError unless a log of the policy signed it."""
        return open_checkpoint(parse_note(self.text("data/log/checkpoint.txt")), self.policy.logs)


def check_bag(folder: Path, policy: str = "", checkpoints: Sequence[str] = (), check_code: str = "") -> list[Line]:
    """Return what was found. `policy`, `checkpoints`, `check_code`: what the reader has from elsewhere, the first as text of a C2SP tlog-policy."""
    lines = list(_files(folder))
    if any(line.kind == DIFFERS for line in lines):
        return [*lines, Line(DIFFERS, "证据包的文件不齐或被改动，其余内容不再核对；请使用原始的证据包。")]
    try:
        index = loads((folder / "data/index.json").read_bytes(), "data/index.json")
        draw = open_draw(folder / "data" / str(index["draw"]))
        suite, nonces = SUITES[index["suite"]], {stage: str(index["nonces"][stage]) for stage in ("firms", "teams")}
        rules = parse_policy(policy or (folder / "data/log/policy.txt").read_text(encoding="utf-8"))
    except (OSError, Refusal, KeyError, TypeError, UnicodeDecodeError) as error:
        return [*lines, Line(DIFFERS, f"证据包缺少关键文件或无法解读：{getattr(error, 'sentence', error)}")]
    bag = _Bag(folder, draw, rules, bool(policy), suite)
    lines += [
        attempt("索引", lambda: _index(bag, index)),
        attempt("签名", lambda: _signature(bag)),
        attempt("源代码", lambda: _code(bag)),
    ]
    lines += draw_verify.verify_draw(draw, nonces, check_code)
    return [*lines, *_log(bag), *_compare(bag, checkpoints)]


def _files(folder: Path) -> Iterator[Line]:
    """The bag itself (RFC 8493): every file named and every name a file, each with its hash."""
    if not folder.is_dir() or not (folder / "bagit.txt").is_file():
        yield Line(DIFFERS, f"{folder} 不是证据包（缺少 bagit.txt）。")
        return
    present = {
        path.relative_to(folder).as_posix(): path
        for path in sorted(folder.rglob("*"))
        if path.is_file() or path.is_symlink()
    }
    listed: dict[str, str] = {}
    for name in ("manifest-sha256.txt", "tagmanifest-sha256.txt"):
        try:
            listed |= _manifest((folder / name).read_text(encoding="utf-8"), payload=not name.startswith("tag"))
        except (OSError, UnicodeDecodeError, EvidenceError) as error:
            yield Line(DIFFERS, f"{name}：缺失或无法解读（{getattr(error, 'sentence', error)}）。")
            return
    found = {name: sha256(path.read_bytes()).hexdigest() for name, path in present.items()}
    missing, extra = set(listed) - set(found), set(found) - set(listed) - UNSIGNED
    for name in sorted(missing):
        twin = next((other for other in sorted(extra) if found[other] == listed[name]), "")
        yield Line(DIFFERS, f"缺少文件 {name}" + (f"（被改名为 {twin}）。" if twin else "。"))
    for name in sorted(extra):
        yield Line(DIFFERS, f"多出未登记的文件 {name}。")
    for name in sorted(set(listed) & set(found)):
        if listed[name] != found[name]:
            yield Line(DIFFERS, f"文件 {name} 与清单登记的校验值不符，已被改动、截断或重新编码。")
    if "signature.note" not in found:
        yield Line(DIFFERS, "缺少文件 signature.note。")
    yield Line(EQUAL, f"{len(listed)} 个文件与清单逐一核对完毕")


def _manifest(text: str, payload: bool) -> dict[str, str]:
    files: dict[str, str] = {}
    for line in text.splitlines():
        match = LINE.fullmatch(line)
        if not match or match[2] in files or match[2].startswith("data/") != payload or not match[2].isascii():
            raise EvidenceError("manifest_malformed", f"第 {len(files) + 1} 行格式不对")
        files[match[2]] = match[1]
    return files


def _index(bag: _Bag, index: dict[str, Any]) -> str:
    paths = (bag.folder / "data").rglob("*")
    payload = {path.relative_to(bag.folder).as_posix() for path in paths if path.is_file()} - {"data/index.json"}
    if index["format"] != FORMAT or [entry["path"] for entry in index["files"]] != sorted(payload):
        raise EvidenceError("index_differs", "data/index.json 与实有文件不同。")
    notice = bag.draw.firms_notice
    if any(index[key] != notice[key] for key in ("draw", "title", "organ", "rehearsal")):
        raise EvidenceError("index_differs", "data/index.json 的抽取编号、名称、机关或演练标记与公告不同。")
    if index["verifier"] != hash_of((bag.folder / VERIFIER).read_bytes()):
        raise EvidenceError("verifier_differs", f"{VERIFIER} 不是制作证据包时放入的核验页。")
    return f"{index['title']}，{index['organ']}" + ("（演练，不具效力）" if index["rehearsal"] else "")


def _signature(bag: _Bag) -> str:
    note = parse_note(bag.text("signature.note"))
    signers = check_note(note, bag.policy.logs)
    if note.text != signed_text(bag.draw.name, (bag.folder / "tagmanifest-sha256.txt").read_bytes()):
        raise EvidenceError("signature_of_another", "signature.note 签的不是这个证据包：签名被换，或清单被改。")
    return f"清单由 {'、'.join(key.name for key in signers)} 签署"


def _code(bag: _Bag) -> str:
    root = bag.folder / "data/code/sunlot"
    files = {path.relative_to(root).as_posix(): path for path in root.rglob("*") if path.is_file()}
    promised = {step.read_json("notice.json")["software"] for step in bag.draw.steps if step.what.endswith("notice")}
    if promised != {software_hash(files)}:
        raise EvidenceError("code_differs", "data/code 里的源代码不是公告所写的软件。")
    return f"{len(files)} 个源文件与公告所写的软件校验值一致"


def _log(bag: _Bag) -> Iterator[Line]:
    """Every step stands in the log; each checkpoint grew out of the one before; the quorum is met or its absence is said."""
    anchors: dict[str, Anchor] = {}
    for step in bag.draw.steps:
        yield attempt(f"日志 {step.folder.name}", partial(_entry, bag, step, anchors))
    if len(anchors) == len(bag.draw.steps):
        yield attempt("日志前后一致", lambda: _growth(bag, [anchor.checkpoint for anchor in anchors.values()]))
        yield from _anchoring(bag, anchors)


def _entry(bag: _Bag, step: Step, anchors: dict[str, Anchor]) -> str:
    entry = (bag.folder / f"data/log/{step.folder.name}.json").read_bytes()
    said = loads(entry, f"data/log/{step.folder.name}.json")
    expected = {"check_code": step.digest, "done_at": step.record["at"], "draw": bag.draw.name, "step": step.number}
    if (said["act"], said["obj"], said["pub"]) != (f"draw.{step.what}", f"draw/{bag.draw.name}", expected):
        raise EvidenceError("entry_of_another", f"data/log/{step.folder.name}.json 说的不是这一步。")
    proof = parse_proof(bag.text(f"data/log/{step.folder.name}.tlog-proof"))
    anchors[step.folder.name] = anchor = check_proof(proof, entry, bag.policy, bag.suite)
    return f"第 {proof.index} 条，在 {anchor.checkpoint.size} 条的检查点之内"


def _growth(bag: _Bag, proved: Sequence[Checkpoint]) -> str:
    latest = bag.latest()
    if latest.size < (most := max(checkpoint.size for checkpoint in proved)):
        raise EvidenceError(
            "rolled_back",
            f"data/log/checkpoint.txt 只有 {latest.size} 条，比证明所用的检查点（{most} 条）旧：检查点被退回。",
        )
    checkpoints: dict[int, Checkpoint] = {}
    for checkpoint in (*proved, latest):
        if checkpoints.setdefault(checkpoint.size, checkpoint).root != checkpoint.root:
            raise EvidenceError("forked", f"两个 {checkpoint.size} 条的检查点根哈希不同：日志分叉。")
    sizes, proofs = sorted(checkpoints), _consistency(bag)
    for old, new in pairwise(sizes):
        if (old, new) not in proofs:
            raise EvidenceError("consistency_missing", f"data/log/consistency.txt 缺少从 {old} 条到 {new} 条的证明。")
        try:
            verify_consistency(old, new, proofs[old, new], checkpoints[old].root, checkpoints[new].root, bag.suite)
        except ProofError:
            raise EvidenceError("log_rewritten", f"{new} 条的检查点不是从 {old} 条长出来的：历史被改写。") from None
    return f"{len(sizes)} 个检查点一个接一个，最近的有 {latest.size} 条"


def _consistency(bag: _Bag) -> dict[tuple[int, int], list[bytes]]:
    proofs = {}
    for block in filter(None, bag.text("data/log/consistency.txt").split("\n\n")):
        head, *steps = block.strip("\n").split("\n")
        old, new = map(int, head.split(" "))
        proofs[old, new] = [b64decode(step, validate=True) for step in steps]
    return proofs


def _anchoring(bag: _Bag, anchors: dict[str, Anchor]) -> Iterator[Line]:
    if bag.policy.quorum == "none":
        yield Line(OUTSIDE, "尚未锚定：见证规则不要求任何见证人，日志只由本局签名；请与外部保存的检查点核对。")
    else:
        names = sorted({name for anchor in anchors.values() for name in anchor.times})
        yield Line(EQUAL, f"已锚定：每一步都由 {'、'.join(names)} 共同签署")
    for prefix, title in (("", "企业"), ("teams-", "检查组")):
        step, seed = bag.draw.step(f"{prefix}notice"), bag.draw.step(f"{prefix}seed")
        if step and seed:
            yield _bracket(bag, anchors[step.folder.name], step, title)
    if void := bag.draw.void:
        yield from _void_bracket(bag, anchors[void.folder.name], void)


def _bracket(bag: _Bag, anchor: Anchor, step: Step, title: str) -> Line:
    """The notice was cosigned before the first public source was known: nobody can have chosen it afterwards."""
    sources = step.read_json("notice.json")["sources"]
    first = min((source["known_at"] for source in sources if is_public(source)), default="")
    times = {name: utc(time) for name, time in anchor.times.items()}
    before = {name: at for name, at in times.items() if at < first}
    enough = bool(before) and bag.policy.met(set(before))
    level = grade(sources, cosigned=enough)
    trust = f"信任等级 {level}（{GRADES[level]}）"
    if enough:
        return Line(EQUAL, f"{title}公告在 {max(before.values())} 之前已被见证，早于第一个公共来源 {first}；{trust}")
    why = (
        f"见证时间 {min(times.values())} 不早于第一个公共来源 {first}" if times and first else "没有见证或没有公共来源"
    )
    return Line(OUTSIDE, f"{title}公告不能证明早于种子：{why}；{trust}")


def _void_bracket(bag: _Bag, anchor: Anchor, step: Step) -> Iterator[Line]:
    """A void without a seed was cosigned before the first source of its notice was known: nobody can have voided a result that he knew."""
    try:
        sources, missing = unseeded_sources(bag.draw), step.read_json("void.json")["missing"]
        first = min((source["known_at"] for source in sources), default="")
    except (Refusal, KeyError, TypeError):
        return  # the void's own line has said that it cannot be read
    if not sources or missing:
        return
    times = {name: utc(time) for name, time in anchor.times.items()}
    early = {name for name, at in times.items() if at < first}
    if early and bag.policy.met(early):
        yield Line(
            EQUAL,
            f"作废在 {max(times[name] for name in early)} 之前已被见证，早于第一个来源 {first}：作废时无人能知道结果",
        )
    elif times:
        late = f"见证时间 {max(times.values())} 晚于第一个来源 {first}"
        yield Line(DIFFERS, f"作废：{late}，作废时结果已能算出，种子和结果必须补登。")
    else:
        yield Line(OUTSIDE, f"作废不能证明早于第一个来源 {first}：没有见证；种子和结果仍须补登")


def _compare(bag: _Bag, outside: Sequence[str]) -> Iterator[Line]:
    keys = "、".join(key.text for key in (*bag.policy.logs, *bag.policy.witnesses.values()))
    if bag.outside:
        yield Line(EQUAL, "签名公钥和见证规则采用您提供的副本")
    else:
        yield Line(OUTSIDE, f"公钥出自证据包本身，请与公布的公钥核对：{keys}")
    yield Line(OUTSIDE, f"核验页 {VERIFIER} 的校验值 {hash_of((bag.folder / VERIFIER).read_bytes())}：与公布的核对")
    latest = attempt("最近检查点", lambda: _latest(bag))
    if latest.kind == DIFFERS:
        yield latest
    elif not outside:
        yield Line(OUTSIDE, f"{latest.text}：与报纸、纪检部门等外部副本核对")
    for text in outside:
        yield attempt("外部检查点", partial(_same_checkpoint, bag, text))


def _latest(bag: _Bag) -> str:
    latest = bag.latest()
    return f"{latest.size} 条，根哈希 {latest.root.hex()}"


def _same_checkpoint(bag: _Bag, text: str) -> str:
    given = open_checkpoint(parse_note(text), bag.policy.logs)
    proofs = [parse_proof(bag.text(f"data/log/{step.folder.name}.tlog-proof")) for step in bag.draw.steps]
    proved = [open_checkpoint(proof.checkpoint, bag.policy.logs) for proof in proofs]
    mine = {found.size: found for found in (*proved, bag.latest())}
    if given.size not in mine:
        raise EvidenceError(
            "other_size",
            f"您的检查点有 {given.size} 条，证据包里没有同样条数的检查点（有 {sorted(mine)}），无法直接比较。",
        )
    if mine[given.size].root != given.root:
        raise EvidenceError("split_view", f"同为 {given.size} 条，根哈希却不同：给您看的历史与证据包里的不是同一个。")
    return f"与您提供的 {given.size} 条检查点相同"


def main(arguments: list[str] | None = None) -> int:
    """Print the lines and return 0 (equal), 1 (differs) or 3 (something is not there yet)."""
    parser = argparse.ArgumentParser(prog="sunlot bag verify", description="只凭证据包里的文件核对一次抽取")
    parser.add_argument("folder", type=Path, help="证据包文件夹")
    parser.add_argument("--policy", type=Path, help="您从外部得到的见证规则（公钥）")
    parser.add_argument("--checkpoint", type=Path, action="append", default=[], help="您从外部得到的检查点，可写多次")
    parser.add_argument("--check-code", default="", help="您从公告等外部渠道得到的核对码")
    options = parser.parse_args(arguments)
    policy = options.policy.read_text(encoding="utf-8") if options.policy else ""
    outside = [path.read_text(encoding="utf-8") for path in options.checkpoint]
    lines = check_bag(options.folder, policy, outside, options.check_code)
    return draw_verify.report(lines)


if __name__ == "__main__":
    sys.exit(main())
