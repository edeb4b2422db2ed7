"""Reading the journal: events, their proofs and whether they are anchored."""

import json
from typing import Any

from sunlot.ledger import tree
from sunlot.ledger.checkpoint import cosigners
from sunlot.ledger.errors import LedgerError
from sunlot.ledger.note import parse_note
from sunlot.ledger.tlog_proof import TlogProof
from sunlot.office.journal.checkpoints import covering, policy_of
from sunlot.office.journal.models import Checkpoint, Event
from sunlot.office.journal.store import Reader, suite_of, the_log
from sunlot.office.journal.vocabulary import sentence

ANCHORED, NOT_YET = "已锚定", "尚未锚定"


def leaf_of(event: Event) -> dict[str, Any]:
    """Return what an event says."""
    body: dict[str, Any] = json.loads(event.leaf)
    return body


def events_of(obj: str) -> list[Event]:
    """Return the events of one object, oldest first."""
    return list(Event.objects.filter(obj=obj).order_by("seq"))


def reads(event: Event) -> str:
    """Return the event's Chinese sentence."""
    body = leaf_of(event)
    return sentence(event.act, {"by": body["by"], "obj": body["obj"], **body["pub"]})


def proof_of(event: Event, checkpoint: Checkpoint | None = None) -> TlogProof:
    """Return the event's proof under a checkpoint (by default the earliest anchored one). Raises LedgerError when none covers it yet."""
    under = checkpoint or covering(event.seq)
    if under is None:
        raise LedgerError("no_checkpoint", "这一条还没有检查点；请先签署检查点（sunlot journal checkpoint）。")
    reader = Reader(suite_of(the_log()))
    path = tree.inclusion_proof(event.seq, under.size, reader.get, reader.suite)
    return TlogProof(event.seq, tuple(path), parse_note(under.note))


def standing(event: Event) -> tuple[str, dict[str, int]]:
    """Return 已锚定 with the witnesses and their times (Unix seconds), or 尚未锚定 and nothing."""
    under = covering(event.seq)
    if under is None or not under.anchored:
        return NOT_YET, {}
    witnesses = policy_of(the_log()).witnesses
    found = cosigners(parse_note(under.note), tuple(witnesses.values()))
    return ANCHORED, {name: found[key] for name, key in witnesses.items() if key in found}
