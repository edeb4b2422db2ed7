"""The office's machine and a witness's machine share nothing but files (or QR codes)."""

from pathlib import Path

import pytest

from helpers import announced
from sunlot.cli import main
from sunlot.ledger.errors import LedgerError
from sunlot.ledger.handover import pack, unpack


class Shell:
    """Types commands and keeps what they print."""

    def __init__(self, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.folder, self._capsys = folder, capsys

    def __call__(self, *words: str, code: int = 0) -> str:
        found = main(list(words))
        said = self._capsys.readouterr()
        assert found == code, said.out + said.err
        return said.out + said.err

    def journal(self, *words: str, code: int = 0) -> str:
        return self("journal", "--register", str(self.folder / "draws"), *words, code=code)

    def witness(self, *words: str, code: int = 0) -> str:
        return self("witness", "--home", str(self.folder / "witness"), *words, code=code)


@pytest.fixture
def shell(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Shell:
    return Shell(tmp_path, capsys)


@pytest.fixture
def witnessed(shell: Shell) -> Shell:
    """A log whose policy asks for the witness 纪检."""
    log_key = shell.journal("init", "yj.qinghe.example").strip().splitlines()[-1]
    witness_key = shell.witness("init", "jijian.qinghe.example").strip().splitlines()[-1]
    shell.witness("trust", log_key)
    policy = shell.folder / "policy.txt"
    policy.write_text(f"log {log_key}\nwitness 纪检 {witness_key}\nquorum 纪检\n")
    shell.journal("policy", str(policy))
    return shell


def cosign(shell: Shell) -> str:
    request, answer = str(shell.folder / "request.txt"), str(shell.folder / "answer.txt")
    shell.journal("request", "纪检", "--out", request, "--qr", str(shell.folder / "request.png"))
    shell.witness("sign", request, "--out", answer, "--qr", str(shell.folder / "answer.png"))
    return shell.journal("cosigned", answer)


def test_a_checkpoint_travels_to_the_witness_and_back(witnessed: Shell) -> None:
    assert "已锚定" in cosign(witnessed)
    assert (witnessed.folder / "request.png").read_bytes()[:4] == b"\x89PNG"
    assert "已锚定" in cosign(witnessed)
    shown = witnessed.journal("show")
    assert "日志 yj.qinghe.example 启用" in shown
    assert "得到 纪检 的共同签署" in shown
    assert shown.rstrip().endswith("[尚未锚定]")
    assert "发现 0 处" in witnessed.journal("audit")
    assert "条，根哈希" in witnessed.witness("show")


def test_a_draw_step_enters_the_log_and_waits_for_the_witness(witnessed: Shell) -> None:
    draw = announced(witnessed.folder)
    said = witnessed("draw", "seed", str(draw.folder), str(witnessed.folder / "none.toml"), code=2)
    assert "尚未锚定" in said
    void = ["draw", "void", str(draw.folder), "--reason", "名录有误", "--by", "甲", "--by", "乙"]
    assert "请先登记种子，再作废" in witnessed(*void, code=2)
    assert "已记入日志" in witnessed(*void, "--missing", "1")
    shown = witnessed.journal("show")
    assert shown.index("发布企业抽取公告") < shown.index("作废")
    assert "发现 0 处" in witnessed.journal("audit")


def test_the_witness_refuses_a_log_rewritten_with_the_genuine_key(witnessed: Shell) -> None:
    from django.db import connection

    from sunlot.office.journal.models import Event
    from sunlot.office.journal.services import deed

    cosign(witnessed)
    leaf = Event.objects.get(seq=0).leaf
    with connection.cursor() as cursor:
        cursor.execute("UPDATE journal_event SET leaf = %s WHERE seq = 0", [leaf.replace("console", "nobody9")])
    with deed(by="u/1") as doing:
        doing.record("log.audited", "log", {"size": 1, "findings": 0})
    request = str(witnessed.folder / "request.txt")
    witnessed.journal("request", "纪检", "--out", request)
    assert "历史被改写" in witnessed.witness("sign", request, code=2)
    assert "检查点" in witnessed.journal("audit", code=1)


def test_one_letter_lost_on_the_way_is_noticed(witnessed: Shell) -> None:
    witnessed.journal("request", "纪检", "--out", str(witnessed.folder / "request.txt"))
    text = (witnessed.folder / "request.txt").read_text()
    assert unpack(pack(text)) == text
    with pytest.raises(LedgerError, match="重新扫描"):
        unpack(pack(text)[:-9] + pack(text)[-8:])
    scanned = witnessed.folder / "scanned.txt"
    scanned.write_text(pack(text))
    assert "已核对并签署" in witnessed.witness("sign", str(scanned))


@pytest.mark.parametrize(
    "words, said",
    [
        (["request", "谁"], "没有见证人"),
        (["proof", "999"], "没有第 999 条"),
        (["init", "another.example"], "不能改名"),
    ],
)
def test_a_mistake_is_answered_in_one_sentence(witnessed: Shell, words: list[str], said: str) -> None:
    assert said in witnessed.journal(*words, code=2)


def test_a_log_that_is_not_open_says_so(shell: Shell) -> None:
    assert "还没有启用" in shell.journal("audit", code=2)


def test_a_proof_file_is_written_with_its_leaf(witnessed: Shell) -> None:
    cosign(witnessed)
    out = witnessed.folder / "first.tlog-proof"
    assert "已锚定" in witnessed.journal("proof", "0", "--out", str(out))
    assert out.read_text().startswith("c2sp.org/tlog-proof@v1\nindex 0\n")
    assert out.with_suffix(".json").read_text().startswith('{"act":"log.opened"')
