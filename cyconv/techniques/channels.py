"""Channels that are all alike, as those of a gray picture kept in colour: one is multiplied."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ..cost import Part, Sizes
from ..isa import kernels
from ..prepared import PreparedFilters
from ..problem import Problem, check_shapes


def single(problem: Problem) -> tuple[Problem | None, int]:
    """Gives a problem with one channel that has the same outputs, if there is one.

    From ``<f, w> = sum of <f_c, w_c>`` and ``w_c = w_0 + (w_c - w_0)``: where the differences
    between channels are none, the filters' channels may be summed up first. A sum of weights is
    rounded C - 1 times, and C - 1 sums of products are left out for it: the bound of
    :class:`Exact` holds. Pixels that are no finite numbers are like none, for sums of infinities
    depend on their order; so it is where weights, or their sums, are not finite.

    Returns
    -------
    Problem or None
    compared : int
        Pairs of pixels; a picture in colour is known by its first rows. They are left for the
        caller to count, by :func:`parts`.
    """
    if problem.sizes.groups > 1 or problem.sizes.channels == 1:
        return None, 0
    alike, compared = kernels().changes.alike(problem.image)
    summed = _summed(problem) if alike else None
    if summed is None:
        return None, compared
    image = problem.image[:1]
    _, sizes = check_shapes(image.shape, summed.shape, problem.geometry)
    # What was prepared of these filters belongs to all channels.
    prepared = None
    if problem.prepared is not None:
        prepared = problem.prepared.get(
            ("channels summed", problem.real), lambda: PreparedFilters(summed)
        )
    filters = np.ascontiguousarray(summed)
    problem.ledger.count(filters.nbytes)
    return replace(
        problem, image=image, filters=filters, sizes=sizes, prepared=prepared
    ), compared


def _summed(problem: Problem) -> NDArray[Any] | None:
    """Gives the filters with their channels summed up; None if that is not finite."""
    summed: NDArray[Any] = problem.filters.sum(axis=1, keepdims=True)
    return summed if np.isfinite(summed).all() else None


def parts(sizes: Sizes, paired: int, alike: bool) -> list[Part]:
    """Gives what it took to compare channels, and to sum weights up where they are alike."""
    added = sizes.filters * (sizes.channels - 1) * sizes.taps if alike else 0
    return [Part("channels", 0, paired + added)] if paired else []
