"""A witness signs what grew and refuses what was rewritten; a policy counts whose signatures are enough."""

import pytest

from sunlot.ledger import merkle, tree
from sunlot.ledger.checkpoint import Checkpoint, sign_checkpoint
from sunlot.ledger.errors import LedgerError
from sunlot.ledger.keys import COSIGNATURE, Signer, signer_of
from sunlot.ledger.note import Note, parse_note
from sunlot.ledger.tlog_proof import TlogProof, check_proof, parse_proof
from sunlot.ledger.trust_policy import check_anchor, parse_policy
from sunlot.ledger.witness import Memory, Request, answer, parse_request

LOG = signer_of("county.example/2026", b"\1" * 32)
WITNESSES = {name: signer_of(f"{name}.example", bytes([n]) * 32, COSIGNATURE) for n, name in enumerate("ABC", 2)}
NOW = 1_790_000_000
ENTRIES = [f"entry {n}".encode() for n in range(300)]
POLICY = "\n".join(
    [
        f"log {LOG.verifier.text}",
        *(f"witness {name} {key.verifier.text}" for name, key in WITNESSES.items()),
        "# 纪检、上级机关、本地媒体，三者取二",
        "group outside 2 A B C",
        "quorum outside",
    ]
)


def checkpoint(entries: list[bytes], key: Signer = LOG) -> Note:
    return sign_checkpoint(Checkpoint(key.verifier.name, len(entries), merkle.root(entries)), key)


def request(old: int, entries: list[bytes], key: Signer = LOG) -> Request:
    get = tree.reader_of([merkle.leaf_hash(entry) for entry in entries])
    return Request(old, tuple(tree.consistency_proof(old, len(entries), get)), checkpoint(entries, key))


def anchored(entries: list[bytes], *names: str) -> Note:
    asked = request(0, entries)
    lines = [answer(asked, None, [LOG.verifier], WITNESSES[name], NOW)[0] for name in names]
    return asked.checkpoint.with_signatures(lines)


def test_a_witness_follows_a_growing_log_through_files() -> None:
    memory: Memory | None = None
    for size in (1, 7, 7, 256, 300):
        asked = parse_request(request(memory.size if memory else 0, ENTRIES[:size]).text)
        line, memory = answer(asked, memory, [LOG.verifier], WITNESSES["A"], NOW + size)
        assert (memory.size, memory.root) == (size, merkle.root(ENTRIES[:size]))
        whole = parse_note(asked.checkpoint.with_signatures([line]).whole)
        policy = parse_policy(POLICY.replace("quorum outside", "quorum A"))
        assert check_anchor(whole, policy).times == {"A": NOW + size}


def test_it_refuses_a_log_rewritten_with_the_genuine_key() -> None:
    memory = Memory(100, merkle.root(ENTRIES[:100]))
    forged = [b"another past", *ENTRIES[1:200]]
    with pytest.raises(LedgerError, match="历史被改写") as refusal:
        answer(request(100, forged), memory, [LOG.verifier], WITNESSES["A"], NOW)
    assert refusal.value.kind == "log_rewritten"
    with pytest.raises(LedgerError, match="历史被改写"):
        answer(request(100, forged[:100]), memory, [LOG.verifier], WITNESSES["A"], NOW)


def test_it_refuses_a_log_that_was_cut() -> None:
    memory = Memory(100, merkle.root(ENTRIES[:100]))
    with pytest.raises(LedgerError, match="上次见到 100 条"):
        answer(request(50, ENTRIES[:60]), memory, [LOG.verifier], WITNESSES["A"], NOW)
    with pytest.raises(LedgerError, match="大于检查点"):
        answer(Request(100, (), checkpoint(ENTRIES[:60])), memory, [LOG.verifier], WITNESSES["A"], NOW)


def test_it_refuses_strangers() -> None:
    stranger = signer_of("other.example/log", b"\7" * 32)
    with pytest.raises(LedgerError) as refusal:
        answer(request(0, ENTRIES[:3], stranger), None, [LOG.verifier], WITNESSES["A"], NOW)
    assert refusal.value.kind == "log_unknown"
    impostor = signer_of(LOG.verifier.name, b"\7" * 32)
    with pytest.raises(LedgerError) as refusal:
        answer(request(0, ENTRIES[:3], impostor), None, [LOG.verifier], WITNESSES["A"], NOW)
    assert refusal.value.kind == "signature_missing"


