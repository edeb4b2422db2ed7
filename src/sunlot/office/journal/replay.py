"""The replay: tracked tables must equal the fold of their events. This is what names a row that was edited behind the application's back."""

import json
from collections.abc import Collection, Iterator
from itertools import islice
from typing import Any

from sunlot.office.journal.commitments import commit
from sunlot.office.journal.models import Opening
from sunlot.office.journal.tracked import TRACKED, Tracked, personal_values, plain, public_values

BATCH = 500  # rows compared at a time


class Fold:
    """The state that the events describe: the last values of every row, with the number of the event that set them."""

    def __init__(self) -> None:
        self.rows: dict[tuple[str, str], tuple[int, dict[str, Any], dict[str, str]]] = {}
        self.unreadable: list[int] = []

    def take(self, seq: int, leaf: str) -> None:
        """Apply one event; one that cannot be read is remembered, for an insider must not be able to stop the audit with it."""
        try:
            changes = [
                (change["t"], change["k"], change["v"], change.get("s", {}))
                for change in json.loads(leaf).get("rows", ())
            ]
        except (ValueError, KeyError, TypeError, AttributeError):
            self.unreadable.append(seq)
            return
        for table, row, values, sealed in changes:
            if values is None:
                self.rows.pop((table, row), None)
            else:
                self.rows[table, row] = (seq, values, sealed)

    def differences(self) -> Iterator[tuple[str, str]]:
        """Yield (row, Chinese sentence) for every row that was added, removed or edited without an event."""
        for seq in self.unreadable:
            yield f"event/{seq}", f"第 {seq} 条登记的表行无法解读：原文被改动。"
        for table, kept in TRACKED.items():
            left = {key for name, key in self.rows if name == table}
            title = kept.model._meta.verbose_name
            for row, openings in self._with_openings(kept):
                name = f"{table}/{row.pk}"
                if (table, str(row.pk)) not in self.rows:
                    yield name, f"{title} {row.pk} 没有任何日志条目：这一行是绕过系统加进来的。"
                    continue
                left.discard(str(row.pk))
                seq, values, sealed = self.rows[table, str(row.pk)]
                openly = {field: plain(getattr(row, field)) for field in kept.personal if field in values}
                for field, found, logged in _unequal(public_values(row) | openly, _at_first(kept) | values):
                    yield (
                        name,
                        f"{title} {row.pk} 的 {field} 现为 {found!r}，日志第 {seq} 条为 {logged!r}：这一行被绕过系统改动。",
                    )
                yield from self._personal(row, name, seq, sealed, openings, {*openly, *kept.formerly})
            for key in sorted(left):
                yield (
                    f"{table}/{key}",
                    f"{title} {key} 在日志第 {self.rows[table, key][0]} 条之后不见了：这一行被绕过系统删除。",
                )

    def _with_openings(self, kept: Tracked) -> Iterator[tuple[Any, dict[tuple[int, str], Opening]]]:
        """Yield the rows of a table with what opens their commitments, read for a batch at a time."""
        rows = kept.model._base_manager.iterator(chunk_size=BATCH)
        while batch := list(islice(rows, BATCH)):
            openings: dict[tuple[int, str], Opening] = {}
            if kept.personal:
                table = kept.model._meta.label_lower
                events = {self.rows[table, str(row.pk)][0] for row in batch if (table, str(row.pk)) in self.rows}
                wanted = {f"{table}/{row.pk}/{field}" for row in batch for field in kept.personal}
                for opening in Opening.objects.filter(seq__in=events):
                    if opening.name in wanted:
                        openings[opening.seq, opening.name] = opening
            yield from ((row, openings) for row in batch)

    def _personal(
        self,
        row: Any,
        name: str,
        seq: int,
        sealed: dict[str, str],
        openings: dict[tuple[int, str], Opening],
        openly: Collection[str],
    ) -> Iterator[tuple[str, str]]:
        """Yield what differs from its commitment. `openly`: fields that the event wrote as they were, before they became personal, or that
        are told no longer."""
        found = dict(personal_values(row))
        for field in sorted((set(found) | set(sealed)) - set(openly)):
            opening = openings.get((seq, f"{name}/{field}"))
            if opening is None and field not in found:
                continue  # deleted by law, in the row as in the journal
            salt = bytes(opening.salt) if opening else b""
            if not opening or commit(salt, f"{name}/{field}", found.get(field, "")) != sealed.get(field):
                yield (
                    name,
                    f"{row._meta.verbose_name} {row.pk} 的 {field}（个人信息）与日志第 {seq} 条的承诺值不符：被绕过系统改动。",
                )


def _at_first(kept: Tracked) -> dict[str, Any]:
    """Return what fields hold that an event could not name since they came later: their defaults."""
    fields = {field.attname: field for field in kept.model._meta.concrete_fields}
    defaults = {name: fields[name].default for name in kept.public}
    return {name: default for name, default in defaults.items() if type(default) in (bool, int, str)}


def _unequal(found: dict[str, Any], logged: dict[str, Any]) -> Iterator[tuple[str, Any, Any]]:
    for field in sorted(set(found) | set(logged)):
        if found.get(field) != logged.get(field):
            yield field, found.get(field), logged.get(field)
