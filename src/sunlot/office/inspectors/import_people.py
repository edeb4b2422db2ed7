"""Inspectors as a kind of import: facts and certificates from a file; a number that intake found to be a duplicate is merged from the start."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from django.db.models import Prefetch
from django.utils import timezone

from sunlot.office.accounts.roles import OFFICE
from sunlot.office.imports.kinds import (
    ADDED,
    CHANGED,
    PASSED_OVER,
    Change,
    Comparison,
    Difference,
    ImportKind,
    Row,
    Touched,
)
from sunlot.office.inspectors.calendars import ends_of
from sunlot.office.inspectors.forms import NUMBER
from sunlot.office.inspectors.models import Certificate, Inspector, Role
from sunlot.office.inspectors.staff import FACTS, PRIVATE, titles
from sunlot.office.journal.services import Deed
from sunlot.office.roster.guards import open_round

TITLES = {field: titles([field]) for field in ("id", *FACTS)}
LENGTHS = {field: getattr(Inspector._meta.get_field(field), "max_length", 0) for field in ("id", *FACTS)}
COLUMNS = TITLES | {"certificate": "执法证号", "certificate_valid_to": "有效期至"}
ROLES = dict(Role.choices)
HIDDEN = ("（不公开）", "（有改动）")  # a request for approval shows differences to more people than the office


def compare(rows: Sequence[Row], aside: Sequence[Row]) -> Comparison:
    """Return what the rows would change. An empty cell never empties a field; nobody is missed, since who leaves gets a state."""
    known = _known(Inspector.objects.all())
    holders = dict(Certificate.objects.filter(revoked_on=None).values_list("number", "inspector_id"))
    differences, unchanged = list[Difference](), list[str]()
    for row in rows:
        found = _difference(row, known.get(row["id"]), holders)
        if found:
            differences.append(found)
        else:
            unchanged.append(row["id"])
    return Comparison(tuple(differences), tuple(unchanged))


def _difference(row: Row, person: Inspector | None, holders: Mapping[str, str]) -> Difference | None:
    key, title = row["id"], f"{row['id']} {row['name'] or (person.name if person else '')}"
    if wrong := _unfit(row, person, holders):
        return Difference(key, title, PASSED_OVER, tuple(wrong))
    changes: list[Change] = []
    for field in FACTS:
        before = getattr(person, field) if person else ""
        if row.get(field) and row[field] != before:
            shown = HIDDEN if person and field in PRIVATE else (_shown(field, before), _shown(field, row[field]))
            changes.append((TITLES[field], *shown))
    if person and not person.listed:
        changes.append(("在册", "否", "是"))
    if _new_certificate(row, person):
        held = "；".join(f"{c.number} 至 {c.valid_to or '未填'}" for c in person.certificates.all()) if person else ""
        changes.append(("执法证", held, f"{row['certificate']} 至 {valid_to(row) or '未填'}"))
    return Difference(key, title, CHANGED if person else ADDED, tuple(changes)) if changes else None


def _unfit(row: Row, person: Inspector | None, holders: Mapping[str, str]) -> list[Change]:
    """Return why a row cannot be kept, field by field."""
    wrong: list[Change] = []
    if not NUMBER.regex.fullmatch(row["id"]):  # type: ignore[union-attr]
        wrong.append((TITLES["id"], row["id"], f"{NUMBER.message}未导入"))
    if not row["name"] and person is None:
        wrong.append((TITLES["name"], "", "没有姓名，未导入"))
    if row["role"] not in ROLES:
        wrong.append((TITLES["role"], row["role"], f"应为{'、'.join(map(str, ROLES.values()))}，未导入"))
    wrong += [
        (TITLES[field], row[field][:40] + "…", f"超过 {length} 字，未导入")
        for field, length in LENGTHS.items()
        if length and len(row.get(field, "")) > length
    ]
    if person and person.merged_into_id:
        wrong.append(("已并入", row["id"], f"{person.merged_into_id}，请改用这个编号"))
    holder = holders.get(row["certificate"], row["id"])
    if row["certificate"] and holder != row["id"]:
        wrong.append(("执法证", row["certificate"], f"已登记在 {holder} 名下；若是同一人，请先合并，未导入"))
    return wrong


def _new_certificate(row: Row, person: Inspector | None) -> bool:
    if not row["certificate"]:
        return False
    held = person.certificates.all() if person else ()
    return (row["certificate"], valid_to(row)) not in {(c.number, c.valid_to) for c in held}


def valid_to(row: Row) -> date | None:
    """Return the last day of the certificate; one that names a month only holds to its end, as the draw reads it."""
    text = row["certificate_valid_to"]
    if len(text) == 7:
        return ends_of(text)[1]
    return date.fromisoformat(text) if text else None


def _shown(field: str, value: str) -> str:
    return str(ROLES.get(value, value)) if field == "role" else value


def write(doing: Deed, rows: Sequence[Row]) -> list[Touched]:
    """Save new people, the filled cells of known ones as a new version, and certificates that are not known yet."""
    known = _known(_locked(row["id"] for row in rows))
    touched = []
    for row in rows:
        person = known.get(row["id"])
        before = _values(person) if person else None
        new_certificate = _new_certificate(row, person)
        person = person or Inspector(id=row["id"], state="", version=0)  # a blank state is not filled in
        for field in FACTS:
            if row.get(field):
                setattr(person, field, row[field])
        person.listed, person.version = True, person.version + 1
        doing.save(person)
        if new_certificate:
            doing.save(Certificate(inspector=person, number=row["certificate"], valid_to=valid_to(row)))
        for alias in filter(None, row.get("aliases", "").split("；")):
            _merged_from_the_start(doing, alias, person)
        touched.append(Touched(person.pk, str(person), before, person.version))
    return touched


def _merged_from_the_start(doing: Deed, alias: str, person: Inspector) -> None:
    """Keep the other number of a person, so that leave and recusals entered under it find him."""
    if not Inspector.objects.filter(pk=alias).exists():
        doing.save(Inspector(id=alias, name=person.name, department=person.department, merged_into=person))


def restore(doing: Deed, touched: Sequence[Touched]) -> list[str]:
    """Put the values before back and revoke the certificates brought in; new people leave the roster, unless leave or a recusal hangs on them."""
    known, left = _known(_locked(row.key for row in touched)), []
    for row in touched:
        person = known[row.key]
        relied = row.before is None and (person.leaves.exists() or person.recusals.exists())
        if person.version != row.version or relied:
            left.append(row.key)
            continue
        before = dict(row.before or {"listed": False, "certificates": []})
        kept = before.pop("certificates")
        for field, value in before.items():
            setattr(person, field, value)
        person.version += 1
        doing.save(person)
        for certificate in person.certificates.filter(revoked_on=None).exclude(pk__in=kept):
            certificate.revoked_on = timezone.localdate()
            doing.save(certificate)
    return left


def _values(person: Inspector) -> dict[str, Any]:
    kept = [certificate.pk for certificate in person.certificates.all()]
    return {field: getattr(person, field) for field in (*FACTS, "listed")} | {"certificates": kept}


def _locked(keys: Iterable[str]) -> Any:
    return Inspector.objects.select_for_update().filter(pk__in=list(keys)).order_by("pk")


def _known(people: Any) -> dict[str, Inspector]:
    valid = Prefetch("certificates", Certificate.objects.filter(revoked_on=None).order_by("pk"))
    return {person.pk: person for person in people.prefetch_related(valid)}


PEOPLE = ImportKind(
    code="inspectors",
    title="检查人员",
    table="inspectors",
    columns=COLUMNS,
    key=lambda row: row["id"],
    compare=compare,
    write=write,
    restore=restore,
    guard=open_round,
    readers=OFFICE,
)
