"""The only way to write: a deed is one transaction that changes rows and appends its events, the append last.

with deed(by="u/17") as doing:
    doing.save(firm)
    doing.record("roster.changed", f"firm/{firm.pk}", {"reason": "改名"})
"""

import secrets
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, nullcontext
from typing import Any

from django.conf import settings
from django.db import connection, transaction
from django.db.models import Model
from django.utils import translation

from sunlot.draw.canonical import dumps
from sunlot.office.journal.clock import now
from sunlot.office.journal.commitments import commit
from sunlot.office.journal.models import Event, Log, Node, Opening
from sunlot.office.journal.order import last_event, refuse_behind
from sunlot.office.journal.store import SPAN, group_hash
from sunlot.office.journal.tracked import personal_values, public_values
from sunlot.office.journal.vocabulary import SENTENCES


class Deed:
    """What is being done: the rows it changed since its last event, and the events that wait for the append."""

    def __init__(self, by: str, at: str) -> None:
        self.by, self.at = by, at
        self.waiting: list[tuple[str, str, dict[str, Any], list[Opening]]] = []
        self._rows: list[dict[str, Any]] = []
        self._sealed: list[Opening] = []

    def save(self, row: Model) -> None:
        """Write a tracked row; its fields go into the next event."""
        row.save()
        table, key = row._meta.label_lower, str(row.pk)
        sealed = {name: self._seal(f"{table}/{key}/{name}", value) for name, value in personal_values(row)}
        self._rows.append({"t": table, "k": key, "v": public_values(row)} | ({"s": sealed} if sealed else {}))

    def delete(self, row: Model) -> None:
        """Delete a tracked row; the next event says so."""
        self._rows.append({"t": row._meta.label_lower, "k": str(row.pk), "v": None})
        row.delete()

    def record(self, act: str, obj: str, pub: Mapping[str, Any], sealed: Mapping[str, str] | None = None) -> None:
        """Note the event of what was changed. `sealed` holds personal texts: the leaf gets their commitments only."""
        if act not in SENTENCES:
            raise KeyError(f"{act} is not in the vocabulary")
        commitments = {name: self._seal(name, value) for name, value in (sealed or {}).items()}
        body = {"v": 1, "by": self.by, "act": act, "obj": obj, "pub": dict(pub)}
        body |= ({"sealed": commitments} if commitments else {}) | ({"rows": self._rows} if self._rows else {})
        self.waiting.append((act, obj, body, self._sealed))
        self._rows, self._sealed = [], []

    def _seal(self, name: str, value: str) -> str:
        salt = secrets.token_bytes(32)
        self._sealed.append(Opening(name=name, salt=salt, value=value))
        return commit(salt, name, value)

    def finish(self) -> None:
        """Append what waits. Rows without an event are a mistake of the program: nothing is committed.

        Raises Refusal while the machine's clock is behind the log, where no time was given.
        """
        if self._rows:
            raise RuntimeError("rows were changed without an event")
        if not self.waiting:
            return
        take_log()
        at = self.at or now()  # read while the log is held, so that times never run backwards
        leaves = [(act, obj, dumps(body | {"at": at}).decode()) for act, obj, body, _ in self.waiting]
        first = append(leaves, "" if self.at else at)
        openings = []
        for seq, (_, _, _, sealed) in enumerate(self.waiting, first):
            for opening in sealed:
                opening.seq = seq
                openings.append(opening)
        if openings:
            Opening.objects.bulk_create(openings)


@contextmanager
def deed(by: str, at: str = "") -> Iterator[Deed]:
    """Open a deed: everything inside commits together with its events, or nothing does. `by`: a pseudonym like u/17; `at`: UTC text.

    Inside, texts are Chinese whatever the language of the page: the log has one language.
    """
    chinese = translation.get_language() == settings.LANGUAGE_CODE
    with nullcontext() if chinese else translation.override(settings.LANGUAGE_CODE), transaction.atomic():
        doing = Deed(by, at)
        yield doing
        doing.finish()


def take_log() -> None:
    """Hold the log until commit: no gap, no fork. SQLite has one writer from the transaction's beginning; PostgreSQL locks the log's row."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(_LOCK)


def append(events: list[tuple[str, str, str]], clock: str = "") -> int:
    """Append (act, obj, leaf) to the log that this transaction has taken, and return the number of the first.

    Raises Refusal when the last event is later than `clock`, UTC text, where one is given.
    """
    with connection.cursor() as cursor:
        last, seen = last_event(cursor)
        if clock:
            refuse_behind(clock, seen)
        first = last + 1
        for seq, event in enumerate(events, first):
            cursor.execute(_INSERT, (seq, *event))
    for group in range(first // SPAN, (first + len(events)) // SPAN):
        _close_group(1, group)
    return first


_LOCK = f"SELECT id FROM {Log._meta.db_table} FOR UPDATE"
_INSERT = f"INSERT INTO {Event._meta.db_table} (seq, act, obj, leaf) VALUES (%s, %s, %s, %s)"


def _close_group(level: int, number: int) -> None:
    """Store the hash over a group that has become full, and over the group above when that is full too."""
    Node.objects.create(level=level, number=number, hash=group_hash(level, number))
    if (number + 1) % SPAN == 0:
        _close_group(level + 1, number // SPAN)
