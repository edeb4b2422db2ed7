"""Signing the log, asking witnesses, and taking in what they sign."""

from pathlib import Path

from sunlot.ledger import tree
from sunlot.ledger.checkpoint import Checkpoint as SignedCheckpoint
from sunlot.ledger.checkpoint import cosigners, parse_checkpoint, sign_checkpoint
from sunlot.ledger.errors import LedgerError
from sunlot.ledger.keys import Verifier, read_verifier
from sunlot.ledger.note import Note, parse_note, parse_signatures
from sunlot.ledger.trust_policy import TrustPolicy, check_anchor, parse_policy
from sunlot.ledger.witness import Request
from sunlot.office.journal.keys import make_keys, read_keys
from sunlot.office.journal.models import Checkpoint, Event, Log
from sunlot.office.journal.services import deed
from sunlot.office.journal.store import Reader, root_at, size_of_log, suite_of, the_log


def open_log(home: Path, origin: str, suite: str = "sha256", national: bool = False, at: str = "") -> Log:
    """Return the office's log, opened on first use with its keys. Raises LedgerError when it is already open under another name."""
    if (log := Log.objects.first()) is not None:
        if log.origin != origin:
            raise LedgerError("log_open", f"本机日志已以“{log.origin}”启用，不能改名。")
        return log
    keys = make_keys(home, origin, national)
    lines = "\n".join(signer.verifier.text for signer in keys)
    log = Log.objects.create(
        origin=origin,
        suite=suite,
        keys=lines,
        policy="".join(f"log {key.verifier.text}\n" for key in keys) + "quorum none\n",
    )
    with deed(by="u/console", at=at) as doing:
        doing.record("log.opened", "log", {"origin": origin, "suite": suite, "keys": lines.split("\n")})
    return log


def log_verifiers(log: Log) -> list[Verifier]:
    """Return the public keys of the log."""
    return [read_verifier(line) for line in log.keys.splitlines()]


def sign(home: Path) -> Checkpoint:
    """Return the checkpoint of the log as it is now, signed; signing twice at one size gives the same row."""
    log, size = the_log(), size_of_log()
    if (existing := Checkpoint.objects.filter(size=size).first()) is not None:
        return existing
    if not (keys := read_keys(home)):
        raise LedgerError("key_missing", "找不到日志签名私钥；请从备份恢复 keys 文件夹。")
    note = sign_checkpoint(SignedCheckpoint(log.origin, size, root_at(size, Reader(suite_of(log)))), *keys)
    row, _ = Checkpoint.objects.get_or_create(size=size, defaults={"note": note.whole, "anchored": anchors(note, log)})
    return row


def policy_of(log: Log) -> TrustPolicy:
    """Return whose cosignatures the office asks for."""
    return parse_policy(log.policy)


def anchors(note: Note, log: Log) -> bool:
    """Return whether the note's cosignatures meet the policy; a policy without witnesses anchors nothing."""
    policy = policy_of(log)
    if policy.quorum == "none":
        return False
    try:
        check_anchor(note, policy)
    except LedgerError:
        return False
    return True


def set_policy(text: str, by: str, at: str = "") -> None:
    """Put a new policy in force. Raises LedgerError when it does not name this log or is malformed."""
    log, policy = the_log(), parse_policy(text)
    if not {key.key for key in policy.logs} & {key.key for key in log_verifiers(log)}:
        raise LedgerError("policy_malformed", "见证规则里没有本日志的公钥。")
    log.policy = text
    with deed(by=by, at=at) as doing:
        log.save(update_fields=["policy"])
        doing.record(
            "log.policy",
            "log",
            {"policy": text, "summary": f"法定见证 {policy.quorum}，见证人 {len(policy.witnesses)} 个"},
        )


