"""What the written site searches with: small scripts, each with a piece of the index, since a page opened from the disk may load nothing else.

`about.js` says how many there are; `hanzi.js` holds readings and traditional letters; `names/<n>.js` the firms, PER_BLOCK each; `grams/<n>.js`
where each pair of sounds and each run of a code occurs (likeness.py), shared out by a hash. What occurs too often to help is left out.
"""

import json
from collections.abc import Iterator
from typing import Any

from sunlot.office.disclosure import roll
from sunlot.office.disclosure.hanzi import table
from sunlot.office.disclosure.registry import Answer, NotPublic, Pages, Visit, register
from sunlot.office.disclosure.state import remembered

SCRIPT = "text/javascript; charset=utf-8"
PER_BLOCK = 400  # firms in a file
PER_SHARD = 20_000  # places in a file
COMMON = 2_000  # places of one pair; what has more is left out


def register_pages() -> None:
    """Add the files."""
    register(
        Pages("search/about.js", about, listed=False),
        Pages("search/hanzi.js", hanzi, listed=False),
        Pages("search/names/{number}.js", block, _blocks, listed=False),
        Pages("search/grams/{number}.js", shard, _shards, listed=False),
    )


def _blocks() -> Iterator[dict[str, str]]:
    return ({"number": str(number)} for number in range(-(-len(roll.firms()) // PER_BLOCK)))


def _shards() -> Iterator[dict[str, str]]:
    return ({"number": str(number)} for number in range(len(shards())))


def _call(name: str, *values: Any) -> Answer:
    told = ",".join(json.dumps(value, ensure_ascii=False, separators=(",", ":"), sort_keys=True) for value in values)
    return Answer(f"sunlotSearch.{name}({told});\n".encode(), SCRIPT)


def about(visit: Visit) -> Answer:
    """How many firms there are, how many in a file, how many files of pairs."""
    return _call("about", {"firms": len(roll.firms()), "block": PER_BLOCK, "shards": len(shards())})


def hanzi(visit: Visit) -> Answer:
    """Readings and traditional letters."""
    return _call("hanzi", table())


def block(visit: Visit, number: str) -> Answer:
    """The firms of one file: number, name, township."""
    every = list(roll.firms().values()) if number.isdecimal() else []
    start = int(number) * PER_BLOCK if every else 0
    if number != str(start // PER_BLOCK) or not every[start:]:
        raise NotPublic(number)
    return _call("names", start, [[firm.id, firm.name, firm.territory] for firm in every[start : start + PER_BLOCK]])


def shard(visit: Visit, number: str) -> Answer:
    """Where the pairs of one file occur: each place as its distance from the one before."""
    every = shards()
    if not number.isdecimal() or number != str(int(number)) or int(number) >= len(every):
        raise NotPublic(number)
    return _call("grams", int(number), every[int(number)])


@remembered
def shards() -> list[dict[str, list[int]]]:
    """Return the pairs of names and, after a `#`, the runs of codes, shared out over as many files as keep each small."""
    names, codes = roll.names().index()
    kept = {gram: places for gram, places in names.items() if len(places) <= COMMON}
    kept |= {f"#{gram}": places for gram, places in codes.items() if len(places) <= COMMON}
    count = max(1, -(-sum(map(len, kept.values())) // PER_SHARD))
    found: list[dict[str, list[int]]] = [{} for _ in range(count)]
    for gram, places in kept.items():
        found[hashed(gram) % count][gram] = [
            after - before for before, after in zip([0, *places], places, strict=False)
        ]
    return found


def hashed(text: str) -> int:
    """Return a number for a text, the same in the script."""
    found = 7
    for letter in text:
        found = (found * 31 + ord(letter)) % 2147483647
    return found
