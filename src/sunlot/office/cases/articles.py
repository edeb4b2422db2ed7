"""The articles of a case: checked before a penalty rests on them, and written out as its documents cite them."""

from datetime import date

from sunlot.documents.statutory.citing import written_out
from sunlot.policy.statutes.basis import Status, look_up
from sunlot.policy.statutes.citations import StatuteError, parse_citations
from sunlot.refusal import Refusal

WRONG = ("wrong_place", Status.REPEALED, Status.SUPERSEDED)


def refuse_unsound(text: str, acted_on: date, day: date) -> None:
    """Raise Refusal for an article that cannot be read, does not exist, or held neither when the act was found nor on the day.

    行政处罚法第37条: what held at the time of the act applies, unless the newer law is milder. A law whose text we do not hold passes.
    """
    now = [one for one in look_up(text, day) if one.finding in WRONG]
    then = {one.citation for one in look_up(text, acted_on) if one.finding in WRONG}
    if bad := [one for one in now if one.citation in then]:
        raise Refusal("article_unsound", "".join(f"{one.citation}：{one.sentence}" for one in bad))


def written(text: str) -> str:
    """Return articles with the full titles of their laws and Chinese numerals; as they were typed where they cannot be read."""
    try:
        return "、".join(written_out(str(citation)) for citation in parse_citations(text))
    except StatuteError:
        return text


NAMES = {
    "visit": "第 {} 号检查",
    "order": "第 {} 号责令限期整改",
    "hazard": "第 {} 号重大隐患",
    "report": "第 {} 号举报",
    "transfer": "第 {} 号移送",
}


def origin_words(origin: str) -> str:
    """Return what a case came from as documents name it.

    >>> origin_words("visit/12"), origin_words("县消防函〔2026〕8号")
    ('第 12 号检查', '县消防函〔2026〕8号')
    """
    kind, _, number = origin.partition("/")
    return NAMES[kind].format(number) if kind in NAMES and number.isdigit() else origin
