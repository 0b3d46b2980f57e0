"""Exact convolution by the kernel that suits the filters."""

from __future__ import annotations

import functools
from collections.abc import Callable
from contextlib import nullcontext
from typing import Any, NamedTuple, cast

import numpy as np
from numpy.typing import NDArray

from .arrangement import Arrangement
from .bands import Stop, height_forced, split
from .cost import Part, Sizes, dot_products
from .facts import Facts
from .geometry import Geometry
from .isa import isa, kernels
from .layout import plain
from .memory import Ledger
from .problem import Problem, check_shapes

BANDS_EACH = 8
"""Bands a thread: the last to be done should not be waited for long."""

CACHED_WEIGHTS = 1024 * 1024
"""Bytes of weights that stay in a second-level cache from band to band."""

TILE_BYTES = 64 * 1024
"""Bytes of windows that are packed at once, at the most, unless one tile has more."""

TILE_BYTES_UNCACHED = 512 * 1024
"""Likewise where weights come from memory: the more windows meet them each time, the better."""

TRANSPOSED = 12
"""Taps that transposing a block's sums takes as long as: measured, with what is moved anyway."""

PACKED = 12
"""Likewise packing, where there are as many filters as taps; it is shared by all filters. Measured
at v4, where both ways then take as long; at v3 packing takes less."""

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


