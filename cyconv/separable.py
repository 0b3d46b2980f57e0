"""Filters that are a column times a row, run as two passes: across, then down."""

from __future__ import annotations

import functools
import math
from collections.abc import Callable
from contextlib import nullcontext
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from .arrangement import Arrangement, Whole
from .bands import Job, Stop
from .cost import Part, Sizes, dot_products
from .direct import lanes
from .facts import Facts
from .geometry import Geometry, Placement
from .isa import kernels
from .layout import plain
from .problem import Problem

BAND_VALUES = 512 * 1024
"""Values of a band between the passes: as many as a second-level cache has room for. A band costs
a tenth of a millisecond beside its products, more than what smaller ones spare in memory."""

LEAST_SPANS = 4
"""Spans of a window in a band, at least: the rows that two bands share are made twice."""

LEAST_TAPS = 100
LEAST_SAVED = 30_000_000
"""Taps of a filter, and products that are spared, from which on two passes were measured to be
quicker: each moves all pixels, which takes as long as a few dozen products do."""

MOST_FILTERS = 8
"""More filters are better worked on side by side."""

TOLERANCE = 2.0
"""Roundings by which a product of factors may miss a weight: each factor's own, and the weight's,
at half a unit each, and half a unit to spare."""


class Factors(NamedTuple):
    """Columns and rows whose products are the filters.

    Attributes
    ----------
    down : M x C x K_h
    across : M x C x K_w
    """

    down: NDArray[Any]
    across: NDArray[Any]


def factors(filters: NDArray[Any]) -> Factors | None:
    """Gives what filters are products of; None unless each of their planes is one.

    Every weight is checked by itself, relative to its own size, so that the result keeps the
    bound of the direct way: ``n * eps * sum(|w| |x|)`` allows for n roundings, two passes
    make K_h + K_w + 2 of them.

    Parameters
    ----------
    filters : M x C x K_h x K_w
        float32 or float64.
    """
    down = np.empty(filters.shape[:3], filters.dtype)
    across = np.empty((*filters.shape[:2], filters.shape[3]), filters.dtype)
    for place in np.ndindex(filters.shape[:2]):
        found = _factors_of(filters[place])
        if found is None:
            return None
        down[place], across[place] = found
    return Factors(down, across)


def _factors_of(plane: NDArray[Any]) -> tuple[NDArray[Any], NDArray[Any]] | None:
    row, column = np.unravel_index(int(np.abs(plane).argmax()), plane.shape)
    size = float(plane[row, column])
    if not math.isfinite(size):
        return None
    if size == 0.0:
        return np.zeros_like(plane[:, 0]), np.zeros_like(plane[0])
    # What is too small for its type has lost digits; the bound is for sums without underflow.
    least = float(np.finfo(plane.dtype).smallest_subnormal)
    # Through the largest weight: exact for sums and differences, and quickly seen to be wrong.
    pair = plane[:, column].astype(np.float64), plane[row].astype(np.float64) / size
    for some in (slice(None, None, max(1, len(plane) - 1)), slice(None)):
        slip = np.abs(np.outer(pair[0][some], pair[1]) - plane[some])
        if (slip > 1e-3 * np.abs(plane[some]) + least).any():
            return None
    wanted = plane.astype(np.float64)
    simple = _rounded(*pair, plane.dtype)
    if (_product(simple) == wanted).all():
        return simple
    # A step of the power method towards the first singular pair, from one that is nearly there:
    # its roundings don't depend on one row and one column alone.
    down = wanted @ pair[1] / (pair[1] @ pair[1])
    best = _rounded(down, down @ wanted / (down @ down), plane.dtype)
    allowed = TOLERANCE * np.finfo(plane.dtype).eps * np.abs(wanted) + least
    return best if (np.abs(_product(best) - wanted) <= allowed).all() else None


def _product(pair: tuple[NDArray[Any], NDArray[Any]]) -> NDArray[np.float64]:
    return np.outer(pair[0].astype(np.float64), pair[1].astype(np.float64))


def _rounded(
    down: NDArray[np.float64], across: NDArray[np.float64], real: np.dtype[Any]
) -> tuple[NDArray[Any], NDArray[Any]]:
    """Rounds a pair; the sums across are kept below the pixels, that they may not overflow."""
    scale = 2.0 ** math.ceil(math.log2(np.abs(across).sum()))
    return (down * scale).astype(real), (across / scale).astype(real)


