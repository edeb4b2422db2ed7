"""The organ's signing key is in a stranger's hands, far from the office and its database."""

from insider import County, both_name, forge_bag
from sunlot.commands.demo_witness import ORIGIN, policy
from sunlot.draw.verify import exit_code
from sunlot.evidence.check_bag import check_bag
from sunlot.ledger.keys import COSIGNATURE, signer_of


def test_a_forged_draw_lacks_the_published_witnesses(county: County) -> None:
    published = forge_bag(county, None)
    both_name(county.bag, "见证不足", "quorum_not_met", policy=published)


def test_witnesses_of_the_thiefs_own_do_not_count_for_whoever_has_the_published_keys(county: County) -> None:
    published = forge_bag(county, signer_of("w1.example", b"\x66" * 32, COSIGNATURE))
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
