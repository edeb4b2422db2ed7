"""One transaction: the change and its event, or neither; and the numbers run without a gap whatever fails between."""

import contextlib
import json
import random
import threading
from base64 import b64encode
from pathlib import Path

import pytest
from django.db import connection, transaction

from sunlot.ledger import merkle
from sunlot.ledger.checkpoint import parse_checkpoint
from sunlot.ledger.proofs import verify_inclusion
from sunlot.office.journal.audit import audit
from sunlot.office.journal.checkpoints import open_log, sign
from sunlot.office.journal.models import Event, Opening
from sunlot.office.journal.queries import events_of, proof_of, reads
from sunlot.office.journal.services import deed
from sunlot.office.journal.store import size_of_log
from sunlot.office.lottery.models import Draw

ORIGIN = "qinghe.example/2026"


def draw(number: int, state: str = "announced") -> Draw:
    return Draw(id=f"379921-2026-{number:04d}", title="第一次抽查", state=state, steps=1, check_code="0" * 64)


def enter(number: int, state: str = "announced") -> None:
    with deed(by="u/1") as doing:
        doing.save(row := draw(number, state))
        doing.record("draw.notice", f"draw/{row.pk}", {"draw": row.pk, "step": 1, "check_code": row.check_code})


def test_both_are_there(office: Path) -> None:
    open_log(office, ORIGIN)
    enter(1)
    event = events_of("draw/379921-2026-0001")[0]
    assert Draw.objects.count() == 1
    assert json.loads(event.leaf)["rows"][0]["v"]["state"] == "announced"
    assert reads(event).startswith("抽取 379921-2026-0001 发布企业抽取公告")
    assert audit().findings == []


def test_a_failure_leaves_neither(office: Path) -> None:
    open_log(office, ORIGIN)
    with pytest.raises(ZeroDivisionError), deed(by="u/1") as doing:
        doing.save(draw(1))
        doing.record("draw.notice", "draw/x", {})
        raise ZeroDivisionError
    assert (Draw.objects.count(), Event.objects.count(), size_of_log()) == (0, 1, 1)


def test_rows_without_an_event_are_refused(office: Path) -> None:
    open_log(office, ORIGIN)
    with pytest.raises(RuntimeError, match="without an event"), deed(by="u/1") as doing:
        doing.save(draw(1))
    assert Draw.objects.count() == 0


def test_an_act_outside_the_vocabulary_is_refused(office: Path) -> None:
    open_log(office, ORIGIN)
    with pytest.raises(KeyError, match="vocabulary"), deed(by="u/1") as doing:
        doing.record("draw.redrawn", "draw/1", {})


def test_personal_texts_never_enter_a_leaf(office: Path) -> None:
    open_log(office, ORIGIN)
    with deed(by="u/1") as doing:
        doing.record("log.audited", "log", {"size": 1, "findings": 0}, sealed={"auditor": "张三 13800000000"})
    assert "张三" not in "".join(Event.objects.values_list("leaf", flat=True))
    assert Opening.objects.get().value == "张三 13800000000"


def test_eight_writers_with_random_rollbacks_leave_no_gap(office: Path) -> None:
    open_log(office, ORIGIN)
    dice = random.Random(8)
    fates = [[dice.choice(("", "", "", "before the append", "after the append")) for _ in range(12)] for _ in range(8)]
    wanted = sum(not fails for turns in fates for fails in turns)

    def writer(number: int) -> None:
        for turn, fails in enumerate(fates[number]):
            with contextlib.suppress(ZeroDivisionError), transaction.atomic():
                with deed(by=f"u/{number}") as doing:
                    doing.save(row := draw(number * 100 + turn))
                    doing.record("draw.notice", f"draw/{row.pk}", {"draw": row.pk})
                    if fails == "before the append":
                        raise ZeroDivisionError
                if fails:
                    raise ZeroDivisionError
        connection.close()

    threads = [threading.Thread(target=writer, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert 0 < wanted < 96
    assert list(Event.objects.order_by("seq").values_list("seq", flat=True)) == list(range(1 + wanted))
    assert Draw.objects.count() == wanted
    assert audit().findings == []


def test_the_stored_nodes_give_the_same_roots_and_proofs_as_the_leaves(office: Path) -> None:
    open_log(office, ORIGIN)
    with deed(by="u/1") as doing:
        for number in range(700):
            doing.record("log.audited", f"log/{number}", {"size": number, "findings": 0})
    checkpoint = sign(office)
    leaves = [leaf.encode() for leaf in Event.objects.order_by("seq").values_list("leaf", flat=True)]
    assert checkpoint.note.split("\n")[2] == b64encode(merkle.root(leaves)).decode()
    for seq in (0, 255, 256, 511, 512, 700):
        proof = proof_of(Event.objects.get(seq=seq), checkpoint)
        root = parse_checkpoint(proof.checkpoint.text).root
        verify_inclusion(merkle.leaf_hash(leaves[seq]), seq, 701, proof.path, root)
    assert audit().findings == []
