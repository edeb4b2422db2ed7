"""Applying a batch, and taking it back: one transaction each, its rows in several events. While a round is open a second person decides."""

import json
from collections.abc import Sequence
from itertools import count
from typing import Any, TypeVar

from django.urls import reverse

from sunlot.office.accounts.models import User
from sunlot.office.accounts.roles import APPROVERS
from sunlot.office.approvals.kinds import Change, Kind
from sunlot.office.approvals.models import Approval
from sunlot.office.approvals.services import ask_within
from sunlot.office.imports import reading
from sunlot.office.imports.kinds import ADDED, CHANGED, KINDS, MISSING, Touched
from sunlot.office.imports.models import FATES, Batch, Planned, State, Written
from sunlot.office.imports.services import SLICE, may, open_batch, waiting
from sunlot.office.journal.services import Deed, deed, take_log
from sunlot.refusal import Refusal
from sunlot.stretches import stretches

CHUNK = 500  # rows of one event
SHOWN = 30  # differences that a request shows one by one; the batch has them all
T = TypeVar("T")


def apply(user: User, number: int, version: int, mark: bool = False, reason: str = "") -> Batch | Approval:
    """Apply a batch as it was shown and return it; while a round is open, return the request for approval instead.

    `mark`: mark the rows that are not in the files. Raises Refusal when the roster has changed since the batch was checked: nothing is applied.
    """
    with deed(by=user.actor) as doing:
        take_log()
        batch = open_batch(user, number, version)
        if batch.trouble or not batch.digest:
            raise Refusal("not_read", f"批次 {batch.pk} 还没有读通：{batch.trouble}")
        if asked := _ask(doing, user, batch, "apply", mark, reason):
            return asked
        _apply(doing, batch, mark)
    return batch


def undo(user: User, number: int, reason: str = "") -> Batch | Approval:
    """Put back what a batch changed and return it, or the request for approval. Rows changed since are left as they are and counted."""
    with deed(by=user.actor) as doing:
        take_log()
        batch = Batch.objects.select_for_update().get(pk=number)
        may(user, KINDS[batch.kind])
        if asked := _ask(doing, user, batch, "undo", False, reason):
            return asked
        _undo(doing, batch)
    return batch


def _ask(doing: Deed, user: User, batch: Batch, act: str, mark: bool, reason: str) -> Approval | None:
    """Ask for approval when something makes it necessary now."""
    kind = KINDS[batch.kind]
    if not (why := kind.why_second()):
        return None
    if waiting(batch):
        raise Refusal("batch_waiting", f"批次 {batch.pk} 已报审批，请等它办结。")
    verb = "生效" if act == "apply" else "撤销"
    payload = {"batch": batch.pk, "act": act, "mark": mark, "digest": batch.digest}
    title = f"{kind.title}导入批次 {batch.pk} {verb}（{why}）"
    return ask_within(doing, user, kind.approval, f"import/{batch.pk}", title, payload, reason)


def _apply(doing: Deed, batch: Batch, mark: bool) -> None:
    kind, intake = KINDS[batch.kind], reading.read(batch)
    comparison = reading.compare(kind, intake)
    if reading.digest_of(comparison) != batch.digest:
        raise Refusal(
            "roster_moved",
            f"批次 {batch.pk} 核对之后，名录已有别的改动，现在导入的结果与您看到的不同。请点“重新核对”，看过差异后再确认。",
        )
    fates = {difference.key: difference.fate for difference in comparison.differences}
    rows = [row for row in intake.rows if fates.get(kind.key(row)) in (ADDED, CHANGED)]
    missing = [key for key, fate in fates.items() if fate == MISSING] if mark else []
    parts = count(1)
    for chunk in stretches(rows, CHUNK):
        _record(doing, batch, "import.rows", next(parts), kind.write(doing, chunk))
    for keys in stretches(missing, CHUNK):
        _record(doing, batch, "import.marked", next(parts), kind.mark(doing, keys))
    kind.seen(doing, comparison.unchanged)
    counts = json.loads(batch.counts) | {"marked": len(missing)}
    _close(doing, batch, State.APPLIED, counts, "import.applied", (ADDED, CHANGED, "marked"))


