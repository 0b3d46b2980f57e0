"""Outputs whose windows equal their reference are taken over, tile by tile; others are exact."""

from __future__ import annotations

import functools
from contextlib import nullcontext
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from .. import direct
from ..arrangement import Arrangement
from ..bands import Job, Stop, height_forced, split
from ..cost import Part, Sizes, dot_products
from ..facts import Facts
from ..geometry import Geometry
from ..isa import isa, kernels
from ..layout import plain
from ..problem import Problem, check_shapes
from . import channels

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

LOOKING = 7
"""Products that the time of looking for differences, and of taking over, is worth, an output
and reference."""

STARTING = 1_000_000
"""Products that the time of setting all that up is worth."""

Before = tuple[NDArray[Any], NDArray[Any]]


class _Plan(NamedTuple):
    """What follows from shapes alone, worked out once for all runs that have them.

    Attributes
    ----------
    marks, places : shape, int
        Scratch of the kernel that looks at windows.
    look : tuple
        How the windows lie, as that kernel says, ``above`` to ``width``.
    references : int
        Of which one is taken for each strip.
    strips, most : int
        Strips of all groups, and tiles of one.
    room, spans : int
        Scratch of the kernel that makes tiles, for a band.
    lie : tuple
        As that kernel says, ``above`` to ``groups``.
    units : int
        Bands.
    """

    marks: tuple[int, int]
    places: int
    look: tuple[Any, ...]
    references: int
    strips: int
    most: int
    room: int
    spans: int
    lie: tuple[Any, ...]
    units: int


