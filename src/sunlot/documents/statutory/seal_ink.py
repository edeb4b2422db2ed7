"""A seal as it is set over text: only its red ink, of a scan or a photo on paper as of a picture that is transparent already.

>>> ink_of(photo)  # a PNG, cut to the seal, that lets through whatever lies under it
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from sunlot.documents.statutory.form_text import FormError
from sunlot.documents.statutory.raster import Pixels, pixels_of, write_png

MOST = 900  # pixels a side: 540 dots an inch on a seal of 42 mm that fills the picture
FAINT, FULL = (
    28.0,
    90.0,
)  # how much redder than grey ink is, of 255: paper in a yellow light stays below, a strong print above
LEAST, GREATEST = 0.002, 0.6  # the part of the picture that ink may be: less is no seal, more is no paper
EDGE = 0.002  # of the ink, on each side: specks beyond the seal


@dataclass(frozen=True)
class _Ink:
    rgb: npt.NDArray[np.float64]
    alpha: npt.NDArray[np.float64]


def ink_of(picture: bytes) -> bytes:
    """Return the red ink of a picture as a PNG, the white of its paper and whatever is grey or black gone. Raises FormError where there is none."""
    ink = _red(pixels_of(picture, MOST))
    share = float((ink.alpha > 0.5).mean())
    if not LEAST <= share <= GREATEST:
        raise FormError(
            "seal_without_ink", "图片中看不清红色印章：请在白纸上清楚盖章，正对印章扫描或拍照，再裁去四周。"
        )
    rows, columns = (_extent(ink.alpha.sum(axis=axis)) for axis in (1, 0))
    cut = np.dstack([ink.rgb[rows, columns], ink.alpha[rows, columns, None] * 255])
    return write_png(np.rint(cut).astype(np.uint8))


def _red(pixels: Pixels) -> _Ink:
    """Return how much ink is at each pixel, and its colour with the paper's white taken out."""
    rgb, opaque = pixels[..., :3].astype(float), pixels[..., 3].astype(float) / 255
    redness = rgb[..., 0] - rgb[..., 1:].mean(axis=2)
    alpha = np.clip((redness - FAINT) / (FULL - FAINT), 0, 1) * opaque
    share = np.maximum(alpha, 1e-6)[..., None]
    return _Ink(np.clip((rgb - 255 * (1 - share)) / share, 0, 255), alpha)


def _extent(sums: npt.NDArray[np.float64]) -> slice:
    """Return from where to where the ink reaches, but for specks."""
    part = np.cumsum(sums) / sums.sum()
    first, last = np.searchsorted(part, EDGE), np.searchsorted(part, 1 - EDGE)
    return slice(max(0, int(first) - 4), int(last) + 5)
