"""The laws we know and the articles of those whose text ships with us, one file a law in texts/."""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from sunlot.certainty import Certainty
from sunlot.policy.statutes.citations import STATE, Citation, StatuteError, number_of

HERE = Path(__file__).parent
ITEM = re.compile("[（(]([一二三四五六七八九十百]+)[）)] ?(.*)")


@dataclass(frozen=True)
class Superseded:
    """A newer law on the same matter (新法): from when, and how sure we are that the old one no longer serves as a basis."""

    by: str
    since: date
    certainty: Certainty


@dataclass(frozen=True)
class Law:
    """A law in the version we hold. `articles` is empty where only the name is known; `repealed_from` is the first day without it."""

    title: str
    number: str
    in_force_from: date
    certainty: Certainty
    superseded: Superseded | None = None
    repealed_from: date | None = None
    articles: Mapping[int, str] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """Return the title as officers write it, without 中华人民共和国."""
        return self.title.removeprefix(STATE)


@dataclass(frozen=True)
class Paragraph:
    """A paragraph (款) with its items (项), each by its number."""

    text: str
    items: Mapping[int, str]


@dataclass(frozen=True)
class Article:
    """An article (条) of a law, in paragraphs."""

    law: Law
    number: int
    paragraphs: tuple[Paragraph, ...]

    @property
    def text(self) -> str:
        """Return the whole article, a line for each paragraph and item."""
        return self.law.articles[self.number]

    def passage(self, paragraph: int | None = None, item: int | None = None) -> str:
        """Return the paragraph or item asked for, the whole article without either. Raises StatuteError when there is none."""
        where = f"{self.law.name}第{self.number}条"
        if paragraph is not None and not 1 <= paragraph <= len(self.paragraphs):
            raise StatuteError("no_such_paragraph", f"{where}共 {len(self.paragraphs)} 款，没有第 {paragraph} 款。")
        chosen = self.paragraphs if paragraph is None else (self.paragraphs[paragraph - 1],)
        if item is None:
            return self.text if paragraph is None else "\n".join((chosen[0].text, *chosen[0].items.values()))
        found = [each.items[item] for each in chosen if item in each.items]
        if not found:
            within = where if paragraph is None else f"{where}第{paragraph}款"
            raise StatuteError("no_such_item", f"{within}没有第 {item} 项。")
        if len(found) > 1:
            raise StatuteError("item_ambiguous", f"{where}有几款都列有第 {item} 项，请写明第几款。")
        return found[0]


@cache
def laws() -> Mapping[str, Law]:
    """Return every law we know, by the name officers write."""
    with_text = [_law(_load(path)) for path in sorted((HERE / "texts").glob("*.toml"))]
    known = [_law(entry) for entry in _load(HERE / "known.toml")["law"]]
    return {law.name: law for law in (*with_text, *known)}


def find_law(name: str) -> Law | None:
    """Return the law of this name, with or without 《》 and 中华人民共和国; None when we do not know it."""
    return laws().get(name.strip("《》 ").removeprefix(STATE))


def article(law: str, number: int | str) -> Article:
    """Return an article, such as article("安全生产法", "65"). Raises StatuteError for a law or an article we do not hold."""
    found = find_law(law)
    if found is None or not found.articles:
        raise StatuteError("no_law_text", f"未收录《{found.name if found else law}》的原文，无法核对。")
    wanted = number_of(number) if isinstance(number, str) else number
    if wanted not in found.articles:
        raise StatuteError("no_such_article", f"《{found.name}》共 {len(found.articles)} 条，没有第 {wanted} 条。")
    return Article(found, wanted, _paragraphs(found.articles[wanted]))


def passage(citation: Citation) -> str:
    """Return the text a citation points at. Raises StatuteError when it points at nothing we hold."""
    if citation.article is None:
        raise StatuteError("no_article_cited", f"“{citation}”没有写明第几条。")
    return article(citation.law, citation.article).passage(citation.paragraph, citation.item)


def _paragraphs(text: str) -> tuple[Paragraph, ...]:
    paragraphs: list[tuple[str, dict[int, str]]] = []
    for line in text.split("\n"):
        if paragraphs and (item := ITEM.fullmatch(line)):
            paragraphs[-1][1][number_of(item[1])] = line
        else:
            paragraphs.append((line, {}))
    return tuple(Paragraph(line, items) for line, items in paragraphs)


def _law(raw: Mapping[str, Any]) -> Law:
    newer = raw.get("superseded")
    return Law(
        title=raw["title"],
        number=raw["number"],
        in_force_from=raw["in_force_from"],
        certainty=Certainty(raw["certainty"]),
        superseded=Superseded(newer["by"], newer["from"], Certainty(newer["certainty"])) if newer else None,
        repealed_from=raw.get("repealed_from"),
        articles={int(number): text for number, text in raw.get("articles", {}).items()},
    )


def _load(path: Path) -> dict[str, Any]:
    return tomllib.loads(path.read_text("utf-8"))
