"""The report's way: the first window in full, of every other the difference, all multiplied."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from ..bands import Job, Stop, split
from ..cost import Part, dot_products
from ..facts import Facts
from ..isa import kernels
from ..layout import Layout, Rows
from ..problem import Problem
from ..products import Bank

MATRIX_BYTES = 256 * 1024
"""Size of the block of differences that is worked on at once; a part of a cache."""

DOUBLE = np.dtype(np.float64)


def run(problem: Problem, threshold: float, as_published: bool) -> Facts:
    """Writes ``problem.output`` band by band: what the first window gives, and differences.

    Differences and their products are kept in float64 and the result is rounded once. Windows
    without any difference above the threshold are not multiplied, unless as published.
    """
    sizes, width = problem.sizes, problem.placement.output[1]
    layout = Layout(problem)
    columns = max(64, MATRIX_BYTES // (8 * sizes.depth) // 64 * 64)
    columns = min(columns, sizes.windows)
    groups = [
        _Group(problem, layout, each, columns, threshold, as_published)
        for each in range(sizes.groups)
    ]
    problem.runner.run([group.start for group in groups], 0)
    bands = split(
        sizes.rows,
        width * sizes.filters * sizes.depth,
        layout.bytes_per_row(sizes.channels // sizes.groups),
        problem.runner.threads,
    )
    jobs = [group.band(band) for band in bands for group in groups]
    problem.runner.run(jobs, sizes.windows * sizes.filters * sizes.depth)
    products = problem.runner.executed["convolution"].multiplications
    return Facts(made=products // sizes.depth)


class _Group:
    """One group of channels and the filters that see it."""

    def __init__(
        self, problem: Problem, layout: Layout, index: int, columns: int, threshold: float,
        as_published: bool,
    ) -> None:
        channels, self._members = problem.group(index)
        self._channels = channels.start, channels.stop
        self._problem = problem
        self._layout = layout
        self._columns = columns
        self._threshold = threshold
        self._as_published = as_published
        self._bank = Bank(problem.filters[self._members], DOUBLE, None, problem.ledger)
        self._bias = None
        if problem.bias is not None:
            self._bias = problem.bias[self._members].astype(DOUBLE)
        self._reference = np.zeros(0)
        self._base: NDArray[Any] | None = None

    def start(self, stop: Stop) -> list[Part]:
        """Multiplies the reference, the first window, with the filters."""
        problem = self._problem
        with self._layout.rows(range(1), *self._channels) as rows:
            self._reference = rows.values[rows.offsets.reshape(-1)].astype(DOUBLE)
        base = np.empty((self._members.stop - self._members.start, 1))
        made = self._bank.multiply_columns(self._reference[:, None], base, stop)
        added = 0.0 if self._bias is None else self._bias[:, None]
        problem.output[self._members, :1] = base + added
        if not self._as_published:
            self._base = base[:, 0].copy()
        return self._counted(made, 0, 0)

    def band(self, band: range) -> Job:
        """Gives the job that makes the output rows ``band``."""
        width = self._problem.placement.output[1]
        begin = 1 if band.start == 0 else 0
        end = len(band) * width
        filters = self._members.stop - self._members.start

        def work(stop: Stop) -> list[Part]:
            made = subtracted = added = 0
            ledger, columns = self._problem.ledger, min(self._columns, end)
            with (
                self._layout.rows(band, *self._channels) as rows,
                ledger.borrow((self._bank.depth, columns), DOUBLE) as matrix,
                ledger.borrow((filters, columns), DOUBLE) as products,
            ):
                for first in range(begin, end, columns):
                    if stop[0]:
                        break
                    last = min(end, first + columns)
                    subtracted += self._subtract(rows, first, last, matrix)
                    place = band.start * width
                    out = self._problem.output[self._members, place + first : place + last]
                    count, more = self._multiply(matrix, products, out, stop)
                    made, added = made + count, added + more
            return self._counted(made, subtracted, added)

        return work

    def _subtract(self, rows: Rows, first: int, last: int, matrix: NDArray[Any]) -> int:
        width = self._problem.placement.output[1]
        offsets = np.ascontiguousarray(rows.offsets.reshape(-1))
        return int(kernels().differences.subtract_reference(
            rows.values, offsets, rows.row_step, width, first, last, self._reference,
            self._as_published, matrix,
        ))

    def _multiply(
        self, matrix: NDArray[Any], products: NDArray[Any], out: NDArray[Any], stop: Stop
    ) -> tuple[int, int]:
        """Writes a block of outputs; gives those multiplied and the additions to give back."""
        add, block = kernels().differences.add_reference, matrix[:, : out.shape[1]]
        if self._threshold:
            block[np.abs(block) <= self._threshold] = 0
        different: slice | NDArray[np.intp] = slice(None)
        if not self._as_published:
            columns = np.flatnonzero(block.any(axis=0))
            if columns.size < out.shape[1]:
                # What equals the first window takes over what that gave.
                out[...] = self._problem.output[self._members, :1]
                if not columns.size:
                    return 0, 0
                block[:, : columns.size] = block[:, columns]
                different = columns
        target = out[:, different]
        made = self._bank.multiply_columns(matrix, products[:, : target.shape[1]], stop)
        added = add(products, target.shape[1], self._base, self._bias, target)
        out[:, different] = target
        return int(made), int(added)

    def _counted(self, made: int, subtracted: int, added: int) -> list[Part]:
        parts = [
            Part("differences", 0, subtracted),
            dot_products("convolution", made, self._bank.depth),
        ]
        if not self._as_published:
            parts.append(Part("add back", 0, added))
        if self._bias is not None:
            parts.append(Part("bias", 0, made))
        return parts
