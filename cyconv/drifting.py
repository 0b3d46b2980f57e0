"""How far outputs drift along a row when small differences are forgotten, or kept in mind."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from .arrays import check_image
from .bands import Progress
from .convolve import PLAIN, convolve
from .cost import Operations
from .geometry import Geometry
from .techniques import Differential


@dataclass(frozen=True, eq=False)
class Drift:
    """Errors of outputs by column, all rows and filters taken together.

    Attributes
    ----------
    kept, forgotten : O_w
        Root mean square error of each column.
    kept_largest, forgotten_largest : O_w
        The largest error of each column, without its sign.
    """

    kept: NDArray[np.float64]
    forgotten: NDArray[np.float64]
    kept_largest: NDArray[np.float64]
    forgotten_largest: NDArray[np.float64]


def drift(
    image: ArrayLike,
    filters: ArrayLike,
    threshold: float,
    geometry: Geometry = PLAIN,
    *,
    reference: str = "previous",
    threads: int | None = None,
    progress: Progress | None = None,
) -> Drift:
    """Gives the error by column of differential convolution with a threshold.

    Parameters
    ----------
    image, filters, geometry, threads, progress
        As for :func:`cyconv.convolve`, which is called three times.
    threshold : float
        Differences of pixels up to it are left out.
    reference : str
        As for :class:`Differential`.

    Returns
    -------
    Drift
        Errors against the exact convolution; all computed in float64.
    """
    with np.errstate(all="ignore"):
        pixels = check_image(image).astype(np.float64)

    def third(done: int) -> Progress | None:
        if progress is None:
            return None
        tell = progress

        def told(fraction: float, operations: Operations) -> object:
            return tell((done + fraction) / 3, operations)

        return told

    exact = convolve(
        pixels, filters, geometry=geometry, threads=threads, progress=third(0)
    ).output

    def errors(residue: str, done: int) -> tuple[NDArray[Any], NDArray[Any]]:
        technique = Differential(reference, threshold, residue)
        output = convolve(
            pixels, filters, technique, geometry, threads=threads, progress=third(done)
        ).output
        # Infinity and NaN are answers here, as in compare().
        with np.errstate(all="ignore"):
            error = np.abs(output - exact)
            return np.sqrt(np.mean(error**2, axis=(0, 1))), error.max(axis=(0, 1))

    kept, kept_largest = errors("kept", 1)
    forgotten, forgotten_largest = errors("forgotten", 2)
    return Drift(kept, forgotten, kept_largest, forgotten_largest)
