"""Who comes too often: counted in this process's memory only, under a key that dies with it, so that no address is ever written down.

What is over the hourly measure still comes in, to a queue; only what is over the daily one is asked to telephone.
"""

from django.http import HttpRequest

from sunlot.office.catalog.policies import office_policy
from sunlot.office.shell.doorkeeper import DAY, Doorkeeper, address
from sunlot.office.visits.moment import today
from sunlot.refusal import Refusal

KEEPER = Doorkeeper()


def admit(request: HttpRequest) -> bool:
    """Return whether a report that comes in has to queue. Raises Refusal for an address that sent too many today."""
    limits, whom = office_policy(today()).counts("complaint.limits"), address(request)
    if KEEPER.count("report", whom, DAY) >= limits["address_day"]:
        raise Refusal("too_many", "这个网络今天提交的举报太多，暂时不能再从网上提交；请拨打公开电话，或者明天再试。")
    queue = KEEPER.count("report", whom) >= limits["address_hour"]
    return queue or KEEPER.count("report") >= limits["office_hour"]


def note_report(request: HttpRequest) -> None:
    """Note a report that was taken in."""
    KEEPER.note("report", address(request))
    KEEPER.note("report")


def refuse_guessing(request: HttpRequest) -> None:
    """Raise Refusal for an address that has tried too many wrong codes in the last hour."""
    if KEEPER.count("code", address(request)) >= office_policy(today()).counts("complaint.limits")["code_tries"]:
        raise Refusal("too_many_tries", "查询码输错的次数太多，请一小时后再试；也可以拨打公开电话询问。")


def note_wrong_code(request: HttpRequest) -> None:
    """Note a code that there is not."""
    KEEPER.note("code", address(request))
