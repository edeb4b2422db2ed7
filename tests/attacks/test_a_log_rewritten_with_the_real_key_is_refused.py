"""The clerk holds the database and the genuine signing key: he rewrites the past and computes every hash of the log anew."""

from insider import County, both_name, new_bag
from sunlot.commands.demo_witness import witnesses
from sunlot.draw.verify import exit_code
from sunlot.evidence.check_bag import check_bag
from sunlot.ledger.keys import Signer
from sunlot.office.journal.checkpoints import sign
from sunlot.office.journal.models import Checkpoint


def rewrite(county: County) -> str:
    """Let the log be as if the notice had said another thing, with no trace of checkpoints; return the newest genuine checkpoint."""
    genuine = (county.bag / "data/log/checkpoint.txt").read_text()
    ((seq, leaf),) = county.sql("SELECT seq, leaf FROM journal_event WHERE act = 'draw.outcome'")
    county.sql(
        "UPDATE journal_event SET leaf = ? WHERE seq = ?", leaf.replace('"by":"u/console"', '"by":"u/nobody0"'), seq
    )
    county.sql("DELETE FROM journal_checkpoint")
    county.journal("checkpoint")
    return genuine


def sits_at(county: County, name: str, signer: Signer) -> None:
    """Put a witness at a PC of its own: its key, and what it has seen of the log."""
    home = county.folder / name
    county.run("witness", "--home", home, "init", signer.verifier.name)
    (home / "witness.key").write_text(signer.text + "\n")
    county.run("witness", "--home", home, "trust", county.key.verifier.text)


def test_nothing_inside_the_machine_shows_it(county: County) -> None:
    """This is why there are witnesses: everything that the insider can reach agrees with everything else."""
    rewrite(county)
    assert "发现 0 处" in county.journal("audit")


def test_the_witness_refuses_to_cosign(county: County) -> None:
    signer = witnesses()["纪检"]
    sits_at(county, "discipline", signer)
    request = county.folder / "request.txt"
    county.journal("checkpoint")
    county.journal("request", "纪检", "--from", "0", "--out", request)
    county.run("witness", "--home", county.folder / "discipline", "sign", request)
    seen = county.run("witness", "--home", county.folder / "discipline", "show")
    size = seen.rsplit("：", 1)[1].split(" 条")[0]
    rewrite(county)
    county.journal("request", "纪检", "--from", size, "--out", request)
    said = county.run("witness", "--home", county.folder / "discipline", "sign", request, code=2)
    assert "历史被改写" in said


def test_a_checkpoint_kept_outside_names_it(county: County) -> None:
    newspaper = county.folder / "newspaper.txt"
    newspaper.write_text(rewrite(county))
    assert "与重算的根哈希不同" in county.audit("--against", newspaper)


def test_a_bag_of_the_new_past_lacks_its_witnesses(county: County) -> None:
    rewrite(county)
    both_name(new_bag(county), "见证不足", "quorum_not_met")


def test_and_with_a_policy_that_asks_for_nobody_the_published_one_names_it(county: County) -> None:
    """The insider may write another trust policy into the bag; who brings the published one is not deceived."""
    published = (county.bag / "data/log/policy.txt").read_text()
    rewrite(county)
    lax = "".join(line for line in published.splitlines(keepends=True) if line.startswith("log ")) + "quorum none\n"
    policy = county.folder / "lax.txt"
    policy.write_text(lax)
    county.journal("policy", policy)
    bag = new_bag(county)
    assert exit_code(check_bag(bag)) == 0, "alone it fits: only its keys are its own"
    both_name(bag, "见证不足", "quorum_not_met", policy=published)


def test_two_checkpoints_of_one_size_are_a_split_view(county: County) -> None:
    genuine = sign(county.home)
    note, size = genuine.note, genuine.size
    rewrite(county)
    assert Checkpoint.objects.get(size=size).note != note
    bag = new_bag(county)
    both_name(bag, "不是同一个", "split_view", checkpoint=note)
