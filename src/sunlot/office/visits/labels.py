"""The closed vocabularies of a visit: dated data of the policy, by code with the Chinese of each."""

from collections.abc import Mapping
from datetime import date

from sunlot.office.catalog.policies import office_policy
from sunlot.office.shell.language import in_words
from sunlot.policy.vocabulary import VISIT_KINDS

RULES = {
    "answers": "record.answers",
    "severities": "record.severities",
    "capacities": "record.capacities",
    "outcomes": "result.outcomes",
    "methods": "result.methods",
    "dispositions": "result.dispositions",
    "refusals": "record.refusal_reasons",
}
Labels = Mapping[str, Mapping[str, str]]


def kind_told(kind: str, draw: str, day: date) -> str:
    """Return what the public and the firm are told of a visit's kind: of one that no draw led to, the word that the policy has for it.

    Whoever reported is protected by that: a visit that verifies a report is called as others are (publication.kind_words).
    """
    title = VISIT_KINDS[kind]
    return title if draw else office_policy(day).labels("publication.kind_words").get(kind, title)


def labels_on(day: date) -> Labels:
    """Return every vocabulary as it stands on the day. Raises PolicyError."""
    policy = office_policy(day)
    return {name: policy.labels(rule) for name, rule in RULES.items()}


def words_on(day: date) -> Labels:
    """Return the same in the reader's language, for a page; what is signed and kept is Chinese. Raises PolicyError."""
    return {name: {code: in_words(text) for code, text in found.items()} for name, found in labels_on(day).items()}
