"""Checking what an inspection item stands on (抽查依据): does each cited place exist, and is its law in force on the day."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from sunlot.certainty import Certainty
from sunlot.policy.statutes.citations import Citation, StatuteError, parse_citations
from sunlot.policy.statutes.laws import Law, find_law, passage


class Status(StrEnum):
    """Where a law stands on a day. SUPERSEDED: a newer law covers its matter, though nothing says that it was repealed."""

    NOT_YET = "not_yet"
    IN_FORCE = "in_force"
    SUPERSEDED = "superseded"
    REPEALED = "repealed"


@dataclass(frozen=True)
class Standing:
    """The status of a law on a day, how sure we are, and a sentence that says it."""

    status: Status
    certainty: Certainty
    sentence: str


@dataclass(frozen=True)
class Basis:
    """One cited place; `sentence` explains the finding.

    `finding`: sound; no_text: we hold none to check it by; no_article: a law cited as a whole; unknown_law; wrong_place; or the Status
    of a law that is not in force.
    """

    citation: Citation
    finding: str
    sentence: str
    text: str = ""

    @property
    def alarming(self) -> bool:
        """Return whether the item must not rest on this place as it is written."""
        return self.finding not in ("sound", "no_text", "no_article")


def standing(law: Law, day: date) -> Standing:
    """Return where the law stands on the day."""
    if law.repealed_from is not None and law.repealed_from <= day:
        return Standing(Status.REPEALED, law.certainty, f"《{law.name}》自 {law.repealed_from} 起废止。")
    if (newer := law.superseded) and newer.since <= day:
        sentence = (
            f"《{newer.by}》自 {newer.since} 起施行，《{law.name}》不宜再作依据，应改引新法对应条款"
            f"（{newer.certainty.label}）。"
        )
        return Standing(Status.SUPERSEDED, newer.certainty, sentence)
    if day < law.in_force_from:
        sentence = f"所收录的《{law.name}》（{law.number}）自 {law.in_force_from} 起施行，此前的文本未收录。"
        return Standing(Status.NOT_YET, law.certainty, sentence)
    sentence = f"《{law.name}》（{law.number}）现行有效，自 {law.in_force_from} 起施行（{law.certainty.label}）。"
    return Standing(Status.IN_FORCE, law.certainty, sentence)


def look_up(text: str, day: date) -> tuple[Basis, ...]:
    """Return each place the text cites, with its article text where we hold it. Raises StatuteError for what cannot be read."""
    return tuple(_look_up(citation, day) for citation in parse_citations(text))


def _look_up(citation: Citation, day: date) -> Basis:
    law = find_law(citation.law)
    if law is None:
        return Basis(citation, "unknown_law", f"《{citation.law}》未收录，请核对名称和效力。")
    where = standing(law, day)
    if where.status is Status.NOT_YET:
        return Basis(citation, where.status, where.sentence)
    text, missing = _text(law, citation)
    if missing is not None:
        return Basis(citation, "wrong_place", missing)
    if where.status is not Status.IN_FORCE:
        return Basis(citation, where.status, where.sentence, text)
    if law.articles and citation.article is None:
        return Basis(citation, "no_article", f"{where.sentence}只写了法规名称，请写明第几条。")
    if not text:
        return Basis(citation, "no_text", f"{where.sentence}未收录原文，条款须人工核对。")
    return Basis(citation, "sound", where.sentence, text)


def _text(law: Law, citation: Citation) -> tuple[str, str | None]:
    if citation.article is None or not law.articles:
        return "", None
    try:
        return passage(citation), None
    except StatuteError as failure:
        return "", failure.sentence
