"""The last step of reuse: outputs from the table and from projections, band by band."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ..bands import Job, Stop
from ..cost import Part, dot_products
from ..direct import lanes
from ..isa import kernels
from ..memory import CACHE_LINE
from ..problem import Problem
from ..products import Bank

JOB = 1 << 16
"""Windows of a job, at the most."""

STREAM_BYTES = 8 * 2**20
"""Outputs of more bytes than this are written past the caches, which could not hold them."""

AGAIN = 512
"""Windows whose centroids are multiplied once more together."""


def waiting_room(problem: Problem, stack: ExitStack) -> NDArray[Any] | None:
    """Lends the kernel room for a line of each filter's outputs, where they are many."""
    if problem.output.nbytes < STREAM_BYTES:
        return None
    filters = problem.sizes.filters // problem.sizes.groups
    values = CACHE_LINE // problem.real.itemsize
    return stack.enter_context(problem.ledger.borrow(filters * values, problem.real))


def padded(values: NDArray[Any], problem: Problem) -> NDArray[Any]:
    """Gives rows of a value a filter, filled up with zeros to whole vectors."""
    pitch = kernels().lanes.padded(values.shape[-1], 1, lanes(problem.real))
    room: NDArray[Any] = problem.ledger.array((*values.shape[:-1], pitch), problem.real)
    room[..., : values.shape[-1]] = values
    room[..., values.shape[-1] :] = 0
    return room


class Outputs:
    """Puts outputs together.

    Parameters
    ----------
    problem : Problem
    table : K x pitch
    ids : spans x (N and some more)
        Rows of the table; the spans of a group lie together.
    planes, coefficients : sequence of (q x (N and some more)), and of (q x M), or empty
        For each group what is added back, and how.
    """

    def __init__(
        self, problem: Problem, table: NDArray[Any], ids: NDArray[np.int32],
        planes: Sequence[NDArray[Any]], coefficients: Sequence[NDArray[Any]],
    ) -> None:
        self._problem, self._table, self._ids = problem, table, ids
        self._planes = planes
        self._coefficients = [padded(each, problem) for each in coefficients]

    def put(self) -> None:
        """Writes the output."""
        sizes = self._problem.sizes
        work = sizes.windows * sizes.filters * (len(self._ids) // sizes.groups)
        self._problem.runner.run(self._jobs(self._bands(work)), work)

    def again(self) -> None:
        """Multiplies each window's centroid once more, as the report does, and writes that.

        The table holds centroids, D x K.
        """
        sizes = self._problem.sizes
        work = sizes.windows * sizes.filters * sizes.depth
        self._problem.runner.run(self._again_jobs(self._bands(work)), work)

    def _bands(self, work: int) -> list[slice]:
        windows = self._problem.sizes.windows
        share = windows // (4 * self._problem.runner.sharing(windows, work))
        step = max(AGAIN, min(JOB, share // 64 * 64))
        return [slice(at, min(windows, at + step)) for at in range(0, windows, step)]

    def _group_ids(self, group: int) -> NDArray[np.int32]:
        each = len(self._ids) // self._problem.sizes.groups
        return self._ids[group * each : (group + 1) * each]

    def _jobs(self, bands: Sequence[slice]) -> Iterator[Job]:
        problem = self._problem
        for group in range(problem.sizes.groups):
            members = problem.group(group)[1]
            bias = None if problem.bias is None else padded(problem.bias[members], problem)
            for band in bands:
                yield self._job(group, bias, band)

    def _job(self, group: int, bias: NDArray[Any] | None, band: slice) -> Job:
        out = self._problem.output[self._problem.group(group)[1], band]
        ids = self._group_ids(group)[:, band.start :]
        planes = coefficients = None
        if self._planes:
            planes, coefficients = self._planes[group][:, band.start :], self._coefficients[group]

        def work(stop: Stop) -> list[Part]:
            with ExitStack() as stack:
                made = int(kernels().outputs.put_together(
                    out, self._table, ids, planes, coefficients, bias,
                    waiting_room(self._problem, stack), stop,
                ))
            parts = [Part("look-up", 0, made * (len(ids) - 1))]
            if planes is not None:
                parts.append(Part("correction", made * len(planes), made * len(planes)))
            return parts if bias is None else [*parts, Part("bias", 0, made)]

        return work

    def _again_jobs(self, bands: Sequence[slice]) -> Iterator[Job]:
        problem = self._problem
        for group in range(problem.sizes.groups):
            members = problem.group(group)[1]
            bias = None if problem.bias is None else problem.bias[members]
            bank = Bank(problem.filters[members], problem.real, bias, problem.ledger)
            for band in bands:
                yield self._again_job(group, bank, bias is not None, band)

    def _again_job(self, group: int, bank: Bank, with_bias: bool, band: slice) -> Job:
        out = self._problem.output[self._problem.group(group)[1], band]
        ids = self._group_ids(group)[:, band]

        def work(stop: Stop) -> list[Part]:
            made, windows = 0, out.shape[1]
            ledger, real = self._problem.ledger, self._problem.real
            with ledger.borrow(bank.depth * AGAIN, real) as room:
                for start in range(0, windows, AGAIN):
                    if stop[0]:
                        break
                    here = slice(start, min(windows, start + AGAIN))
                    matrix = room[: bank.depth * (here.stop - start)].reshape(bank.depth, -1)
                    kernels().clusters.spread(self._table, ids[:, here], matrix)
                    made += bank.multiply_columns(matrix, out[:, here], stop)
            parts = [dot_products("products", made, bank.depth)]
            return [*parts, Part("bias", 0, made)] if with_bias else parts

        return work