def _undo(doing: Deed, batch: Batch) -> None:
    if batch.state != State.APPLIED:
        raise Refusal("not_applied", f"批次 {batch.pk} {batch.get_state_display()}，没有可以撤销的内容。")
    kind, restored, left = KINDS[batch.kind], 0, 0
    for part, chunk in enumerate(stretches(list(batch.written.order_by("-pk")), CHUNK), 1):
        obj = f"import/{batch.pk}/undo/{part}"
        touched = [Touched(row.key, row.title, json.loads(row.before), row.after) for row in chunk]
        kept = set(kind.restore(doing, touched))
        back = [row.pk for row in chunk if row.key not in kept]
        batch.written.filter(pk__in=back).update(undone=obj)
        restored, left = restored + len(back), left + len(kept)
        doing.record("import.restored", obj, _pub(batch, part=part, rows=len(back)))
    counts = json.loads(batch.counts) | {"restored": restored, "left": left}
    _close(doing, batch, State.UNDONE, counts, "import.undone", ("restored", "left"))


def _record(doing: Deed, batch: Batch, act: str, part: int, touched: Sequence[Touched]) -> None:
    """Note the event of a chunk, and what is needed to take it back."""
    obj = f"import/{batch.pk}/{part}"
    written = (
        Written(
            batch=batch,
            key=row.key,
            title=row.title[:200],
            before=json.dumps(row.before, ensure_ascii=False),
            after=row.version,
            obj=obj,
        )
        for row in touched
    )
    Written.objects.bulk_create(written, SLICE)
    doing.record(act, obj, _pub(batch, part=part, rows=len(touched)))


def _close(doing: Deed, batch: Batch, state: State, counts: dict[str, int], act: str, told: Sequence[str]) -> None:
    batch.state, batch.counts, batch.version = state, json.dumps(counts), batch.version + 1
    doing.save(batch)
    doing.record(act, f"import/{batch.pk}", _pub(batch, **{name: counts[name] for name in told}))


def _pub(batch: Batch, **numbers: int) -> dict[str, Any]:
    return {"batch": batch.pk, "kind": KINDS[batch.kind].title, **numbers}


def _carry_out(doing: Deed, payload: dict[str, Any], approval: Approval) -> None:
    take_log()
    batch = Batch.objects.select_for_update().get(pk=payload["batch"])
    if payload["act"] == "undo":
        _undo(doing, batch)
        return
    if batch.state != State.READ or batch.digest != payload["digest"]:
        raise Refusal("batch_moved", f"批次 {batch.pk} 在申请之后已重新核对或办结；请退回申请，由经办人重新提交。")
    _apply(doing, batch, payload["mark"])


def _changes(payload: dict[str, Any]) -> list[Change]:
    """Return the sums, then the first differences one by one; new rows too of a kind about which a second person always decides."""
    batch = Batch.objects.get(pk=payload["batch"])
    counts = json.loads(batch.counts)
    lines = [(str(title), "", f"{counts.get(fate, 0)} 行") for fate, title in FATES]
    if payload["act"] == "undo":
        return [("撤销本批次写入的行", "", f"{batch.written.count()} 行")]
    if payload["mark"]:
        lines.append((KINDS[batch.kind].mark_title, "", f"{counts.get(MISSING, 0)} 行"))
    shown = (ADDED, CHANGED) if KINDS[batch.kind].always else (CHANGED,)
    for row in Planned.objects.filter(batch=batch, fate__in=shown).order_by("pk")[:SHOWN]:
        lines += [(f"{row.title} {field}", before, after) for field, before, after in json.loads(row.changes)]
    return lines


def approval_kind(code: str, title: str, approvers: frozenset[str]) -> Kind:
    """Return the kind of request for batches that these roles decide."""
    return Kind(
        code=code,
        title=title,
        approvers=approvers,
        carry_out=_carry_out,
        changes=_changes,
        address=lambda payload: reverse("imports:one", args=[payload["batch"]]),
    )


APPROVAL = approval_kind("imports.batch", "名录导入", APPROVERS)
