"""Finding by code or name with typing errors forgiven: letters left out, doubled or mistaken.

>>> Names([("91379921000000000X", "青禾恒瑞机械厂"), ("913799210000000024", "南岗塑料厂")]).search("恒端机械")
['91379921000000000X']
"""

import unicodedata
from collections import defaultdict
from collections.abc import Iterable

ENOUGH, AT_MOST = 0.4, 20  # share of letter pairs in common; how many are found
_ALIKE = str.maketrans("OIZS", "0125")  # letters that no credit code has, typed for the figure they look like
_NOISE = str.maketrans("", "", " 　·.-_()（）[]【】《》“”\"'，,。、")

Places = dict[str, list[tuple[str, int]]]


class Names:
    """Things that have a code and a name each."""

    def __init__(self, things: Iterable[tuple[str, str]]) -> None:
        self.names = {code: plain(name) for code, name in things}
        self._index: tuple[Places, Places] | None = None

    def search(self, typed: str) -> list[str]:
        """Return the codes meant by what somebody typed, the likeliest first, at most AT_MOST."""
        wanted = plain(typed)
        if not wanted:
            return []
        for exact in (wanted, _as_code(wanted)):
            if exact in self.names:
                return [exact]
        inside = [code for code, name in self.names.items() if wanted in name or wanted in code]
        return (sorted(inside, key=lambda code: len(self.names[code])) or self._alike(wanted))[:AT_MOST]

    def _alike(self, wanted: str) -> list[str]:
        """Return those that share most letter pairs with what was typed, by name or by code (Sørensen–Dice)."""
        codelike = wanted.isascii() and len(wanted) > 5
        asked = pairs(_as_code(wanted) if codelike else wanted)
        shared: dict[tuple[str, int], int] = defaultdict(int)
        index = self.index()[codelike]
        for pair in asked:
            for code, size in index.get(pair, ()):
                shared[code, size] += 1
        scores = [(2 * common / (len(asked) + size), code) for (code, size), common in shared.items()]
        return [code for _, code in sorted((-score, code) for score, code in scores if score >= ENOUGH)]

    def index(self) -> tuple[Places, Places]:
        """Return where each pair of letters occurs, in names and in codes: whose, and how many pairs that has."""
        if self._index is None:
            found: tuple[Places, Places] = (defaultdict(list), defaultdict(list))
            for code, name in self.names.items():
                for place, text in enumerate((name, code)):
                    own = pairs(text)
                    for pair in own:
                        found[place][pair].append((code, len(own)))
            self._index = found
        return self._index


def plain(text: str) -> str:
    """Return what people mean to type: one width, capitals, no blanks or brackets."""
    return unicodedata.normalize("NFKC", text).upper().translate(_NOISE)[:80]


def _as_code(text: str) -> str:
    return text.translate(_ALIKE)


def pairs(text: str) -> set[str]:
    """Return the neighbouring letters of a text, its ends included, so that short names count too."""
    framed = f"^{text}$"
    return {framed[at : at + 2] for at in range(len(framed) - 1)}
