"""The steps of LSH convolution: hash, number, multiply, look up."""

from __future__ import annotations

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

DIRECT_BITS = 20
"""Signatures of up to so many bits are numbered through a table that they index."""

CHUNK = 512
"""Clusters that are multiplied together, at the most."""

LOOK_UP = 1 << 15
"""Windows that are looked up together: their numbers stay in the cache."""


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
        self._rows = self._stack.enter_context(
            layout.rows(range(sizes.rows), 0, sizes.channels)
        )

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
            windows, hashes = self._problem.sizes.windows, len(self._vectors)
            slots_needed = 1 << hashes
            direct = hashes <= DIRECT_BITS
            if not direct:
                slots_needed = 1 << (2 * windows).bit_length()
            ledger = self._problem.ledger
            with ExitStack() as stack:
                slots = stack.enter_context(ledger.borrow(slots_needed, np.int32))
                slots[:] = -1
                keys = None
                if not direct:
                    keys = stack.enter_context(ledger.borrow(slots_needed, np.uint32))
                self._found[part] = kernels().clusters.number(
                    self._signatures[part], slots, keys, self._ids[part]
                )
            return []

        return work

    def multiply(self) -> None:
        """Makes every cluster's centroid and, with reuse, its products with the filters."""
        problem, sizes = self._problem, self._problem.sizes
        per_group = self._parts // sizes.groups
        filters = sizes.filters // sizes.groups
        total = int(self._found.sum())
        height = filters if self._reuse else self._taps
        self._table = problem.ledger.array((height, total), problem.real)
        order = problem.ledger.array((self._parts, sizes.windows), np.int32)
        jobs: list[Job] = []
        place = 0
        for part in range(self._parts):
            found = int(self._found[part])
            starts = problem.ledger.array(found + 1, np.int32)
            kernels().clusters.sort(self._ids[part], starts, order[part])
            bank = None
            if self._reuse:
                members = problem.group(part // per_group)[1]
                channel = part % per_group * self._channels
                weights = problem.filters[members, channel : channel + self._channels]
                bank = Bank(weights, CHUNK, problem.real, None, problem.ledger, few=False)
            step = max(1, min(CHUNK, found // (8 * problem.runner.threads)))
            jobs += [
                self._multiply_job(
                    part, bank, order[part], starts, first, min(found, first + step), place
                )
                for first in range(0, found, step)
            ]
            self._ids[part] += place
            place += found
        problem.runner.run(jobs, sizes.windows * self._parts * self._taps)

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
        target = self._table[:, place + first : place + last]

        def work(stop: Stop) -> list[Part]:
            rows, offsets = self._part(part)
            ledger, count = self._problem.ledger, last - first
            with (
                ledger.borrow(self._taps, np.float64) as sums,
                ledger.borrow((self._taps, count), self._problem.real) as means,
            ):
                divided, added = kernels().clusters.centroids(
                    rows.values, offsets, rows.run, rows.row_step, self._width, order, starts,
                    first, last, self._doubling, sums, target if bank is None else means, stop,
                )
                counted = [Part("cluster sums", int(divided), int(added))]
                if bank is not None and not stop[0]:
                    taps = np.arange(self._taps)[:, None] * count
                    made = bank.multiply(
                        Rows(means.reshape(-1), taps, 0, 1), 0, count, target, stop
                    )
                    counted.append(dot_products("products", made, self._taps))
            return counted

        return work

    def look_up(self) -> None:
        """Writes the output from the clusters' products (or centroids, without reuse)."""
        problem, sizes = self._problem, self._problem.sizes
        jobs: list[Job] = []
        for index in range(sizes.groups):
            bank = None
            if not self._reuse:
                members = problem.group(index)[1]
                bias = None if problem.bias is None else problem.bias[members]
                bank = Bank(
                    problem.filters[members], CHUNK, problem.real, bias, problem.ledger, few=False
                )
            step = LOOK_UP if self._reuse else CHUNK
            jobs += [
                self._look_up_job(index, bank, first, min(sizes.windows, first + step))
                for first in range(0, sizes.windows, step)
            ]
        work = sizes.windows * sizes.filters * (self._parts // sizes.groups)
        problem.runner.run(jobs, work if self._reuse else work * self._taps)
        self._stack.close()

    def _look_up_job(self, index: int, bank: Bank | None, first: int, last: int) -> Job:
        problem = self._problem
        per_group = self._parts // problem.sizes.groups
        members = problem.group(index)[1]
        ids = self._ids[index * per_group : (index + 1) * per_group, first:last]
        out = problem.output[members, first:last]
        bias = None if problem.bias is None else problem.bias[members]

        def work(stop: Stop) -> list[Part]:
            counted = []
            if bank is None:
                added = kernels().clusters.look_up(self._table, ids, bias, out, stop)
                counted.append(Part("look-up", 0, int(added)))
            else:
                depth = self._taps * per_group
                shape = (depth, last - first)
                with problem.ledger.borrow(shape, problem.real) as matrix:
                    kernels().clusters.spread(self._table, ids, matrix)
                    taps = np.arange(depth)[:, None] * (last - first)
                    made = bank.multiply(
                        Rows(matrix.reshape(-1), taps, 0, 1), 0, last - first, out, stop
                    )
                counted.append(dot_products("products", made, depth))
            if bias is not None:
                counted.append(Part("bias", 0, out.size))
            return counted

        return work
