"""How near an output is to a reference: the measures beside each technique."""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from .arrays import as_array
from .isa import kernels
from .ssim import SIDE, alike, plane_ssim
from .wording import told

Progress = Callable[[float], object]

BLOCK_VALUES = 1 << 17
"""Values whose sums are taken at once: they stay in the cache in float64."""

TICK = 0.03
"""Seconds between two calls of ``progress``."""

RANGE, SUMS, SIMILARITY = 1.0, 4.0, 20.0
"""How long the three passes over a plane take, next to each other."""


@dataclass(frozen=True)
class Accuracy:
    """The difference between an output and its reference, in several measures.

    Attributes
    ----------
    mse : float
        Mean of the squared differences over all values.
    psnr : float
        10 log10(peak^2 / mse) in decibels, the peak being the reference's range; infinite
        without any difference, and NaN if the reference is constant but not met, as then there
        is no range to measure against.
    ssim : float
        Structural similarity (Wang et al. 2004), the mean over the planes; NaN for planes under
        11 pixels in height or width.
    max_abs_error : float
        Largest absolute difference.
    relative_l2 : float
        Root of the sum of squared differences over root of the sum of squared reference values.
    accuracy : float
        100 (1 - relative_l2) percent.
    report_accuracy : float
        (1 - mse) * 100 percent, 0 where the mse is infinite (main report, section 1).
    nan_count, inf_count : int
        Values of the output that are not a number, and that are infinite. A measure that such
        a value has no answer for is NaN or infinite itself.
    """

    mse: float
    psnr: float
    ssim: float
    max_abs_error: float
    relative_l2: float
    accuracy: float
    report_accuracy: float
    nan_count: int
    inf_count: int


def compare(
    output: ArrayLike,
    reference: ArrayLike,
    *,
    data_range: float | None = None,
    progress: Progress | None = None,
) -> Accuracy:
    """Measures how near an output is to a reference.

    Parameters
    ----------
    output, reference : array_like, M x O_h x O_w or O_h x O_w
        Real numbers, of one shape. All sums are taken in float64.
    data_range : float, optional
        Peak of PSNR and SSIM; the reference's largest minus its smallest value if left out
        (an output of a convolution has no range that is known beforehand).
    progress : callable, optional
        Told the fraction done, some thirty times a second and once at the end with 1; what it
        raises ends the comparison and comes out of this call.

    Returns
    -------
    Accuracy

    Raises
    ------
    ValueError
        If shapes differ, are empty or have other than 2 or 3 dimensions, the values are no
        real numbers, ``data_range`` is no number above 0, or ``progress`` can't be called.
    """
    values, wanted = _planes("output", output), _planes("reference", reference)
    if np.shape(output) != np.shape(reference):
        raise ValueError(
            f"output must have the shape of reference, {np.shape(reference)}, "
            f"got {np.shape(output)}"
        )
    _check_range(data_range)
    if progress is not None and not callable(progress):
        raise ValueError(f"progress must be callable or None, got {type(progress).__name__}")
    meter = _Meter(progress, len(values) * (RANGE + SUMS + SIMILARITY))
    squares = energy = largest = 0.0
    nan_count = inf_count = 0
    similarities = []
    # Infinity and NaN are answers here, not accidents.
    with np.errstate(all="ignore"):
        peak = _range(wanted, meter) if data_range is None else float(data_range)
        for plane, target in zip(values, wanted, strict=True):
            plane_squares = 0.0
            for block, aim in _blocks(plane, target):
                found, size, most = _sums(block, aim)
                plane_squares += found
                largest = float(np.maximum(largest, most))
                energy += size
                if not math.isfinite(plane_squares):
                    nan_count += int(np.isnan(block).sum())
                    inf_count += int(np.isinf(block).sum())
                meter.add(SUMS * len(block) / len(plane))
            squares += plane_squares
            similarities.append(_similarity(plane, target, plane_squares, peak, meter))
    meter.finish()
    mse = squares / values.size
    relative = _ratio(math.sqrt(squares), math.sqrt(energy))
    return Accuracy(
        mse=mse,
        psnr=_psnr(peak, mse),
        ssim=math.fsum(similarities) / len(similarities),
        max_abs_error=largest,
        relative_l2=relative,
        accuracy=100.0 * (1.0 - relative),
        report_accuracy=0.0 if math.isinf(mse) else (1.0 - mse) * 100.0,
        nan_count=nan_count,
        inf_count=inf_count,
    )


