"""Finding by a name, a code or a piece of one, with typing errors forgiven: letters left out, doubled, exchanged, mistaken, of the same sound, traditional.

Names are looked up by pairs of letters that stand beside each other or have one letter between them, in whatever order: a piece of three
letters with one error of any kind shares a pair with what was meant. What shares most pairs is then compared letter by letter, the piece
against every place of the name (Sellers, "The theory and computation of evolutionary distances", 1980; a swap of neighbours is one error).
Codes share runs of three. `static/disclosure/search.js` does the same from the files of the written site.

>>> Names([("91379921000000000X", "青禾恒瑞机械厂"), ("913799210000000024", "南岗塑料厂")]).search("恒端机")
['91379921000000000X']
"""

import unicodedata
from array import array
from bisect import bisect_right
from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from functools import lru_cache
from itertools import accumulate, islice

from sunlot.office.disclosure.hanzi import simplified, sound

AT_MOST = 20  # how many are found
INSIDE = 1000  # occurrences of a piece as it was typed that are ranked
COMPARED = 200  # how many of those with most in common are compared letter by letter
ENOUGH = 20_000  # places of pairs that are looked at, the rarest pairs first
ERROR, HOMOPHONE, MOST = 10, 4, 30  # what a wrong letter costs, one of the same sound, and what is forgiven at most
SHARE = 0.4  # of pairs in common, of a name that has more letters than were meant
_ALIKE = str.maketrans("OIZSV", "0125U")  # letters that no credit code has, typed for what they look like
_NOISE = str.maketrans("", "", " 　·.-_()（）[]【】《》“”\"'，,。、")

Index = dict[str, "array[int]"]


