"""The clusters of one span of an LSH run: which window is in which, and the error of each.

A span is what is clustered by itself: a channel's windows, whole windows, or a piece of them. A
run does not keep the clusters of its windows; they are found once more by hashing alone.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from cyconv import LSH
from cyconv.members import cluster_ids

from .compute import Comparison, Outcome

Tell = Callable[[Any], None]

PART = 1 << 20
"""Windows that are gone through between two questions whether it is still wanted."""

BY_MEMBERS, BY_ERROR = "members", "error"
ORDERS = (BY_MEMBERS, BY_ERROR)


@dataclass(frozen=True, eq=False)
class Clusters:
    """The clusters of one span, and the errors of one filter's outputs.

    Attributes
    ----------
    span : int
    ids : O_h x O_w of int32
        The cluster of every window, numbered in the order in which they first appear.
    counts : K of int64
        Members.
    index : int
        The filter whose errors these are.
    squared : K of float64
        Sums of the squared errors of the members' outputs.
    """

    span: int
    ids: NDArray[np.int32]
    counts: NDArray[np.int64]
    index: int
    squared: NDArray[np.float64]

    @property
    def total(self) -> float:
        """The squared error of all outputs of the filter."""
        with np.errstate(over="ignore", invalid="ignore"):
            return float(self.squared.sum())

    @property
    def shares(self) -> NDArray[np.float64]:
        """Each cluster's share of the squared error: 0 where there is none, NaN past counting."""
        total = self.total
        if total == 0:
            return np.zeros(len(self.squared))
        with np.errstate(invalid="ignore"):
            return np.asarray(self.squared / total)

    def rmse(self, cluster: int) -> float:
        """Gives the root mean square error of a cluster's outputs."""
        return float(np.sqrt(self.squared[cluster] / self.counts[cluster]))


def clustering(comparison: Comparison) -> Outcome | None:
    """Gives the outcome whose windows are clustered; None where none are, or none were told."""
    for outcome in comparison.outcomes:
        if isinstance(outcome.technique, LSH) and outcome.result.facts.censuses:
            return outcome
    return None


def spans(outcome: Outcome) -> int:
    """Gives how many spans were clustered, each by itself."""
    return len(outcome.result.facts.censuses or ())


def find(
    comparison: Comparison, outcome: Outcome, span: int, index: int,
    known: Clusters | None = None, progress: Tell | None = None,
) -> Clusters:
    """Finds the clusters of a span and the errors that a filter's outputs have in each.

    Parameters
    ----------
    comparison : Comparison
    outcome : Outcome
        What :func:`clustering` gave.
    span, index : int
        Which span, and which filter.
    known : Clusters, optional
        What was found of the same outcome before; what it tells is not worked out again.
    progress : callable, optional
        Called now and then; may raise :class:`cyconv.Cancelled`.
    """
    index = min(index, comparison.filter_count - 1)
    if known is not None and known.span == span:
        if known.index == index:
            return known
        squared = _squared(comparison, outcome, known.ids, len(known.counts), index, progress)
        return replace(known, index=index, squared=squared)
    request, technique = comparison.request, outcome.technique
    if not isinstance(technique, LSH):
        raise ValueError(f"the technique must be LSH, got {technique.name}")
    (ids,) = cluster_ids(
        request.image, request.filters, technique, request.geometry, span=span,
        threads=request.threads, progress=_asked(progress),
    )  # fmt: skip
    counts = (outcome.result.facts.censuses or ())[span].counts
    squared = _squared(comparison, outcome, ids, len(counts), index, progress)
    return Clusters(span, ids, counts.astype(np.int64), index, squared)


def _asked(progress: Tell | None) -> Callable[[float, object], None] | None:
    if progress is None:
        return None
    tell = progress

    def told(fraction: float, operations: object) -> None:
        tell(None)

    return told


def _squared(
    comparison: Comparison, outcome: Outcome, ids: NDArray[np.int32], count: int, index: int,
    progress: Tell | None,
) -> NDArray[np.float64]:
    made = outcome.result.output[index].reshape(-1)
    exact = comparison.exact.result.output[index].reshape(-1)
    flat = ids.reshape(-1)
    total = np.zeros(count)
    # With nearly as many clusters as windows, each part costs as much as all of them.
    part = max(PART, count)
    for first in range(0, len(flat), part):
        if progress is not None:
            progress(None)
        here = slice(first, first + part)
        with np.errstate(over="ignore", invalid="ignore"):
            error = made[here].astype(np.float64) - exact[here]
            total += np.bincount(flat[here], np.square(error, out=error), count)
    return total


def ranked(clusters: Clusters, order: str, most: int) -> list[int]:
    """Gives the first clusters by members, or by their share of the squared error.

    Equals stay in the order of their numbers; errors that cannot be counted come first.

    Raises
    ------
    ValueError
        If the order is none of ``ORDERS``.
    """
    if order not in ORDERS:
        raise ValueError(f"order must be one of {', '.join(ORDERS)}, got {order!r}")
    if order == BY_MEMBERS:
        worth = clusters.counts.astype(np.float64)
    else:
        worth = np.nan_to_num(clusters.squared, nan=np.inf, posinf=np.inf)
    if len(worth) > most:
        # Only what reaches the last place's worth has to be sorted.
        least = np.partition(worth, len(worth) - most)[len(worth) - most]
        few = np.flatnonzero(worth >= least)
    else:
        few = np.arange(len(worth))
    places = np.argsort(-worth[few], kind="stable")[:most]
    return [int(each) for each in few[places]]
