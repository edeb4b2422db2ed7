"""Writing about people, as parts of a deed: who comes into the roster, what changes, which certificate is held. `changes.submit` is the way in."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from sunlot.office.inspectors.models import Certificate, Inspector
from sunlot.office.journal.services import Deed
from sunlot.office.shell.forms import StaleEdit
from sunlot.refusal import Refusal

FACTS = (
    "name",
    "department",
    "position",
    "role",
    "state",
    "specialities",
    "territory",
    "phone",
    "gender",
    "birth",
    "joined",
)
PRIVATE = ("territory", "phone", "gender", "birth")  # read by the office and by the person only


def add(doing: Deed, number: str, facts: Mapping[str, Any]) -> Inspector:
    """Return a new person; `facts` may hold `number`, `valid_from`, `valid_to` of a certificate.

    Raises Refusal for a number that is taken, and for a certificate that another holds.
    """
    if taken := Inspector.objects.filter(pk=number).first():
        raise Refusal("number_taken", f"人员编号 {number} 已是 {taken.name} 的编号，请换一个，或去修改那一条。")
    person = Inspector(pk=number, **{name: facts[name] for name in FACTS if name in facts})
    doing.save(person)
    doing.record("inspector.added", person.obj, {"inspector": number, "role": str(person.get_role_display())})
    if facts.get("number"):
        certify(doing, person, facts["number"], facts.get("valid_from"), facts.get("valid_to"))
    return person


def edit(doing: Deed, number: str, version: int, facts: Mapping[str, Any], reason: str) -> Inspector:
    """Return a person with changed facts. Raises StaleEdit when somebody else was first, Refusal when nothing would change."""
    person = locked(number)
    if person.version != version:
        raise StaleEdit(str(person))
    changed = [name for name in FACTS if name in facts and facts[name] != getattr(person, name)]
    if not changed:
        raise Refusal("nothing_changed", "没有任何一项与原来不同，不必保存。")
    for name in changed:
        setattr(person, name, facts[name])
    person.version += 1
    doing.save(person)
    pub = {"inspector": person.pk, "fields": titles(changed)}
    doing.record("inspector.changed", person.obj, pub, {"reason": reason})
    return person


def titles(names: Iterable[str]) -> str:
    """Return fields by their Chinese names."""
    return "、".join(str(Inspector._meta.get_field(name).verbose_name) for name in names)  # type: ignore[union-attr]


def certify(
    doing: Deed, person: Inspector, certificate: str, valid_from: date | None, valid_to: date | None
) -> Certificate:
    """Return a certificate that a person holds beside the earlier ones.

    Raises Refusal for days in the wrong order and for a certificate that is another's.
    """
    if valid_from and valid_to and valid_to < valid_from:
        raise Refusal("days_reversed", f"执法证的有效期至 {valid_to} 早于有效期自 {valid_from}，请核对。")
    known = Certificate.objects.filter(number=certificate, revoked_on=None).select_related("inspector")
    if other := next((held for held in known if held.inspector_id != person.pk), None):
        raise Refusal(
            "certificate_of_another",
            f"执法证 {certificate} 登记在 {other.inspector} 名下；同一张证只属于一人。若是同一人，请用“合并重复人员”。",
        )
    if any((held.valid_from, held.valid_to) == (valid_from, valid_to) for held in known):
        raise Refusal("certificate_known", f"执法证 {certificate} 的这一有效期已经登记过。")
    row = Certificate(inspector=person, number=certificate, valid_from=valid_from, valid_to=valid_to)
    doing.save(row)
    pub = {"inspector": person.pk, "number": certificate, "valid_to": valid_to.isoformat() if valid_to else ""}
    doing.record("certificate.added", person.obj, pub)
    return row


def revoke(doing: Deed, certificate: int, day: date, reason: str) -> Certificate:
    """End a certificate before its time (吊销、收回、登记有误) and return it. Raises Refusal when it has ended already."""
    row = Certificate.objects.select_for_update().get(pk=certificate)
    if row.revoked_on:
        raise Refusal("already_revoked", f"执法证 {row.number} 已于 {row.revoked_on} 停用。")
    row.revoked_on = day
    doing.save(row)
    pub = {"inspector": row.inspector_id, "number": row.number, "day": day.isoformat()}
    doing.record("certificate.revoked", f"inspector/{row.inspector_id}", pub, {"reason": reason})
    return row


def locked(number: str) -> Inspector:
    """Return a person whom nobody else changes until commit. Raises Refusal for a number that was merged."""
    person = Inspector.objects.select_for_update().get(pk=number)
    if person.merged_into_id:
        raise Refusal("merged", f"{number} 已并入 {person.merged_into_id}，请修改 {person.merged_into_id}。")
    return person
