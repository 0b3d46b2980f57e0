"""Statistics of a part of the pictures, and each technique's accuracy within it."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

import cyconv
from cyconv import Accuracy

from .compute import EXACT, Comparison

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


def restricted(
    comparison: Comparison, region: Region, progress: Tell | None = None
) -> Comparison | None:
    """Gives a comparison whose accuracies are of a region only, over all filters of the bank.

    An output pixel belongs to the region if the middle of its window does. The peak of PSNR and
    SSIM stays that of the whole exact output, so that the figures compare with those of all.
    None where no output pixel belongs to it.
    """
    rows, columns = _output_slices(comparison, region)
    exact = comparison.exact.result.output
    part = exact[:, rows, columns]
    if not part.size:
        return None
    finite = exact[np.isfinite(exact)]
    span = float(finite.max() - finite.min()) if finite.size else 0.0
    outcomes = []
    for outcome in comparison.outcomes:
        if progress is not None:
            progress(None)
        accuracy = cyconv.compare(
            outcome.result.output[:, rows, columns], part, data_range=span or None,
            progress=progress,
        )  # fmt: skip
        outcomes.append(replace(outcome, accuracy=accuracy))
    return replace(comparison, outcomes=tuple(outcomes), region=region)


def _output_slices(comparison: Comparison, region: Region) -> tuple[slice, slice]:
    """Gives the rows and columns of the outputs whose windows have their middle in a region."""
    request = comparison.request
    geometry, window = request.geometry, request.filters.shape[2:]
    before = geometry.place(request.image.shape[1:], window).before
    slices = []
    for axis, (low, high) in enumerate(((region.top, region.bottom), (region.left, region.right))):
        pitch = geometry.strides[axis]
        first = geometry.dilations[axis] * (window[axis] - 1) / 2 - before[axis] + 0.5
        count = request.output_size[axis]
        ends = (math.ceil((each - first) / pitch) for each in (low, high))
        slices.append(slice(*(min(max(each, 0), count) for each in ends)))
    return slices[0], slices[1]


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