class Names:
    """Things that have a code and a name each."""

    def __init__(self, things: Iterable[tuple[str, str]]) -> None:
        self.codes: list[str] = []
        self.names: list[str] = []
        for code, name in things:
            self.codes.append(code)
            self.names.append(plain(name))
        self._places = {plain(code): place for place, code in enumerate(self.codes)}
        self._all_names, self._all_codes = _Joined(self.names), _Joined(list(self._places))
        self._index: tuple[Index, Index] | None = None

    def search(self, typed: str, among: Collection[str] | None = None) -> list[str]:
        """Return the codes meant by what somebody typed, the likeliest first, at most AT_MOST. `among`: no others."""
        wanted = plain(typed)
        if not wanted:
            return []
        for exact in (wanted, as_code(wanted)):
            if exact in self._places:
                return self._told([self._places[exact]], among)
        inside = {*self._all_names.with_piece(wanted)}
        if wanted.isascii():
            inside |= {*self._all_codes.with_piece(wanted), *self._all_codes.with_piece(as_code(wanted))}
        found = self._told(sorted(inside, key=lambda at: (len(self.names[at]), at)), among)
        return found or self._told(self._alike(wanted), among)

    def _told(self, places: Iterable[int], among: Collection[str] | None) -> list[str]:
        codes = (self.codes[at] for at in places)
        return [code for code in codes if among is None or code in among][:AT_MOST]

    def _alike(self, wanted: str) -> list[int]:
        """Return where something like it stands, the likeliest first: among the codes if it looks like one, else, or then, among the names."""
        if looks_like_code(wanted):
            code = as_code(wanted)
            if near := self._near(code, self.codes, code_grams(code), self.index()[1], ERROR * len(code) // 5):
                return near
        grams = name_grams(wanted)
        return self._near(wanted, self.names, grams, self.index()[0], ERROR * len(wanted) // 3) or self._longer(grams)

    def _near(self, wanted: str, texts: list[str], grams: set[str], index: Index, allowed: int) -> list[int]:
        costs = {at: cost(wanted, texts[at]) for at in self._sharing(grams, index)}
        near = [at for at, found in costs.items() if found <= min(allowed, MOST)]
        return sorted(near, key=lambda at: (costs[at], len(self.names[at]), at))

    def _longer(self, grams: set[str]) -> list[int]:
        """Return names that somebody typed with more words than they have: those that share most pairs (Sørensen–Dice)."""
        shares = {}
        for at in self._sharing(grams, self.index()[0]):
            own = name_grams(self.names[at])
            shares[at] = 2 * len(grams & own) / (len(grams) + len(own))
        return sorted((at for at in shares if shares[at] >= SHARE), key=lambda at: (-shares[at], at))

    def _sharing(self, grams: set[str], index: Index) -> list[int]:
        """Return those that share most of the rarest pairs."""
        rarest = sorted((index[gram] for gram in grams if gram in index), key=len)
        counts: Counter[int] = Counter()
        looked_at = 0
        for places in rarest:
            if looked_at and looked_at + len(places) > ENOUGH:
                break
            looked_at += len(places)
            counts.update(places)
        return _most(counts)

    def index(self) -> tuple[Index, Index]:
        """Return where each pair of letters occurs in names, and each run of three in codes."""
        if self._index is None:
            found: tuple[Index, Index] = ({}, {})
            for at, (name, code) in enumerate(zip(self.names, self.codes, strict=True)):
                for index, grams in zip(found, (name_grams(name), code_grams(code)), strict=True):
                    for gram in grams:
                        index.setdefault(gram, array("I")).append(at)
            self._index = found
        return self._index


class _Joined:
    """Texts in one, so that a piece is found in all of them at once."""

    def __init__(self, texts: list[str]) -> None:
        self.text = "\n".join(texts)
        self.starts = [0, *accumulate(len(text) + 1 for text in texts)]

    def with_piece(self, piece: str) -> Iterator[int]:
        """Yield the places of the texts that hold a piece, of the first INSIDE occurrences."""
        found = -1
        for _ in range(INSIDE):
            if (found := self.text.find(piece, found + 1)) < 0:
                return
            yield bisect_right(self.starts, found) - 1


def _most(counts: Counter[int]) -> list[int]:
    """Return those counted most often, about COMPARED of them: whole levels, and of the highest the first ones."""
    found: list[int] = []
    levels = Counter(counts.values())
    for level in sorted(levels, reverse=True):
        if found and len(found) + levels[level] > COMPARED:
            break
        found += islice((at for at, n in counts.items() if n == level), COMPARED)
    return found


@lru_cache(maxsize=4)
def names_of(things: tuple[tuple[str, str], ...]) -> Names:
    """Return the names of these things, made once: the index of 100,000 takes seconds."""
    return Names(things)


def plain(text: str) -> str:
    """Return what people mean to type: one width, capitals, simplified letters, no blanks or brackets."""
    return simplified(unicodedata.normalize("NFKC", text).upper().translate(_NOISE))[:80]


def as_code(text: str) -> str:
    """Return a text as a code has it: figures for the letters that no code has."""
    return text.translate(_ALIKE)


def looks_like_code(text: str) -> bool:
    """Return whether a text may be (a piece of) a code."""
    return text.isascii() and text.isalnum() and len(text) > 5


def name_grams(text: str) -> set[str]:
    """Return the pairs of sounds that stand beside each other or have one letter between them, both orders being one."""
    return set(_pairs([sound(letter) for letter in text]))


def _pairs(heard: list[str]) -> Iterator[str]:
    for gap in (1, 2):
        for one, other in zip(heard, heard[gap:], strict=False):
            yield f"{one} {other}" if one <= other else f"{other} {one}"


def code_grams(text: str) -> set[str]:
    """Return the runs of three letters of a code."""
    return {text[at : at + 3] for at in range(len(text) - 2)}


def cost(wanted: str, text: str) -> int:
    """Return how far the likest piece of a text is from what is wanted: ERROR for a letter left out, added, mistaken or two exchanged."""
    before: list[int] = []
    row = [0] * (len(text) + 1)
    meant, heard = [sound(letter) for letter in wanted], [sound(letter) for letter in text]
    for at, letter in enumerate(wanted):
        last, before_last, before = row, before, row
        row = [last[0] + ERROR]
        for place, other in enumerate(text):
            if letter == other:
                best = last[place]
            else:
                mistaken = HOMOPHONE if meant[at] == heard[place] else ERROR
                best = min(last[place] + mistaken, last[place + 1] + ERROR, row[place] + ERROR)
                if at and place and letter == text[place - 1] and wanted[at - 1] == other:
                    best = min(best, before_last[place - 1] + ERROR)
            row.append(best)
    return min(row)
