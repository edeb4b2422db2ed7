"""A firm finds its own page: by search, by township, by letter. The page: its entry, its draws with chance and proof, its results."""

from collections.abc import Iterator
from dataclasses import replace

from django.utils.translation import gettext_lazy as _

from sunlot.draw.canonical import dumps
from sunlot.office.disclosure.lines import lines_of
from sunlot.office.disclosure.registry import Answer, NotPublic, Pages, Visit, register
from sunlot.office.disclosure.roll import BY, PER_PAGE, firms, groups, latest_snapshot, pages_of, search


def register_pages() -> None:
    """Add the pages of this section."""
    register(
        Pages("firms/index.html", find, translated=True, menu=_("查本单位")),
        Pages("firms/in/{number}.html", moved, _numbers, translated=True, listed=False),
        Pages("firms/{by}/{group}/{page}.html", group_page, _groups, translated=True),
        Pages("firms/{identity}/index.html", one, _identities),
        Pages("firms/{identity}/proof.json", proof, _drawn, listed=False),
    )


def _numbers() -> Iterator[dict[str, str]]:
    return ({"number": str(number)} for number in range(1, len(groups("in")) + 1))


def _groups() -> Iterator[dict[str, str]]:
    for by in BY:
        for group, (_title, members) in groups(by).items():
            for page in range(1, pages_of(members) + 1):
                yield {"by": by, "group": group, "page": str(page)}


def _identities() -> Iterator[dict[str, str]]:
    return ({"identity": identity} for identity in firms())


def _drawn() -> Iterator[dict[str, str]]:
    return ({"identity": identity} for identity, firm in firms().items() if firm.draws)


def find(visit: Visit) -> Answer:
    """Search, and townships and letters for whoever would rather look."""
    typed = visit.query.get("q", "")[:80]
    lists = {by: [(key, title, len(there)) for key, (title, there) in groups(by).items()] for by in BY}
    context = {"typed": typed, "found": search(typed), "towns": lists["in"], "letters": lists["az"]}
    return visit.page("firms.html", {**context, "count": len(firms())})


def moved(visit: Visit, number: str) -> Answer:
    """Where a township stood while townships were numbered: their order changed with every new one, so the way leads to the list of all."""
    if {"number": number} not in _numbers():
        raise NotPublic(number)
    answer = visit.page("moved.html", {"to": "firms/index.html", "title": _("查本单位")})
    return replace(answer, moved=("en/" if visit.english else "") + "firms/")


def group_page(visit: Visit, by: str, group: str, page: str) -> Answer:
    """One page of a township or of a letter."""
    title, members = groups(by).get(group, ("", [])) if by in BY else ("", [])
    if not members or page not in map(str, range(1, pages_of(members) + 1)):
        raise NotPublic(page)
    number = int(page)
    context = {
        "by": by,
        "group": group,
        "title": title,
        "firms": members[(number - 1) * PER_PAGE : number * PER_PAGE],
        "count": len(members),
        "page": number,
        "pages": [(each, members[(each - 1) * PER_PAGE].name) for each in range(1, pages_of(members) + 1)],
    }
    return visit.page("firm_group.html", context)


def one(visit: Visit, identity: str) -> Answer:
    """One firm: its entry, why it was drawn or not each time, with its proof, its results and penalties."""
    if (firm := firms().get(identity)) is None:
        raise NotPublic(identity)
    address = visit.absolute(f"firms/{identity}/index.html")
    snapshot = latest_snapshot() if firm.listed else None
    context = {"firm": firm, "lines": lines_of(identity), "address": address, "snapshot": snapshot}
    return visit.page("firm.html", context)


def proof(visit: Visit, identity: str) -> Answer:
    """The firm's rows with the paths that lead to the published roots."""
    if (firm := firms().get(identity)) is None or not firm.draws:
        raise NotPublic(identity)
    facts = {"format": "sunlot-public/1 firm", "id": firm.id, "name": firm.name}
    return Answer(dumps(facts | {"draws": [line.data() for line in lines_of(identity)]}), "application/json")
