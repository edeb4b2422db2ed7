"""The log as tiles (C2SP tlog-tiles): 256 hashes a tile, 256 entries a bundle, by which anybody may audit it without the database."""

from collections.abc import Iterator
from functools import reduce

from sunlot.office.disclosure.registry import NotPublic
from sunlot.office.disclosure.state import remembered
from sunlot.office.journal.models import Checkpoint, Event
from sunlot.office.journal.store import SPAN, Reader, suite_of, the_log
from sunlot.office.lottery.models import Round

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
    found: dict[int, str] = {}
    for seq, leaf in Event.objects.filter(seq__lt=size()).values_list("seq", "leaf").iterator():
        if len(leaf) > LARGEST // 4 and len(leaf.encode()) > LARGEST:
            found.setdefault(seq // SPAN, "large")
    for row in Round.objects.filter(secret=True, executed_at=None):
        for event in Event.objects.filter(seq__lt=size(), leaf__contains=row.obj).values_list("seq", flat=True):
            found[event // SPAN] = "secret"
        for event in Event.objects.filter(seq__lt=size(), leaf__contains=row.title).values_list("seq", flat=True):
            found[event // SPAN] = "secret"
    return found
