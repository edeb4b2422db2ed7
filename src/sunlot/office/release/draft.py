"""A public record as it would be released, before anybody has released it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sunlot.draw.canonical import loads
from sunlot.office.release.scan import Hit, scan

Wordings = Mapping[str, str]


@dataclass(frozen=True)
class Draft:
    """`body`: canonical JSON. `texts`: its free texts by number, as the record has them; `wordings`: what stands in their place."""

    about: str
    firm_id: str
    title: str
    body: str
    sha256: str
    texts: Wordings
    wordings: Wordings

    @property
    def record(self) -> dict[str, Any]:
        """What the body says."""
        found: dict[str, Any] = loads(self.body.encode())
        return found

    def public_texts(self) -> dict[str, str]:
        """Return the free texts as they would go public."""
        return {number: self.wordings.get(number, text) for number, text in self.texts.items()}

    def hits(self, names: frozenset[str]) -> dict[str, list[Hit]]:
        """Return by number the personal data that the scan finds in texts that would go public. The firm's own name is public."""
        found = {number: scan(text, names, (self.title,)) for number, text in self.public_texts().items()}
        return {number: hits for number, hits in found.items() if hits}


def used(wordings: Wordings, texts: Wordings) -> dict[str, str]:
    """Return the wordings that say something else than the texts they stand for."""
    said = {number: text.strip() for number, text in wordings.items() if text.strip()}
    return {number: text for number, text in said.items() if number in texts and text != texts[number]}
