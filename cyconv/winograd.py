"""Winograd's minimal filtering for 3 x 3 filters: 36 products in place of 144."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any, cast

import numpy as np
from numpy.typing import NDArray

from .bands import Job, Stop
from .cost import Part, Sizes, dot_products
from .direct import lanes
from .facts import Facts
from .isa import isa, kernels
from .memory import Ledger
from .problem import Problem

SIDE = 4
POINTS = 36

BAND_VALUES = 1024 * 1024
"""Values of transformed tiles in a band: with fewer, all filters are read for few tiles."""

FILTER = np.array([
    [1 / 4, 0, 0],
    [-1 / 6, -1 / 6, -1 / 6],
    [-1 / 6, 1 / 6, -1 / 6],
    [1 / 24, 1 / 12, 1 / 6],
    [1 / 24, -1 / 12, 1 / 6],
    [0, 0, 1],
])  # fmt: skip
"""G of F(4, 3): Lavin and Gray, "Fast algorithms for convolutional neural networks", 4.3."""

PLANE = 6 * 3 * 3 + 6 * 6 * 3, 6 * 3 * 2 + 6 * 6 * 2
TILE_IN = 12 * 7, 12 * 12
TILE_OUT = 10 * 3, 10 * 10
"""Multiplications and additions: of G g G^T as two matrix products; of B^T d B, twelve times
six values; and of A^T m A, ten times six values."""


def prepare(problem: Problem) -> Callable[[], Facts] | None:
    """Gives what runs a problem, or None where windows are not 3 x 3, side by side."""
    geometry = problem.geometry
    if problem.window != (3, 3) or geometry.strides != (1, 1) or geometry.dilations != (1, 1):
        return None
    return functools.partial(_convolve, problem)


def parts(sizes: Sizes, facts: Facts | None) -> list[Part]:
    """Gives what a run takes, without bias; prepared filters are transformed already."""
    tiles = -(-sizes.rows // SIDE) * -(-sizes.placement.output[1] // SIDE)
    planes = sizes.filters * sizes.channels // sizes.groups
    set_up = [Part("transform filters", *(each * planes for each in PLANE))]
    return [
        *([] if facts is not None and facts.prepared else set_up),
        Part("transform tiles", *(each * tiles * sizes.channels for each in TILE_IN)),
        dot_products("products", POINTS * tiles * sizes.filters, sizes.channels // sizes.groups),
        Part("transform back", *(each * tiles * sizes.filters for each in TILE_OUT)),
    ]


def _transformed(problem: Problem) -> NDArray[Any]:
    """Gives G g G^T of every filter, laid out for the kernel: (36 M) x C/groups."""
    sizes = problem.sizes
    points = np.einsum(
        "iy,mcyx,jx->ijmc", FILTER, problem.filters.astype(np.float64), FILTER, optimize=True
    )
    return np.ascontiguousarray(points.reshape(POINTS * sizes.filters, -1), problem.real)


def _weights(problem: Problem) -> NDArray[Any]:
    """Gives the transformed filters side by side in vectors, point by point."""
    sizes, real, kernel = problem.sizes, problem.real, kernels().lanes
    depth, groups = sizes.channels // sizes.groups, POINTS * sizes.groups
    padded = kernel.padded(POINTS * sizes.filters, groups, lanes(real))

    def laid_out(ledger: Ledger) -> NDArray[Any]:
        weights = ledger.array(padded * depth, real)
        kernel.lay_out(_transformed(problem), groups, weights)
        return weights

    if problem.prepared is None:
        return laid_out(problem.ledger)
    key = "winograd", isa(), real, sizes.groups
    return cast("NDArray[Any]", problem.prepared.get(key, lambda: laid_out(Ledger())))


def _convolve(problem: Problem) -> Facts:
    """Writes ``problem.output``."""
    sizes = problem.sizes
    facts = Facts("winograd", prepared=problem.prepared is not None)
    counted = parts(sizes, facts)
    problem.runner.expect(sum(part.multiplications + part.additions for part in counted))
    weights = _weights(problem)
    if not facts.prepared:
        problem.runner.count(counted[:1])
    down, across = -(-sizes.rows // SIDE), -(-sizes.placement.output[1] // SIDE)
    together = max(1, BAND_VALUES // (POINTS * (sizes.channels + sizes.filters) * across))
    threads = problem.runner.threads
    together = min(together, max(1, -(-down // threads)))
    problem.runner.run(
        [
            _band(problem, weights, first, min(together, down - first), across)
            for first in range(0, down, together)
        ],
        POINTS * down * across * sizes.filters * sizes.channels // sizes.groups,
    )
    return facts


@functools.lru_cache(maxsize=64)
def _offsets(depth: int, tiles: int) -> NDArray[np.intp]:
    """Gives where each channel's value of a tile lies, counted from the first's."""
    return np.arange(depth) * tiles


def _band(problem: Problem, weights: NDArray[Any], first: int, rows: int, across: int) -> Job:
    """Gives the job that makes so many rows of tiles."""
    sizes, real, tiling = problem.sizes, problem.real, kernels().tiling
    tiles, depth = rows * across, sizes.channels // sizes.groups
    length = tiles + tiling.SLACK
    above, left = sizes.placement.before
    width = sizes.placement.output[1]

    def work(stop: Stop) -> list[Part]:
        ledger, groups = problem.ledger, POINTS * sizes.groups
        following, made = np.zeros((2, 1), np.intp)
        if stop[0]:
            return []
        with (
            ledger.borrow(POINTS * sizes.channels * length, real) as seen,
            ledger.borrow(POINTS * sizes.filters * tiles + tiling.SLACK, real) as met,
        ):
            with ledger.borrow(tiling.room_for(rows, across), real) as room:
                tiling.tiles_in(
                    problem.image, room, above, left, first * SIDE, rows, across, seen
                )
            kernels().lanes.convolve(
                seen.reshape(-1, 1, length), met[: -tiling.SLACK].reshape(-1, tiles), None, 0, 0,
                1, length, 1, 1, _offsets(depth, length), 1, tiles, 1, 1, groups, groups, weights,
                None, following, made, stop,
            )
            tiling.tiles_out(
                met, rows, across, first * SIDE, width, problem.bias, problem.output
            )
        lines = min(rows * SIDE, sizes.rows - first * SIDE)
        bias = [] if problem.bias is None else [Part("bias", 0, lines * width * sizes.filters)]
        return [
            Part("transform tiles", *(each * tiles * sizes.channels for each in TILE_IN)),
            dot_products("products", int(made[0]), depth),
            Part("transform back", *(each * tiles * sizes.filters for each in TILE_OUT)),
            *bias,
        ]

    return work