class Passes:
    """Where the two passes of a run lie: bands of output rows, each with its rows between.

    The bands follow from the shapes alone: rows that two bands share are made twice, and a
    count of operations must not depend on the number of threads.
    """

    def __init__(self, sizes: Sizes) -> None:
        self._sizes = sizes
        (self._step, _), (dilation, _) = sizes.geometry.strides, sizes.geometry.dilations
        self._span = (sizes.window[0] - 1) * dilation + 1
        self._above = sizes.placement.before[0]
        values = sizes.placement.output[1] * sizes.channels * self._step
        height = max(LEAST_SPANS * self._span // self._step, BAND_VALUES // values) // 4 * 4
        self.bands = [
            range(start, min(start + max(4, height), sizes.rows))
            for start in range(0, sizes.rows, max(4, height))
        ]

    def between(self, band: range) -> tuple[range, int]:
        """Gives the image's rows that a band sees, and the rows of padding above them."""
        first = band.start * self._step - self._above
        last = (band.stop - 1) * self._step + self._span - self._above
        seen = range(max(0, first), min(self._sizes.image[0], last))
        return seen, seen.start - first


def parts(sizes: Sizes, facts: Facts | None = None) -> list[Part]:
    """Gives what a run takes, without bias; the facts don't matter."""
    layout, (down, across) = Passes(sizes), sizes.window
    rows = sum(len(layout.between(band)[0]) for band in layout.bands)
    planes = sizes.filters * sizes.channels
    return [
        dot_products("pass across", planes * rows * sizes.placement.output[1], across),
        dot_products("pass down", sizes.filters * sizes.windows, sizes.channels * down),
    ]


def pays(sizes: Sizes) -> bool:
    """Tells whether two passes are quicker than one, should the filters be separable."""
    if sizes.taps < LEAST_TAPS or sizes.filters > MOST_FILTERS:
        return False
    return sizes.windows * sizes.filters * (sizes.depth - sum(sizes.window)) > LEAST_SAVED


def prepare(problem: Problem) -> Callable[[], Facts] | None:
    """Gives what runs a problem, or None if its filters are no products."""
    sizes, (above, _) = problem.sizes, problem.sizes.placement.before
    # With fewer than two rows and columns the bound has no room for the factors' roundings.
    # Rows shorter than a vector would have the kernel read beyond them, and every band must
    # see a row of the image.
    if (
        sizes.groups > 1
        or min(sizes.window) < 2
        or sizes.placement.output[1] < lanes(problem.real)
        or max(above, sizes.placement.padded[0] - sizes.image[0] - above) >= sizes.window[0]
    ):
        return None
    if problem.prepared is None:
        found = factors(problem.filters)
    else:
        key = "factors", problem.real
        found = problem.prepared.get(key, lambda: factors(problem.filters))
    if found is None:
        return None
    # A plane of filters and what it was compared with, in float64.
    problem.ledger.count(4 * 8 * sizes.taps)
    problem.ledger.count(-4 * 8 * sizes.taps)
    return functools.partial(_convolve, problem, found)


@functools.lru_cache(maxsize=256)
def _passes(sizes: Sizes, readable: bool, rows: int, seen: int, above: int) -> tuple[Whole, Whole]:
    """Gives both passes over a band of ``rows`` output rows that sees ``seen`` image rows."""
    (step, aside), (dilation, spread) = sizes.geometry.strides, sizes.geometry.dilations
    height, breadth = sizes.window
    channels, width = sizes.channels, sizes.placement.output[1]
    left, padded = sizes.placement.before[1], sizes.placement.padded[1]
    across = Arrangement(
        (channels, seen, sizes.image[1]), readable, Geometry((1, aside), 0, (1, spread)),
        Placement((seen, width), (seen, padded), (0, left)), (1, breadth), 0,
    )
    spanned = (rows - 1) * step + (height - 1) * dilation + 1
    down = Arrangement(
        (channels, seen, width), True, Geometry((step, 1), 0, (dilation, 1)),
        Placement((rows, width), (spanned, width), (above, 0)), (height, 1), 0,
    )
    return across.whole(channels, channels), down.whole(channels, 1)


def _convolve(problem: Problem, found: Factors) -> Facts:
    """Writes ``problem.output``, a band of both passes at a time."""
    layout = Passes(problem.sizes)
    products = sum(part.multiplications for part in parts(problem.sizes))
    problem.runner.expect(2 * products)
    jobs: list[Job] = []
    lies: dict[tuple[int, int, int], tuple[Whole, Whole]] = {}
    for band in layout.bands:
        seen, above = layout.between(band)
        image = problem.image[:, seen.start : seen.stop]
        # All but the first band and the last are alike: what lies how is found once.
        shape = len(band), len(seen), above
        if shape not in lies:
            # A single channel's rows lie together, whatever is left out above and below.
            lies[shape] = _passes(problem.sizes, plain(image, problem.real), *shape)
        jobs.append(_band(problem, found, band, image, lies[shape]))
    problem.runner.run(jobs, products)
    return Facts("separable")


def _band(
    problem: Problem, found: Factors, band: range, image: NDArray[Any],
    passes: tuple[Whole, Whole],
) -> Job:
    """Gives the job that makes a band of output rows, filter by filter, from what it sees."""
    sizes, real, width = problem.sizes, problem.real, problem.sizes.placement.output[1]
    rows = slice(band.start * width, band.stop * width)
    shape = sizes.channels, image.shape[1], width

    def run(
        which: Whole, pixels: NDArray[Any], out: NDArray[Any], weights: NDArray[Any],
        bias: NDArray[Any] | None, stop: Stop,
    ) -> int:
        following, made = np.zeros((2, 1), np.intp)
        loan = problem.ledger.borrow(which.room, real) if which.room else nullcontext()
        with loan as room:
            kernels().few.convolve(
                pixels, out, room, *which.lie, weights.reshape(-1), bias, following, made, stop
            )
        return int(made[0])

    def work(stop: Stop) -> list[Part]:
        across = down = 0
        with problem.ledger.borrow(shape, real) as between:
            flat = between.reshape(sizes.channels, -1)
            for each in range(sizes.filters):
                out = problem.output[each : each + 1, rows]
                bias = None if problem.bias is None else problem.bias[each : each + 1]
                across += run(passes[0], image, flat, found.across[each], None, stop)
                down += run(passes[1], between, out, found.down[each], bias, stop)
        counted = [
            dot_products("pass across", across, sizes.window[1]),
            dot_products("pass down", down, sizes.channels * sizes.window[0]),
        ]
        return counted if problem.bias is None else [*counted, Part("bias", 0, down)]

    return work
