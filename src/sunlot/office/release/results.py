"""The public record of a visit: what anybody may read of an ended visit, made from its signed record by the policy of the day on which it is
released, always the same bytes as long as that policy stands.

One function makes it, for the person who asks, the one who grants, the one who corrects, and the check whether what is public is still so.
"""

from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import Any

from django.db.models import Prefetch, QuerySet

from sunlot.draw.canonical import dumps, hash_of, loads
from sunlot.office.bureau import queries as bureau
from sunlot.office.catalog.policies import office_policy
from sunlot.office.inspectors.models import Inspector
from sunlot.office.release.draft import Draft, Wordings, used
from sunlot.office.release.masking import Fact, is_legal_person, masked, rules_since
from sunlot.office.visits.labels import kind_told, labels_on
from sunlot.office.visits.models import OFFICERS, Record, Signature, Visit
from sunlot.office.visits.moment import today
from sunlot.office.visits.records import sheet_of
from sunlot.office.visits.sheet import Sheet
from sunlot.refusal import Refusal

FORMAT = "sunlot/1 public result"


def to_build(visits: QuerySet[Visit]) -> QuerySet[Visit]:
    """Return visits with all that their public records are made from, in a fixed number of queries."""
    signed = Record.objects.order_by("edition").prefetch_related(
        Prefetch("signatures", Signature.objects.order_by("pk"))
    )
    return visits.select_related("firm", "round", "item_list", "entry").prefetch_related(Prefetch("records", signed))


def drafts(visits: Iterable[Visit], wordings: Mapping[int, Wordings] | None = None) -> list[Draft]:
    """Return the public records of ended visits (to_build), in their order. `wordings`: by visit. Raises Refusal for one without a signed record."""
    organ, units = bureau.name(), dict(Inspector.objects.values_list("pk", "department"))
    policy, labels = office_policy(today()), cache(labels_on)
    found = []
    for visit in visits:
        record, sheet = _signed(visit)
        assert visit.entry
        day = visit.entry.date
        texts = dict(_texts(sheet))
        own = used((wordings or {}).get(visit.pk, {}), texts)
        facts = _facts(visit, record, sheet, labels(day), texts | own) | _people(record, sheet, units)
        facts["department"] = Fact(visit.entry.department or organ)
        shown = masked(facts, policy, is_legal_person(visit.firm_id))
        since = rules_since(policy).isoformat()
        body = dumps({"format": FORMAT, "record_edition": record.edition, **_team_as_one(shown), "policy_of": since})
        found.append(Draft(visit.obj, visit.firm_id, visit.firm_name, body.decode(), hash_of(body), texts, own))
    return found


def _signed(visit: Visit) -> tuple[Record, Sheet]:
    """Return the record in force, and what it says."""
    records = [record for record in visit.records.all() if not record.replaced]
    if not records or visit.entry is None:
        raise Refusal("no_record", f"{visit}没有签字的检查记录，不能公示。")
    return records[-1], sheet_of(records[-1])


def _texts(sheet: Sheet) -> Iterator[tuple[str, str]]:
    """Yield the free texts of a record that the policy may open, each with its number."""
    for kind in ("findings", "hazards"):
        for one in sheet.many(kind):
            yield f"{one['id']}/text", str(one["text"])
            if one.get("article"):
                yield f"{one['id']}/article", str(one["article"])


def _facts(
    visit: Visit, record: Record, sheet: Sheet, labels: Mapping[str, Mapping[str, str]], texts: Wordings
) -> dict[str, Fact]:
    body = loads(record.body.encode())
    assert visit.entry
    result = {"code": visit.outcome, "text": labels["outcomes"].get(visit.outcome, visit.outcome)}
    if record.refusal:
        result["unsigned"] = labels["refusals"].get(record.refusal, record.refusal)
    paper = [record.paper] if record.paper else []
    drawn = [hash_of(one.path) for one in record.signatures.all() if one.path]
    return {
        "firm_name": Fact(visit.firm_name),
        "credit_code": Fact(visit.firm_id),
        "district": Fact(visit.firm.territory),
        "industry": Fact(visit.firm.industry or visit.firm.hazard_class),
        "registered_address": Fact(visit.firm_address),
        "inspected_on": Fact(visit.entry.date.isoformat()),
        "visit_kind": Fact(kind_told(visit.kind, visit.draw, today())),
        "draw": Fact(visit.draw),
        "inspection_code": Fact(visit.uid),
        "items": Fact(
            {
                "edition": visit.item_list.edition,
                "listed": [{"number": item["number"], "name": item["name"]} for item in body["frame"]["items"]],
            }
        ),
        "result": Fact(result),
        "methods": Fact([labels["methods"].get(one, one) for one in sheet.values.get("methods") or []]),
        "problems": Fact([*_problems(sheet, labels, texts)]),
        "dispositions": Fact([labels["dispositions"].get(one, one) for one in sheet.values.get("dispositions") or []]),
        "record": Fact(record.body, (record.sha256,)),
        "photos": Fact(sheet.photos(), tuple(sheet.photos()), len(sheet.photos())),
        "signatures": Fact(drawn or paper, tuple(drawn or paper), record.signatures.count() if paper else len(drawn)),
        "representative": Fact([one.name for one in record.signatures.all() if one.who != "officer"]),
    }


def _problems(
    sheet: Sheet, labels: Mapping[str, Mapping[str, str]], texts: Wordings
) -> Iterator[dict[str, str | bool]]:
    for kind in ("findings", "hazards"):
        for one in sheet.many(kind):
            yield {
                "text": texts[f"{one['id']}/text"],
                "severity": labels["severities"].get(one.get("severity", ""), ""),
                "basis": texts.get(f"{one['id']}/article", ""),
                "listed": kind == "findings",
                "corrected": bool(one.get("corrected")),
            }


def _people(record: Record, sheet: Sheet, units: Mapping[str, str]) -> dict[str, Fact]:
    """Return the officers who were there, as three fields, each with its own rule."""
    here = set(sheet.checked_in())
    team = [one for one in loads(record.body.encode())["frame"]["team"] if one["part"] in OFFICERS]
    there = [one for one in team if one["inspector"] in here]
    count = len(there)
    return {
        "inspector_name": Fact([one["name"] for one in there], count=count),
        "certificate_number": Fact([one["certificate"] for one in there], count=count),
        "inspector_unit": Fact([units.get(one["inspector"], "") for one in there], count=count),
    }


def _team_as_one(shown: dict[str, Any]) -> dict[str, Any]:
    """Return the record with what is open of each officer in one row."""
    columns = {"inspector_name": "name", "certificate_number": "certificate", "inspector_unit": "unit"}
    lists = {key: shown.pop(field) for field, key in columns.items() if isinstance(shown.get(field), list)}
    rows = [dict(zip(lists, values, strict=True)) for values in zip(*lists.values(), strict=True)]
    return {**shown, "inspectors": rows} if rows else shown
