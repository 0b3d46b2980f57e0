"""Discrete Fourier transforms of tiles: roots of unity, what they cost, how exact they are."""

from __future__ import annotations

import functools
import math
from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
UNIT = 2.0**-53
"""The most that a float64 is off by when it is rounded, relative to its size."""


@functools.lru_cache(maxsize=16)
def roots(count: int) -> Array:
    """Gives the roots of unity that the rounds of a transform multiply by.

    Parameters
    ----------
    count : int
        Numbers of a line, a power of two.

    Returns
    -------
    1-D
        For each round on ``length`` neighbours, ``count`` of them and then always a quarter, and
        each number j of a quarter: cosine and sine of -2 pi j k / length for k = 1, 2, 3.
    """
    rounds = []
    for length in _lengths(count):
        turns = np.outer(np.arange(length // 4), (1, 2, 3)) / length
        # At most half a turn either way, lest the angle's rounding grow.
        angles = -2 * np.pi * (turns - np.rint(turns))
        rounds.append(np.stack([np.cos(angles), np.sin(angles)], axis=-1).reshape(-1))
    found = np.concatenate(rounds)
    found.flags.writeable = False
    return found


def _lengths(count: int) -> list[int]:
    """Gives the neighbours that the rounds with roots work on: 4 and 2 need none."""
    return [count >> shift for shift in range(0, count.bit_length(), 2) if count >> shift > 4]


def cost(count: int) -> NDArray[np.int64]:
    """Gives the multiplications and additions of the transform of one line of ``count``.

    Each quartet of a round takes 16 additions, and where it meets roots three complex products
    of 4 multiplications and 2 additions; a pair takes 4 additions.
    """
    turned = len(_lengths(count))
    # A last round of quartets, or of pairs.
    last = 16 * count // 4 if count == 4 ** (turned + 1) else 4 * count // 2
    quartets = turned * count // 4
    return np.array([12 * quartets, 22 * quartets + last], np.int64)


def slip(down: int, across: int, channels: int) -> float:
    """Gives how far a tile's outputs may be off, relative to ``|w|_1 |z|_2``.

    Of |w|_1 the sum of a filter's absolute weights, |z|_2 the root of the sum of squares of a pair
    of tiles in the channel where it is largest. A transform of 2^t numbers is off by at most
    t eta in that norm, eta = mu + gamma_4 (sqrt 2 + mu), with roots that are off by mu (Higham,
    *Accuracy and Stability of Numerical Algorithms*, theorem 24.2); what rounds of radix 4 take
    together two of its steps' roundings are fewer. There are three: a tile's, a filter's,
    whose frequencies are each off by t eta |w|_1 at most, and the one back. Products of complex
    numbers are off by sqrt 2 gamma_2 (lemma 3.5), sums over C channels by C - 1 roundings. No
    value is off by more than the norm.
    """
    # An angle of half a turn is off by 2 pi units at the most, its cosine and sine by 2 more each.
    off = 10 * UNIT
    eta = off + 4 * UNIT / (1 - 4 * UNIT) * (math.sqrt(2) + off)
    levels = (down * across).bit_length() - 1
    whole = 3 * levels * eta + (channels + 3) * UNIT
    # The products of these errors with each other.
    return whole / (1 - whole)


def least_sums(filters: NDArray[Any]) -> Array:
    """Gives what ``k`` of the absolute weights sum up to at the least, relative to all.

    Parameters
    ----------
    filters : M x C x K_h x K_w

    Returns
    -------
    1-D
        For k = 0 to C K_h K_w the least of all filters with a weight other than 0; 1 where there
        is none.
    """
    sizes = np.sort(np.abs(filters.reshape(len(filters), -1).astype(np.float64)), axis=1)
    sums = np.cumsum(sizes, axis=1)
    some = sums[:, -1] > 0
    least = np.ones(sizes.shape[1] + 1)
    least[0] = 0.0
    if some.any():
        least[1:] = (sums[some] / sums[some, -1:]).min(axis=0)
    return least