def abreast(sizes: Sizes, real: np.dtype[Any]) -> bool:
    """Tells whether many filters are best run with windows side by side, rather than filters.

    Then sums need not be transposed, but windows are packed, and the last vector of a plane is
    full only by chance. That pays where the taps are few, unless filters are so few as well
    that packing takes longer, or a plane so small that its last vector does.
    """
    made = -(-sizes.windows // lanes(real)) * lanes(real)
    members = sizes.filters // sizes.groups
    # Of a tap a channel packing is one copy of the image, and not felt.
    packing = 0 if sizes.taps == 1 else PACKED * sizes.depth / members
    wasted = sizes.depth * (made - sizes.windows) / sizes.windows
    return packing + wasted <= TRANSPOSED


def parts(sizes: Sizes, facts: Facts | None = None) -> list[Part]:
    """Gives what a run takes, without bias; the facts don't matter."""
    return [dot_products("convolution", sizes.windows * sizes.filters, sizes.depth)]


def _parts(problem: Problem, made: int) -> list[Part]:
    """Gives what so many outputs took."""
    parts = [dot_products("convolution", made, problem.sizes.depth)]
    if problem.bias is not None:
        parts.append(Part("bias", 0, made))
    return parts


def weight(sizes: Sizes) -> int:
    """Gives the multiplications of a run, by which it is decided whether threads share it."""
    return sizes.windows * sizes.filters * sizes.depth


class Readable(NamedTuple):
    """Whether an image lies so that a kernel could read it there: all do, or that of few filters.

    Attributes
    ----------
    plain, bytes : bool
        As what is computed in, or as bytes.
    """

    plain: bool
    bytes: bool

    @classmethod
    def of(cls, image: NDArray[Any], real: np.dtype[Any]) -> Readable:
        """Looks at an image; float64 is not computed of bytes read in place."""
        as_bytes = image.dtype == np.uint8 and real == np.float32
        return cls(plain(image, real), as_bytes and image.flags.c_contiguous)


class Plan(NamedTuple):
    """What follows from shapes alone, worked out once for all runs that have them.

    Attributes
    ----------
    kernel : callable
        Of the level in use.
    bank : module or None
        What lays filters out, where they are not worked on one at a time.
    padded : int
        Filters and what fills the last vectors or blocks up.
    room, packed : int
        Values of room that a band takes, and windows that are packed.
    lie : tuple
        As the kernels say, ``above`` to ``groups``.
    units : int
        Units of work.
    """

    kernel: Any
    bank: Any
    padded: int
    room: int
    packed: int
    lie: tuple[Any, ...]
    units: int


@functools.lru_cache(maxsize=256)
def _plan(
    image: tuple[int, ...], readable: Readable, filters: tuple[int, ...], geometry: Geometry,
    real: np.dtype[Any], threads: int, level: str, forced: int | None,
) -> Plan:
    """Plans runs of some shape; ``level`` and ``forced`` are told to be told apart."""
    placement, sizes = check_shapes(image, filters, geometry)
    groups, width = sizes.groups, placement.output[1]
    bank = _bank(sizes, real)
    slack = 0 if bank else max(0, lanes(real) - width)
    in_place = readable.plain or (readable.bytes and not bank and _reads_bytes(geometry, width))
    padded = bank.padded(sizes.filters, groups, lanes(real)) if bank else sizes.filters
    arranged = Arrangement(
        image, in_place, geometry, placement, (filters[2], filters[3]), slack,
        kernels().lanes.HOPS if bank is kernels().lanes else 1,
    )
    # Weights that no cache holds come from memory again in every band: then rather few
    # bands, and threads share the filters.
    cached = not bank or padded * sizes.depth * real.itemsize < CACHED_WEIGHTS
    bands = split(
        sizes.rows, width * sizes.filters * sizes.depth,
        arranged.values_per_row(sizes.channels) * real.itemsize, threads if cached else 1,
        BANDS_EACH,
    )
    room, *rest = arranged.bands(len(bands[0]), sizes.channels // groups)
    lie: tuple[Any, ...] = (*rest, sizes.rows, width, len(bands[0]))
    if not bank:
        lie = (*lie, *filters[2:], groups)
        return Plan(kernels().few.convolve, None, padded, room, 0, lie, len(bands))
    shares = groups * _shares(sizes, real, threads, len(bands))
    packed = 0
    if bank is kernels().columns:
        tile = sizes.depth * bank.BYTES
        room_for = TILE_BYTES if cached else TILE_BYTES_UNCACHED
        tiles = min(max(1, room_for // tile), -(-len(bands[0]) * width // (2 * lanes(real))))
        packed = (tiles * tile + bank.BYTES // 2) // real.itemsize
    else:
        lie = (*lie, arranged.hop)
    lie = (*lie, shares, groups)
    return Plan(bank.convolve, bank, padded, room, packed, lie, len(bands) * shares)


def _reads_bytes(geometry: Geometry, width: int) -> bool:
    """Tells whether the kernel of few filters reads an image of bytes where it lies."""
    close = geometry.strides == geometry.dilations == (1, 1)
    return close and 0 < kernels().few.BYTES_WIDTH <= width


def _bank(sizes: Sizes, real: np.dtype[Any]) -> Any:
    """Gives the kernel that runs many filters at once, None where they are few."""
    if not side_by_side(sizes.filters // sizes.groups, real):
        return None
    return kernels().columns if abreast(sizes, real) else kernels().lanes


def _shares(sizes: Sizes, real: np.dtype[Any], threads: int, bands: int) -> int:
    """Gives into how many units a group's filters are split: few rows make too few bands."""
    if threads == 1 or bands * sizes.groups >= 4 * threads:
        return 1
    vectors = sizes.filters // sizes.groups // (2 * lanes(real))
    return max(1, min(vectors, -(-4 * threads // (bands * sizes.groups))))


def plan(problem: Problem) -> Plan:
    """Gives the plan for a problem; for one like it that was planned before, the same."""
    return _plan(
        problem.image.shape, Readable.of(problem.image, problem.real), problem.filters.shape,
        problem.geometry, problem.real, problem.runner.threads, isa(), height_forced(),
    )


def weights(problem: Problem, plan: Plan) -> NDArray[Any]:
    """Gives the filters as a plan's kernel reads them."""
    sizes, real = problem.sizes, problem.real
    if not plan.bank:
        return problem.filters.reshape(-1)

    def laid_out(ledger: Ledger) -> NDArray[Any]:
        packed = ledger.array(plan.padded * sizes.depth, real)
        plan.bank.lay_out(problem.filters.reshape(sizes.filters, -1), sizes.groups, packed)
        return packed

    if problem.prepared is None:
        return laid_out(problem.ledger)
    key = plan.bank.__name__, isa(), real, sizes.groups
    return cast("NDArray[Any]", problem.prepared.get(key, lambda: laid_out(Ledger())))


def _bias(problem: Problem, padded: int) -> NDArray[Any] | None:
    """Gives the bias side by side as the filters are, zeros beside zeros."""
    if problem.bias is None:
        return None
    groups, members = problem.sizes.groups, problem.sizes.filters // problem.sizes.groups
    bias = problem.ledger.array(padded, problem.real)
    rows = bias.reshape(groups, -1)
    rows[:, :members] = problem.bias.reshape(groups, -1)
    rows[:, members:] = 0
    return bias


def prepare(problem: Problem) -> Callable[[], Facts]:
    """Gives what runs a problem."""
    return functools.partial(convolve, problem)


def call(
    plan: Plan, image: NDArray[Any], output: NDArray[Any], room: NDArray[Any] | None,
    packed: NDArray[Any] | None, weights: NDArray[Any], bias: NDArray[Any] | None,
    following: NDArray[np.intp], made: NDArray[np.intp], stop: Stop,
) -> None:
    """Runs a plan's kernel: a thread's part of the work."""
    plan.kernel(
        image, output, room, *plan.lie, weights, bias, following, made, stop,
        *((packed,) if plan.packed else ()),
    )


def convolve(problem: Problem) -> Facts:
    """Writes ``problem.output``."""
    sizes, image, real, runner = problem.sizes, problem.image, problem.real, problem.runner
    runner.expect(sizes.windows * sizes.filters * (2 * sizes.depth - 1))
    planned = plan(problem)
    laid_out, bias = weights(problem, planned), problem.bias
    if planned.bank and not planned.packed:
        bias = _bias(problem, planned.padded)

    def work(following: NDArray[np.intp], made: NDArray[np.intp], stop: Stop) -> None:
        borrow = problem.ledger.borrow
        room = borrow(planned.room, real) if planned.room else nullcontext()
        packed = borrow(planned.packed, real) if planned.packed else nullcontext()
        with room as band, packed as tiles:
            call(
                planned, image, problem.output, band, tiles, laid_out, bias, following, made, stop
            )

    runner.share(
        work, planned.units, lambda made: _parts(problem, made), weight(sizes)
    )
    return Facts("direct")
