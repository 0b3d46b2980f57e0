"""Structural similarity of two planes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from .isa import kernels

SIDE = 11
SIGMA = 1.5
BAND_VALUES = 1 << 17

_BELL = np.exp(-((np.arange(SIDE) - SIDE // 2) ** 2) / (2 * SIGMA**2))
_WEIGHTS = _BELL / _BELL.sum()


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
    height = min(rows, max(SIDE, BAND_VALUES // plane.shape[1]))
    luminance, contrast = (0.01 * peak) ** 2, (0.03 * peak) ** 2
    room = np.empty((4, plane.shape[1]))
    total = 0.0
    for top in range(0, rows, height):
        here = min(height, rows - top)
        seen = slice(top, top + here + SIDE - 1)
        one, other = alike(plane[seen], target[seen])
        total += kernels().nearness.similarity(one, other, _WEIGHTS, luminance, contrast, room)
        tell(here / rows)
    return float(total / (rows * columns))


def alike(one: NDArray[Any], other: NDArray[Any]) -> tuple[NDArray[Any], NDArray[Any]]:
    """Gives planes of one type that kernels take, contiguous; those that are so without a copy."""
    same = one.dtype == other.dtype and one.dtype in (np.float32, np.float64)
    kind = one.dtype if same else np.dtype(np.float64)
    return np.ascontiguousarray(one, kind), np.ascontiguousarray(other, kind)
