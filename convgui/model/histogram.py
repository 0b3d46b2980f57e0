"""How errors are spread: counts in bins that all techniques share, percentiles, and whose pixels.

Everything goes through a plane in parts and asks between them whether it is still wanted, since it
runs while the window answers.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from . import maps
from .maps import Levels, Plane

Tell = Callable[[Any], None]
Pyramid = tuple[NDArray[np.bool_], ...]

BINS = 129
"""Odd, so that zero is in the middle of a bin of signed errors."""
PERCENTS = {True: (1.0, 5.0, 50.0, 95.0, 99.0), False: (5.0, 50.0, 95.0, 99.0, 99.9)}
"""Those that are told of signed errors, and of errors without a sign."""
PART = 1 << 18
_NONE = BINS
_SMALLEST = 64


@dataclass(frozen=True, eq=False)
class Histogram:
    """Counts of errors.

    Attributes
    ----------
    mode : str
        Of the errors, one of :data:`convgui.model.maps.ERROR_MODES`.
    span : Levels
        Where the first bin begins and the last one ends; what lies beyond is counted in these.
    counts : dict
        ``BINS`` counts by technique.
    unfit : dict
        How many values are not finite; those of infinite size are counted nowhere else.
    percentiles : dict
        Those of ``PERCENTS``, of all finite errors; empty where there is none.
    """

    mode: str
    span: Levels
    counts: dict[str, NDArray[np.int64]]
    unfit: dict[str, int]
    percentiles: dict[str, tuple[float, ...]]

    @property
    def percents(self) -> tuple[float, ...]:
        """Which percentiles these are."""
        return PERCENTS[self.mode == maps.SIGNED]

    def edges(self, index: int) -> Levels:
        """Gives where a bin begins and ends."""
        low, high = self.span
        width = (high - low) / BINS
        return Levels(low + index * width, low + (index + 1) * width)

    def bin_at(self, value: float) -> int:
        """Gives the bin that a value is counted in."""
        low, high = self.span
        return int(min(max((value - low) * BINS / (high - low), 0), BINS - 1))


def span_of(planes: Mapping[str, Plane], mode: str, levels: Levels) -> Levels:
    """Gives what the bins span where nobody says: the largest error of all.

    It is at most four times what the error maps show, so that one value does not push all others
    into one bin.
    """
    reach = max((maps.largest(each) for each in planes.values()), default=0.0)
    reach = min(max(reach, levels.high), 4 * levels.high)
    return Levels(-reach if mode == maps.SIGNED else 0.0, reach)


def measure(
    planes: Mapping[str, Plane], mode: str, span: Levels, progress: Tell | None = None
) -> Histogram:
    """Counts the errors of every technique.

    Parameters
    ----------
    planes : mapping of str to ndarray
        Errors by technique, O_h x O_w.
    mode : str
        What kind of errors they are.
    span : Levels
        What the bins span.
    progress : callable, optional
        Called between parts; may raise :class:`cyconv.Cancelled`.
    """
    counts: dict[str, NDArray[np.int64]] = {}
    unfit: dict[str, int] = {}
    percentiles: dict[str, tuple[float, ...]] = {}
    for name, plane in planes.items():
        total = np.zeros(BINS + 1, np.int64)
        for part in _parts(plane, progress):
            total += np.bincount(_bins(part, span).reshape(-1), minlength=BINS + 1)
        counts[name], unfit[name] = total[:BINS], int(total[_NONE])
        finite = plane[np.isfinite(plane)] if unfit[name] else plane.reshape(-1)
        if progress is not None:
            progress(None)
        percents = PERCENTS[mode == maps.SIGNED]
        found = np.percentile(finite, percents).tolist() if finite.size else ()
        percentiles[name] = tuple(found)
    return Histogram(mode, span, counts, unfit, percentiles)


def marked(
    plane: Plane, span: Levels, index: int, progress: Tell | None = None
) -> Pyramid:
    """Gives which pixels of a plane are counted in a bin.

    Returns
    -------
    tuple of ndarray
        First O_h x O_w, then each half as large as the one before it, where a pixel is set if any
        of the four under it is: one pixel in a large picture is seen however small it is shown.
    """
    mask = np.empty(plane.shape, np.bool_)
    rows = max(1, PART // max(plane.shape[1], 1))
    for top in range(0, plane.shape[0], rows):
        if progress is not None:
            progress(None)
        mask[top : top + rows] = _bins(plane[top : top + rows], span) == index
    return pyramid(mask)


def pyramid(mask: NDArray[np.bool_]) -> Pyramid:
    """Gives a mask, then each half as large, a pixel set if any of the four under it is."""
    levels = [mask]
    while max(levels[-1].shape) > _SMALLEST:
        levels.append(_halved(levels[-1]))
    return tuple(levels)


def _parts(plane: Plane, progress: Tell | None) -> Iterator[Plane]:
    rows = max(1, PART // max(plane.shape[1], 1))
    for top in range(0, plane.shape[0], rows):
        if progress is not None:
            progress(None)
        yield plane[top : top + rows]


def _bins(values: Plane, span: Levels) -> NDArray[np.uint8]:
    """Gives the bin of every value; ``_NONE`` for one that is not finite."""
    low, high = span
    with np.errstate(invalid="ignore", over="ignore"):
        at = (values - values.dtype.type(low)) * values.dtype.type(BINS / (high - low))
    finite = np.isfinite(values)
    # A difference may be beyond single precision where the value is not.
    np.nan_to_num(at, copy=False, nan=0.0, posinf=BINS, neginf=0.0)
    bins = np.clip(at, 0, BINS - 1, out=at).astype(np.uint8)
    if not finite.all():
        bins[~finite] = _NONE
    return bins


def _halved(mask: NDArray[np.bool_]) -> NDArray[np.bool_]:
    height, width = mask.shape
    even = np.pad(mask, ((0, height % 2), (0, width % 2)))
    rows = even[0::2] | even[1::2]
    return np.asarray(rows[:, 0::2] | rows[:, 1::2])
