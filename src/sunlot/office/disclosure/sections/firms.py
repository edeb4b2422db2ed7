"""A firm finds its own line: by search on the live site, by township in the static one."""

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from sunlot.draw.canonical import dumps
from sunlot.office.disclosure.lines import firms, lines_of, search, townships
from sunlot.office.disclosure.registry import Answer, NotPublic, Pages, Visit, register


def register_pages() -> None:
    """Add the pages of this section."""
    register(
        Pages("firms/index.html", find, translated=True, menu=_("查本单位")),
        Pages("firms/in/{number}.html", township, _numbers, translated=True),
        Pages("firms/{identity}/index.html", one, _identities),
        Pages("firms/{identity}/proof.json", proof, _identities, listed=False),
    )


def _numbers() -> Iterator[dict[str, str]]:
    return ({"number": str(number)} for number in range(1, len(townships()) + 1))


def _identities() -> Iterator[dict[str, str]]:
    return ({"identity": identity} for identity in firms())


def find(visit: Visit) -> Answer:
    """Search, and the townships for whoever would rather look."""
    typed = visit.query.get("q", "")[:80]
    towns = [(number, town, len(there)) for number, (town, there) in enumerate(townships().items(), 1)]
    context = {"typed": typed, "found": search(typed), "towns": towns, "count": len(firms())}
    return visit.page("firms.html", context)


def township(visit: Visit, number: str) -> Answer:
    """The firms of one township, by name."""
    every = list(townships().items())
    if not (number.isdecimal() and number == str(int(number)) and 1 <= int(number) <= len(every)):
        raise NotPublic(number)
    town, there = every[int(number) - 1]
    return visit.page("township.html", {"town": town, "firms": there})


def one(visit: Visit, identity: str) -> Answer:
    """Why one firm was drawn or not, with its proof."""
    if (firm := firms().get(identity)) is None:
        raise NotPublic(identity)
    address = visit.absolute(f"firms/{identity}/index.html")
    return visit.page("firm.html", {"firm": firm, "lines": lines_of(identity), "address": address})


def proof(visit: Visit, identity: str) -> Answer:
    """The firm's rows with the paths that lead to the published roots."""
    if (firm := firms().get(identity)) is None:
        raise NotPublic(identity)
    facts = {"format": "sunlot-public/1 firm", "id": firm.id, "name": firm.name}
    return Answer(dumps(facts | {"draws": [line.data() for line in lines_of(identity)]}), "application/json")
