"""Who tries codes at the firm's door: counted by network in memory only (complaints.doorkeeper); too many tries close the door to it for an hour.

The office is told by an event, without the address, which the auditor finds among what happened since the last audit.
"""

from django.http import HttpRequest

from sunlot.office.accounts.queries import VISITOR
from sunlot.office.catalog.policies import office_policy
from sunlot.office.complaints.doorkeeper import KEEPER
from sunlot.office.journal.services import deed
from sunlot.office.shell.doorkeeper import address
from sunlot.office.visits import moment
from sunlot.refusal import Refusal

WHAT = "firm code"


def refuse_guessing(request: HttpRequest) -> None:
    """Raise Refusal for a network that has tried as many wrong codes in the last hour as the policy allows; then a right one opens nothing either."""
    if KEEPER.count(WHAT, address(request)) >= _most():
        raise Refusal(
            "too_many_codes", "登录码、检查码输错的次数太多，请一小时后再试；急需的请拨打监管部门电话，由经办人核对。"
        )


def note_wrong_code(request: HttpRequest) -> None:
    """Note a code that opens nothing; the try that closes the door is an event."""
    KEEPER.note(WHAT, address(request))
    if KEEPER.count(WHAT, address(request)) == _most():
        with deed(by=VISITOR) as doing:
            doing.record("firm-code.guessing", "firm-codes", {"count": _most()})


def _most() -> int:
    return office_policy(moment.today()).count("firm.code_tries")
