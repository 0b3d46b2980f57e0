"""The report's way: the first window in full, of every other the difference, all multiplied."""

from __future__ import annotations

import functools
from contextlib import nullcontext
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from .. import direct
from ..arrangement import Arrangement
from ..bands import Stop, height_forced, split
from ..cost import Part, dot_products
from ..facts import Facts
from ..geometry import Geometry
from ..isa import isa, kernels
from ..layout import plain
from ..problem import Problem, check_shapes

DOUBLE = np.dtype(np.float64)

BAND_SHARE = 4
"""A band's rows, in doubles, may take so many times the memory of others: a second-level cache
is read through row by row, and the rows that two bands share are laid out twice."""


class _Plan(NamedTuple):
    """What follows from shapes alone, worked out once for all runs that have them.

    Attributes
    ----------
    room, scratch : int
        Values of scratch that a thread takes: for a band's rows, and for a tile.
    lie : tuple
        As the kernel says, ``above`` to ``groups``.
    units : int
        Bands.
    """

    room: int
    scratch: int
    lie: tuple[Any, ...]
    units: int


@functools.lru_cache(maxsize=256)
def _plan(
    image: tuple[int, ...], readable: bool, filters: tuple[int, ...], geometry: Geometry,
    threads: int, level: str, forced: int | None,
) -> _Plan:
    """Plans runs of some shape; ``level`` and ``forced`` are told to be told apart."""
    placement, sizes = check_shapes(image, filters, geometry)
    kernel, (rows, width) = kernels().differences, placement.output
    slack = -width % kernel.STEP if width < kernel.COLUMNS else 0
    arranged = Arrangement(image, readable, geometry, placement, sizes.window, slack)
    bands = split(
        rows, width * sizes.filters * sizes.depth,
        arranged.values_per_row(sizes.channels) * DOUBLE.itemsize // BAND_SHARE, threads,
        direct.BANDS_EACH,
    )
    room, *lie = arranged.bands(len(bands[0]), sizes.channels // sizes.groups)
    return _Plan(
        room, kernel.room_for(sizes.filters // sizes.groups),
        (*lie, rows, width, len(bands[0]), *sizes.window, sizes.groups), len(bands),
    )


def run(problem: Problem, threshold: float, as_published: bool) -> Facts:
    """Writes ``problem.output`` band by band: what the first window gives, and differences.

    Differences and their products are kept in float64 and the result is rounded once. Windows
    without any difference above the threshold are not multiplied, unless as published.
    """
    sizes, runner, ledger = problem.sizes, problem.runner, problem.ledger
    plan = _plan(
        problem.image.shape, plain(problem.image, DOUBLE), problem.filters.shape,
        problem.geometry, runner.threads, isa(), height_forced(),
    )
    reference = _first_window(problem)
    weights = problem.filters.reshape(sizes.filters, -1).astype(DOUBLE, copy=False)
    bias = None if problem.bias is None else problem.bias.astype(DOUBLE, copy=False)
    base = np.empty(sizes.filters)
    ledger.count(reference.nbytes + weights.nbytes + base.nbytes)
    first = kernels().differences.multiply_reference(weights, reference, base)
    def work(following: NDArray[np.intp], made: NDArray[np.intp], stop: Stop) -> None:
        with (
            ledger.borrow(plan.room, DOUBLE) if plan.room else nullcontext() as band,
            ledger.borrow(plan.scratch, DOUBLE) as scratch,
        ):
            kernels().differences.convolve(
                problem.image, problem.output, band, *plan.lie, weights, reference, base, bias,
                threshold, as_published, scratch, following, made, stop,
            )

    def parts(made: int, subtracted: int) -> list[Part]:
        given = [
            Part("differences", 0, subtracted * sizes.depth),
            dot_products("convolution", first + made, sizes.depth),
        ]
        if not as_published:
            given.append(Part("add back", 0, made))
        return given if bias is None else [*given, Part("bias", 0, first + made)]

    made, _ = runner.share(
        work, plan.units, parts, sizes.windows * sizes.filters * sizes.depth, 2
    )
    return Facts(made=first + made)


def _first_window(problem: Problem) -> NDArray[np.float64]:
    """Gives the first window of each group, groups x D; what lies beside the image is 0."""
    window = np.zeros((len(problem.image), *problem.window))
    inside, seen = [], []
    for axis in (0, 1):
        places = (
            np.arange(problem.window[axis]) * problem.geometry.dilations[axis]
            - problem.placement.before[axis]
        )
        there = (places >= 0) & (places < problem.image.shape[1 + axis])
        inside.append(np.flatnonzero(there))
        seen.append(places[there])
    every = np.arange(len(problem.image))
    window[np.ix_(every, *inside)] = problem.image[np.ix_(every, *seen)]
    return window.reshape(problem.sizes.groups, -1)
