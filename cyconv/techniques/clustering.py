"""Clusters of windows: hash them, number the keys, list the members."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from copy import copy
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ..bands import Job, Stop, split
from ..cost import Part, dot_products
from ..health import Census
from ..isa import kernels
from ..layout import Rows
from ..problem import Problem
from .plan import Plan
from .spans import Span

DOUBLE = np.dtype(np.float64)

KEY_BITS, LATER_BITS = 64, 32
"""Bits of codes that a key holds, and that it holds beside a cluster's number."""

FIRST_SLOTS, GROWTH = 1 << 12, 4
"""Slots of a hash table at first, and how many times as many it gets when half full."""

SPAN_BYTES = 1500
"""What Python's objects of a span take, its plan, census and jobs, with 128 spans."""

FEW_BITS = 10
"""Bits of keys for whose numbers, one for each key there may be, a small table has room."""

PAD = 64
"""Values after the last window that kernels may read in vectors."""


def offsets_of(rows: Rows, span: Span, depth: int) -> NDArray[np.intp]:
    """Gives the places of a span's values, counted from the window's start."""
    first = span.group * depth
    places = rows.offsets.reshape(-1)[first + span.start : first + span.stop]
    return np.ascontiguousarray(places)


def projecting(problem: Problem, rounded: bool) -> Any:
    """Gives the kernel that projects windows alike on every level."""
    exact = rounded and problem.image.dtype == np.uint8
    return kernels().projections.project if exact else kernels().hashing.project


def chunks(bits: NDArray[np.int32]) -> list[slice]:
    """Splits codes into as few runs as keys can hold one after another."""
    runs, start, room = [], 0, KEY_BITS
    for index, size in enumerate(bits):
        if size > room:
            runs.append(slice(start, index))
            start, room = index, LATER_BITS
        room -= int(size)
    return [*runs, slice(start, len(bits))]


