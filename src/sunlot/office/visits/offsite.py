"""非现场检查: a check by documents and remote monitoring. Nobody comes, but two officers, evidence and the results are as everywhere."""

from datetime import date

from sunlot.office.accounts.models import User
from sunlot.office.catalog.policies import office_policy
from sunlot.office.journal.services import deed
from sunlot.office.visits.models import Visit
from sunlot.office.visits.states import State
from sunlot.refusal import Refusal

OFFSITE = "offsite"  # what the ledger of visits calls it, whatever led to it


def ledger_kind(visit: Visit) -> str:
    """Return the kind under which the ledger of visits keeps a visit, by which caps count it."""
    return OFFSITE if visit.offsite else visit.kind


def firm_signs(offsite: bool, day: date) -> bool:
    """Return whether a record needs the firm's signature, or the reason why there is none."""
    return not offsite or office_policy(day).flag("visit.offsite_firm_signature")


def change_mode(user: User, number: int, offsite: bool, reason: str) -> None:
    """Have a visit held off-site, or on site after all; whoever approves it sees which. Raises Refusal once it is approved."""
    if not reason.strip():
        raise Refusal("reason_missing", "请写明为什么改变检查方式。")
    with deed(by=user.actor) as doing:
        visit = Visit.objects.select_for_update().get(pk=number)
        if visit.state != State.ARRANGED:
            raise Refusal("approved", "检查批准后不能再改变检查方式；需要改变的，撤销后重新送审。")
        visit.offsite, visit.version = offsite, visit.version + 1
        doing.save(visit)
        how = "非现场检查" if offsite else "现场检查"
        doing.record("visit.mode", visit.obj, {"how": how}, {"reason": reason.strip()})
