"""Taking files in, checking them, changing the mapping, giving up. Nothing here touches the roster; applying.py does."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict

from django.utils import timezone

from sunlot.intake.errors import IntakeError
from sunlot.intake.findings import Finding
from sunlot.intake.table import Intake
from sunlot.office.accounts.models import User
from sunlot.office.approvals.models import Approval
from sunlot.office.approvals.models import State as Asked
from sunlot.office.imports import reading
from sunlot.office.imports.kinds import ADDED, CHANGED, KINDS, MISSING, PASSED_OVER, Comparison, ImportKind
from sunlot.office.imports.models import Batch, Planned, Remark, SourceFile, State
from sunlot.office.journal.services import Deed, deed
from sunlot.refusal import Refusal

SLICE = 1000  # rows of one INSERT


def take_in(user: User, files: Sequence[tuple[str, bytes]], code: str = "") -> list[Batch]:
    """Return the batches that the files make, one a kind, read and compared. `code`: the kind that all are, empty to recognise it.

    Raises Refusal naming the file that is no table, or whose kind is neither recognised nor given; then nothing is taken in.
    """
    kept = [(*reading.keep(name, data), len(data)) for name, data in files]
    by_kind: dict[str, list[tuple[str, str, int]]] = {}
    for digest, name, size in kept:
        by_kind.setdefault(code or _recognised(digest, name), []).append((digest, name, size))
    for kind in by_kind:
        may(user, KINDS[kind])
    with deed(by=user.actor) as doing:
        return [_enter(doing, user, kind, found) for kind, found in by_kind.items()]


def _recognised(digest: str, name: str) -> str:
    kind = reading.kind_of(reading.kept_path(digest, name))
    if kind is None:
        titles = "、".join(kind.title for kind in KINDS.values())
        raise Refusal(
            "kind_unknown",
            f"文件 {name} 认不出是哪一种名录（可以导入：{titles}）；请在“名录种类”中选定，再在下一页指定各列。",
        )
    return kind.code


def _enter(doing: Deed, user: User, kind: str, files: Iterable[tuple[str, str, int]]) -> Batch:
    batch = Batch(kind=kind, day=timezone.localdate(), by=user, at=timezone.now())
    batch.save()
    for digest, name, size in files:
        doing.save(SourceFile(batch=batch, name=name, sha256=digest, size=size))
    _check(doing, batch)
    return batch


def may(user: User, kind: ImportKind) -> None:
    """Raise Refusal unless this person's role imports this kind."""
    if user.role not in kind.roles:
        raise Refusal("not_your_import", f"您的岗位不办理{kind.title}的导入。")


def remap(user: User, number: int, version: int, mapping: Mapping[str, str]) -> Batch:
    """Read the batch again with another mapping (header → field, "" for not used) and return it."""
    with deed(by=user.actor) as doing:
        batch = open_batch(user, number, version)
        batch.mapping = json.dumps(reading.checked_mapping(KINDS[batch.kind], mapping), ensure_ascii=False)
        _check(doing, batch)
    return batch


def check_again(user: User, number: int) -> Batch:
    """Compare the batch with the roster as it stands now and return it."""
    with deed(by=user.actor) as doing:
        batch = open_batch(user, number)
        _check(doing, batch)
    return batch


def drop(user: User, number: int) -> Batch:
    """Give a batch up that has not been applied, and return it."""
    with deed(by=user.actor) as doing:
        batch = open_batch(user, number)
        batch.state, batch.version = State.DROPPED, batch.version + 1
        doing.save(batch)
        doing.record("import.dropped", f"import/{batch.pk}", {"batch": batch.pk, "kind": KINDS[batch.kind].title})
    return batch


def open_batch(user: User, number: int, version: int | None = None) -> Batch:
    """Return a locked batch that still can be changed. Raises Refusal otherwise."""
    batch = Batch.objects.select_for_update().get(pk=number)
    may(user, KINDS[batch.kind])
    if batch.state != State.READ:
        raise Refusal("batch_closed", f"批次 {batch.pk} {batch.get_state_display()}，不能再改。")
    if waiting(batch):
        raise Refusal("batch_waiting", f"批次 {batch.pk} 已报审批，等待期间不能改；请先撤回申请。")
    if version is not None and version != batch.version:
        raise Refusal("stale_edit", f"批次 {batch.pk} 在您打开之后已被他人重新核对，请刷新后再办理。")
    return batch


def waiting(batch: Batch) -> Approval | None:
    """Return the request about this batch that waits for a decision."""
    return Approval.objects.filter(obj=f"import/{batch.pk}", state=Asked.PENDING).first()


def _check(doing: Deed, batch: Batch) -> None:
    """Read the files and compare them with the roster; the batch keeps counts, report and differences."""
    kind = KINDS[batch.kind]
    batch.remarks.all().delete()
    batch.planned.all().delete()
    try:
        intake = reading.read(batch)
        comparison = reading.compare(kind, intake)
    except IntakeError as error:
        batch.trouble, batch.digest, batch.counts = error.sentence, "", "{}"
        intake, comparison = Intake(kind.table), Comparison((), ())
    else:
        batch.trouble, batch.digest = "", reading.digest_of(comparison)
        batch.counts = json.dumps(_counts(intake, comparison))
        _keep_report(batch, intake, comparison)
    batch.version += 1
    doing.save(batch)
    found = _counts(intake, comparison)
    pub = {name: found[name] for name in (ADDED, CHANGED, MISSING)}
    doing.record("import.checked", f"import/{batch.pk}", {"batch": batch.pk, "kind": kind.title, **pub})


def _counts(intake: Intake, comparison: Comparison) -> dict[str, int]:
    """Return the fates of the rows and of the differences: `rows` is the sum of clean, merged, quarantined and skipped."""
    fates = [difference.fate for difference in comparison.differences]
    counts = {name: intake.fates[name] for name in ("clean", "merged", "quarantined", "skipped")}
    counts |= {name: fates.count(name) for name in (ADDED, CHANGED, MISSING, PASSED_OVER)}
    return counts | {"rows": intake.rows_read, "unchanged": len(comparison.unchanged)}


def _keep_report(batch: Batch, intake: Intake, comparison: Comparison) -> None:
    ordered = sorted(intake.findings, key=lambda finding: (finding.file, finding.sheet, finding.row))
    Remark.objects.bulk_create((_remark(batch, finding) for finding in ordered), SLICE)
    plan = (
        Planned(
            batch=batch,
            key=difference.key,
            title=difference.title[:200],
            fate=difference.fate,
            changes=json.dumps(difference.changes, ensure_ascii=False),
        )
        for difference in comparison.differences
    )
    Planned.objects.bulk_create(plan, SLICE)


def _remark(batch: Batch, finding: Finding) -> Remark:
    """Return a finding as a row; what was found in a cell may hold NUL, which PostgreSQL does not keep."""
    texts = {name: str(value).replace("\x00", "") for name, value in asdict(finding).items() if name != "row"}
    return Remark(batch=batch, row=finding.row, **(texts | {"kind": texts["kind"][:60]}))
