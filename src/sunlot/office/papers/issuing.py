"""Issuing a paper: its number, what it says and its digest are fixed in the transaction of whatever it is issued for.

with deed(by=user.actor) as doing:
    doing.save(order)
    issue(doing, user, "rectification_order", order.obj, fields, signatures)
    doing.record("order.made", …)

A transaction that fails takes its number back with it, so the numbers of a kind and a year have no gap.
"""

from collections.abc import Mapping, Sequence
from datetime import date

from sunlot.documents.statutory import Document, Form, Signature, Value, form_in_force
from sunlot.documents.statutory.compose import compose
from sunlot.office.accounts.models import User
from sunlot.office.bureau.models import Bureau
from sunlot.office.bureau.queries import the_bureau
from sunlot.office.catalog.policies import office_policy
from sunlot.office.journal.services import Deed
from sunlot.office.papers.body import filled, written
from sunlot.office.papers.models import Paper, Series
from sunlot.office.visits import moment
from sunlot.office.visits.models import Visit
from sunlot.policy.document_numbers import document_number
from sunlot.refusal import Refusal

PARTY = (
    "firm",
    "party",
    "receiver",
    "name",
    "case",
)  # the field that says whom a document is about, the first that its form has


def issue(
    doing: Deed,
    user: User,
    kind: str,
    obj: str,
    fields: Mapping[str, Value],
    signatures: Sequence[Signature] = (),
    day: date | None = None,
    *,
    visit: Visit | None = None,
    firm_id: str | None = None,
    record: str = "",
    check: str = "",
    firm_seal: bytes = b"",
) -> Paper:
    """Return a paper with the next number of its kind and year. Raises FormError, a Refusal, when its form does not allow it.

    `obj`: what it is about; the visit of `visit/12` is found, for anything else name it where there is one. `record`: the hash of the
    inspection record that it repeats; `check`: what its QR code says, else number and digest; `firm_seal`: the ink of the firm's seal under that record. What was saved in the deed before without an
    event goes into the event of this paper.
    """
    day = day or moment.today()
    if day > moment.today():
        raise Refusal("day_in_the_future", f"文书日期 {day} 在将来；请改为今天或以前的日期。")
    form, bureau, visit = form_in_force(kind, day), the_bureau(), visit or _visit_of(obj)
    sequence, number = _next(doing, form, bureau, day)
    document = Document(
        kind, bureau.name, day, number, filled(fields), tuple(signatures), check=check, firm_seal=firm_seal
    )
    compose(document, office_policy(day))
    paper = Paper(
        kind=kind,
        obj=obj,
        visit=visit,
        firm_id=firm_id or (visit.firm_id if visit else None),
        party=_party(document),
        series=form.number,
        year=day.year,
        sequence=sequence,
        number=number,
        day=day,
        body=written(document),
        digest=document.digest(),
        record=record,
        issued_by=user,
        issued_at=moment.now(),
    )
    doing.save(paper)
    doing.record("paper.issued", obj, {"paper": paper.pk, "title": form.title, "number": number})
    return paper


def try_out(kind: str, fields: Mapping[str, Value], signatures: Sequence[Signature] = ()) -> None:
    """Raise the Refusal that `issue` would raise today, and take no number for it."""
    form, day = form_in_force(kind, moment.today()), moment.today()
    if form.number:
        document_number(office_policy(day), the_bureau().short, form.number, 1)
    compose(draft(kind, fields, signatures, day), office_policy(day))


def draft(
    kind: str,
    fields: Mapping[str, Value],
    signatures: Sequence[Signature] = (),
    day: date | None = None,
    check: str = "",
) -> Document:
    """Return what `issue` would make, as a draft without a number that says so on every page."""
    day = day or moment.today()
    return Document(kind, the_bureau().name, day, "", filled(fields), tuple(signatures), draft=True, check=check)


def _next(doing: Deed, form: Form, bureau: Bureau, day: date) -> tuple[int | None, str]:
    """Return the next number of the form's kind in the year, holding the counter until the transaction ends; (None, "") for a form without."""
    if not form.number:
        return None, ""
    counter, _ = Series.objects.select_for_update().get_or_create(code=form.number, year=day.year)
    counter.last += 1
    doing.save(counter)
    return counter.last, document_number(office_policy(day), bureau.short, form.number, counter.last)


def _visit_of(obj: str) -> Visit | None:
    place, _, number = obj.partition("/")
    if place != "visit" or not number.isdigit():
        return None
    return Visit.objects.get(pk=number)


def _party(document: Document) -> str:
    found = next((document.fields[name] for name in PARTY if document.fields.get(name)), "")
    return str(found)[:200]
