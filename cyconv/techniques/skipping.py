"""Outputs whose windows equal their reference are taken over, tile by tile; others are exact."""

from __future__ import annotations

import functools
from contextlib import nullcontext
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from .. import direct
from ..arrangement import Arrangement
from ..bands import Job, Stop, split
from ..cost import Part, dot_products
from ..facts import Facts
from ..geometry import Geometry, Placement
from ..isa import kernels
from ..layout import plain
from ..memory import CACHE_LINE
from ..problem import Problem

LEFT, ABOVE, BEFORE = 0, 1, 2
"""What a strip of tiles takes the rest of its outputs from, as the kernels number it."""

ROWS, COLUMNS = 4, 16
"""Windows of a tile, at every level."""

SAMPLES = 4
"""Strips that a first look takes in, evenly spread: most photographs are recognised by that."""

WORTH = 0.8
"""Share of the outputs that may be left to be made, at the most, for skipping to pay."""

SIDE_BY_SIDE = 0.5
"""The same where the exact kernel has many filters, and a higher speed than tiles."""

LOOKING = 10
"""Products that the time of looking for differences, and of taking over, is worth, an output
and reference."""

STARTING = 2_000_000
"""Products that the time of setting all that up is worth."""

Before = tuple[NDArray[Any], NDArray[Any]]


@dataclass(frozen=True)
class Outline:
    """How the windows lie, as the kernel that looks at them wants to know it."""

    phases: int
    places: int
    pitch: int
    step: int
    down: NDArray[np.intp]
    last_down: NDArray[np.intp]
    across: NDArray[np.intp]
    references: NDArray[np.intp]


