"""Statistics of a part of the pictures, and each technique's accuracy within it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

import cyconv
from cyconv import Accuracy

from .compute import EXACT

Tell = Callable[[Any], None]
Part = NDArray[Any]


class Region(NamedTuple):
    """Pixels of the input image; right and bottom are not part of it."""

    left: int
    top: int
    right: int
    bottom: int

    @classmethod
    def between(
        cls, one: tuple[float, float], other: tuple[float, float], size: tuple[int, int]
    ) -> Region | None:
        """Gives the pixels of a picture (height, width) that two corners frame; None for none."""
        height, width = size
        left, right = sorted((one[0], other[0]))
        top, bottom = sorted((one[1], other[1]))
        region = cls(
            max(0, int(np.floor(left))), max(0, int(np.floor(top))),
            min(width, int(np.ceil(right))), min(height, int(np.ceil(bottom))),
        )  # fmt: skip
        return region if region.left < region.right and region.top < region.bottom else None

    @property
    def size(self) -> tuple[int, int]:
        """Width and height."""
        return self.right - self.left, self.bottom - self.top


@dataclass(frozen=True)
class Statistics:
    """What is in a part of one picture.

    Attributes
    ----------
    count, unfit : int
        Values, and how many of them are not finite.
    mean, deviation, low, high : float
        Of the finite ones; the deviation is the population's. NaN where there is none.
    accuracy : Accuracy or None
        Of an output within the part, against the exact one.
    """

    count: int
    unfit: int
    mean: float
    deviation: float
    low: float
    high: float
    accuracy: Accuracy | None = None


def measure(
    parts: Mapping[str, Part], data_range: float | None = None, progress: Tell | None = None
) -> dict[str, Statistics]:
    """Measures the same part of several pictures.

    Parameters
    ----------
    parts : mapping of str to ndarray
        By name; all outputs have one shape, that of the exact one.
    data_range : float, optional
        Peak of PSNR and SSIM. That of the whole output makes the figures comparable with its own.
    progress : callable, optional
        Called between pictures; may raise :class:`cyconv.Cancelled`.
    """
    exact = parts.get(EXACT)
    result = {}
    for name, part in parts.items():
        if progress is not None:
            progress(None)
        accuracy = None
        if exact is not None and part.ndim == 2 and part.shape == exact.shape and name != EXACT:
            accuracy = cyconv.compare(part, exact, data_range=data_range, progress=progress)
        result[name] = _statistics(part, accuracy)
    return result


def _statistics(part: Part, accuracy: Accuracy | None) -> Statistics:
    finite = np.isfinite(part)
    values = part[finite] if not finite.all() else part.reshape(-1)
    unfit = part.size - values.size
    if not values.size:
        nothing = float("nan")
        return Statistics(part.size, unfit, nothing, nothing, nothing, nothing, accuracy)
    mean = float(values.mean(dtype=np.float64))
    deviation = float(values.std(dtype=np.float64))
    return Statistics(
        part.size, unfit, mean, deviation, float(values.min()), float(values.max()), accuracy
    )
