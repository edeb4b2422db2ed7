"""One history for the discipline office, another for the upper level: two logs grow under the one genuine key."""

from pathlib import Path

import pytest

from insider import County


@pytest.fixture
def split(county: County) -> County:
    """Two witnesses have cosigned two histories of the same length."""
    for name in ("discipline", "upper"):
        county.run("witness", "--home", county.folder / name, "init", f"{name}.example")
        county.run("witness", "--home", county.folder / name, "trust", county.key.verifier.text)
    show(county, "discipline")
    ((seq, leaf),) = county.sql("SELECT seq, leaf FROM journal_event WHERE act = 'draw.outcome'")
    county.sql("UPDATE journal_event SET leaf = ? WHERE seq = ?", leaf.replace("u/console", "u/nobody0"), seq)
    county.sql("DELETE FROM journal_checkpoint")
    show(county, "upper")
    return county


def show(county: County, witness: str) -> Path:
    """Lay the log as it is now before a witness, who has seen none of it."""
    request = county.folder / f"{witness}-request.txt"
    county.journal("checkpoint")
    county.journal("request", "纪检", "--from", "0", "--out", request)
    county.run("witness", "--home", county.folder / witness, "sign", request)
    return request


def compare(county: County, witness: str, other: str, code: int) -> str:
    return county.run(
        "witness", "--home", county.folder / witness, "compare", county.folder / f"{other}-request.txt", code=code
    )


def test_two_witnesses_who_compare_have_the_proof_in_hand(split: County) -> None:
    assert "日志分叉" in compare(split, "discipline", "upper", code=2)
    assert "日志分叉" in compare(split, "upper", "discipline", code=2)


def test_one_who_compares_with_what_it_saw_itself_finds_it_equal(split: County) -> None:
    assert "与本见证人见到的相同" in compare(split, "upper", "upper", code=0)


def test_with_other_lengths_nothing_follows_until_both_sign_the_newest(split: County) -> None:
    request = split.folder / "upper-request.txt"
    split.journal("audit", "--enter")
    split.journal("request", "纪检", "--from", _seen(split, "upper"), "--out", request)
    split.run("witness", "--home", split.folder / "upper", "sign", request)
    assert "无法直接比较" in compare(split, "discipline", "upper", code=3)
    split.journal("request", "纪检", "--from", _seen(split, "discipline"), "--out", request)
    said = split.run("witness", "--home", split.folder / "discipline", "sign", request, code=2)
    assert "历史被改写" in said, "the other history cannot be carried on before this witness"


def test_a_checkpoint_that_the_log_never_signed_proves_nothing(split: County) -> None:
    """Whoever has no key of the log cannot accuse the office with a checkpoint of his own making."""
    request = split.folder / "upper-request.txt"
    lines = request.read_text().split("\n")
    root = next(number for number, line in enumerate(lines) if line == "") + 3
    lines[root] = "A" * 43 + "="
    request.write_text("\n".join(lines))
    assert "签名与内容不符" in compare(split, "discipline", "upper", code=2)


def _seen(county: County, witness: str) -> str:
    """Return how many entries a witness has seen."""
    shown = county.run("witness", "--home", county.folder / witness, "show")
    return shown.rsplit("：", 1)[1].split(" 条")[0]
