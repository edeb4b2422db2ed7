"""Things taken some at a time, such as one query or one transaction can hold; itertools.batched of Python 3.12."""

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import TypeVar

T = TypeVar("T")


def stretches(things: Iterable[T], most: int) -> Iterator[list[T]]:
    """Yield the things in their order, `most` at a time, of the last what is left.

    >>> list(stretches("abcde", 2))
    [['a', 'b'], ['c', 'd'], ['e']]
    """
    left = iter(things)
    while some := list(islice(left, most)):
        yield some
