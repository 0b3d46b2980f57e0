"""Structural similarity of two planes, on cyconv's own convolution."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from .convolve import convolve
from .geometry import Geometry
from .techniques import Exact

SIDE = 11
SIGMA = 1.5
BAND_ROWS = 96

_BELL = np.exp(-((np.arange(SIDE) - SIDE // 2) ** 2) / (2 * SIGMA**2))
_BELL /= _BELL.sum()


def plane_ssim(plane: NDArray[np.generic], target: NDArray[np.generic], peak: float) -> float:
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

    Returns
    -------
    float
        1 for equal planes.
    """
    rows = plane.shape[0] - SIDE + 1
    # Bands keep the float64 copies small: a whole plane of eight would be 130 MB at 1080p.
    sums = [
        float(_similarities(plane[top:bottom], target[top:bottom], peak).sum())
        for top in range(0, rows, BAND_ROWS)
        for bottom in [min(top + BAND_ROWS, rows) + SIDE - 1]
    ]
    return math.fsum(sums) / (rows * (plane.shape[1] - SIDE + 1))


def _similarities(
    plane: NDArray[np.generic], target: NDArray[np.generic], peak: float
) -> NDArray[np.float64]:
    """Gives the similarity around every pixel at least 5 pixels from the border."""
    moments = np.empty((4, *plane.shape))
    x, y, squares, product = moments
    x[:], y[:] = plane, target
    np.multiply(x, y, out=product)
    np.multiply(x, x, out=squares)
    squares += y * y
    mean_x, mean_y, square, mixed = _smooth(moments)
    product_of_means = mean_x * mean_y
    squares_of_means = mean_x * mean_x + mean_y * mean_y
    luminance, contrast = (0.01 * peak) ** 2, (0.03 * peak) ** 2
    above = (2 * product_of_means + luminance) * (2 * (mixed - product_of_means) + contrast)
    below = (squares_of_means + luminance) * (square - squares_of_means + contrast)
    return np.asarray(above / below)


def _smooth(planes: NDArray[np.float64]) -> NDArray[np.float64]:
    """Gives the Gaussian mean around every pixel that has a whole window, plane by plane."""
    bank = np.tile(_BELL, (len(planes), 1))
    apart = Geometry(groups=len(planes))
    across = convolve(planes, bank[:, None, None, :], Exact(), apart).output
    return convolve(across, bank[:, None, :, None], Exact(), apart).output
