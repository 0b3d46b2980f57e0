"""Families of hashes: where their directions come from, and how projections are cut.

A table that others can add to: ``FAMILIES["mine"] = Family(...)``.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from statistics import NormalDist
from typing import Any

import numpy as np
from numpy.typing import NDArray

from .tally import Matrix, Scatter, Tally, principal, principal_cost, times_cost

Cost = tuple[int, int]


@dataclass(frozen=True, eq=False)
class Draft:
    """What directions may be made from.

    Attributes
    ----------
    hashes : int
        Directions wanted.
    length : int
        Values that are hashed together.
    seed : int
    filters : M x length
        The filters' weights for these values.
    scatter : Scatter, or None
        Of a sample of the windows; None where the family asks for none.
    tally : Tally
        Counts what is done.
    """

    hashes: int
    length: int
    seed: int
    filters: NDArray[Any]
    scatter: Scatter | None
    tally: Tally


@dataclass(frozen=True)
class Family:
    """How windows are hashed.

    Attributes
    ----------
    draw : callable
        Gives the directions, hashes x length, for a :class:`Draft`.
    origin : {"zero", "mean", "random"}
        Where projections are cut: at 0, at the projection of the mean window, or on a grid
        with a random offset.
    steps : {"never", "may", "must"}
        Whether ``step`` is of use.
    sampled : bool
        Whether drawing needs windows.
    rounded : bool
        Whether directions are rounded so that projections of 8-bit pixels are exact.
    at_most : callable
        Gives the most directions there can be for (length, filters).
    cost : callable
        Gives multiplications and additions of drawing, for (samples, length, hashes, filters).
    """

    draw: Callable[[Draft], Matrix]
    origin: str
    steps: str
    sampled: bool = False
    rounded: bool = True
    at_most: Callable[[int, int], int] = lambda length, filters: 1 << 30
    cost: Callable[[int, int, int, int], Cost] = lambda samples, length, hashes, filters: (0, 0)


def uniform(count: int, seed: int) -> NDArray[np.float64]:
    """Gives numbers in [-1, 1), made from the generator's raw ones.

    Those stay the same from one NumPy to the next, as those of its distributions may not.
    """
    raw = np.random.PCG64(seed).random_raw(count)
    raw >>= np.uint64(11)
    # In place: with large filters the vectors outweigh all else that a run holds.
    vectors = raw.astype(np.float64)
    vectors *= 2.0**-52
    vectors -= 1.0
    return vectors


def _uniform(draft: Draft) -> Matrix:
    return uniform(draft.hashes * draft.length, draft.seed).reshape(draft.hashes, -1)


def _normal(draft: Draft) -> Matrix:
    """Gives Gaussian directions, which are 2-stable (Datar et al. 2004)."""
    quantile = NormalDist().inv_cdf
    drawn = uniform(draft.hashes * draft.length, draft.seed)
    # Halfway between two of the generator's numbers: never 0 or 1.
    return np.array([quantile((each + 1) / 2 + 2.0**-54) for each in drawn]).reshape(
        draft.hashes, -1
    )


def _scatter(draft: Draft) -> Scatter:
    if draft.scatter is None:
        raise ValueError("this family needs a sample of the windows")
    return draft.scatter


def _principal(draft: Draft) -> Matrix:
    return principal(_scatter(draft).times, draft.length, draft.hashes, draft.tally)


def _principal_cost(samples: int, length: int, hashes: int, filters: int) -> Cost:
    return principal_cost(lambda wide: times_cost(samples, length, wide), length, hashes)


def _outputs(draft: Draft) -> Matrix:
    """Gives the directions that tell most of the filters' outputs, each of length 1.

    With U the principal directions of the sample's outputs, rows of U W: the best linear map
    of that rank from windows to outputs goes through them (reduced-rank regression, Izenman
    1975).
    """
    tally, scatter = draft.tally, _scatter(draft)
    weights = draft.filters.astype(np.float64)

    def times(columns: Matrix) -> Matrix:
        return tally.dot(weights, scatter.times(tally.dot(weights.T, columns)))

    found = tally.dot(principal(times, len(weights), draft.hashes, tally), weights)
    lengths = np.sqrt((found * found).sum(axis=1, keepdims=True))
    tally.count(2 * found.size, found.size - len(found))
    return found / np.where(lengths > 0, lengths, 1)


def _outputs_cost(samples: int, length: int, hashes: int, filters: int) -> Cost:
    def times(wide: int) -> Cost:
        multiplied, added = times_cost(samples, length, wide)
        both = 2 * filters * length * wide
        return multiplied + both, added + both - (filters + length) * wide

    multiplications, additions = principal_cost(times, filters, hashes)
    return (
        multiplications + hashes * filters * length + 2 * hashes * length,
        additions + hashes * (filters - 1) * length + hashes * (length - 1),
    )


FAMILIES: dict[str, Family] = {
    "report": Family(_uniform, "zero", "never", rounded=False),
    "centred": Family(_uniform, "mean", "never"),
    "quantised": Family(_normal, "random", "must"),
    "principal": Family(
        _principal, "mean", "may", sampled=True,
        at_most=lambda length, filters: length,
        cost=_principal_cost,
    ),
    "outputs": Family(
        _outputs, "mean", "may", sampled=True,
        at_most=lambda length, filters: min(length, filters), cost=_outputs_cost,
    ),
}  # fmt: skip


def rounded(directions: Matrix, pixels: int = 255) -> Matrix:
    """Gives directions as multiples of a power of two, so that 8-bit pixels project exactly.

    A sum of whole numbers below 2^24 in float32 is exact, in any order.
    """
    size = float(np.abs(directions).sum(axis=1).max(initial=0.0))
    if not 0 < size < np.inf:
        return directions.copy()
    power = int(np.floor(np.log2((2**24 - 1) / (pixels * size))))
    while True:
        whole = np.rint(np.ldexp(directions, power))
        if pixels * np.abs(whole).sum(axis=1).max() < 2**24:
            return np.ldexp(whole, -power)
        power -= 1