def _check_range(data_range: object) -> None:
    try:
        good = data_range is None or 0.0 < float(data_range) < math.inf  # type: ignore[arg-type]  # tried
    except (TypeError, ValueError, OverflowError):
        good = False
    if not good:
        raise ValueError(f"data_range must be a finite number above 0, got {told(data_range)}")


def _planes(name: str, values: ArrayLike) -> NDArray[np.generic]:
    """Gives M x H x W, or says what is wrong with the array."""
    array = as_array(name, values)
    if array.dtype.kind not in "biuf":
        raise ValueError(f"{name} must hold real numbers, got dtype {array.dtype}")
    if array.ndim not in (2, 3):
        raise ValueError(f"{name} must have 2 or 3 dimensions, got shape {array.shape}")
    if array.size == 0:
        raise ValueError(f"{name} must not be empty, got shape {array.shape}")
    return array[None] if array.ndim == 2 else array


def _blocks(
    plane: NDArray[np.generic], target: NDArray[np.generic]
) -> Iterator[tuple[NDArray[np.floating[Any]], NDArray[np.floating[Any]]]]:
    """Gives both planes in one type, so many rows at a time as stay in the cache."""
    rows = max(1, BLOCK_VALUES // plane.shape[1])
    for top in range(0, len(plane), rows):
        yield alike(plane[top : top + rows], target[top : top + rows])


def _sums(
    block: NDArray[np.floating[Any]], aim: NDArray[np.floating[Any]]
) -> tuple[float, float, float]:
    """Gives the squared differences' sum, the squared aims' sum, and the largest difference."""
    totals = np.empty(3)
    kernels().nearness.sums(block, aim, totals)
    if np.isfinite(totals).all():
        return float(totals[0]), float(totals[1]), float(totals[2])
    # What is not finite is NumPy's to answer.
    wide = aim.astype(np.float64)
    off = block.astype(np.float64) - wide
    return float(np.square(off).sum()), float(np.square(wide).sum()), float(np.abs(off).max())


def _range(values: NDArray[np.generic], meter: _Meter) -> float:
    """Gives the largest minus the smallest value."""
    lowest, highest = np.float64(np.inf), np.float64(-np.inf)
    for plane in values:
        lowest = np.minimum(lowest, plane.min().astype(np.float64))
        highest = np.maximum(highest, plane.max().astype(np.float64))
        meter.add(RANGE)
    return float(highest - lowest)


def _ratio(error: float, size: float) -> float:
    """Gives error / size; no error is none even against nothing."""
    if size == 0.0:
        return 0.0 if error == 0.0 else (math.nan if math.isnan(error) else math.inf)
    return error / size


def _psnr(peak: float, mse: float) -> float:
    """Gives the peak signal-to-noise ratio in decibels."""
    if mse == 0.0:
        return math.inf
    if peak == 0.0 or math.isnan(peak) or math.isnan(mse):
        return math.nan
    if math.isinf(mse):
        return math.nan if math.isinf(peak) else -math.inf
    return 20.0 * math.log10(peak) - 10.0 * math.log10(mse)


def _similarity(
    plane: NDArray[np.generic],
    target: NDArray[np.generic],
    squares: float,
    peak: float,
    meter: _Meter,
) -> float:
    """Gives the SSIM of a plane, 1 without work if nothing differs."""
    if min(plane.shape) < SIDE or not math.isfinite(squares):
        return math.nan
    if squares == 0.0:
        return 1.0
    if not 0.0 < peak < math.inf:
        return math.nan
    return plane_ssim(plane, target, peak, lambda share: meter.add(SIMILARITY * share))


class _Meter:
    """Tells a callback how much is done, now and then."""

    def __init__(self, progress: Progress | None, whole: float) -> None:
        self._progress = progress
        self._whole = whole
        self._done = 0.0
        self._due = time.monotonic() + TICK

    def add(self, share: float) -> None:
        """Notes that more is done."""
        self._done += share
        if self._progress is not None and time.monotonic() >= self._due:
            self._progress(min(1.0, self._done / self._whole))
            self._due = time.monotonic() + TICK

    def finish(self) -> None:
        """Tells that all is done."""
        if self._progress is not None:
            self._progress(1.0)
