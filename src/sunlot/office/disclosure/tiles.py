"""The log as tiles (C2SP tlog-tiles): 256 hashes a tile, 256 entries a bundle, by which anybody may audit it without the database."""

from collections.abc import Iterator
from functools import reduce
from operator import or_

from django.db import connection
from django.db.models import Q
from django.db.models.functions import Length

from sunlot.office.cases.models import Case
from sunlot.office.disclosure.registry import NotPublic
from sunlot.office.disclosure.state import remembered
from sunlot.office.followup.models import Hazard, Order, Recheck
from sunlot.office.journal.models import Checkpoint, Event
from sunlot.office.journal.store import SPAN, Reader, suite_of, the_log
from sunlot.office.lottery.models import Round
from sunlot.office.visits.models import Visit
from sunlot.stretches import stretches

ASKED = 100  # names in one query (SQLite: an expression is at most 1,000 deep)
LARGEST = 2**16 - 1  # bytes of an entry that a bundle can hold


@remembered
def latest() -> Checkpoint | None:
    """Return the checkpoint that is published: the newest anchored one, else the newest, None before the first."""
    return (
        Checkpoint.objects.filter(anchored=True).order_by("-size").first()
        or Checkpoint.objects.order_by("-size").first()
    )


def size() -> int:
    """Return how many entries are published."""
    checkpoint = latest()
    return checkpoint.size if checkpoint else 0


def paths() -> Iterator[str]:
    """Yield the path of every tile of hashes below `tile/`."""
    level, count = 0, size()
    while count:
        yield from (f"{level}/{name}" for name in _names(count))
        level, count = level + 1, count // SPAN


def bundles() -> Iterator[str]:
    """Yield the path of every published bundle of entries below `tile/entries/`."""
    for name in _names(size()):
        if not kept_back(number_of(name)):
            yield name


def _names(count: int) -> Iterator[str]:
    whole, rest = divmod(count, SPAN)
    yield from map(spelt, range(whole))
    if rest:
        yield f"{spelt(whole)}.p/{rest}"


def spelt(number: int) -> str:
    """Return a tile's number in groups of three figures, all but the last with an x: 1234067 is x001/x234/067."""
    groups = [f"{number % 1000:03d}"]
    while number := number // 1000:
        groups.insert(0, f"x{number % 1000:03d}")
    return "/".join(groups)


def number_of(name: str) -> int:
    """Return the number of a tile by its path. Raises NotPublic for another spelling."""
    try:
        number = reduce(
            lambda found, group: found * 1000 + int(group.removeprefix("x")), name.partition(".p/")[0].split("/"), 0
        )
    except ValueError:
        raise NotPublic(name) from None
    return number


def tile(path: str) -> bytes:
    """Return the hashes of a tile by its path below `tile/`. Raises NotPublic."""
    if path not in set(paths()):
        raise NotPublic(path)
    level, _, name = path.partition("/")
    stored, first = int(level), number_of(name) * SPAN
    there = min(SPAN, (size() >> (8 * stored)) - first)
    reader = _reader()
    return b"".join(reader.get(8 * stored, first + place) for place in range(there))


@remembered
def _reader() -> Reader:
    return Reader(suite_of(the_log()))


def bundle(name: str) -> bytes:
    """Return a bundle of entries, each after its length in two bytes. Raises NotPublic, also for one that is kept back."""
    number = number_of(name)
    if name not in set(_names(size())) or kept_back(number):
        raise NotPublic(name)
    return b"".join(len(entry).to_bytes(2, "big") + entry for entry in _entries(number))


def _entries(number: int) -> list[bytes]:
    first, end = number * SPAN, min(size(), (number + 1) * SPAN)
    rows = Event.objects.filter(seq__gte=first, seq__lt=end).order_by("seq").values_list("leaf", flat=True)
    return [leaf.encode() for leaf in rows]


def kept_back(number: int) -> str:
    """Return why a bundle is not published: empty, `secret` (an unannounced round not yet opened), or `large`."""
    return _kept_back().get(number, "")


@remembered
def _kept_back() -> dict[int, str]:
    """Return the bundles that are kept back. Their hashes are published all the same, so nothing in them can be changed."""
    found = dict.fromkeys((seq // SPAN for seq in _too_long()), "large")
    for row in Round.objects.filter(secret=True, executed_at=None):
        found |= dict.fromkeys((seq // SPAN for seq in _told_of(row)), "secret")
    return found


def _told_of(row: Round) -> Iterator[int]:
    """Yield the entries that tell of an unannounced round: itself, what asks for it, who looked at it, which firms were visited for it, and what
    became of each visit: entries, photos, signatures, documents, orders, rechecks, cases.

    The steps of its draw are commitments and stay public.
    """
    first = Event.objects.filter(obj=row.obj).order_by("seq").values_list("seq", flat=True).first() or 0
    since = Event.objects.filter(seq__gte=first, seq__lt=size()).values_list("seq", flat=True)
    yield from since.filter(Q(leaf__contains=f'"{row.obj}"') | Q(leaf__contains=row.title))
    if row.draw_id:
        yield from since.filter(leaf__contains=f'"{row.draw_id}"').exclude(obj=f"draw/{row.draw_id}")
    for some in stretches(_came_of(row), ASKED):
        about = (Q(obj=obj) | Q(obj__startswith=f"{obj}/") | Q(leaf__contains=f'"{obj}"') for obj in some)
        yield from since.filter(reduce(or_, about))


def _came_of(row: Round) -> Iterator[str]:
    """Yield how the log names what came of a round: its visits and the orders, rechecks, hazards and cases that followed from them."""
    visits = set(Visit.objects.filter(Q(round=row) | Q(draw=row.draw_id or "-")).values_list("pk", flat=True))
    orders = set(Order.objects.filter(visit__in=visits).values_list("pk", flat=True))
    rechecks = Recheck.objects.filter(order__in=orders, visit__isnull=False)
    visits |= set(rechecks.values_list("visit_id", flat=True))
    names = [*(f"visit/{pk}" for pk in sorted(visits)), *(f"order/{pk}" for pk in sorted(orders))]
    hazards = Hazard.objects.filter(visit__in=visits).values_list("pk", flat=True)
    cases = Case.objects.filter(origin__in=names).values_list("pk", flat=True)
    yield from names
    for noun, numbers in (("hazard", hazards), ("case", cases)):
        yield from (f"{noun}/{pk}" for pk in numbers.order_by("pk"))


_scanned: dict[
    str, tuple[int, list[int]]
] = {}  # how far a log was looked through, and what was found: entries never change


def _too_long() -> list[int]:
    """Return the entries that no bundle can hold; each is looked at once."""
    place = str(connection.settings_dict["NAME"])
    done, found = _scanned.get(place, (0, []))
    long = Event.objects.filter(seq__gte=done, seq__lt=size()).annotate(letters=Length("leaf"))
    rows = long.filter(letters__gt=LARGEST // 4).values_list("seq", "leaf")
    _scanned[place] = size(), [*found, *(seq for seq, leaf in rows if len(leaf.encode()) > LARGEST)]
    return _scanned[place][1]
