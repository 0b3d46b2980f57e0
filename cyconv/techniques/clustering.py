"""The steps of LSH convolution: hash, number, multiply, look up."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ..bands import Job, Stop, split
from ..cost import Part, dot_products
from ..isa import kernels
from ..layout import Layout, Rows
from ..problem import Problem
from ..products import Bank

CHUNK = 512
"""Clusters that are multiplied together, at the most."""

JOB = 1 << 15
"""Windows or clusters of a job, at the most: their numbers stay in the cache."""


class Clustering:
    """Clusters of one image's windows and their products with the filters.

    Parameters
    ----------
    problem : Problem
    parts : int
        What is clustered by itself: each channel, or each group of channels.
    vectors : H x taps
        Hash vectors, the same for every part.
    doubling : bool
        Whether to sum up as the report published it.
    reuse : bool
        Whether products are made once a cluster, or once a window.
    """

    def __init__(
        self,
        problem: Problem,
        parts: int,
        vectors: NDArray[np.float64],
        doubling: bool,
        reuse: bool,
    ) -> None:
        sizes = problem.sizes
        if sizes.windows * parts >= np.iinfo(np.int32).max:
            raise MemoryError(
                f"{sizes.windows * parts:,} windows are more than LSH can number; "
                "take a larger stride or a smaller image"
            )
        self._problem = problem
        self._parts = parts
        self._vectors = vectors
        problem.ledger.count(vectors.nbytes)
        self._doubling = doubling
        self._reuse = reuse
        self._channels = sizes.channels // parts
        self._width = problem.placement.output[1]
        self._ids: NDArray[np.int32] = problem.ledger.array((parts, sizes.windows), np.int32)
        self._found = np.zeros(parts, np.int64)
        self._table: NDArray[Any] = np.zeros(0)
        # Members of a cluster lie anywhere in the image, so all of it is laid out at once.
        self._stack = ExitStack()
        layout = Layout(
            problem.image, problem.geometry, problem.placement, problem.window,
            problem.real, 0, problem.ledger,
        )
        self._rows = self._stack.enter_context(layout.whole(problem.runner))

    def _part(self, part: int) -> tuple[Rows, NDArray[np.intp]]:
        """Gives the rows of a part and the offsets of its taps."""
        rows = self._rows.channels(part * self._channels, (part + 1) * self._channels)
        return rows, np.ascontiguousarray(rows.offsets.reshape(-1))

    @property
    def _taps(self) -> int:
        return int(self._vectors.shape[1])

    def hash(self) -> None:
        """Gives every window of every part its signature."""
        windows = self._problem.sizes.windows
        work = self._width * len(self._vectors) * self._taps
        # Signatures and cluster numbers share one array: both are 32 bits wide.
        self._signatures = self._ids.view(np.uint32)
        bands = split(self._problem.sizes.rows, work, 0, self._problem.runner.threads)
        self._problem.runner.run(
            [self._hash_job(part, band) for part in range(self._parts) for band in bands],
            windows * self._parts * len(self._vectors) * self._taps,
        )

    def _hash_job(self, part: int, band: range) -> Job:
        def work(stop: Stop) -> list[Part]:
            rows, offsets = self._part(part)
            hashing = kernels().hashing
            first, last = band.start * self._width, band.stop * self._width
            with self._problem.ledger.borrow(self._taps * hashing.COLUMNS, np.float64) as room:
                made = hashing.signatures(
                    rows.values, offsets, rows.row_step, self._width, first, last,
                    self._vectors, room, self._signatures[part, first:last], stop,
                )
            return [dot_products("hash", int(made), self._taps)]

        return work

    def number(self) -> NDArray[np.int64]:
        """Numbers the clusters of every part and gives how many there are."""
        self._problem.runner.run(
            [self._number_job(part) for part in range(self._parts)],
            self._ids.size * self._taps,
        )
        return self._found

    def _number_job(self, part: int) -> Job:
        def work(stop: Stop) -> list[Part]:
            # A table that signatures index, unless a hash table takes less.
            slots_needed = 1 << len(self._vectors)
            half_full = 1 << (2 * self._problem.sizes.windows).bit_length()
            direct = slots_needed <= 2 * half_full
            if not direct:
                slots_needed = half_full
            ledger = self._problem.ledger
            with ExitStack() as stack:
                slots = stack.enter_context(ledger.borrow(slots_needed, np.int32))
                keys = None
                if not direct:
                    keys = stack.enter_context(ledger.borrow(slots_needed, np.uint32))
                self._found[part] = kernels().clusters.number(
                    self._signatures[part], slots, keys, self._ids[part], stop
                )
            return []

        return work

    def multiply(self) -> None:
        """Makes every cluster's centroid and, with reuse, its products with the filters."""
        problem, sizes = self._problem, self._problem.sizes
        filters = sizes.filters // sizes.groups
        total = int(self._found.sum())
        height = filters if self._reuse else self._taps
        self._table = problem.ledger.array((height, total), problem.real)
        ledger, work = problem.ledger, self._ids.size * self._taps
        with ExitStack() as stack:
            order = stack.enter_context(ledger.borrow(self._ids.shape, np.int32))
            starts = [
                stack.enter_context(ledger.borrow(int(found) + 1, np.int32))
                for found in self._found
            ]
            parts = range(self._parts)
            problem.runner.run([self._sort_job(p, starts[p], order[p]) for p in parts], work)
            problem.runner.run(self._multiply_jobs(starts, order), work)

    def _multiply_jobs(
        self, starts: list[NDArray[np.int32]], order: NDArray[np.int32]
    ) -> Iterator[Job]:
        """Gives the jobs of all parts; their clusters follow each other in the table."""
        problem = self._problem
        per_group = self._parts // problem.sizes.groups
        place = 0
        for part in range(self._parts):
            found = int(self._found[part])
            bank = None
            if self._reuse:
                members = problem.group(part // per_group)[1]
                channel = part % per_group * self._channels
                weights = problem.filters[members, channel : channel + self._channels]
                bank = Bank(weights, problem.real, None, problem.ledger)
            self._ids[part] += place
            step = max(1, min(JOB, found // (8 * problem.runner.threads)))
            for first in range(0, found, step):
                yield self._multiply_job(
                    part, bank, order[part], starts[part], first, min(found, first + step), place
                )
            place += found
            if bank is not None:
                bank.give_back()

    def _sort_job(self, part: int, starts: NDArray[np.int32], order: NDArray[np.int32]) -> Job:
        def work(stop: Stop) -> list[Part]:
            kernels().clusters.sort(self._ids[part], starts, order, stop)
            return []

        return work

    def _multiply_job(
        self,
        part: int,
        bank: Bank | None,
        order: NDArray[np.int32],
        starts: NDArray[np.int32],
        first: int,
        last: int,
        place: int,
    ) -> Job:
        def work(stop: Stop) -> list[Part]:
            rows, offsets = self._part(part)
            ledger, chunk = self._problem.ledger, min(CHUNK, last - first)
            divided = added = made = 0
            with (
                ledger.borrow(self._taps, np.float64) as sums,
                ledger.borrow(self._taps * chunk, self._problem.real) as room,
            ):
                for start in range(first, last, chunk):
                    end = min(last, start + chunk)
                    means = room[: self._taps * (end - start)].reshape(self._taps, -1)
                    target = self._table[:, place + start : place + end]
                    division, addition = kernels().clusters.centroids(
                        rows.values, offsets, rows.run, rows.row_step, self._width, order,
                        starts, start, end, self._doubling, sums,
                        target if bank is None else means, stop,
                    )
                    divided, added = divided + division, added + addition
                    if stop[0]:
                        break
                    if bank is not None:
                        made += bank.multiply_columns(means, target, stop)
            counted = [Part("cluster sums", divided, added)]
            if bank is not None:
                counted.append(dot_products("products", made, self._taps))
            return counted

        return work

    def look_up(self) -> None:
        """Writes the output from the clusters' products (or centroids, without reuse)."""
        sizes = self._problem.sizes
        work = sizes.windows * sizes.filters * (self._parts // sizes.groups)
        self._problem.runner.run(self._look_up_jobs(), work if self._reuse else work * self._taps)
        self._stack.close()

    def _look_up_jobs(self) -> Iterator[Job]:
        problem, windows = self._problem, self._problem.sizes.windows
        step = max(CHUNK, min(JOB, windows // (4 * problem.runner.threads)))
        for index in range(problem.sizes.groups):
            bank = None
            members = problem.group(index)[1]
            bias = None if problem.bias is None else problem.bias[members]
            if not self._reuse:
                bank = Bank(problem.filters[members], problem.real, bias, problem.ledger)
            for first in range(0, windows, step):
                last = min(windows, first + step)
                if bank is None:
                    yield self._look_up_job(index, bias, first, last)
                else:
                    yield self._again_job(index, bank, bias, first, last)

    def _ids_of(self, index: int) -> NDArray[np.int32]:
        """Gives the clusters of the windows of one group's parts."""
        per_group = self._parts // self._problem.sizes.groups
        return self._ids[index * per_group : (index + 1) * per_group]

    def _look_up_job(self, index: int, bias: NDArray[Any] | None, first: int, last: int) -> Job:
        """Gives the job that adds up the products of each window's clusters."""
        out = self._problem.output[self._problem.group(index)[1], first:last]

        def work(stop: Stop) -> list[Part]:
            added = kernels().clusters.look_up(
                self._table, self._ids_of(index)[:, first:last], bias, out, stop
            )
            return [Part("look-up", 0, int(added)), *_bias_part(bias, out)]

        return work

    def _again_job(
        self, index: int, bank: Bank, bias: NDArray[Any] | None, first: int, last: int
    ) -> Job:
        """Gives the job that multiplies each window's centroid once more, as the report does."""
        out = self._problem.output[self._problem.group(index)[1], first:last]
        ids = self._ids_of(index)[:, first:last]
        depth = self._taps * len(ids)

        def work(stop: Stop) -> list[Part]:
            made = 0
            with self._problem.ledger.borrow(depth * CHUNK, self._problem.real) as room:
                for start in range(0, last - first, CHUNK):
                    if stop[0]:
                        break
                    here = slice(start, min(last - first, start + CHUNK))
                    matrix = room[: depth * (here.stop - start)].reshape(depth, -1)
                    kernels().clusters.spread(self._table, ids[:, here], matrix)
                    made += bank.multiply_columns(matrix, out[:, here], stop)
            return [dot_products("products", made, depth), *_bias_part(bias, out)]

        return work


def _bias_part(bias: NDArray[Any] | None, out: NDArray[Any]) -> list[Part]:
    """Gives what adding a bias took."""
    return [] if bias is None else [Part("bias", 0, out.size)]
