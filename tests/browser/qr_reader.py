"""Reading a clean QR code of versions 4 to 6, level M, bytes only (ISO/IEC 18004): the modules in their order, unmasked, blocks put apart."""

from collections.abc import Callable, Iterator

BLOCKS = {4: (2, 32), 5: (2, 43), 6: (4, 27)}  # of level M: how many blocks, data codewords in each
MASKS: tuple[Callable[[int, int], bool], ...] = (
    lambda x, y: (x + y) % 2 == 0,
    lambda x, y: y % 2 == 0,
    lambda x, y: x % 3 == 0,
    lambda x, y: (x + y) % 3 == 0,
    lambda x, y: (x // 3 + y // 2) % 2 == 0,
    lambda x, y: x * y % 2 + x * y % 3 == 0,
    lambda x, y: (x * y % 2 + x * y % 3) % 2 == 0,
    lambda x, y: ((x + y) % 2 + x * y % 3) % 2 == 0,
)


def readings(size: int, dark: set[tuple[int, int]]) -> Iterator[str]:
    """Yield what the code says under each mask that makes it one segment of bytes."""
    for mask in MASKS:
        bits = "".join(str(int(((x, y) in dark) != mask(x, y))) for x, y in _order(size))
        words = [int(bits[at : at + 8], 2) for at in range(0, len(bits) - 7, 8)]
        count, length = BLOCKS[(size - 17) // 4]
        data = [words[at * count + block] for block in range(count) for at in range(length)]
        text = "".join(f"{word:08b}" for word in data)
        end = 12 + 8 * int(text[4:12], 2)
        if text.startswith("0100") and end <= len(text):
            letters = [int(text[at : at + 8], 2) for at in range(12, end, 8)]
            yield bytes(letters).decode("utf-8", "replace")


def _order(size: int) -> Iterator[tuple[int, int]]:
    """Yield the modules that hold data: columns in pairs from the right, up and down, the timing column left out."""
    up = True
    for right in [*range(size - 1, 6, -2), *range(5, 0, -2)]:
        for y in range(size - 1, -1, -1) if up else range(size):
            for x in (right, right - 1):
                if not _is_function(size, x, y):
                    yield x, y
        up = not up


def _is_function(size: int, x: int, y: int) -> bool:
    finder = (x < 9 and (y < 9 or y >= size - 8)) or (x >= size - 8 and y < 9)
    return finder or 6 in (x, y) or (abs(x - size + 7) <= 2 and abs(y - size + 7) <= 2)
