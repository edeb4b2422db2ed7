"""What a reader of a PDF sees: where each letter stands, what is ruled, where pictures are, how dark each part of the page is; in millimetres from the top left."""

import ctypes
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pypdfium2 as pdfium
from pypdfium2 import raw

MM = 25.4 / 72
THIN = 0.6  # millimetres: what is thinner is a rule


@dataclass(frozen=True)
class Box:
    """A rectangle on the page."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def middle(self) -> float:
        """Where its middle is, from the left."""
        return (self.left + self.right) / 2

    def covers(self, other: "Box") -> bool:
        """Return whether the two share more than a tenth of a square millimetre."""
        wide = min(self.right, other.right) - max(self.left, other.left)
        high = min(self.bottom, other.bottom) - max(self.top, other.top)
        return wide > 0 and high > 0 and wide * high > 0.1

    def within(self, other: "Box", slack: float = 0.3) -> bool:
        """Return whether it lies inside another, but for `slack`."""
        return (
            self.left >= other.left - slack
            and self.top >= other.top - slack
            and self.right <= other.right + slack
            and self.bottom <= other.bottom + slack
        )


@dataclass(frozen=True)
class Page:
    """One page: its letters without blanks, in the order of the text, and the boxes around them."""

    width: float
    height: float
    text: str
    letters: list[Box]
    rules: list[Box]
    pictures: list[Box]
    fonts: dict[str, bool]  # by name: whether it is embedded
    lines: list[float]  # how far down a line is drawn across the whole text, rules that are a pattern too
    darkness: npt.NDArray[np.float64]  # rows × columns of the page, 0 white to 1 black

    def where(self, text: str, after: int = 0) -> Box:
        """Return the box around the first place of a text (its blanks left out) behind `after` letters. Raises ValueError when it is not there."""
        sought = "".join(text.split())
        first = self.text.index(sought, after)
        return around(self.letters[first : first + len(sought)])

    def across(self) -> list[Box]:
        """Return the rules that run from left to right."""
        return [rule for rule in self.rules if rule.right - rule.left > rule.bottom - rule.top]

    def upright(self) -> list[Box]:
        """Return the rules that run down."""
        return [rule for rule in self.rules if rule.right - rule.left < rule.bottom - rule.top]


def around(boxes: list[Box]) -> Box:
    """Return the box around boxes."""
    return Box(
        min(box.left for box in boxes),
        min(box.top for box in boxes),
        max(box.right for box in boxes),
        max(box.bottom for box in boxes),
    )


def pages_of(data: bytes, rows: int = 44, columns: int = 32) -> list[Page]:
    """Return the pages of a PDF as they are rendered."""
    document = pdfium.PdfDocument(data)
    try:
        return [_page(document[number], rows, columns) for number in range(len(document))]
    finally:
        document.close()


def _page(page: pdfium.PdfPage, rows: int, columns: int) -> Page:
    high = page.get_height()
    text, letters = [], []
    for letter, box in _letters(page, high):
        text.append(letter)
        letters.append(box)
    rules, pictures, fonts = [], [], {}
    for thing in page.get_objects(max_depth=2):
        left, bottom, right, top = thing.get_bounds()
        box = Box(left * MM, (high - top) * MM, right * MM, (high - bottom) * MM)
        if thing.type == raw.FPDF_PAGEOBJ_PATH and min(box.right - box.left, box.bottom - box.top) < THIN:
            rules.append(box)
        elif thing.type == raw.FPDF_PAGEOBJ_IMAGE:
            pictures.append(box)
        elif thing.type == raw.FPDF_PAGEOBJ_TEXT:
            fonts |= _font(thing)
    image = page.render(scale=2, grayscale=True).to_numpy().squeeze().astype(float)
    wide, darkness = page.get_width() * MM, _dark(image, rows, columns)
    return Page(wide, high * MM, "".join(text), letters, rules, pictures, fonts, list(_drawn(image)), darkness)


def _letters(page: pdfium.PdfPage, high: float) -> Iterator[tuple[str, Box]]:
    text, high_half = page.get_textpage(), ""
    for number in range(text.count_chars()):
        letter = chr(raw.FPDFText_GetUnicode(text, number))
        if "\ud800" <= letter < "\udc00":  # beyond the first plane a letter comes as two
            high_half = letter
            continue
        letter = (high_half + letter).encode("utf-16", "surrogatepass").decode("utf-16")
        high_half = ""
        if not letter.strip() or raw.FPDFText_IsGenerated(text, number) == 1:
            continue
        left, bottom, right, top = text.get_charbox(number)
        yield letter, Box(left * MM, (high - top) * MM, right * MM, (high - bottom) * MM)


def _font(thing: pdfium.PdfObject) -> dict[str, bool]:
    font = raw.FPDFTextObj_GetFont(thing)
    name = ctypes.create_string_buffer(200)
    raw.FPDFFont_GetBaseFontName(font, name, 200)
    return {name.value.decode(): raw.FPDFFont_GetIsEmbedded(font) == 1}


def _drawn(image: npt.NDArray[np.float64]) -> Iterator[float]:
    middle = image[:, image.shape[1] // 6 : -image.shape[1] // 6]
    rows = np.flatnonzero((middle < 225).mean(axis=1) > 0.95)
    for before, row in zip([-9, *rows], rows, strict=False):
        if row > before + 1:
            yield float(row) / 2 * MM


def _dark(image: npt.NDArray[np.float64], rows: int, columns: int) -> npt.NDArray[np.float64]:
    """Return how dark each part of a page is, the page cut into rows and columns of the same size."""
    high, wide = image.shape
    image = image[: high - high % rows, : wide - wide % columns]
    parts = image.reshape(rows, image.shape[0] // rows, columns, image.shape[1] // columns)
    darkness: npt.NDArray[np.float64] = 1 - parts.mean(axis=(1, 3)) / 255
    return darkness
