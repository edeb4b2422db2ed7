"""Reading the journal for the pages: by day, by person, and what proves an entry."""

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import Max, QuerySet
from django.utils import timezone

from sunlot.draw.moments import SPELLING
from sunlot.ledger.checkpoint import parse_checkpoint
from sunlot.ledger.proofs import ProofError, verify_inclusion
from sunlot.office.journal.models import Checkpoint, Event, Opening
from sunlot.office.journal.queries import leaf_of, proof_of, standing
from sunlot.office.journal.store import size_of_log, suite_of, the_log
from sunlot.office.journal.vocabulary import SENTENCES
from sunlot.office.shell.language import in_words


def titles_of_acts() -> list[tuple[str, str]]:
    """Return every act with its sentence, the fields left open."""
    return [(act, re.sub(r"\{\w+\}", "…", in_words(text))) for act, text in SENTENCES.items()]


def on_days(rows: QuerySet[Event], lookup: str, day: date) -> QuerySet[Event]:
    """Return the events from a Beijing day on (`gte`) or up to it (`lte`). Times never run backwards, so numbers tell."""
    if lookup == "gte":
        return rows.filter(seq__gte=_first_at(day))
    return rows.filter(seq__lt=_first_at(day + timedelta(days=1)))


def _first_at(day: date) -> int:
    """Return the number of the first event at or after the beginning of a Beijing day, by halving."""
    midnight = timezone.make_aware(datetime.combine(day, time()))
    return first_since(midnight.astimezone(timezone.get_fixed_timezone(0)).strftime(SPELLING))


def first_since(wanted: str) -> int:
    """Return the number of the first event at or after a moment (UTC text), by halving; the size of the log when there is none."""
    low, high = 0, size_of_log()
    while low < high:
        middle = (low + high) // 2
        found = Event.objects.filter(seq=middle).first()
        if found is not None and leaf_of(found)["at"] < wanted:
            low = middle + 1
        else:
            high = middle
    return low


def by_person(rows: QuerySet[Event], actor: str) -> QuerySet[Event]:
    """Return what somebody did. A leaf is canonical JSON, so only its own field is spelled like this."""
    return rows.filter(leaf__contains=f'Z","by":"{actor}",')


def anchored_size() -> int:
    """Return how many events are 已锚定: those under the largest anchored checkpoint."""
    return int(Checkpoint.objects.filter(anchored=True).aggregate(last=Max("size"))["last"] or 0)


@dataclass(frozen=True)
class Evidence:
    """What proves an entry: the hash of its leaf, whether it is anchored and by whom, and the checkpoint its path leads to (0 for none)."""

    leaf_hash: str
    standing: str
    witnesses: dict[str, datetime]
    under: int
    holds: bool


def evidence_of(event: Event) -> Evidence:
    """Return what proves an entry, its path to the root computed again."""
    suite = suite_of(the_log())
    leaf = suite.leaf(event.leaf.encode())
    state, times = standing(event)
    witnesses = {name: datetime.fromtimestamp(at, tz=timezone.get_current_timezone()) for name, at in times.items()}
    if not Checkpoint.objects.filter(size__gt=event.seq).exists():
        return Evidence(leaf.hex(), state, witnesses, 0, False)
    found = proof_of(event)
    checkpoint = parse_checkpoint(found.checkpoint.text)
    try:
        verify_inclusion(leaf, event.seq, checkpoint.size, found.path, checkpoint.root, suite)
        holds = True
    except ProofError:
        holds = False
    return Evidence(leaf.hex(), state, witnesses, checkpoint.size, holds)


def sealed_of(event: Event) -> list[str]:
    """Return the names of the personal fields that an entry commits to and that can still be opened."""
    return list(Opening.objects.filter(seq=event.seq).order_by("name").values_list("name", flat=True))


def body_of(event: Event) -> dict[str, Any]:
    """Return the entry's fields for its page: `pub` as pairs, `rows` as table, key and fields."""
    body = leaf_of(event)
    rows = [(row["t"], row["k"], row["v"] or {}, sorted(row.get("s", {}))) for row in body.get("rows", [])]
    return {"pub": body["pub"].items(), "rows": rows, "by": body["by"], "obj": body["obj"]}
