"""Planes to look at: one filter's output, its error, and the levels and colours they are shown in.

Panels that are compared share their levels, so that a difference in grey is a difference in value.
Everything given here is finite, whatever the technique put out: one infinite pixel must neither
wash out a picture nor hang a histogram.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

Plane = NDArray[np.floating[Any]]
Tell = Callable[[Any], None]

SIGNED, ABSOLUTE, RELATIVE, SQUARED = "signed", "absolute", "relative", "squared"
FLIP = "flip"
ERROR_MODES = (SIGNED, ABSOLUTE, RELATIVE, SQUARED, FLIP)

FLOOR = 0.01
"""Of the largest exact value, added below the fraction of a relative error."""

SAMPLED = 200_000
"""Levels are taken from about so many values: percentiles of a whole 4k image take too long."""


MANY, GUESSED = 1 << 14, 1 << 12
"""From so many values on, only an end of them is put in order, which so many of them tell."""


class Levels(NamedTuple):
    """The values shown in the first and in the last colour; always finite, ``low < high``."""

    low: float
    high: float


class Shown(NamedTuple):
    """How outputs are shown, on which alone the error that is seen depends.

    Attributes
    ----------
    levels : Levels or None
        Of black and white; None for those of :func:`output_levels`.
    exposure, gamma : float
        As :class:`convgui.model.look.Look` has them.
    """

    levels: Levels | None = None
    exposure: float = 0.0
    gamma: float = 1.0


def plane(output: NDArray[Any], index: int = 0) -> Plane:
    """Gives filter ``index`` of an output (M x O_h x O_w, or already O_h x O_w) without a copy."""
    return output if output.ndim == 2 else output[index]


def error(
    output: NDArray[Any],
    exact: NDArray[Any],
    index: int = 0,
    mode: str = SIGNED,
    shown: Shown | None = None,
    progress: Tell | None = None,
) -> Plane:
    """Gives one filter's error plane.

    With d = output - exact that is d, ``|d|``, d squared, or the relative error in percent,
    ``100 |d| / (|exact| + FLOOR * peak)``, where peak is the largest finite ``|exact|`` of the
    plane. The floor keeps the error finite where the exact output is 0; it is that of the image
    viewer tev, whose images have a peak of 1. ``"flip"`` is how different both look as they are
    ``shown`` (:mod:`convgui.model.flip`); a value that is not finite gives NaN there.

    Values that are not finite stay as they are; :func:`paintable` is for showing them.

    Raises
    ------
    ValueError
        If the mode is none of ``ERROR_MODES``.
    """
    if mode not in ERROR_MODES:
        raise ValueError(f"mode must be one of {', '.join(ERROR_MODES)}, got {mode!r}")
    right = plane(exact, index)
    if mode == FLIP:
        return _seen(plane(output, index), right, shown or Shown(), progress)
    with np.errstate(invalid="ignore", over="ignore", divide="ignore"):
        difference: Plane = plane(output, index) - right
        if mode == SQUARED:
            np.square(difference, out=difference)
        elif mode != SIGNED:
            np.abs(difference, out=difference)
        if mode == RELATIVE:
            below = np.abs(right) + right.dtype.type(FLOOR * largest(right))
            # Nothing is wrong where both are zero throughout.
            np.divide(100 * difference, below, out=difference, where=difference != 0)
    return difference


def _seen(output: Plane, exact: Plane, shown: Shown, progress: Tell | None) -> Plane:
    """Gives how different two planes look in the same levels."""
    from .flip import flip

    levels = shown.levels or output_levels(exact)
    one, other = (_on_screen(each, levels, shown) for each in (exact, output))
    result = flip(one, other, progress=progress)
    result[~(np.isfinite(output) & np.isfinite(exact))] = np.nan
    return result


def _on_screen(values: Plane, levels: Levels, shown: Shown) -> NDArray[np.float32]:
    """Gives the greys of values, 0 to 1, as :func:`convgui.model.lookup.curve` makes them."""
    low, high = (each * 2.0**-shown.exposure for each in levels)
    share = (paintable(values, Levels(low, high)) - np.float32(low)) / np.float32(high - low)
    power = np.float32(1 / shown.gamma)
    if shown.gamma != 1 and low == -high:
        around = 2 * share - 1
        share = (1 + np.sign(around) * np.abs(around) ** power) / 2
    elif shown.gamma != 1:
        share **= power
    return np.asarray(share, np.float32)


def _some(values: NDArray[Any]) -> NDArray[Any]:
    """Gives about ``SAMPLED`` finite values, evenly spread."""
    # A step that is odd and no divisor of common widths does not fall on the same columns.
    step = max(1, values.size // SAMPLED) | 1
    some = np.asarray(values).reshape(-1)[::step]
    fit = np.isfinite(some)
    return some if fit.all() else some[fit]


def _sample(values: NDArray[Any]) -> NDArray[np.float64]:
    """Gives the same in double precision."""
    return _some(values).astype(np.float64)


def _quantile(values: NDArray[Any], percent: float) -> float:
    """Gives what :func:`numpy.percentile` gives of the values in double precision.

    Only the two values that it lies between are made double: to put singles in order is quicker.
    """
    if percent >= 100:
        return float(values.max())
    at = percent / 100 * (values.size - 1)
    below = int(at)
    above = min(below + 1, values.size - 1)
    values, before = _tail(values, percent, below, above)
    below, above = below - before, above - before
    ordered = np.partition(values, (below, above))
    low, high = float(ordered[below]), float(ordered[above])
    share = at - int(at)
    return low + (high - low) * share if share < 0.5 else high - (high - low) * (1 - share)


def _tail(
    values: NDArray[Any], percent: float, below: int, above: int
) -> tuple[NDArray[Any], int]:
    """Gives the values at one end, if they hold these two ranks, and how many lie before them.

    Where the end begins is guessed from a few values; to put only an end in order is far quicker.
    """
    at_top = percent >= 50
    share = 2 * min(percent, 100 - percent) / 100
    if values.size < MANY or share > 0.2:
        return values, 0
    some = np.sort(values[:: values.size // GUESSED])
    cut = some[round((1 - share if at_top else share) * (some.size - 1))]
    end = values[values >= cut if at_top else values <= cut]
    before = values.size - end.size if at_top else 0
    return (end, before) if before <= below and above - before < end.size else (values, 0)


def percentile(planes: Iterable[NDArray[Any]], percent: float) -> float:
    """Gives the percentile of the finite absolute values of all planes; 0 if there are none."""
    values = [np.abs(_some(each)) for each in planes]
    together = np.concatenate(values) if values else np.empty(0)
    return _quantile(together, percent) if together.size else 0.0


def apart(low: float, high: float) -> Levels:
    """Gives levels that differ and whose difference can be computed in single precision."""
    limit = float(np.finfo(np.float32).max) / 4
    low, high = (float(np.clip(each, -limit, limit)) for each in (low, high))
    least = max(1e-6 * max(abs(low), abs(high)), 1e-12)
    if high - low >= least:
        return Levels(low, high)
    # Beside a number beyond 1e16 a half is nothing.
    by = max(0.5, least)
    return Levels(max(low - by, -limit), min(high + by, limit))


def sensible(levels: tuple[float, float]) -> bool:
    """Tells whether values can be shown in these levels, in single precision."""
    limit = float(np.finfo(np.float32).max) / 4
    low, high = levels
    return -limit <= low < high <= limit and float(np.float32(low)) < float(np.float32(high))


def image_levels(image: NDArray[Any]) -> Levels:
    """Gives 0 to 255 for 8-bit images, 0 to 65535 for values beyond, else what is there."""
    if image.dtype == np.uint8:
        return Levels(0.0, 255.0)
    values = _sample(image)
    if not values.size:
        return Levels(0.0, 1.0)
    low, high = float(values.min()), float(values.max())
    if low >= 0:
        for peak in (1.0, 255.0, 65535.0):
            if high <= peak:
                return Levels(0.0, peak)
    return apart(low, high)


def output_levels(exact: NDArray[Any]) -> Levels:
    """Gives the levels that the exact output and all that is compared with it are shown in.

    They span the exact output but for 0.1 % at each end. Where it takes both signs, as after an
    edge filter, they are symmetric, so that zero is the middle grey.
    """
    values = _some(exact)
    if not values.size:
        return Levels(0.0, 1.0)
    low, high = (_quantile(values, percent) for percent in (0.1, 99.9))
    if high - low <= 0:
        low, high = float(values.min()), float(values.max())
    smaller, larger = sorted((abs(low), abs(high)))
    if low < 0 < high and smaller > 0.05 * larger:
        low, high = -larger, larger
    return apart(low, high)


def error_levels(
    errors: Iterable[NDArray[Any]], mode: str = SIGNED, exact: NDArray[Any] | None = None
) -> Levels:
    """Gives the levels that error planes share: -a to a if signed, else 0 to a.

    ``a`` is the 99.5th percentile of the finite absolute errors of all of them; where nearly all
    are zero it is the largest one, and 1 where there is no error at all. It is at most what
    an output gives that is off by twice the largest exact value, if that is given: beyond, a
    technique has failed altogether, and must not flatten the others. What is seen of errors has
    one scale for all, 0 to 1.
    """
    if mode == FLIP:
        return Levels(0.0, 1.0)
    planes = list(errors)
    reach = percentile(planes, 99.5) or percentile(planes, 100.0)
    if not reach:
        reach = max((largest(each) for each in planes), default=0.0)
    if not reach:
        reach = 1.0
    elif exact is not None:
        most = 2 * percentile([exact], 100.0)
        reach = min(reach, {SQUARED: most**2, RELATIVE: 200.0}.get(mode, most) or reach)
    reach = min(max(reach, 1e-12), float(np.finfo(np.float32).max) / 4)
    return Levels(-reach if mode == SIGNED else 0.0, reach)


def largest(values: NDArray[Any]) -> float:
    """Gives the largest finite absolute value, every value looked at."""
    finite = np.abs(values, where=np.isfinite(values), out=np.zeros(values.shape))
    return float(finite.max(initial=0.0))


def paintable(values: NDArray[Any], levels: Levels) -> NDArray[np.float32]:
    """Gives contiguous float32 values within the levels: infinities at the ends, NaN as the low."""
    shown = np.array(values, dtype=np.float64)
    np.nan_to_num(shown, copy=False, nan=levels.low, posinf=levels.high, neginf=levels.low)
    return np.clip(shown, levels.low, levels.high).astype(np.float32)


def unfit(values: NDArray[Any]) -> tuple[int, int]:
    """Gives how many values are not a number and how many are infinite."""
    nans = int(np.count_nonzero(np.isnan(values)))
    return nans, int(np.count_nonzero(~np.isfinite(values))) - nans


def reduced(values: NDArray[Any], most: int) -> NDArray[Any]:
    """Gives the plane averaged over squares until it has at most ``most`` values a side.

    What is not finite stays so, since the mean over a square with a NaN is NaN.
    """
    step = -(-max(values.shape[:2]) // most)
    if step <= 1:
        return values
    height, width = (max(1, size // step) for size in values.shape[:2])
    rows, columns = min(step, values.shape[0]), min(step, values.shape[1])
    cut = values[: height * rows, : width * columns]
    squares = cut.reshape(height, rows, width, columns, *values.shape[2:])
    with np.errstate(invalid="ignore", over="ignore"):
        return np.asarray(squares.mean(axis=(1, 3), dtype=np.float32))
