"""Making the evidence bag of a draw (docs/bag-format.md): a BagIt bag, RFC 8493, with ASCII names and Chinese titles inside."""

from base64 import b64encode
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path

from sunlot.draw.canonical import dumps, hash_of
from sunlot.draw.deeds import SHELF
from sunlot.draw.notices import software_of
from sunlot.draw.state import Draw
from sunlot.evidence import titles
from sunlot.evidence.errors import EvidenceError
from sunlot.files import write_folder
from sunlot.ledger.keys import Signer
from sunlot.ledger.note import sign_note
from sunlot.ledger.suites import sm3
from sunlot.ledger.tlog_proof import TlogProof

FORMAT = "sunlot-bag/1"
VERIFIER = "00-OPEN-ME.html"
BAGIT = b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"
Files = dict[str, bytes]


@dataclass(frozen=True)
class Logged:
    """What the log says of one step: the entry's bytes and its proof."""

    entry: bytes
    proof: TlogProof


@dataclass(frozen=True)
class Evidence:
    """What the log adds to the files of a draw. `logged` by step folder; `consistency`: (old size, new size, hashes)."""

    logged: Mapping[str, Logged]
    consistency: Sequence[tuple[int, int, Sequence[bytes]]]
    checkpoint: str
    policy: str
    signers: Sequence[Signer]
    suite: str = "sha256"
    nonces: Mapping[str, str] = field(default_factory=dict)


def make_bag(draw: Draw, evidence: Evidence, verifier: bytes, out: Path) -> Path:
    """Write the bag `out/<draw>` whole or not at all, and return it. The same evidence gives the same bytes.

    Raises EvidenceError when a step has no log entry, or when the bag is there already.
    """
    target = out / draw.name
    if target.exists():
        raise EvidenceError("bag_exists", f"{target} 已经存在；证据包不会被覆盖，请换一个文件夹。")
    files = bag_files(draw, evidence, verifier)
    try:
        out.mkdir(parents=True, exist_ok=True)
        write_folder(target, files, beside=out)
    except OSError as failure:
        raise EvidenceError("cannot_write", f"写入失败：{failure.strerror}。请检查磁盘空间和权限后重试。") from failure
    return target


def manifest(files: Mapping[str, bytes]) -> bytes:
    """Return a BagIt manifest, one line a file, bytewise by name."""
    return "".join(f"{sha256(files[name]).hexdigest()}  {name}\n" for name in sorted(files)).encode()


def signed_text(draw: str, tagmanifest: bytes) -> str:
    """Return the text that signature.note signs."""
    return f"{FORMAT}\n{draw}\n{hash_of(tagmanifest)}\n{sm3(tagmanifest).hex()}\n"


def bag_files(draw: Draw, evidence: Evidence, verifier: bytes) -> Files:
    """Return the files of the bag by their path in it. Raises EvidenceError when a step has no log entry."""
    payload = {**_draw_files(draw), **_log_files(draw, evidence), **_code(draw)}
    payload["data/index.json"] = dumps(_index(draw, evidence, sorted(payload), verifier))
    tags = {
        "bagit.txt": BAGIT,
        "bag-info.txt": _info(draw, payload),
        "manifest-sha256.txt": manifest(payload),
        VERIFIER: verifier,
    }
    tagmanifest = manifest(tags)
    note = sign_note(signed_text(draw.name, tagmanifest), *evidence.signers)
    return {**payload, **tags, "tagmanifest-sha256.txt": tagmanifest, "signature.note": note.whole.encode()}


def _draw_files(draw: Draw) -> Files:
    files = [(step.folder.name, path) for step in draw.steps for path in step.folder.iterdir()]
    return {f"data/{draw.name}/{step}/{path.name}": path.read_bytes() for step, path in files}


def _log_files(draw: Draw, evidence: Evidence) -> Files:
    files = {
        "data/log/checkpoint.txt": evidence.checkpoint.encode(),
        "data/log/policy.txt": evidence.policy.encode(),
        "data/log/consistency.txt": consistency_text(evidence.consistency).encode(),
    }
    for step in draw.steps:
        if (logged := evidence.logged.get(step.folder.name)) is None:
            raise EvidenceError("step_not_logged", f"步骤 {step.folder.name} 还没有记入日志，不能制作证据包。")
        files[f"data/log/{step.folder.name}.json"] = logged.entry
        files[f"data/log/{step.folder.name}.tlog-proof"] = logged.proof.text.encode()
    return files


def consistency_text(proofs: Sequence[tuple[int, int, Sequence[bytes]]]) -> str:
    """Return consistency.txt."""
    return "".join(
        f"{old} {new}\n" + "".join(b64encode(step).decode() + "\n" for step in path) + "\n" for old, new, path in proofs
    )


def _code(draw: Draw) -> Files:
    """Return the program that the notice names, which need not be today's."""
    files = software_of(draw.firms_notice["software"], draw.folder.parent / SHELF)
    return {f"data/code/sunlot/{name}": path.read_bytes() for name, path in files.items()}


def _index(draw: Draw, evidence: Evidence, names: Sequence[str], verifier: bytes) -> dict[str, object]:
    notice = draw.firms_notice
    return {
        "format": FORMAT,
        "draw": draw.name,
        "title": notice["title"],
        "organ": notice["organ"],
        "rehearsal": notice["rehearsal"],
        "nonces": {stage: evidence.nonces.get(stage, "") for stage in ("firms", "teams")},
        "suite": evidence.suite,
        "verifier": hash_of(verifier),
        "files": [{"path": name, "title": _title(draw, name)} for name in names],
    }


def _title(draw: Draw, name: str) -> str:
    _, part, *below = name.split("/")
    if part == "log":
        return titles.of_log_file(below[0])
    return titles.of_step_file(below[0][3:], below[1]) if part == draw.name else "抽取算法源代码"


def _info(draw: Draw, payload: Files) -> bytes:
    notice = draw.firms_notice
    rehearsal = "（演练，不具效力）" if notice["rehearsal"] else ""
    lines = {
        "Source-Organization": notice["organ"],
        "External-Identifier": draw.name,
        "External-Description": f"{notice['title']}{rehearsal}：双随机抽查证据包",
        "Bagging-Date": draw.steps[-1].record["at"][:10],
        "Payload-Oxum": f"{sum(map(len, payload.values()))}.{len(payload)}",
    }
    return "".join(f"{name}: {value}\n" for name, value in lines.items()).encode()
