"""The organ's signing key is in a stranger's hands, far from the office and its database."""

import shutil

from insider import County, both_name, change_json, mend_bag, mend_steps
from sunlot.commands.demo_witness import ORIGIN, policy
from sunlot.draw.canonical import hash_of
from sunlot.draw.verify import exit_code
from sunlot.evidence.check_bag import check_bag
from sunlot.ledger.checkpoint import Checkpoint, cosign, sign_checkpoint
from sunlot.ledger.keys import COSIGNATURE, Signer, signer_of
from sunlot.ledger.suites import SHA256
from sunlot.ledger.tlog_proof import TlogProof


def forged(county: County, witness: Signer | None) -> str:
    """Make the bag into one of a forged draw with a log of the thief's own, cosigned by a witness that he invented; return its policy."""
    bag, inside = county.bag, county.bag / "data" / county.draw.name
    for step in sorted(inside.iterdir())[1:]:
        shutil.rmtree(step)
    change_json(inside / "01-notice/notice.json", lambda notice: notice.update(title="假的抽取"))
    mend_steps(inside)
    entry = bag / "data/log/01-notice.json"
    code = hash_of((inside / "01-notice/step.json").read_bytes())
    change_json(entry, lambda said: said["pub"].update(check_code=code))
    for path in (bag / "data/log").glob("0[2-6]-*"):
        path.unlink()
    leaf = entry.read_bytes()
    note = sign_checkpoint(Checkpoint(ORIGIN, 1, SHA256.leaf(leaf)), county.key)
    if witness:
        note = note.with_signatures([cosign(note, witness, 1_692_666_000)])
    (bag / "data/log/01-notice.tlog-proof").write_text(TlogProof(0, (), note).text)
    (bag / "data/log/checkpoint.txt").write_text(note.whole)
    (bag / "data/log/consistency.txt").write_text("")
    published = (bag / "data/log/policy.txt").read_text()
    own = [f"log {county.key.verifier.text}"]
    own += [f"witness 纪检 {witness.verifier.text}", "quorum 纪检"] if witness else ["quorum none"]
    (bag / "data/log/policy.txt").write_text("\n".join([*own, ""]))
    change_json(bag / "data/index.json", lambda index: index.update(title="假的抽取"))
    mend_bag(bag, county.key)
    return published


def test_a_forged_draw_lacks_the_published_witnesses(county: County) -> None:
    published = forged(county, None)
    both_name(county.bag, "见证不足", "quorum_not_met", policy=published)


def test_witnesses_of_the_thiefs_own_do_not_count_for_whoever_has_the_published_keys(county: County) -> None:
    published = forged(county, signer_of("w1.example", b"\x66" * 32, COSIGNATURE))
    assert exit_code(check_bag(county.bag)) != 1, "alone it fits: only its keys are its own"
    assert any("公钥出自证据包本身" in line.text for line in check_bag(county.bag) if line.kind == "outside")
    both_name(county.bag, "见证不足", "quorum_not_met", policy=published)


def test_nor_does_a_key_that_was_never_the_organs(county: County) -> None:
    other = policy([signer_of(ORIGIN, b"\7" * 32).verifier.text])
    both_name(county.bag, "没有已知密钥的签名", "signature_missing", policy=other)


def test_a_witness_does_not_take_another_key_for_a_log_it_knows(county: County) -> None:
    home = county.folder / "discipline"
    county.run("witness", "--home", home, "init", "discipline.example")
    county.run("witness", "--home", home, "trust", county.key.verifier.text)
    stranger = signer_of(ORIGIN, b"\7" * 32).verifier.text
    assert "已登记另一把公钥" in county.run("witness", "--home", home, "trust", stranger, code=2)