class Clusters:
    """Clusters of the windows of some spans.

    Parameters
    ----------
    problem : Problem
    rows : Rows
        Of the whole image: members of a cluster lie anywhere in it.
    plans : sequence of Plan
        One a span.
    rounded : bool
        Whether projections are hashed; otherwise the signs of sums in float64.
    planes : list of (H x (N and some more)), or None
        Room for each span's projections, where they are kept for a correction.

    Attributes
    ----------
    ids : spans x (N and some more), int32
        Each window's cluster.
    censuses : list of Census
    """

    def __init__(
        self, problem: Problem, rows: Rows, plans: Sequence[Plan], rounded: bool,
        planes: Sequence[NDArray[Any]] | None,
    ) -> None:
        windows, ledger = problem.sizes.windows, problem.ledger
        ledger.count(len(plans) * SPAN_BYTES)
        if windows * len(plans) >= np.iinfo(np.int32).max:
            raise MemoryError(
                f"{windows * len(plans):,} windows are more than LSH can number; "
                "take a larger stride or a smaller image"
            )
        self._problem, self._rows, self.plans, self._rounded = problem, rows, plans, rounded
        self._real = problem.real if rounded else DOUBLE
        self._width = problem.placement.output[1]
        self.ids: NDArray[np.int32] = ledger.array((len(plans), windows + PAD), np.int32)
        self.ids[:, windows:] = 0
        self.censuses: list[Census] = [Census.none()] * len(plans)
        self._keys = self._no_keys()
        # Codes of more bits than a key has come later, from projections that were kept.
        self._planes: list[NDArray[Any] | None] = list(planes) if planes is not None else [
            ledger.array((len(plan.directions), windows), problem.real)
            if len(chunks(plan.cuts.bits)) > 1 else None
            for plan in plans
        ]  # fmt: skip

    @property
    def found(self) -> list[int]:
        """The number of clusters of each span."""
        return [len(census.counts) for census in self.censuses]

    @contextmanager
    def keyed(self) -> Iterator[None]:
        """Lends room for the keys, until windows are hashed and numbered."""
        shape = len(self.plans), self._problem.sizes.windows
        with self._problem.ledger.borrow(shape, np.uint64) as self._keys:
            yield
        self._keys = self._no_keys()

    def _no_keys(self) -> NDArray[np.uint64]:
        return np.zeros((len(self.plans), 0), np.uint64)

    def of(self, problem: Problem, rows: Rows, first: int) -> Clusters:
        """Gives those of one of several images, to hash its windows, ``first`` and on."""
        part, windows = copy(self), slice(first, first + problem.sizes.windows)
        part._problem, part._rows = problem, rows
        part._keys = self._keys[:, windows]
        part._planes = [None if each is None else each[:, windows] for each in self._planes]
        return part

    def hash(self) -> None:
        """Gives every window of every span its key."""
        sizes = self._problem.sizes
        products = max(len(plan.directions) * plan.span.length for plan in self.plans)
        runner, work = self._problem.runner, sizes.windows * len(self.plans) * products
        bands = split(sizes.rows, self._width * products, 0, runner.sharing(sizes.rows, work))
        runner.run(
            [
                self._projection_job(index, band)
                for index in range(len(self.plans)) for band in bands
            ],
            work,
        )

    def _projection_job(self, index: int, band: range) -> Job:
        plan, real = self.plans[index], self._real
        first, last = band.start * self._width, band.stop * self._width
        keys, planes = self._keys[index, first:last], self._planes[index]

        def work(stop: Stop) -> list[Part]:
            problem = self._problem
            hashes, length = plan.directions.shape
            packed = np.ascontiguousarray(plan.directions.T, real)
            with ExitStack() as stack:
                if planes is None:
                    room = problem.ledger.borrow((hashes, self._width), real)
                    here = stack.enter_context(room)
                else:
                    here = planes[:, first:last]
                run, grid = chunks(plan.cuts.bits)[0], plan.cuts
                made = projecting(problem, self._rounded)(
                    self._rows.values, self._offsets(plan), self._rows.row_step, self._width,
                    first, last, packed, here, stop,
                    grid.origins[run], grid.inverses[run], grid.bits[run], keys,
                )
            codes = (last - first) * int(np.count_nonzero(plan.cuts.inverses))
            return [dot_products("hash", int(made), length), *(
                [Part("codes", codes, codes)] if codes else []
            )]

        return work

    def _encode(
        self, planes: NDArray[Any], plan: Plan, run: slice, keys: NDArray[np.uint64], stop: Stop
    ) -> None:
        grid = plan.cuts
        kernels().codes.encode(
            planes[run], grid.origins[run], grid.inverses[run], grid.bits[run], keys, stop
        )

    def _offsets(self, plan: Plan) -> NDArray[np.intp]:
        return offsets_of(self._rows, plan.span, self._problem.sizes.depth)

    def number(self) -> None:
        """Numbers the clusters of every span in the order in which they appear."""
        self._problem.runner.run(
            [self._number_job(index) for index in range(len(self.plans))],
            sum(plan.span.length for plan in self.plans) * self._problem.sizes.windows,
        )

    def _number_job(self, index: int) -> Job:
        plan, windows = self.plans[index], self._problem.sizes.windows
        keys, ids = self._keys[index], self.ids[index, :windows]

        def work(stop: Stop) -> list[Part]:
            runs = chunks(plan.cuts.bits)
            firsts, counts = self._numbered(keys, int(plan.cuts.bits.sum()), ids, stop)
            for run in runs[1:]:
                planes = self._planes[index]
                if planes is None or stop[0]:
                    break
                keys[:] = ids
                self._encode(planes[:, :windows], plan, run, keys, stop)
                firsts, counts = self._numbered(keys, KEY_BITS, ids, stop)
            codes = keys[firsts] if len(runs) == 1 else None
            kept = self._planes[index]
            places = kept[:, firsts] if codes is None and kept is not None else None
            self.censuses[index] = Census(plan.cuts, codes, places, counts, firsts)
            self._problem.ledger.count(self.censuses[index].nbytes)
            return []

        return work

    def _numbered(
        self, keys: NDArray[np.uint64], bits: int, ids: NDArray[np.int32], stop: Stop
    ) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
        """Numbers keys of so many bits; gives each cluster's first member and how many it has."""
        if bits > FEW_BITS:
            return self._numbered_many(keys, ids, stop)
        with self._problem.ledger.borrow((6, 1 << bits), np.int32) as room:
            numbers, firsts, counts = room[0], room[1], room[2:]
            found = kernels().codes.number_few(keys, numbers, ids, firsts, counts, stop)
            return firsts[:found].copy(), counts[:, :found].sum(axis=0, dtype=np.int32)

    def _numbered_many(
        self, keys: NDArray[np.uint64], ids: NDArray[np.int32], stop: Stop
    ) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
        """Does it with a hash table, which grows."""
        ledger, windows, at, found = self._problem.ledger, len(keys), 0, 0
        size = FIRST_SLOTS
        most = 1 << (2 * windows).bit_length()
        firsts = counts = np.zeros(0, np.int32)
        while at < windows and not stop[0]:
            size = min(size, most)
            firsts, counts = (
                np.concatenate([each[:found], np.zeros(size // 2 - found, np.int32)])
                for each in (firsts, counts)
            )
            with ledger.borrow((size, 2), np.uint64) as slots, ledger.holding(2 * firsts.nbytes):
                at, found = kernels().codes.number(
                    keys, slots, ids, firsts, counts, at, found, stop
                )
            size *= GROWTH
        return firsts[:found].copy(), counts[:found].copy()

    def members(
        self, index: int, starts: NDArray[np.int32], order: NDArray[np.int32], stop: Stop
    ) -> None:
        """Lists the members of a span's clusters in raster order."""
        ids = self.ids[index, : self._problem.sizes.windows]
        counts = self.censuses[index].counts
        kernels().clusters.sort(ids, starts, order, stop, counts)
