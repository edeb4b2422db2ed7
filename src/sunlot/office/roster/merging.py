"""The same firm twice: pairs that look like it, merging them, or saying that they are two."""

from collections import defaultdict
from collections.abc import Iterator
from functools import reduce
from itertools import combinations
from operator import or_
from typing import NamedTuple

from django.db.models import Count, Q
from django.utils import timezone
from django.utils.translation import gettext_noop as noop

from sunlot.intake.duplicates import same_name
from sunlot.office.accounts.models import User
from sunlot.office.approvals.kinds import Change
from sunlot.office.approvals.models import Approval
from sunlot.office.journal.memory import remembered
from sunlot.office.journal.services import Deed, deed
from sunlot.office.roster.changes import ACTS, Act, Body, changed_fields, locked, save, settle
from sunlot.office.roster.facts import clean_facts, title_of
from sunlot.office.roster.models import Apart, Firm
from sunlot.office.roster.queries import listed
from sunlot.refusal import Refusal

LARGEST = 12  # firms under one phone or name; more are an agent's phone, not one firm
READ = ("roster.firm", "roster.apart")
ROOTS = (  # the columns under which twins meet, each with an index of its own, and what that means
    (("root",), noop("名称相同，或只差组织形式")),
    (("phone", "legal_person"), noop("同一电话和法定代表人，名称相近")),
)


class Pair(NamedTuple):
    """Two listed firms that may be one, and why."""

    first: str
    first_name: str
    second: str
    second_name: str
    why: str

    @property
    def pk(self) -> str:
        """Both identifiers, as a list asks for them."""
        return f"{self.first}/{self.second}"


def suggested() -> list[Pair]:
    """Return the pairs that may be one firm: names that differ as one firm's may, under the same name root, phone or representative's phone."""
    return remembered("roster.suggested", _suggested, READ)


def _suggested() -> list[Pair]:
    apart = set(Apart.objects.values_list("first_id", "second_id"))
    found: dict[tuple[str, str], Pair] = {}
    for columns, why in ROOTS:
        for (first, name), (second, other) in _pairs(columns):
            if (first, second) not in apart and same_name(name, other):
                found.setdefault((first, second), Pair(first, name, second, other, why))
    return [found[key] for key in sorted(found)]


def _pairs(columns: tuple[str, ...]) -> Iterator[tuple[tuple[str, str], ...]]:
    """Yield the pairs, each in order, of firms that agree in what the columns hold, unless too many do; the database counts in an index."""
    filled = listed().exclude(reduce(or_, (Q(**{column: ""}) for column in columns))).order_by()
    shared = filled.values(*columns).annotate(firms=Count("*")).filter(firms__gt=1, firms__lte=LARGEST)
    among = filled.filter(**{f"{columns[0]}__in": shared.values(columns[0])})
    groups: defaultdict[tuple[str, ...], list[tuple[str, str]]] = defaultdict(list)
    for *key, firm, name in among.values_list(*columns, "pk", "name"):
        groups[tuple(key)].append((firm, name))
    for group in groups.values():
        if len(group) <= LARGEST:
            yield from combinations(sorted(group), 2)


def merge(
    user: User, gone: tuple[str, int], into: tuple[str, int], values: dict[str, str], reason: str
) -> Approval | None:
    """Merge a firm into another. `gone`, `into`: id and the version that the person saw; `values`: the facts that the survivor shall have.

    The other stays as it was, marked as merged; its visits and causes count for the survivor. Raises Refusal, StaleEdit.
    """
    body = {"firm": into[0], "version": into[1], "gone": gone[0], "gone_version": gone[1], "values": values}
    return settle(user, "merge", body, reason)


def keep_apart(user: User, first: str, second: str) -> None:
    """Note that two firms are two."""
    first, second = sorted((first, second))
    with deed(by=user.actor) as doing:
        if Apart.objects.filter(first_id=first, second_id=second).exists():
            return
        doing.save(Apart(first_id=first, second_id=second, on=timezone.localdate()))
        doing.record("roster.apart", f"firm/{first}", {"other": second})


def _check(body: Body) -> list[Change]:
    if body["firm"] == body["gone"]:
        raise Refusal("same_firm", "不能把一户并入它自己。")
    if not body["reason"]:
        raise Refusal("reason_missing", "合并请写明理由，例如“同一企业换发新代码”。")
    into, gone = locked(body["firm"], body["version"]), locked(body["gone"], body["gone_version"])
    values = clean_facts(body["values"])
    kept = [(title_of(field), getattr(into, field), values[field]) for field in changed_fields(into, values)]
    return [("并入", f"{gone.name} {gone.pk}", f"{into.name} {into.pk}"), *kept]


def _merge(doing: Deed, body: Body) -> None:
    into, gone = locked(body["firm"], body["version"]), locked(body["gone"], body["gone_version"])
    for earlier in Firm.objects.select_for_update().filter(merged_into=gone).order_by("pk"):
        earlier.merged_into, earlier.version = into, earlier.version + 1
        doing.save(earlier)
    gone.listed, gone.merged_into = False, into
    save(doing, gone, "roster.merged", {"into": f"firm/{into.pk}"}, body["reason"])
    for field, value in clean_facts(body["values"]).items():
        setattr(into, field, value)
    save(doing, into, "roster.absorbed", {"merged": f"firm/{gone.pk}"}, body["reason"])


ACTS["merge"] = Act("合并检查对象", _check, _merge)
