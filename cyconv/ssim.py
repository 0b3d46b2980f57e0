"""Structural similarity of two planes, on cyconv's own convolution."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from .convolve import convolve
from .geometry import Geometry
from .techniques import Exact

SIDE = 11
SIGMA = 1.5
BAND_VALUES = 1 << 17

_BELL = np.exp(-((np.arange(SIDE) - SIDE // 2) ** 2) / (2 * SIGMA**2))
_BANK = np.tile(_BELL / _BELL.sum(), (4, 1))
_APART = Geometry(groups=4)

Array = NDArray[np.float64]


def plane_ssim(
    plane: NDArray[np.generic],
    target: NDArray[np.generic],
    peak: float,
    tell: Callable[[float], None],
) -> float:
    """Gives the mean structural similarity of two planes.

    Z. Wang, A. C. Bovik, H. R. Sheikh, E. P. Simoncelli, "Image quality assessment: from error
    visibility to structural similarity", IEEE Transactions on Image Processing 13 (4), 2004:
    Gaussian weights of sigma 1.5 over 11 x 11 pixels, K1 = 0.01, K2 = 0.03, variances divided
    by n, windows that lie inside the plane.

    Parameters
    ----------
    plane, target : ndarray, H x W
        At least 11 x 11 finite values each.
    peak : float
        Range of the values, above 0.
    tell : callable
        Told after every band which share of the plane it was.

    Returns
    -------
    float
        1 for equal planes.
    """
    rows, columns = plane.shape[0] - SIDE + 1, plane.shape[1] - SIDE + 1
    # Bands keep the float64 copies in the cache and small: whole ones, of which there are
    # twelve at once, would take 200 MB at 1080p.
    height = min(rows, max(SIDE, BAND_VALUES // plane.shape[1]))
    moments = np.empty((4, height + SIDE - 1, plane.shape[1]))
    across = np.empty((4, height + SIDE - 1, columns))
    means = np.empty((4, height, columns))
    total = 0.0
    for top in range(0, rows, height):
        here = min(height, rows - top)
        seen = slice(top, top + here + SIDE - 1)
        rooms = moments[:, : here + SIDE - 1], across[:, : here + SIDE - 1], means[:, :here]
        _fill(rooms[0], plane[seen], target[seen])
        _smooth(*rooms)
        total += _similarity(rooms[2], across[0, :here], peak)
        tell(here / rows)
    return float(total / (rows * columns))


def _fill(moments: Array, plane: NDArray[np.generic], target: NDArray[np.generic]) -> None:
    """Writes x, y, x^2 + y^2 and x y, which are all that the similarity needs the means of."""
    x, y, squares, product = moments
    x[:], y[:] = plane, target
    np.multiply(y, y, out=product)
    np.multiply(x, x, out=squares)
    squares += product
    np.multiply(x, y, out=product)


def _smooth(moments: Array, across: Array, means: Array) -> None:
    """Writes the Gaussian means around all pixels with a whole window, first along the rows.

    One thread: a band is so little work that handing it to others would take longer.
    """
    convolve(moments, _BANK[:, None, None, :], Exact(), _APART, out=across, threads=1)
    convolve(across, _BANK[:, None, :, None], Exact(), _APART, out=means, threads=1)


def _similarity(means: Array, room: Array, peak: float) -> float:
    """Gives the sum of the similarities; works in place, and ``means`` are lost."""
    mean_x, mean_y, square, mixed = means
    luminance, contrast = (0.01 * peak) ** 2, (0.03 * peak) ** 2
    product = np.multiply(mean_x, mean_y, out=room)
    mean_x *= mean_x
    mean_y *= mean_y
    mean_x += mean_y
    mixed -= product
    mixed *= 2
    mixed += contrast
    product *= 2
    product += luminance
    product *= mixed
    square -= mean_x
    square += contrast
    mean_x += luminance
    square *= mean_x
    product /= square
    return float(np.sum(product))
