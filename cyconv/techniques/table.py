"""Centroids of clusters and their products with the filters: the table that is looked up."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ..bands import Job, Stop
from ..cost import Part, dot_products
from ..direct import lanes
from ..isa import kernels
from ..layout import Rows
from ..memory import CACHE_LINE
from ..problem import Problem
from .clustering import Clusters
from .means import Means, RowMeans, means_of
from .plan import Plan

CHUNK = 126
"""Clusters that are multiplied together: a multiple of what kernels take at once, and no
power of two, whose columns would fight for the same lines of a cache."""

WORTH = 20_000
"""Windows whose sums are worth a job of its own, even of few clusters."""

EVERY = 2**31 - 1
"""Members that are taken for a centroid where all are."""


def laid_out(weights: NDArray[Any], problem: Problem) -> NDArray[Any]:
    """Gives weights, M x D, as the kernels read them that lay filters side by side."""
    kernel = kernels().lanes
    flat = np.ascontiguousarray(weights, problem.real)
    packed: NDArray[Any] = problem.ledger.array(
        kernel.padded(len(flat), 1, lanes(problem.real)) * flat.shape[1], problem.real
    )
    kernel.lay_out(flat, 1, packed)
    return packed


class Table:
    """Products of every cluster's representative with the filters.

    Parameters
    ----------
    problem : Problem
    rows : Rows
        Of the whole image.
    clusters : Clusters
        Numbered.
    most : int
        Members that a representative is the mean of, at the most.
    doubling : bool
        Whether to sum up as the report published it.
    products : bool
        Whether to multiply; otherwise ``values`` are the representatives, D x K.

    Attributes
    ----------
    values : K x pitch
        The clusters of all spans, one after another.
    """

    def __init__(
        self, problem: Problem, rows: Rows, clusters: Clusters, most: int, doubling: bool,
        products: bool,
    ) -> None:
        self._problem, self._rows, self._clusters = problem, rows, clusters
        self._most, self._doubling, self._products = most, doubling, products
        self._plans = clusters.plans
        length = max(plan.span.length for plan in self._plans)
        self._work = clusters.ids.size * length
        self._means: Means = RowMeans(problem, rows, doubling)
        total = sum(clusters.found)
        filters = problem.sizes.filters // problem.sizes.groups
        self._pitch = kernels().lanes.padded(filters, 1, lanes(problem.real))
        shape = (total, self._pitch)
        if not products:
            shape = (self._plans[0].span.length, total)
        self.values: NDArray[Any] = problem.ledger.array(shape, problem.real)

    def make(self) -> None:
        """Writes the table; from then on ``clusters.ids`` are its rows."""
        problem, windows = self._problem, self._problem.sizes.windows
        spans, work = range(len(self._plans)), self._clusters.ids.size
        with ExitStack() as stack:
            borrow = problem.ledger.borrow
            found = self._clusters.found
            room = stack.enter_context(borrow(sum(found) + len(found), np.int32))
            starts = np.split(room, np.cumsum(np.array(found) + 1)[:-1])
            if self._most == 1:
                # The first members are known; nobody asks for others.
                orders = [census.firsts for census in self._clusters.censuses]
                for each in starts:
                    each[:] = np.arange(len(each))
            else:
                orders = list(stack.enter_context(borrow((len(spans), windows), np.int32)))
                problem.runner.run(
                    [self._sort_job(each, starts[each], orders[each]) for each in spans], work
                )
            orders = [self._rows.raster(each) for each in orders]
            all_spans = [plan.span for plan in self._plans]
            self._means = stack.enter_context(
                means_of(problem, self._rows, all_spans, self._doubling)
            )
            problem.runner.run(self._jobs(starts, orders), self._work)
        # What the last ones were made of is given back.
        self._means = RowMeans(problem, self._rows, self._doubling)

    def _sort_job(self, index: int, starts: NDArray[np.int32], order: NDArray[np.int32]) -> Job:
        def work(stop: Stop) -> list[Part]:
            self._clusters.members(index, starts, order, stop)
            return []

        return work

    def _jobs(
        self, starts: list[NDArray[np.int32]], orders: list[NDArray[np.int32]]
    ) -> Iterator[Job]:
        """Gives the jobs of all spans; their clusters follow each other in the table."""
        place = 0
        for index, plan in enumerate(self._plans):
            found = self._clusters.found[index]
            weights = laid_out(plan.weights, self._problem) if self._products else None
            if place:
                self._clusters.ids[index] += place
            step = self._clusters_a_job(found)
            for first in range(0, found, step):
                clusters = range(first, min(found, first + step))
                yield self._job(plan, weights, orders[index], starts[index], clusters, place)
            place += found
            if weights is not None:
                # Held no longer than the jobs that use it.
                self._problem.ledger.count(-weights.nbytes - CACHE_LINE)

    def _clusters_a_job(self, found: int) -> int:
        """Gives how many of a span's clusters are summed up and multiplied in one job."""
        runner, sizes = self._problem.runner, self._problem.sizes
        share = found
        if runner.sharing(found, self._work) > 1:
            share = -(-found // (8 * runner.threads))
            if share < CHUNK and share * sizes.windows >= found * WORTH:
                return share
        return -(-share // CHUNK) * CHUNK

    def _job(
        self, plan: Plan, weights: NDArray[Any] | None, order: NDArray[np.int32],
        starts: NDArray[np.int32], clusters: range, place: int,
    ) -> Job:
        length = plan.span.length
        filters = self._problem.sizes.filters // self._problem.sizes.groups

        def work(stop: Stop) -> list[Part]:
            divided = added = 0
            ledger, real = self._problem.ledger, self._problem.real
            with (
                ledger.borrow((length, CHUNK), real) as room,
                self._means.of(plan.span, self._most) as write,
            ):
                offsets = np.arange(length) * CHUNK
                for first in range(clusters.start, clusters.stop, CHUNK):
                    if stop[0]:
                        break
                    last = min(clusters.stop, first + CHUNK)
                    here = slice(place + first, place + last)
                    means = room[:, : last - first] if self._products else self.values[:, here]
                    counts = write(order, starts, range(first, last), means, stop)
                    divided += counts[0]
                    added += counts[1]
                    if weights is not None:
                        kernels().tables.products(
                            room, offsets, last - first, weights, self.values[here], stop
                        )
            parts = [Part("cluster sums", divided, added)]
            if self._products:
                parts.append(dot_products("products", len(clusters) * filters, length))
            return parts

        return work
