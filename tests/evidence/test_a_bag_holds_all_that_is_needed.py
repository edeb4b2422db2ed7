"""A genuine bag: our two implementations agree on every line, and tools that know nothing of us accept it."""

import json
import subprocess
from collections import Counter
from pathlib import Path

import bagit

import bags
from bags import in_javascript
from sunlot.draw.verify import exit_code
from sunlot.evidence.check_bag import check_bag
from sunlot.evidence.page import verifier_page


def test_python_finds_everything_equal(whole_bag: Path) -> None:
    lines = check_bag(whole_bag)
    assert exit_code(lines) == 0, [line.text for line in lines if line.kind == "differs"]
    texts = "\n".join(line.text for line in lines)
    assert "已锚定：每一步都由 上级、报社、纪检 共同签署" in texts
    assert "信任等级 甲" in texts
    assert {line.kind for line in lines} == {"equal", "outside"}


def test_javascript_finds_everything_equal(whole_bag: Path) -> None:
    lines = in_javascript(whole_bag)
    assert [line for line in lines if line["kind"] not in ("equal", "outside")] == []
    assert Counter(line["what"] for line in lines)["log_entry"] == 6
    assert [line["detail"]["grade"] for line in lines if line["what"] == "bracket"] == ["甲", "甲"]


def test_tools_of_others_accept_it(whole_bag: Path) -> None:
    bagit.Bag(str(whole_bag)).validate()
    for manifest in ("manifest-sha256.txt", "tagmanifest-sha256.txt"):
        subprocess.run(["sha256sum", "--check", "--strict", "--quiet", manifest], cwd=whole_bag, check=True)


def test_names_are_ascii_and_titles_chinese(whole_bag: Path) -> None:
    assert all(path.name.isascii() for path in whole_bag.rglob("*"))
    index = json.loads((whole_bag / "data/index.json").read_text())
    titles = {entry["path"]: entry["title"] for entry in index["files"]}
    assert titles["data/379921-2023-0001/03-outcome/record.pdf"] == "企业抽取结果：抽取记录（可打印）"


def test_no_private_fact_is_in_it(whole_bag: Path) -> None:
    private = whole_bag.parents[1] / "draws" / ".private" / "379921-2023-0001" / "openings.json"
    facts = json.loads(private.read_text())
    everything = b"".join(path.read_bytes() for path in whole_bag.rglob("*") if path.is_file())
    assert facts["salts"]
    assert not any(salt.encode() in everything for salt in facts["salts"].values())
    assert not list(whole_bag.rglob("*recusal*"))


def test_the_page_in_it_is_the_one_we_build(whole_bag: Path) -> None:
    assert (whole_bag / "00-OPEN-ME.html").read_bytes() == verifier_page()


def test_outside_copies_turn_questions_into_answers(whole_bag: Path) -> None:
    policy = (whole_bag / "data/log/policy.txt").read_text()
    checkpoint = (whole_bag / "data/log/checkpoint.txt").read_text()
    lines = check_bag(whole_bag, policy, [checkpoint])
    assert exit_code(lines) == 0
    texts = [line.text for line in lines if line.kind == "equal"]
    assert any("采用您提供的副本" in text for text in texts)
    assert any("检查点相同" in text for text in texts)


def test_a_log_in_sm3_with_an_sm2_line_passes_too(tmp_path: Path) -> None:
    bag = bags.make(tmp_path, suite="sm3")
    assert (bag / "signature.note").read_text().count("\n— ") == 2
    assert exit_code(check_bag(bag)) == 0
    assert [line for line in in_javascript(bag) if line["kind"] == "differs"] == []
