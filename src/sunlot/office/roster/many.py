"""Many firms at once: looked over and found right, or given the same facts, for one reason and with one request for approval."""

from collections.abc import Sequence
from hashlib import sha256

from django.utils import timezone

from sunlot.office.accounts.models import User
from sunlot.office.approvals.kinds import Change
from sunlot.office.approvals.models import Approval
from sunlot.office.journal.services import Deed, deed
from sunlot.office.roster.changes import ACTS, Act, Body, changed_fields, settle, write
from sunlot.office.roster.facts import clean_facts, drawable, title_of
from sunlot.office.roster.models import Firm
from sunlot.office.shell.forms import StaleEdit
from sunlot.refusal import Refusal

MOST = 500  # firms at once; more come by an Excel file
SHARED = (
    "territory",
    "hazard_class",
    "risk_level",
    "risk_class",
    "standardization_level",
    "credit_class",
    "key_unit",
    "level",
    "status",
)  # what many may have alike
Seen = Sequence[tuple[str, int]]  # identifier and the version that the person saw


class StaleMany(StaleEdit):
    """Somebody else changed some of the firms first. None of them was changed."""

    def __init__(self, names: Sequence[str]) -> None:
        more = f" 等 {len(names)} 户" if len(names) > 5 else ""
        super().__init__(f"{'、'.join(names[:5])}{more}")


def confirm_firms(user: User, identities: Sequence[str]) -> int:
    """Return how many listed firms were noted as looked over today and found right; nothing that the draw reads changes."""
    enough(identities)
    with deed(by=user.actor) as doing:
        firms = Firm.objects.select_for_update().filter(pk__in=identities, listed=True).order_by("pk")
        for firm in firms:
            firm.confirmed_on = timezone.localdate()
            doing.save(firm)
            doing.record("roster.confirmed", f"firm/{firm.pk}", {})
    return len(firms)


def edit_firms(user: User, seen: Seen, values: dict[str, str], reason: str) -> Approval | None:
    """Give many firms the same facts; those that have them already stay as they are.

    All or none: raises StaleEdit naming the firms that are not the version that the person saw, Refusal when one is not listed any more, when
    nothing would change, or without a reason.
    """
    body = {
        "firms": [list(each) for each in seen],
        "values": {field: values[field] for field in SHARED if field in values},
    }
    return settle(user, "edit-many", body, reason)


def edit_as_they_are(user: User, identities: Sequence[str], values: dict[str, str], reason: str) -> Approval | None:
    """Give the firms the same facts whatever version they are now; all that have them already are as wanted. Raises Refusal as edit_firms."""
    seen = list(Firm.objects.filter(pk__in=identities).order_by("pk").values_list("pk", "version"))
    try:
        return edit_firms(user, seen, values, reason)
    except Refusal as refusal:
        if refusal.kind == "nothing_changed" and any(values.values()):
            return None
        raise


def enough(identities: Sequence[str]) -> None:
    """Raise Refusal for no firm, and for more than are done at once."""
    if not identities:
        raise Refusal("nothing_ticked", "请先勾选单位。")
    if len(identities) > MOST:
        raise Refusal(
            "too_many", f"一次最多办理 {MOST} 户，现有 {len(identities)} 户；更多的请导出 Excel，改好后导入。"
        )


def _locked(body: Body) -> list[Firm]:
    """Return those of the firms that would change, locked."""
    seen = dict(body["firms"])
    enough(list(seen))
    firms = list(Firm.objects.select_for_update().filter(pk__in=seen).order_by("pk"))
    gone = [firm.name for firm in firms if not firm.listed] + sorted(seen.keys() - {firm.pk for firm in firms})
    if gone:
        raise Refusal("not_listed", f"以下单位已不在册，请取消勾选后再办理：{'、'.join(gone[:10])}。")
    if stale := [firm.name for firm in firms if firm.version != seen[firm.pk]]:
        raise StaleMany(stale)
    values = clean_facts(body["values"])
    return [firm for firm in firms if changed_fields(firm, values)]


def _check(body: Body) -> list[Change]:
    values = clean_facts(body["values"])
    if not values:
        raise Refusal("nothing_changed", "请至少选定一项要修改的内容。")
    if not body["reason"]:
        raise Refusal("reason_missing", "批量修改请写明理由和依据，例如“2026 年度风险评估结果”。")
    firms = _locked(body)
    if not firms:
        raise Refusal("nothing_changed", "所选单位都已是这样，没有需要修改的。")
    return [
        (f"{firm.name} {title_of(field)}", getattr(firm, field), values[field])
        for firm in firms
        for field in changed_fields(firm, values)
    ]


def _write(doing: Deed, body: Body) -> None:
    for firm in _locked(body):
        write(doing, firm, clean_facts(body["values"]), body["reason"])


def _drawn(body: Body) -> bool:
    return drawable(body["values"])


def _about(body: Body) -> tuple[str, str]:
    """Return an object that is the same for the same firms, so that nobody asks twice, and the first firm's name with their number."""
    identities = sorted(identity for identity, _ in body["firms"])
    first = Firm.objects.get(pk=identities[0])
    return f"firms/{sha256(' '.join(identities).encode()).hexdigest()[:16]}", f"{first.name} 等 {len(identities)} 户"


ACTS["edit-many"] = Act("批量修改检查对象", _check, _write, _drawn, _about)
