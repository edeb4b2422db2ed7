"""联合检查: several departments, one visit, one check code. Each department has its items, its officers, and signs its part.

Officers of partner departments have no account here; whoever of them comes signs the record on an officer's phone or on paper.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sunlot.office.accounts.models import User
from sunlot.office.catalog.policies import office_policy
from sunlot.office.journal.services import Deed, deed
from sunlot.office.shell.fields import listed
from sunlot.office.visits.models import Guest, Partner, Visit
from sunlot.office.visits.states import State
from sunlot.refusal import Refusal

KIND = "joint"
MOST = 9  # departments besides our own
PEOPLE = re.compile(r"[、,，;；]+")


@dataclass(frozen=True)
class Department:
    """A department as it is arranged: its name, the numbers of its items, its officers with their certificates."""

    name: str
    items: tuple[str, ...]
    people: tuple[tuple[str, str], ...]


def read(text: str) -> tuple[Department, ...]:
    """Return the departments of a text, one a line: 部门：事项编号：姓名 证号、姓名 证号. Raises Refusal that names the line.

    >>> read("市场监督管理局：AQ-02：李某 SG001、王某 SG002")[0].people
    (('李某', 'SG001'), ('王某', 'SG002'))
    """
    return tuple(_line(n, line.strip()) for n, line in enumerate(text.splitlines(), 1) if line.strip())


def _line(number: int, line: str) -> Department:
    parts = [part.strip() for part in re.split("[：:]", line)]
    if len(parts) != 3 or not all(parts):
        raise Refusal(
            "partner_malformed", f"联合部门第 {number} 行应写作“部门：事项编号：姓名 执法证号、姓名 执法证号”。"
        )
    people = [person.split() for person in PEOPLE.split(parts[2]) if person.strip()]
    if bad := [" ".join(person) for person in people if len(person) != 2]:
        raise Refusal("partner_malformed", f"联合部门第 {number} 行的“{bad[0]}”应写作“姓名 执法证号”，中间空一格。")
    items = listed(parts[1])
    return Department(parts[0], items, tuple((name, certificate) for name, certificate in people))


def write(doing: Deed, visit: Visit, departments: Sequence[Department]) -> None:
    """Keep the departments of a visit that has none yet, within a deed. Raises Refusal for what cannot be a joint visit."""
    _refuse_wrong(visit, departments)
    for number, department in enumerate(departments, 1):
        partner = Partner(visit=visit, code=f"d{number}", department=department.name, items="、".join(department.items))
        doing.save(partner)
        for name, certificate in department.people:
            doing.save(Guest(partner=partner, name=name, certificate=certificate))


def arrange(user: User, number: int, departments: Sequence[Department], whole_draw: bool = False) -> int:
    """Return how many joint visits now have these departments: one, or all of its draw. Raises Refusal once one is approved or has some."""
    if not departments:
        raise Refusal("partner_missing", "请写明联合部门、事项和人员。")
    with deed(by=user.actor) as doing:
        visit = Visit.objects.select_for_update().get(pk=number)
        rows = [visit]
        if whole_draw and visit.draw:
            waiting = Visit.objects.select_for_update().filter(draw=visit.draw, state=State.ARRANGED)
            rows = [one for one in waiting.order_by("pk") if one.pk == visit.pk or not one.partners.exists()]
        for one in rows:
            if one.state != State.ARRANGED or one.partners.exists():
                raise Refusal("approved", f"{one}已经批准或已有联合部门，不能再改；需要改变的，撤销后重新送审。")
            write(doing, one, departments)
            one.version += 1
            doing.save(one)
        obj = f"draw/{visit.draw}" if len(rows) > 1 else visit.obj
        doing.record(
            "visit.joint", obj, {"departments": "、".join(one.name for one in departments), "count": len(rows)}
        )
    return len(rows)


def _refuse_wrong(visit: Visit, departments: Sequence[Department]) -> None:
    if not departments:
        return
    if visit.kind != KIND or visit.offsite or len(departments) > MOST:
        raise Refusal("not_joint", f"只有种类为“联合检查”的现场检查才有联合部门，最多 {MOST} 个。")
    if len({one.name for one in departments}) < len(departments):
        raise Refusal("partner_twice", "同一部门请写在一行里。")
    least = office_policy(visit.window_from).count("visit.min_inspectors")
    taken: set[str] = set()
    for one in departments:
        if len(dict(one.people)) < least or len(dict(one.people)) < len(one.people):
            raise Refusal("too_few_officers", f"{one.name}须有 {least} 名以上不同的持证执法人员。")
        if wrong := [item for item in one.items if item not in visit.numbers or item in taken]:
            raise Refusal(
                "not_on_the_checklist",
                f"{one.name}的事项 {'、'.join(wrong)} 不在本次检查的清单上，或已归其他部门；清单外的事项不得检查。",
            )
        taken.update(one.items)
    if not set(visit.numbers) - taken:
        raise Refusal("nothing_left", "本机关至少保留一个检查事项。")


def in_frame(partners: Iterable[Partner]) -> list[dict[str, Any]]:
    """Return the departments as a record's frame has them (docs/sync.md)."""
    return [
        {
            "code": partner.code,
            "name": partner.department,
            "items": partner.items.split("、"),
            "team": [{"name": guest.name, "certificate": guest.certificate} for guest in partner.guests.all()],
        }
        for partner in partners
    ]


def there(departments: Sequence[Mapping[str, Any]], values: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """Return the departments that took part: those of which nobody wrote why they did not."""
    return [one for one in departments if not str(values.get(f"joint/{one['code']}/absent") or "").strip()]


def unsigned(
    departments: Sequence[Mapping[str, Any]], values: Mapping[str, Any], signed: Sequence[tuple[str, str]], least: int
) -> list[str]:
    """Return a sentence for every department that took part and has not signed its part. `signed`: code and name of each who has."""
    found = []
    for one in there(departments, values):
        count = len({name for code, name in signed if code == one["code"]})
        if count < least:
            found.append(f"{one['name']} {count} 人签字，须有 {least} 名以上执法人员签字。")
    return found
