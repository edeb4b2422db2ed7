"""Penalties that wait to be released, and the public record of one: what the policy opens of a decision that was served and stands."""

from collections.abc import Mapping, Sequence
from datetime import date

from django.db.models import CharField, Exists, OuterRef, QuerySet, Value
from django.db.models.functions import Cast, Concat

from sunlot.draw.canonical import dumps, hash_of
from sunlot.office.bureau import queries as bureau
from sunlot.office.cases.limits import penalty_words
from sunlot.office.cases.models import Case, Outcome, Party
from sunlot.office.cases.queries import annulled, decided
from sunlot.office.catalog.policies import office_policy
from sunlot.office.release.deadlines import due
from sunlot.office.release.draft import Draft, Wordings, used
from sunlot.office.release.masking import Fact, is_legal_person, masked, rules_since
from sunlot.office.release.models import Kind, Release, State
from sunlot.office.visits.moment import today
from sunlot.refusal import Refusal

FORMAT = "sunlot/1 public penalty"
ABOUT = Concat(Value("case/"), Cast("pk", CharField()))


def to_release() -> QuerySet[Case]:
    """Return the decisions that were served, stand, and have not been released."""
    released = Release.objects.filter(kind=Kind.PENALTY, about=OuterRef("about"))
    return decided().annotate(about=ABOUT).filter(~Exists(released))


def not_served() -> QuerySet[Case]:
    """Return the decisions that nobody has served yet: their period runs, and they cannot be released."""
    return Case.objects.filter(outcome=Outcome.PENALTY, decided_on__isnull=False, served_on=None, annulled_on=None)


def to_withdraw() -> list[tuple[Release, date]]:
    """Return what is public of decisions that were annulled since, each with the day of that (行政处罚法第48条第2款)."""
    days = {case.obj: case.annulled_on for case in annulled() if case.annulled_on}
    rows = Release.objects.filter(kind=Kind.PENALTY, state=State.RELEASED, about__in=days).order_by("pk")
    return [(row, days[row.about]) for row in rows]


def due_of(case: Case) -> date:
    """Return the last day for releasing a decision: the period runs from the decision, not from its service."""
    assert case.decided_on
    return due(Kind.PENALTY, case.decided_on)


def drafts(numbers: Sequence[int], wordings: Mapping[int, Wordings]) -> list[tuple[Draft, date]]:
    """Return the public records of decisions that wait, each with its last day. Raises Refusal when one does not wait."""
    rows = list(to_release().filter(pk__in=numbers).order_by("pk"))
    if not rows or [case.pk for case in rows] != sorted(numbers):
        raise Refusal("nothing_to_release", "没有可以公示的处罚决定：尚未送达、已经公示或已被撤销；请刷新列表。")
    return [(draft_of(case, wordings.get(case.pk, {})), due_of(case)) for case in rows]


def now(number: int, wordings: Wordings) -> Draft:
    """Return what a released decision would say today. Raises Refusal for one that was annulled."""
    case = decided().filter(pk=number).first()
    if case is None:
        raise Refusal("annulled", "处罚决定已被撤销，请办理撤回公示。")
    return draft_of(case, wordings)


def draft_of(case: Case, wordings: Wordings) -> Draft:
    """Return the public record of one decision."""
    texts = {"facts": case.facts, "violated": case.violated, "basis": case.basis}
    own = used(wordings, texts)
    entity = case.party_kind == Party.ENTITY
    facts = _facts(case, texts | own, entity)
    policy = office_policy(today())
    shown = masked(facts, policy, entity and is_legal_person(case.firm_id))
    body = dumps({"format": FORMAT, **shown, "policy_of": rules_since(policy).isoformat()})
    title = case.party if entity else case.decision_number
    return Draft(case.obj, case.firm_id, title, body.decode(), hash_of(body), texts, own)


def _facts(case: Case, texts: Wordings, entity: bool) -> dict[str, Fact]:
    assert case.decided_on
    return {
        "firm_name": Fact(case.party if entity else case.firm.name),
        "credit_code": Fact(case.firm_id),
        "district": Fact(case.firm.territory),
        "registered_address": Fact(case.address),
        "legal_representative": Fact(case.head),
        "phone": Fact(case.phone),
        "identity_number": Fact(case.identity),
        "penalized_person": Fact("" if entity else case.party),
        "penalty_number": Fact(case.decision_number),
        "decided_on": Fact(case.decided_on.isoformat()),
        "violation": Fact(texts["facts"]),
        "penalty_basis": Fact("；".join(filter(None, (texts["violated"], texts["basis"])))),
        "penalty_content": Fact(penalty_words(case, case.decided_on)),
        "department": Fact(bureau.name()),
    }


def lock(numbers: Sequence[int]) -> None:
    """Keep others from changing cases until the deed is done."""
    list(Case.objects.filter(pk__in=numbers).order_by("pk").select_for_update())


def earliest(numbers: Sequence[int]) -> date | None:
    """Return the earliest last day of those that still wait."""
    return min(map(due_of, to_release().filter(pk__in=numbers)), default=None)
