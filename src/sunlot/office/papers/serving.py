"""送达: on which day, how and to whom a paper was handed over."""

from datetime import date

from sunlot.office.accounts.models import User
from sunlot.office.journal.services import Deed, deed
from sunlot.office.papers.models import Paper, State
from sunlot.office.visits import moment
from sunlot.refusal import Refusal

WAYS = ("直接送达", "留置送达", "邮寄送达", "委托送达", "电子送达", "公告送达")


def serve(user: User, number: int, on: date, how: str, to: str) -> Paper:
    """Return a paper that was handed over. Raises Refusal for one that is void, and for a day before its own or to come."""
    with deed(by=user.actor) as doing:
        return serve_within(doing, number, on, how, to)


def serve_within(doing: Deed, number: int, on: date, how: str, to: str) -> Paper:
    """Return the same as part of a deed."""
    paper = Paper.objects.select_for_update().get(pk=number)
    if paper.state == State.VOID:
        raise Refusal("void_already", f"{paper}已经作废，不能送达。")
    if not paper.day <= on <= moment.today():
        raise Refusal("day_impossible", f"送达日期应在文书日期 {paper.day} 与今天之间，现为 {on}。")
    paper.served_on, paper.served_how, paper.served_to = on, how[:40], to.strip()[:80]
    doing.save(paper)
    doing.record("paper.served", paper.obj, {"paper": paper.pk, "number": paper.number, "on": on.isoformat()})
    return paper
