"""How the windows of a run were hashed: all that it takes to tell what became of one of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from .bands import Progress
from .geometry import Geometry
from .health import Census
from .layout import Layout
from .problem import check
from .techniques.checks import check_lengths, directions_of
from .techniques.clustering import Clusters
from .techniques.families import FAMILIES
from .techniques.lowrank import LowRank
from .techniques.lsh import LSH
from .techniques.plan import Plan
from .techniques.planning import plans_of
from .techniques.spans import values_together

PLAIN = Geometry()
DOUBLE = np.dtype(np.float64)


@dataclass(frozen=True, eq=False)
class HashedSpan:
    """What one span of the windows (a channel, a window, a piece) is hashed by, and its clusters.

    Attributes
    ----------
    group, start, stop : int
        The group, and the values of its windows in the order channel, row, column.
    directions : H x (stop - start)
    origins, inverses : H
        A code is floor((p - origin) * inverse); where inverse is 0, whether p > origin.
    coefficients : q x M/groups, or None
        What each projection (or each channel's sum, for the correction "brightness") adds to the
        outputs of the group's filters; None without a correction.
    mean : (stop - start), or None
        The mean window of the sample that the run looked at, where it did.
    real : dtype
        In which projections are summed up.
    ids : O_h x O_w of int32, or None
        The cluster of every window; None where a technique has no clusters.
    census : Census or None
        Codes and numbers of members of the clusters.
    """

    group: int
    start: int
    stop: int
    directions: NDArray[np.float64]
    origins: NDArray[np.float64]
    inverses: NDArray[np.float64]
    coefficients: NDArray[np.float64] | None
    mean: NDArray[np.float64] | None
    real: np.dtype[Any]
    ids: NDArray[np.int32] | None
    census: Census | None

    def project(self, values: ArrayLike) -> NDArray[np.float64]:
        """Gives the projections of one window, H, summed up value by value as a run does it.

        Parameters
        ----------
        values : (stop - start)
            The window's values in this span.

        Raises
        ------
        ValueError
            If they are more or fewer.
        """
        window = np.asarray(values, self.real).reshape(-1)
        length = self.stop - self.start
        if window.size != length:
            raise ValueError(f"values must be {length} numbers, got {window.size}")
        total = np.zeros(len(self.directions), self.real)
        with np.errstate(all="ignore"):
            for value, weights in zip(window, self.directions.T.astype(self.real), strict=True):
                total = total + value * weights
        return total.astype(np.float64)

    def code(self, projections: ArrayLike) -> NDArray[np.int64]:
        """Gives the codes, H, of a window with these projections."""
        places = np.asarray(projections, self.real)
        origins, inverses = self.origins.astype(self.real), self.inverses.astype(self.real)
        with np.errstate(all="ignore"):
            steps = np.nan_to_num(np.floor((places - origins) * inverses))
        codes: NDArray[np.int64] = np.where(inverses > 0, steps, places > origins).astype(np.int64)
        return codes


def hashed(
    image: ArrayLike,
    filters: ArrayLike,
    technique: LSH | LowRank,
    geometry: Geometry = PLAIN,
    *,
    threads: int | None = None,
    progress: Progress | None = None,
) -> tuple[HashedSpan, ...]:
    """Gives what a run with the same arguments hashes windows by, and the clusters it finds.

    Only hashing and numbering is done, without sums and products.

    Parameters
    ----------
    image, filters, geometry, threads, progress
        As :func:`cyconv.convolve` takes them.
    technique : LSH or LowRank

    Returns
    -------
    tuple of HashedSpan
        One a channel, a group of windows or a piece, as ``technique.scope`` says; for LowRank
        one a group. Clusters are numbered as :func:`cyconv.members.cluster_ids` does it.

    Raises
    ------
    ValueError, MemoryError
        As :func:`cyconv.convolve` says; ValueError, too, if the technique does not hash.
    """
    if not isinstance(technique, LSH | LowRank):
        raise ValueError(f"technique must be an LSH or a LowRank, got {type(technique).__name__}")
    problem = check(image, filters, geometry, None, None, threads, progress)
    scope = technique.scope if isinstance(technique, LSH) else "window"
    check_lengths(directions_of(technique.directions), values_together(scope, problem.sizes))
    rounded = FAMILIES[technique.family].rounded
    real = problem.real if rounded or isinstance(technique, LowRank) else DOUBLE
    layout = Layout(problem)
    with np.errstate(all="ignore"), layout.whole(problem.runner) as rows:
        plans = plans_of(technique.settings, scope, problem, rows)
        if isinstance(technique, LowRank):
            return tuple(_span(plan, real, None, None) for plan in plans)
        clusters = Clusters(problem, rows, plans, rounded, None)
        with clusters.keyed():
            clusters.hash()
            clusters.number()
    ids = clusters.ids[:, : problem.sizes.windows].reshape(-1, *problem.placement.output)
    return tuple(
        _span(plan, real, each.copy(), census)
        for plan, each, census in zip(plans, ids, clusters.censuses, strict=True)
    )


def _span(
    plan: Plan, real: np.dtype[Any], ids: NDArray[np.int32] | None, census: Census | None
) -> HashedSpan:
    return HashedSpan(
        plan.span.group, plan.span.start, plan.span.stop, plan.directions, plan.cuts.origins,
        plan.cuts.inverses, plan.coefficients, plan.mean, real, ids, census,
    )
