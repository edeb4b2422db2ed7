"""Whoever holds the database can write into it; the audit says where he did."""

import json
from pathlib import Path

import pytest
from django.db import connection

from sunlot.office.journal.audit import audit
from sunlot.office.journal.checkpoints import open_log, sign
from sunlot.office.journal.models import Checkpoint, Event, Node, Opening
from sunlot.office.journal.redaction import redact
from sunlot.office.journal.services import deed
from sunlot.office.journal.store import group_hash, size_of_log
from sunlot.office.lottery.models import Draw


@pytest.fixture
def journal(office: Path) -> Path:
    """A log of 601 events about 200 draws, signed at 301 and at the end."""
    open_log(office, "qinghe.example/2026")
    for state in ("announced", "seeded", "drawn"):
        with deed(by="u/1") as doing:
            for number in range(200):
                doing.save(
                    Draw(id=f"379921-2026-{number:04d}", title="抽查", state=state, steps=1, check_code="0" * 64)
                )
                doing.record("draw.notice", f"draw/379921-2026-{number:04d}", {"step": 1})
        if state != "announced":
            sign(office)
    return office


def kinds(*outside: str) -> set[str]:
    return {finding.kind for finding in audit(outside).findings}


def sql(statement: str, *values: object) -> None:
    """Write as somebody with the database's password does."""
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


def test_an_untouched_journal_has_no_findings(journal: Path) -> None:
    assert kinds() == set()


def test_an_edited_event(journal: Path) -> None:
    leaf = Event.objects.get(seq=150).leaf
    sql("UPDATE journal_event SET leaf = %s WHERE seq = 150", leaf.replace("announced", "drawn"))
    assert {"root_differs", "node_differs"} <= kinds()


def test_an_edited_event_whose_nodes_were_repaired(journal: Path) -> None:
    leaf = Event.objects.get(seq=150).leaf
    sql("UPDATE journal_event SET leaf = %s WHERE seq = 150", leaf.replace("announced", "drawn"))
    sql("DELETE FROM journal_node WHERE level = 1 AND number = 0")
    Node.objects.create(level=1, number=0, hash=group_hash(1, 0))
    found = [finding.text for finding in audit().findings if finding.kind == "root_differs"]
    assert any("检查点 401" in text for text in found)


def test_an_edited_search_field(journal: Path) -> None:
    sql("UPDATE journal_event SET obj = 'draw/other' WHERE seq = 7")
    assert "index_differs" in kinds()


def test_a_removed_event(journal: Path) -> None:
    sql("DELETE FROM journal_event WHERE seq = 99")
    assert any("缺少第 99 条" in finding.text for finding in audit().findings)


def test_a_cut_tail(journal: Path) -> None:
    sql("DELETE FROM journal_event WHERE seq >= 500")
    assert "tail_cut" in kinds()


def test_a_cut_tail_whose_checkpoint_was_removed_too_is_seen_from_outside(journal: Path) -> None:
    kept_on_paper = Checkpoint.objects.order_by("-size").first()
    assert kept_on_paper
    sql("DELETE FROM journal_event WHERE seq >= 420")
    sql("DELETE FROM journal_node WHERE number >= 1")
    sql("DELETE FROM journal_checkpoint WHERE size > 420")
    assert "tail_cut" not in kinds()
    assert "tail_cut" in kinds(kept_on_paper.note)


def test_a_forged_checkpoint(journal: Path) -> None:
    sql("UPDATE journal_checkpoint SET note = REPLACE(note, '601', '600')")
    assert "checkpoint_wrong" in kinds()


@pytest.mark.parametrize(
    "statement, words",
    [
        (
            "UPDATE lottery_draw SET state = 'voided' WHERE id = '379921-2026-0042'",
            ["0042", "'voided'", "'drawn'", "改动"],
        ),
        ("DELETE FROM lottery_draw WHERE id = '379921-2026-0042'", ["0042", "不见了"]),
        (
            "INSERT INTO lottery_draw (id, title, state, steps, check_code, rehearsal) VALUES ('379921-2026-9999', 'x', 'drawn', 1, 'x', false)",
            ["9999", "绕过系统加进来"],
        ),
    ],
    ids=["edited", "removed", "added"],
)
def test_a_business_row_touched_without_an_event_is_named(journal: Path, statement: str, words: list[str]) -> None:
    sql(statement)
    texts = [finding.text for finding in audit().findings if finding.kind == "table_differs"]
    assert len(texts) == 1
    assert all(word in texts[0] for word in words), texts


def test_a_stored_node_that_lies(journal: Path) -> None:
    sql("UPDATE journal_node SET hash = %s WHERE level = 1 AND number = 1", b"\0" * 32)
    assert "node_differs" in kinds()


def test_a_clock_that_runs_backwards_is_reported(office: Path) -> None:
    open_log(office, "qinghe.example/2026")
    for at in ("2099-01-01T00:00:00Z", "2098-01-01T00:00:00Z"):
        with deed(by="u/1", at=at) as doing:
            doing.record("log.audited", "log", {"size": 1, "findings": 0})
    assert kinds() == {"clock"}


def test_lawful_deletion_leaves_every_proof_valid(office: Path) -> None:
    open_log(office, "qinghe.example/2026")
    with deed(by="u/1") as doing:
        doing.record("log.audited", "log", {"size": 1, "findings": 0}, sealed={"auditor": "张三"})
    sign(office)
    seq = size_of_log() - 1
    assert redact(seq, ["auditor"], "个人信息保护法第四十七条", "u/2") == 1
    assert not Opening.objects.exists()
    assert kinds() == set()
    assert json.loads(Event.objects.order_by("-seq")[0].leaf)["pub"]["event"] == seq
    with pytest.raises(ValueError, match="法律依据"):
        redact(seq, ["auditor"], " ", "u/2")


def test_an_event_that_counts_rows_without_changing_any_is_no_finding(journal: Path) -> None:
    with deed(by="u/1") as doing:
        doing.record("data.exported", "export", {"list": "检查对象名录", "rows": 3})
    assert audit().findings == []