@pytest.mark.parametrize("text", ["", "old 1", "old 01\n\nx", "old 1\n!!\n\nx", "old 1\n" + "AAAA\n" * 3 + "\nx"])
def test_a_malformed_request_is_refused(text: str) -> None:
    with pytest.raises(LedgerError):
        parse_request(text)


def test_the_quorum_is_enforced_not_any_known_signature() -> None:
    policy = parse_policy(POLICY)
    assert set(check_anchor(anchored(ENTRIES[:9], "A", "C"), policy).times) == {"A", "C"}
    with pytest.raises(LedgerError, match="见证不足") as refusal:
        check_anchor(anchored(ENTRIES[:9], "B"), policy)
    assert refusal.value.kind == "quorum_not_met"
    with pytest.raises(LedgerError, match="见证不足"):
        check_anchor(checkpoint(ENTRIES[:9]), policy)


def test_a_cosignature_moved_to_another_checkpoint_is_refused() -> None:
    lines = anchored(ENTRIES[:9], "A", "B").signatures[1:]
    with pytest.raises(LedgerError, match="不符"):
        check_anchor(checkpoint(ENTRIES[:10]).with_signatures(lines), parse_policy(POLICY))


def test_a_cosignature_with_another_time_is_refused() -> None:
    note = anchored(ENTRIES[:9], "A", "B")
    line = note.signatures[1]
    late = type(line)(line.name, line.key_id, (NOW + 1).to_bytes(8, "big") + line.value[8:])
    with pytest.raises(LedgerError, match="不符"):
        check_anchor(Note(note.text, (note.signatures[0], late, note.signatures[2])), parse_policy(POLICY))


@pytest.mark.parametrize(
    "line",
    [
        "quorum nobody",
        "quorum none",
        "group g 0 A",
        "group g 4 A B C",
        "group g 2 A A",
        "group outside all A",
        "group none any A",
        "witness A {key}",
        "log {key}",
        "surprise",
        "group g any A",
    ],
)
def test_a_policy_that_could_be_read_two_ways_is_refused(line: str) -> None:
    with pytest.raises(LedgerError):
        parse_policy(POLICY + "\n" + line.format(key=WITNESSES["A"].verifier.text))


def test_groups_nest() -> None:
    nested = POLICY.replace("group outside 2 A B C", "group two any A B\ngroup outside all two C")
    policy = parse_policy(nested)
    assert policy.met({"B", "C"})
    assert not policy.met({"A", "B"})
    assert parse_policy(POLICY.replace("quorum outside", "quorum none")).met(set())


def test_one_entry_is_proved_by_one_file() -> None:
    note = anchored(ENTRIES, "A", "B")
    get = tree.reader_of([merkle.leaf_hash(entry) for entry in ENTRIES])
    proof = TlogProof(123, tuple(tree.inclusion_proof(123, 300, get)), note, b"extra")
    again = parse_proof(proof.text)
    assert again == proof
    assert check_proof(again, ENTRIES[123], parse_policy(POLICY)).checkpoint.size == 300
    for wrong in (ENTRIES[124], ENTRIES[123] + b" "):
        with pytest.raises(LedgerError, match="对不上"):
            check_proof(again, wrong, parse_policy(POLICY))
    with pytest.raises(LedgerError, match="对不上"):
        check_proof(TlogProof(124, proof.path, note), ENTRIES[123], parse_policy(POLICY))


@pytest.mark.parametrize("old, new", [("@v1", "@v2"), ("index 123", "index 0123"), ("index 123\n", ""), ("\n\n", "\n")])
def test_a_malformed_proof_is_refused(old: str, new: str) -> None:
    get = tree.reader_of([merkle.leaf_hash(entry) for entry in ENTRIES])
    text = TlogProof(123, tuple(tree.inclusion_proof(123, 300, get)), anchored(ENTRIES, "A")).text
    with pytest.raises(LedgerError):
        parse_proof(text.replace(old, new))
