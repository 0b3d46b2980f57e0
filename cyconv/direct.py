"""Exact convolution by the kernel that suits the filters."""

from __future__ import annotations

from contextlib import nullcontext
from typing import Any

import numpy as np
from numpy.typing import NDArray

from .bands import Stop, split
from .cost import Part, dot_products
from .isa import isa, kernels
from .layout import Bands, Layout
from .memory import Ledger
from .problem import Problem

BANDS_EACH = 8
"""Bands a thread: the last to be done should not be waited for long."""

CACHED_WEIGHTS = 1024 * 1024
"""Bytes of weights that stay in a second-level cache from band to band."""

LEAST_LANES = 4
"""Fewer filters than this are worked on one at a time, however short the vectors."""


def lanes(real: np.dtype[Any]) -> int:
    """Gives the values in a vector."""
    return int(kernels().lanes.BYTES) // real.itemsize


def side_by_side(filters: int, real: np.dtype[Any]) -> bool:
    """Tells whether so many filters of a group are best laid side by side in vectors.

    Half a vector of filters is worth more than one at a time: each value of a window is read
    once for all of them.
    """
    return filters >= max(LEAST_LANES, lanes(real) // 2)


def _parts(problem: Problem, made: int) -> list[Part]:
    """Gives what so many outputs took."""
    parts = [dot_products("convolution", made, problem.sizes.depth)]
    if problem.bias is not None:
        parts.append(Part("bias", 0, made))
    return parts


class _Run:
    """What the two ways of running share: layout, bands, and the call of a thread."""

    def __init__(self, problem: Problem, slack: int, weight_bytes: int = 0) -> None:
        sizes, self.problem = problem.sizes, problem
        self.width = problem.placement.output[1]
        layout = Layout(
            problem.image, problem.geometry, problem.placement, problem.window,
            problem.real, slack, problem.ledger,
        )
        # Weights that no cache holds come from memory again in every band: then rather few
        # bands, and threads share the filters.
        threads = problem.runner.threads if weight_bytes < CACHED_WEIGHTS else 1
        bands = split(
            sizes.rows, self.width * sizes.filters * sizes.depth,
            layout.bytes_per_row(sizes.channels), threads, BANDS_EACH,
        )
        self.height, self.count = len(bands[0]), len(bands)
        self.bands: Bands = layout.bands(self.height, sizes.channels // sizes.groups)

    def go(self, kernel: Any, units: int, **rest: Any) -> None:
        """Runs a kernel on as many threads as are of use."""
        problem, sizes = self.problem, self.problem.sizes
        room, *lie = self.bands

        def work(following: NDArray[np.intp], made: NDArray[np.intp], stop: Stop) -> None:
            with problem.ledger.borrow(room, problem.real) if room else nullcontext() as band:
                kernel(
                    problem.image, problem.output, band, *lie,
                    rows=sizes.rows, width=self.width, height=self.height,
                    groups=sizes.groups, following=following, made=made, stop=stop, **rest,
                )

        problem.runner.share(
            work, units, lambda made: _parts(problem, made),
            sizes.windows * sizes.filters * sizes.depth,
        )


def _one_by_one(problem: Problem) -> None:
    """Runs the filters one after another: the image's rows are read where they lie."""
    run = _Run(problem, max(0, lanes(problem.real) - problem.placement.output[1]))
    down, across = problem.window
    run.go(
        kernels().few.convolve, run.count, down=down, across=across,
        weights=problem.filters.reshape(-1), bias=problem.bias,
    )


def _many(problem: Problem) -> None:
    """Runs all filters at once, side by side in vectors."""
    kernel, sizes, groups = kernels().lanes, problem.sizes, problem.sizes.groups
    padded = kernel.padded(sizes.filters, groups, lanes(problem.real))
    run = _Run(problem, 0, padded * sizes.depth * problem.real.itemsize)

    def laid_out(ledger: Ledger) -> NDArray[Any]:
        weights = ledger.array(padded * sizes.depth, problem.real)
        kernel.lay_out(problem.filters.reshape(sizes.filters, -1), groups, weights)
        return weights

    if problem.prepared is None:
        weights = laid_out(problem.ledger)
    else:
        key = "side by side", isa(), problem.real, groups
        weights = problem.prepared.get(key, lambda: laid_out(Ledger()))
    bias = None
    if problem.bias is not None:
        bias = problem.ledger.array(padded, problem.real)
        rows = bias.reshape(groups, -1)
        rows[:, : sizes.filters // groups] = problem.bias.reshape(groups, -1)
        rows[:, sizes.filters // groups :] = 0
    shares = _shares(problem, run.count)
    run.go(
        kernel.convolve, run.count * groups * shares, shares=groups * shares,
        weights=weights, bias=bias,
    )


def _shares(problem: Problem, bands: int) -> int:
    """Gives into how many units a group's filters are split: few rows make too few bands."""
    threads = problem.runner.threads
    if threads == 1 or bands * problem.sizes.groups >= 4 * threads:
        return 1
    vectors = problem.sizes.filters // problem.sizes.groups // (2 * lanes(problem.real))
    return max(1, min(vectors, -(-4 * threads // (bands * problem.sizes.groups))))


def convolve(problem: Problem) -> None:
    """Writes ``problem.output``."""
    sizes = problem.sizes
    problem.runner.expect(sizes.windows * sizes.filters * (2 * sizes.depth - 1))
    if side_by_side(sizes.filters // sizes.groups, problem.real):
        _many(problem)
    else:
        _one_by_one(problem)