@functools.lru_cache(maxsize=256)
def _plan(
    image: tuple[int, ...], readable: bool, filters: tuple[int, ...], geometry: Geometry,
    real: np.dtype[Any], kinds: tuple[int, ...], threads: int, level: str, forced: int | None,
) -> _Plan:
    """Plans runs of some shape; ``level`` and ``forced`` are told to be told apart."""
    placement, sizes = check_shapes(image, filters, geometry)
    window, (rows, width) = sizes.window, placement.output
    # Steps that are never taken, as a single row or tap has none, must take no room.
    (step, stride), (dilation, spread) = (
        tuple(each if count > 1 else 1 for each, count in zip(steps, counts, strict=True))
        for steps, counts in ((geometry.strides, placement.output), (geometry.dilations, window))
    )
    seen = [
        np.unique(np.add.outer(np.arange(height) * step, np.arange(window[0]) * dilation))
        for height in (min(ROWS, rows), (rows - 1) % ROWS + 1)
    ]
    steps = {LEFT: (0, stride, LEFT), ABOVE: (step, 0, ABOVE), BEFORE: (0, 0, BEFORE)}
    reach = (width - 1) * stride + (window[1] - 1) * spread + 1
    look = (
        *placement.before, np.array([steps[kind] for kind in kinds]), *seen, window[1], spread,
        stride, step * ROWS, rows, width,
    )
    arranged = Arrangement(image, readable, geometry, placement, window, 0)
    bands = split(
        rows, width * sizes.filters * sizes.depth,
        arranged.values_per_row(sizes.channels) * real.itemsize, threads, direct.BANDS_EACH,
    )
    height = -(-len(bands[0]) // ROWS) * ROWS
    room, *lie = arranged.bands(height, sizes.channels // sizes.groups)
    return _Plan(
        (len(kinds) * (int(seen[0][-1]) + 1) + 2, (reach + 126) // 64), len(seen[0]), look,
        len(kinds), sizes.groups * -(-rows // ROWS), -(-width // COLUMNS), room,
        -(-arranged.places // kernels().skipping.PLACES),
        (*lie, *window, rows, width, height, sizes.groups), -(-rows // height),
    )


class _Found(NamedTuple):
    """What a look at the windows found: tiles to be made, and what it took.

    Attributes
    ----------
    counts, columns, kinds
        Tiles of each strip, where they begin, and what the strip takes the rest from.
    made, seen : int
        Outputs that tiles hold, and all, of the strips looked at.
    every : int
        Of how many strips one was looked at.
    compared : int
    differing : tuple of int
    """

    counts: NDArray[np.intp]
    columns: NDArray[np.intp]
    kinds: NDArray[np.uint8]
    made: int
    seen: int
    every: int
    compared: int
    differing: tuple[int, ...]


def run(problem: Problem, kinds: tuple[int, ...], before: Before | None = None) -> Facts:
    """Writes the output, by the exact kernel alone where differences don't pay.

    Of channels that are all alike one is multiplied, unless another image is compared with.

    Parameters
    ----------
    problem : Problem
    kinds : tuple of int
        What a strip may take outputs from; of two the one that leaves the fewest tiles.
    before : (C x H x W, M x N), optional
        For BEFORE an image, in memory like the problem's, and its outputs.
    """
    single, paired = channels.single(problem) if before is None else (None, 0)
    looked = channels.parts(problem.sizes, paired, single is not None)
    problem = single or problem
    sizes, image = problem.sizes, problem.image
    worth, compared = _worth(sizes, len(kinds), problem.real), 0
    reason = "the exact kernel is done as soon as all windows were looked at"
    if problem.placement.output[1] < COLUMNS:
        worth, reason = 0, f"rows of fewer than {COLUMNS} windows hold no tile"
    if worth > 0:
        plan = _plan(
            image.shape, plain(image, problem.real), problem.filters.shape, problem.geometry,
            problem.real, kinds, problem.runner.threads, isa(), height_forced(),
        )
        found = _look(problem, plan, before, worth)
        compared = found.compared
        if compared:
            looked.append(Part("differences", 0, compared))
        if found.made <= worth * found.seen:
            problem.runner.count(looked)
            return Facts(
                "skipping", compared=compared, paired=paired, alike=single is not None,
                differing=found.differing, made=_make(problem, plan, before, found),
                above=_above(found, plan, sizes.groups),
            )
        part = f" of each {found.every}th strip of rows" if found.every > 1 else ""
        reason = (
            f"{found.made / found.seen:.0%} of the windows{part} lie in tiles that differ from "
            f"their reference, and skipping the others pays up to {worth:.0%}"
        )
    if looked:
        problem.runner.count(looked)
    direct.convolve(problem)
    return Facts(
        "exact", compared=compared, paired=paired, alike=single is not None, reason=reason
    )


def _above(found: _Found, plan: _Plan, groups: int) -> NDArray[Any] | None:
    """Tells which strips took the window above, where there was a choice."""
    if plan.references == 1:
        return None
    above: NDArray[Any] = (found.kinds == ABOVE).reshape(groups, -1)
    return above


def _worth(sizes: Sizes, references: int, real: np.dtype[Any]) -> float:
    """Gives the share of the outputs up to which it pays to make them in tiles."""
    many = direct.side_by_side(sizes.filters // sizes.groups, real)
    looking = LOOKING * references * sizes.groups / sizes.filters
    return (SIDE_BY_SIDE if many else WORTH) - (
        looking + STARTING / (sizes.windows * sizes.filters)
    ) / sizes.depth


def _look(problem: Problem, plan: _Plan, before: Before | None, worth: float) -> _Found:
    """Looks at strips of output rows: at some, and at all if these are worth it."""
    strips = plan.strips
    counts, places = np.empty(strips, np.intp), np.empty(plan.places, np.intp)
    columns, kinds = np.empty((strips + 1, plan.most), np.intp), np.empty(strips, np.uint8)
    marks = np.empty(plan.marks, np.uint64)
    problem.ledger.count(marks.nbytes + columns.nbytes + counts.nbytes + kinds.nbytes)
    found = kernels().changes.plan(
        problem.image, before and before[0], problem.sizes.groups, *plan.look, SAMPLES,
        worth, marks, places, counts, columns, kinds,
    )
    problem.ledger.count(-marks.nbytes)
    return _Found(counts, columns, kinds, *found)


def _make(problem: Problem, plan: _Plan, before: Before | None, found: _Found) -> int:
    """Makes the tiles, and takes the rest over; gives the outputs that tiles hold."""
    sizes, runner, ledger = problem.sizes, problem.runner, problem.ledger
    tiles = found.counts, found.columns, found.kinds
    made = found.made * (sizes.filters // sizes.groups)
    weight = made * sizes.depth
    alone = runner.sharing(plan.units, weight) == 1
    runner.expect(2 * weight + found.compared)

    def work(following: NDArray[np.intp], count: NDArray[np.intp], stop: Stop) -> None:
        ready = np.empty(plan.spans, np.intp)
        with ledger.borrow(plan.room, problem.real) if plan.room else nullcontext() as band:
            kernels().skipping.convolve(
                problem.image, problem.output, band, *plan.lie, problem.filters.reshape(-1),
                problem.bias, *tiles, before and before[1], ready, alone, following, count, stop,
            )

    def parts(outputs: int) -> list[Part]:
        given = [dot_products("convolution", outputs, sizes.depth)]
        return given if problem.bias is None else [*given, Part("bias", 0, outputs)]

    runner.share(work, plan.units, parts, weight)
    if not alone and (found.kinds == ABOVE).any():
        _settle(problem, tiles)
    return made


def _settle(problem: Problem, tiles: tuple[NDArray[Any], ...]) -> None:
    """Takes over what is taken from the row above, once all tiles are made."""
    sizes, width = problem.sizes, problem.placement.output[1]

    def settle(first: int, last: int) -> Job:
        def job(stop: Stop) -> list[Part]:
            if not stop[0]:
                kernels().taking.settle(
                    problem.output, sizes.rows, width, sizes.groups, *tiles, first, last
                )
            return []

        return job

    share = -(-sizes.filters // problem.runner.threads)
    problem.runner.run(
        (
            settle(first, min(sizes.filters, first + share))
            for first in range(0, sizes.filters, share)
        ),
        problem.output.size,
    )
