"""What a span of windows is hashed by and corrected with, settled before it is hashed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ..problem import Problem
from .families import Draft, Family, rounded, uniform
from .spans import Span
from .tally import Matrix, Scatter, Tally, product

SAMPLE = 1024
"""Windows that directions and corrections are made from, at the most."""

MOST_BITS = 31
"""Bits of one code, at the most."""

NEGLIGIBLE = 1e-10
"""Variance of a direction, next to the largest, below which nothing is told by it."""


@dataclass(frozen=True, eq=False, slots=True)
class Cuts:
    """How projections become codes.

    Attributes
    ----------
    origins : H
        A bit tells whether a projection is above it; a code counts steps from it on.
    inverses : H
        1 / step, or 0 for bits.
    bits : H
        Bits that each code takes.
    """

    origins: NDArray[np.float64]
    inverses: NDArray[np.float64]
    bits: NDArray[np.int32]


@dataclass(frozen=True, eq=False, slots=True)
class Plan:
    """What a span is hashed by and corrected with.

    Attributes
    ----------
    span : Span
    directions : H x length
    cuts : Cuts
    weights : M x length
        What centroids are multiplied with: the filters less what the correction adds back.
    coefficients : q x M, or None
        What each projection (or each channel's sum, for "brightness") adds to the outputs.
    mean : length, or None
        The sample's mean window, where one was asked for.
    """

    span: Span
    directions: Matrix
    cuts: Cuts
    weights: NDArray[Any]
    coefficients: Matrix | None
    mean: Matrix | None


def sample(windows: int, seed: int) -> NDArray[np.intp]:
    """Gives the windows that a run looks at beforehand: all, or a random :data:`SAMPLE`."""
    if windows <= SAMPLE:
        return np.arange(windows)
    raw = np.random.PCG64(seed).random_raw(SAMPLE) % np.uint64(windows)
    return np.sort(raw.astype(np.intp))


def cuts(
    directions: Matrix, origin: Matrix, step: float | None, extent: tuple[float, float],
    real: np.dtype[Any],
) -> Cuts:
    """Gives the codes' grid for windows whose values lie within ``extent``.

    Where there is a step, the grid through ``origin`` is taken from below the least that a
    projection can be, so that no code is negative.
    """
    hashes = len(directions)
    if step is None:
        return Cuts(
            origin.astype(real).astype(np.float64), np.zeros(hashes), np.ones(hashes, np.int32)
        )
    above, below = np.maximum(directions, 0).sum(axis=1), np.minimum(directions, 0).sum(axis=1)
    low, high = extent
    least, most = low * above + high * below, high * above + low * below
    with np.errstate(all="ignore"):
        steps = np.floor((least - origin) / step)
        starts = origin + np.where(np.isfinite(steps), steps, 0) * step
        starts = starts.astype(real).astype(np.float64)
        count = np.ceil(np.log2((most - starts) / step + 2))
    bits = np.where(np.isfinite(count), np.clip(count, 1, MOST_BITS), MOST_BITS)
    inverse = np.full(hashes, 1 / step).astype(real).astype(np.float64)
    return Cuts(starts, inverse, bits.astype(np.int32))


def explained(weights: Matrix, scatter: Scatter, directions: Matrix, tally: Tally) -> Matrix:
    """Gives what projections tell best of the outputs, q x M: least squares over a sample.

    For principal components V this is W V.
    """
    seen = scatter.times(directions.T)
    values, turned = tally.eigenvectors(tally.dot(directions, seen))
    told = values > NEGLIGIBLE * max(float(values[0]), 0.0)
    inverse = np.where(told, 1 / np.where(told, values, 1), 0.0)
    tally.count(len(values) * (1 + len(values)), 0)
    solved = tally.dot(tally.dot(turned * inverse, turned.T), seen.T)
    return tally.dot(solved, weights.T)


def brightness(weights: Matrix, span: Span, taps: int, tally: Tally) -> tuple[Matrix, Matrix]:
    """Gives each channel's mean weight, channels x M, and the indicators of the channels."""
    pieces = [
        np.arange(span.start, span.stop)[None, :] // taps == start // taps
        for start, _ in span.pieces(taps)
    ]
    inside = np.concatenate(pieces).astype(np.float64)
    lengths = inside.sum(axis=1, keepdims=True)
    tally.count(len(inside) * len(weights), len(weights) * (span.length - len(inside)))
    return product(inside, weights.T) / lengths, inside


@dataclass(frozen=True, eq=False)
class Settings:
    """What plans are made by: the settings of a technique that concern them."""

    family: Family
    hashes: int
    step: float | None
    correction: str
    directions: Matrix | None
    seed: int

    @property
    def looks(self) -> bool:
        """Whether a sample of the windows is looked at."""
        drawn = self.family.sampled and self.directions is None
        return drawn or self.family.origin == "mean" or self.correction == "projection"

    @property
    def sets_up(self) -> bool:
        """Whether anything is worked out beforehand."""
        return self.looks or self.correction != "none" or self.family.origin == "random"

    def number(self, length: int, filters: int) -> int:
        """Gives the number of hashes of a span."""
        if self.directions is not None:
            return len(self.directions)
        return min(self.hashes, self.family.at_most(length, filters))


def _directions(settings: Settings, draft: Draft) -> Matrix:
    """Gives the directions of a span, given or drawn."""
    if settings.directions is not None:
        directions = settings.directions[:, : draft.length]
    else:
        directions = settings.family.draw(draft)
    return rounded(directions) if settings.family.rounded else directions


def make(
    settings: Settings, problem: Problem, span: Span, seen: Matrix | None,
    extent: tuple[float, float], drawn: dict[int, Matrix], tally: Tally,
) -> Plan:
    """Makes the plan of a span.

    Parameters
    ----------
    seen : S x length, or None
        The sample's windows; their mean is taken from them.
    extent : (float, float)
        The least and the largest pixel, padding included.
    drawn : dict
        Directions by their length, where spans share them.
    """
    members = problem.group(span.group)[1]
    weights = problem.filters[members].reshape(-1, problem.sizes.depth)
    weights = weights[:, span.start : span.stop]
    hashes = settings.number(span.length, len(weights))
    if settings.correction != "none":
        weights = weights.astype(np.float64)
        problem.ledger.count(weights.nbytes)
    mean = scatter = None
    if seen is not None:
        mean = tally.mean(seen)
        if settings.correction == "projection" or settings.family.sampled:
            scatter = Scatter(seen, mean, problem.image.dtype == np.uint8, tally)
    directions = drawn.get(span.length)
    if directions is None:
        directions = _directions(settings, Draft(
            hashes, span.length, settings.seed, weights, scatter, tally
        ))
        problem.ledger.count(directions.nbytes)
        if not settings.family.sampled or settings.directions is not None:
            drawn[span.length] = directions
    origin = np.zeros(hashes)
    if settings.family.origin == "mean" and mean is not None:
        origin = tally.dot(directions, mean[:, None])[:, 0]
    elif settings.family.origin == "random" and settings.step is not None:
        origin = (uniform(hashes, settings.seed + 1) + 1) * (settings.step / 2)
        tally.count(hashes, hashes)
    grid = cuts(directions, origin, settings.step, extent, problem.real)
    if settings.step is not None:
        # The least and the largest projection there may be, and steps between them.
        tally.count(7 * hashes, 2 * hashes * (span.length - 1) + 6 * hashes)
    coefficients = None
    if settings.correction == "projection" and scatter is not None:
        coefficients = explained(weights, scatter, directions, tally)
        tally.subtract(weights, tally.dot(coefficients.T, directions))
    elif settings.correction == "brightness":
        coefficients, inside = brightness(weights, span, problem.sizes.taps, tally)
        weights = weights - product(coefficients.T, inside)
        tally.count(0, weights.size)
    return Plan(span, directions, grid, weights, coefficients, mean)