@functools.lru_cache(maxsize=64)
def outline(
    geometry: Geometry, placement: Placement, window: tuple[int, int], kinds: tuple[int, ...]
) -> Outline:
    """Works out how the windows lie; kept from run to run."""
    rows, width = placement.output
    # Steps that are never taken, as a single row or tap has none, must take no room.
    step, phases = (
        stride if count > 1 else 1
        for stride, count in zip(geometry.strides, placement.output, strict=True)
    )
    down, across = (
        np.arange(taps) * dilation
        for taps, dilation in zip(window, geometry.dilations, strict=True)
    )
    places = -(-((width - 1) * phases + int(across[-1]) + 1) // phases)
    pitch = -(-max(phases * places, width) // CACHE_LINE) * CACHE_LINE + CACHE_LINE
    under = [
        np.unique(np.add.outer(np.arange(height) * step, down))
        for height in (min(ROWS, rows), (rows - 1) % ROWS + 1)
    ]
    return Outline(
        phases, places, pitch, step * ROWS, under[0], under[1],
        across % phases * places + across // phases,
        np.array([
            (step if kind == ABOVE else 0, phases if kind == LEFT else 0, kind)
            for kind in kinds
        ]),
    )


class Skipping:
    """One run: looks where windows differ, and decides whether skipping the others pays.

    Parameters
    ----------
    problem : Problem
    kinds : tuple of int
        What a strip may take outputs from; of two the one that leaves the fewest tiles.
    before : (C x H x W, M x N), optional
        For BEFORE an image, in memory like the problem's, and its outputs.
    """

    def __init__(
        self, problem: Problem, kinds: tuple[int, ...], before: Before | None = None
    ) -> None:
        self._problem = problem
        self._before: Before | tuple[None, None] = before or (None, None)
        sizes, self._width = problem.sizes, problem.placement.output[1]
        self._outline = outline(problem.geometry, problem.placement, problem.window, kinds)
        strips = sizes.groups * -(-sizes.rows // ROWS)
        self._counts = np.empty(strips, np.intp)
        self._columns = np.empty((strips + 1, -(-self._width // COLUMNS)), np.intp)
        self._kinds = np.empty(strips, np.uint8)
        self._compared = 0
        self._differing: tuple[int, ...] = ()

    def run(self) -> Facts:
        """Writes the output, by the exact kernel alone where differences don't pay."""
        problem = self._problem
        reason, made = self._decide()
        if reason:
            direct.convolve(problem)
            return Facts("exact", compared=self._compared, reason=reason)
        self._make(made)
        above = None
        if len(self._differing) > 1:
            above = (self._kinds == ABOVE).reshape(problem.sizes.groups, -1)
        return Facts(
            "skipping", compared=self._compared, differing=self._differing, made=made, above=above
        )

    def _decide(self) -> tuple[str, int]:
        """Gives why the exact kernel is quicker, if it is, and how many outputs must be made."""
        sizes = self._problem.sizes
        if self._width < COLUMNS:
            return f"rows of fewer than {COLUMNS} windows hold no tile", 0
        worth = self._worth()
        if worth <= 0:
            return "the exact kernel is done as soon as all windows were looked at", 0
        made, seen, every = self._look(worth)
        if made <= worth * seen:
            return "", made * (sizes.filters // sizes.groups)
        part = f" of each {every}th strip of rows" if every > 1 else ""
        return (
            f"{made / seen:.0%} of the windows{part} lie in tiles that differ from their "
            f"reference, and skipping the others pays up to {worth:.0%}"
        ), 0

    def _worth(self) -> float:
        """Gives the share of the outputs up to which it pays to make them in tiles."""
        sizes = self._problem.sizes
        filters = sizes.filters // sizes.groups
        many = direct.side_by_side(filters, self._problem.real)
        looking = LOOKING * len(self._outline.references) * sizes.groups / sizes.filters
        return (SIDE_BY_SIDE if many else WORTH) - (
            looking + STARTING / (sizes.windows * sizes.filters)
        ) / sizes.depth

    def _look(self, worth: float) -> tuple[int, int, int]:
        """Looks at strips of output rows: outputs to be made, all, and how many strips apart."""
        problem, lie = self._problem, self._outline
        above, left = problem.placement.before
        references = lie.references
        room = len(references) * (int(lie.down[-1]) + 1) + 2, lie.pitch
        marks = np.empty(room, np.uint8)
        problem.ledger.count(marks.nbytes)
        *given, self._compared, self._differing = kernels().changes.plan(
            problem.image, self._before[0], problem.sizes.groups, above, left, lie.phases,
            lie.places, references, lie.down, lie.last_down, lie.across, lie.step,
            problem.sizes.rows, self._width, SAMPLES, worth, marks, np.empty_like(lie.down),
            self._counts, self._columns, self._kinds,
        )
        problem.ledger.count(-marks.nbytes)
        problem.runner.count([Part("differences", 0, self._compared)])
        made, seen, every = given
        return made, seen, every

    def _make(self, made: int) -> None:
        """Makes the tiles, and takes the rest over."""
        problem, sizes, ledger = self._problem, self._problem.sizes, self._problem.ledger
        down, across = problem.window
        arranged = Arrangement(
            problem.image.shape, plain(problem.image, problem.real), problem.geometry,
            problem.placement, problem.window, 0,
        )
        bands = split(
            sizes.rows, self._width * sizes.filters * sizes.depth,
            arranged.values_per_row(sizes.channels) * problem.real.itemsize,
            problem.runner.threads, direct.BANDS_EACH,
        )
        height = -(-len(bands[0]) // ROWS) * ROWS
        room, *lie = arranged.bands(height, sizes.channels // sizes.groups)
        tiles = {
            "rows": sizes.rows, "width": self._width, "groups": sizes.groups,
            "counts": self._counts, "columns": self._columns, "kinds": self._kinds,
        }
        problem.runner.expect(2 * made * sizes.depth + self._compared)

        def work(following: NDArray[np.intp], count: NDArray[np.intp], stop: Stop) -> None:
            with ledger.borrow(room, problem.real) if room else nullcontext() as band:
                kernels().skipping.convolve(
                    problem.image, problem.output, band, *lie, down=down, across=across,
                    height=height, weights=problem.filters.reshape(-1), bias=problem.bias,
                    following=following, made=count, stop=stop, **tiles,
                )

        def parts(outputs: int) -> list[Part]:
            given = [dot_products("convolution", outputs, sizes.depth)]
            return given if problem.bias is None else [*given, Part("bias", 0, outputs)]

        problem.runner.share(work, -(-sizes.rows // height), parts, made * sizes.depth)

        def settle(first: int, last: int) -> Job:
            def job(stop: Stop) -> list[Part]:
                if not stop[0]:
                    kernels().taking.settle(
                        problem.output, self._before[1], first=first, last=last, **tiles
                    )
                return []

            return job

        if self._outline.references[:, 2].any():
            share = -(-sizes.filters // problem.runner.threads)
            problem.runner.run(
                (
                    settle(first, min(sizes.filters, first + share))
                    for first in range(0, sizes.filters, share)
                ),
                problem.output.size,
            )
