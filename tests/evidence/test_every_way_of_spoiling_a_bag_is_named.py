"""Extra, missing, renamed, truncated, re-encoded, swapped: each is caught by both implementations and named."""

import json
import shutil
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

import pytest

from bags import in_javascript
from sunlot.commands.demo_witness import ORIGIN, policy
from sunlot.draw.verify import DIFFERS, exit_code
from sunlot.evidence.bag import manifest, signed_text
from sunlot.evidence.check_bag import check_bag
from sunlot.ledger.checkpoint import Checkpoint, parse_checkpoint, sign_checkpoint
from sunlot.ledger.keys import read_signer, signer_of
from sunlot.ledger.note import parse_note, sign_note

FIRMS = "data/379921-2023-0001/01-notice/firms.csv"
LOG_KEY = ("draws", ".private", "office", "keys", "log.key")


def repair(bag: Path, whole_bag: Path) -> None:
    """Write the manifests anew and sign them with the genuine key, as an insider with everything in hand would."""
    payload = {
        path.relative_to(bag).as_posix(): path.read_bytes() for path in (bag / "data").rglob("*") if path.is_file()
    }
    index = json.loads(payload["data/index.json"])
    titles = {entry["path"]: entry["title"] for entry in index["files"]}
    index["files"] = [
        {"path": name, "title": titles.get(name, "")} for name in sorted(payload) if name != "data/index.json"
    ]
    payload["data/index.json"] = json.dumps(index, ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode()
    (bag / "data/index.json").write_bytes(payload["data/index.json"])
    (bag / "manifest-sha256.txt").write_bytes(manifest(payload))
    tags = ("00-OPEN-ME.html", "bag-info.txt", "bagit.txt", "manifest-sha256.txt")
    (bag / "tagmanifest-sha256.txt").write_bytes(
        tagmanifest := manifest({name: (bag / name).read_bytes() for name in tags})
    )
    signer = read_signer((whole_bag.parents[1].joinpath(*LOG_KEY)).read_text().strip())
    (bag / "signature.note").write_text(sign_note(signed_text(index["draw"], tagmanifest), signer).whole)


def caught(bag: Path, *words: str) -> None:
    """Both implementations refuse the bag, and the Python says the words."""
    lines = check_bag(bag)
    texts = [line.text for line in lines if line.kind == DIFFERS]
    assert exit_code(lines) == 1, [line.text for line in lines]
    for word in words:
        assert any(word in text for text in texts), texts
    assert any(line["kind"] == "differs" for line in in_javascript(bag))


def edit(path: Path, change: Callable[[bytes], bytes]) -> None:
    before = path.read_bytes()
    path.write_bytes(change(before))
    assert path.read_bytes() != before


SPOILED: dict[str, tuple[Callable[[Path], object], tuple[str, ...]]] = {
    "extra": (lambda bag: (bag / "data/extra.txt").write_text("x"), ("多出", "data/extra.txt")),
    "extra beside": (lambda bag: (bag / "readme.txt").write_text("x"), ("多出", "readme.txt")),
    "missing": (lambda bag: (bag / FIRMS).unlink(), ("缺少文件", FIRMS)),
    "renamed": (lambda bag: (bag / FIRMS).rename(bag / "data/roster.csv"), (FIRMS, "被改名为 data/roster.csv")),
    "truncated": (lambda bag: edit(bag / FIRMS, lambda data: data[:-30]), (FIRMS, "截断")),
    "re-encoded": (lambda bag: edit(bag / FIRMS, lambda data: data.decode().encode("gb18030")), (FIRMS, "重新编码")),
    "line ends": (lambda bag: edit(bag / FIRMS, lambda data: data.replace(b"\n", b"\r\n")), (FIRMS,)),
    "swapped": (
        lambda bag: [
            (bag / "data/log/02-seed.json").rename(bag / "x"),
            (bag / "data/log/03-outcome.json").rename(bag / "data/log/02-seed.json"),
            (bag / "x").rename(bag / "data/log/03-outcome.json"),
        ],
        ("data/log/02-seed.json", "data/log/03-outcome.json"),
    ),
    "no signature": (lambda bag: (bag / "signature.note").unlink(), ("缺少文件 signature.note",)),
    "no manifest": (lambda bag: (bag / "manifest-sha256.txt").unlink(), ("manifest-sha256.txt",)),
    "no bagit.txt": (lambda bag: (bag / "bagit.txt").unlink(), ("不是证据包",)),
    "page altered": (lambda bag: edit(bag / "00-OPEN-ME.html", lambda data: data + b" "), ("00-OPEN-ME.html",)),
}


@pytest.mark.parametrize("name", SPOILED)
def test_a_spoiled_bag_is_refused(bag: Path, name: str) -> None:
    spoil, words = SPOILED[name]
    spoil(bag)
    caught(bag, *words)


INSIDE: dict[str, tuple[Callable[[Path], object], str]] = {
    "a firm dropped from the roster": (
        lambda bag: edit(bag / FIRMS, lambda data: b"\n".join(data.split(b"\n")[:5] + data.split(b"\n")[6:])),
        "firms.csv",
    ),
    "a result edited": (
        lambda bag: edit(
            bag / "data/379921-2023-0001/03-outcome/outcome.json",
            lambda data: data.replace(b'"rank":1,', b'"rank":2,', 1),
        ),
        "outcome.json",
    ),
    "a log entry of another step": (
        lambda bag: shutil.copy(bag / "data/log/02-seed.json", bag / "data/log/03-outcome.json"),
        "03-outcome",
    ),
    "a proof of another step": (
        lambda bag: shutil.copy(bag / "data/log/02-seed.tlog-proof", bag / "data/log/03-outcome.tlog-proof"),
        "03-outcome",
    ),
    "a proof removed": (lambda bag: (bag / "data/log/03-outcome.tlog-proof").unlink(), "03-outcome"),
    "the policy removed": (lambda bag: (bag / "data/log/policy.txt").unlink(), "policy.txt"),
    "the consistency removed": (lambda bag: (bag / "data/log/consistency.txt").write_text(""), "consistency.txt"),
    "the source altered": (
        lambda bag: edit(bag / "data/code/sunlot/draw/quotas.py", lambda data: data + b"#"),
        "源代码",
    ),
    "the source removed": (lambda bag: shutil.rmtree(bag / "data/code"), "源代码"),
    "nonces of another shape": (
        lambda bag: edit(
            bag / "data/index.json", lambda data: data.replace(b'"nonces":{"firms":"","teams":""}', b'"nonces":7')
        ),
        "无法解读",
    ),
    "another page": (lambda bag: edit(bag / "00-OPEN-ME.html", lambda data: data + b" "), "00-OPEN-ME.html"),
}


@pytest.mark.parametrize("name", INSIDE)
def test_an_insider_who_signs_it_again_is_caught_too(bag: Path, whole_bag: Path, name: str) -> None:
    spoil, word = INSIDE[name]
    spoil(bag)
    repair(bag, whole_bag)
    caught(bag, word)


def test_a_repaired_bag_without_a_change_still_passes(bag: Path, whole_bag: Path) -> None:
    repair(bag, whole_bag)
    assert exit_code(check_bag(bag)) == 0


def test_a_signature_of_another_bag(bag: Path, whole_bag: Path) -> None:
    signer = read_signer((whole_bag.parents[1].joinpath(*LOG_KEY)).read_text().strip())
    (bag / "signature.note").write_text(sign_note(signed_text("379921-2023-0002", b"other"), signer).whole)
    caught(bag, "signature.note 签的不是这个证据包")


def test_a_signature_of_a_stranger(bag: Path) -> None:
    note = parse_note((bag / "signature.note").read_text())
    (bag / "signature.note").write_text(sign_note(note.text, signer_of("stranger", sha256(b"stranger").digest())).whole)
    caught(bag, "没有已知密钥的签名")


def test_a_checkpoint_rolled_back(bag: Path, whole_bag: Path) -> None:
    old = (bag / "data/log/01-notice.tlog-proof").read_text().split("\n\n", 1)[1]
    (bag / "data/log/checkpoint.txt").write_text(old)
    repair(bag, whole_bag)
    caught(bag, "检查点被退回")


def test_a_quorum_not_met(bag: Path, whole_bag: Path) -> None:
    proof = bag / "data/log/01-notice.tlog-proof"
    lines = proof.read_text().splitlines(keepends=True)
    proof.write_text("".join(line for line in lines if not line.startswith(("— w1", "— w2"))))
    repair(bag, whole_bag)
    caught(bag, "见证不足")


def test_keys_that_are_not_the_published_ones(bag: Path, tmp_path: Path) -> None:
    published = policy([signer_of(ORIGIN, b"\7" * 32).verifier.text])
    lines = check_bag(bag, published)
    assert exit_code(lines) == 1


def test_another_history_shown_to_the_public(bag: Path, whole_bag: Path) -> None:
    """A split view: the same log key signs another tree of the same size for somebody else."""
    signer = read_signer((whole_bag.parents[1].joinpath(*LOG_KEY)).read_text().strip())
    mine = parse_checkpoint(parse_note((bag / "data/log/checkpoint.txt").read_text()).text)
    other = sign_checkpoint(Checkpoint(mine.origin, mine.size, sha256(b"another past").digest()), signer)
    lines = check_bag(bag, "", [other.whole])
    assert any("不是同一个" in line.text for line in lines if line.kind == DIFFERS)
