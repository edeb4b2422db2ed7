"""What belongs into one case file (案卷): a visit with its orders and cases, an order with its transfers. Later apps say what they add.

>>> register(orders)  # orders("visit/12") returns ["order/3", "order/4"], [] for what it does not know
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sunlot.documents.statutory import Value
from sunlot.office.accounts.models import User


@dataclass(frozen=True)
class Attached:
    """A picture or PDF that belongs into a case file. Those of one title and day that follow each other are one entry of its index.

    `read` gives its bytes, or raises Refusal when they are lost.
    """

    title: str
    digest: str
    day: date | None
    read: Callable[[], bytes]


Related = Callable[[str], Sequence[str]]
Attachments = Callable[[User, str], Sequence[Attached]]
Cover = Callable[[str], Mapping[str, Value]]

_RELATED: list[Related] = []
_ATTACHMENTS: list[Attachments] = []
_COVERS: dict[str, Cover] = {}


def register(related: Related) -> None:
    """Add a function that says what belongs to a thing, both as the journal names them; apps do it when they are ready."""
    if related not in _RELATED:
        _RELATED.append(related)


def things_of(obj: str) -> list[str]:
    """Return the thing itself and whatever belongs to it, and to that in turn, each once, in the order in which the apps name them."""
    found = [obj]
    for one in found:  # grows while it is read
        for related in _RELATED:
            found += [other for other in related(one) if other not in found]
    return found


def register_attachments(attachments: Attachments) -> None:
    """Add a function that gives a thing's files, as far as somebody may see them; apps do it when they are ready."""
    if attachments not in _ATTACHMENTS:
        _ATTACHMENTS.append(attachments)


def attachments_of(user: User, things: Sequence[str]) -> list[Attached]:
    """Return the files of things, such as `things_of` names them, that this person may see."""
    return [one for thing in things for attachments in _ATTACHMENTS for one in attachments(user, thing)]


def register_cover(place: str, cover: Cover) -> None:
    """Let a later app say what the cover of its things begins with: place is the word before the slash, such as case."""
    _COVERS[place] = cover


def cover_of(obj: str) -> Mapping[str, Value]:
    """Return the fields of the form case_file that an app knows of its thing."""
    cover = _COVERS.get(obj.partition("/")[0])
    return cover(obj) if cover else {}