def request(checkpoint: Checkpoint, old: int) -> Request:
    """Return what to ask of a witness that saw `old` events last."""
    log = the_log()
    if old > checkpoint.size:
        raise LedgerError(
            "log_shorter", f"见证人见过 {old} 条，本机只有 {checkpoint.size} 条：本机日志缺少记录，请立即停用并报告。"
        )
    reader = Reader(suite_of(log))
    path = tuple(tree.consistency_proof(old, checkpoint.size, reader.get, reader.suite))
    return Request(old, path, parse_note(checkpoint.note))


def last_seen(name: str) -> int:
    """Return the size of the latest checkpoint that the witness with this name in the policy cosigned, 0 when none."""
    witness = _witness(name)
    for row in Checkpoint.objects.order_by("-size").iterator(chunk_size=50):
        if cosigners(parse_note(row.note), [witness]):
            return row.size
    return 0


def to_cosign(home: Path, name: str, old: int) -> Checkpoint:
    """Return the checkpoint to lay before a witness that saw `old` events last.

    Witnesses who come one after another must meet on the same checkpoint, or no quorum is ever reached; and every answer is an event
    that makes the log longer. So the earliest one that covers every deed since is taken, cosignatures not counted as deeds.
    """
    witness = _witness(name)
    deeds = Event.objects.exclude(act="log.cosigned").order_by("-seq").values_list("seq", flat=True)
    covered = (deeds.first() or 0) + 1
    for row in Checkpoint.objects.filter(size__gte=max(old, covered)).order_by("size"):
        if not cosigners(parse_note(row.note), [witness]):
            return row
    return sign(home)


def _witness(name: str) -> Verifier:
    witness = policy_of(the_log()).witnesses.get(name)
    if witness is None:
        raise LedgerError("witness_unknown", f"见证规则里没有见证人“{name}”。")
    return witness


def take_cosignatures(lines: str, by: str, at: str = "") -> tuple[Checkpoint, list[str]]:
    """Store the lines of a witness with the checkpoint that they fit and return both it and the names. Raises LedgerError when they fit none."""
    log = the_log()
    signatures = parse_signatures(lines)
    witnesses = policy_of(log).witnesses
    for row in Checkpoint.objects.order_by("-size").iterator(chunk_size=50):
        note = Note(parse_note(row.note).text, signatures)
        try:
            found = cosigners(note, tuple(witnesses.values()))
        except LedgerError:
            continue
        if found:
            names = [name for name, key in witnesses.items() if key in found]
            _keep(row, parse_note(row.note).with_signatures(signatures), names, log, by, at)
            return row, names
    raise LedgerError("cosignature_fits_nothing", "共同签署与本机任何检查点都对不上，或签署人不在见证规则里。")


def _keep(row: Checkpoint, note: Note, names: list[str], log: Log, by: str, at: str) -> None:
    """The event follows the cosignature, so it is itself covered by the next checkpoint only."""
    row.note, row.anchored = note.whole, anchors(note, log)
    with deed(by=by, at=at) as doing:
        row.save(update_fields=["note", "anchored"])
        doing.record("log.cosigned", f"checkpoint/{row.size}", {"size": row.size, "witness": "、".join(names)})


def anchored_after(seq: int) -> Checkpoint | None:
    """Return the earliest anchored checkpoint that covers event `seq`, or None: then it is 尚未锚定."""
    return Checkpoint.objects.filter(size__gt=seq, anchored=True).order_by("size").first()


def covering(seq: int) -> Checkpoint | None:
    """Return the checkpoint to prove event `seq` with: the earliest anchored one, else the earliest signed one, else None."""
    return anchored_after(seq) or Checkpoint.objects.filter(size__gt=seq).order_by("size").first()


def describe(row: Checkpoint) -> str:
    """Return one line for people."""
    checkpoint = parse_checkpoint(parse_note(row.note).text)
    return f"{checkpoint.origin} {checkpoint.size} 条 根哈希 {checkpoint.root.hex()[:16]}… {'已锚定' if row.anchored else '尚未锚定'}"
