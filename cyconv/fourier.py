"""Large filters by way of frequencies, where that keeps the bound of the direct way."""

from __future__ import annotations

import functools
import math
from collections.abc import Callable
from typing import Any, NamedTuple, cast

import numpy as np
from numpy.typing import NDArray

from .arrangement import Arrangement
from .bands import Stop
from .cost import Part, Sizes, dot_products
from .direct import lanes
from .facts import Facts
from .fourier_tiles import (
    Place,
    Tiles,
    filter_parts,
    operations,
    pair_parts,
    tiles,
    windows_cost,
)
from .frequencies import least_sums, roots, slip
from .geometry import Geometry, Placement
from .isa import isa, kernels
from .memory import Ledger
from .problem import Problem

MOST_FILTERS = 16
"""Each takes planes of its own; more of them are better worked on side by side."""

DEARER = 14
"""How many times as long as in the direct way an operation takes, as measured."""

FLOAT = np.dtype(np.float32)


def parts(sizes: Sizes, facts: Facts | None = None) -> list[Part]:
    """Gives what a run takes, without bias; with no facts, as if all tiles took this way."""
    cut = tiles(sizes)
    if cut is None:
        raise ValueError(f"path 'fourier' needs {NEEDS}")
    pairs, counted, made = (facts and facts.tiles) or (cut.pairs, 0, 0)
    set_up = [] if facts is not None and facts.prepared else filter_parts(sizes, cut)
    return [*set_up, *_parts(sizes, cut, (pairs, counted, made))]


def _parts(sizes: Sizes, cut: Tiles, done: tuple[int, int, int]) -> list[Part]:
    """Gives what pairs of tiles took, of which a fact is known: always the same parts."""
    pairs, counted, made = done
    return [
        Part("count pixels", 0, counted),
        *pair_parts(sizes, cut, pairs),
        dot_products("in full", made, sizes.depth),
    ]


NEEDS = (
    "float32 sums, finite filters of up to 128 x 128 taps and at most 16 of them, in one group, "
    "at stride 1 and dilation 1"
)


def pays(sizes: Sizes) -> bool:
    """Tells whether this way is quicker than the direct one."""
    if not _suits(sizes):
        return False
    direct = 2 * sizes.windows * sizes.filters * sizes.depth
    return direct > DEARER * operations(sizes, cast(Tiles, tiles(sizes)))


def _suits(sizes: Sizes) -> bool:
    geometry = sizes.geometry
    return (
        sizes.groups == 1
        and sizes.filters <= MOST_FILTERS
        and geometry.strides == (1, 1)
        and geometry.dilations == (1, 1)
        and tiles(sizes) is not None
    )


def prepare(problem: Problem) -> Callable[[], Facts] | None:
    """Gives what runs a problem, or None where filters or geometry don't suit."""
    if problem.real != FLOAT or not _suits(problem.sizes):
        return None
    if not np.isfinite(problem.filters).all():
        return None
    return functools.partial(_convolve, problem, cast(Tiles, tiles(problem.sizes)))


class _Bank(NamedTuple):
    """What follows from the filters.

    Attributes
    ----------
    spectra : M x C x (down / lanes) x (across * 2 * lanes)
    least : 1-D
        As :func:`cyconv.frequencies.least_sums` says.
    sums : M
        Of the absolute weights.
    """

    spectra: NDArray[Any]
    least: NDArray[Any]
    sums: NDArray[Any]


def _bank(problem: Problem, cut: Tiles) -> _Bank:
    def made(ledger: Ledger) -> _Bank:
        kernel, filters, reals = kernels().fourier, problem.filters, np.dtype(np.float64)
        shape = cut.down // kernel.LANES, cut.across * 2 * kernel.LANES
        spectra = ledger.array((*filters.shape[:2], *shape), reals)
        around = roots(cut.down), roots(cut.across)
        with ledger.borrow(_planes(1, cut), reals) as planes:
            for index in np.ndindex(filters.shape[:2]):
                planes[...] = 0
                kernel.fill(filters[index][None], 0, 0, 0, cut.down, planes)
                kernel.spectrum(planes, cut.down, *around, spectra[index])
        sums = np.abs(filters.astype(np.float64)).sum(axis=(1, 2, 3))
        return _Bank(spectra, least_sums(filters), sums)

    if problem.prepared is None:
        return made(problem.ledger)
    key = "frequencies", isa(), cut.down, cut.across
    return cast(_Bank, problem.prepared.get(key, lambda: made(Ledger())))


def _planes(count: int, cut: Tiles) -> tuple[int, int, int]:
    kernel = kernels().fourier
    return count, cut.across // kernel.LANES, kernel.pitch_for(cut.down)


def _convolve(problem: Problem, cut: Tiles) -> Facts:
    """Writes ``problem.output``, a pair of tiles at a time."""
    sizes = problem.sizes
    problem.runner.expect(operations(sizes, cut))
    prepared = problem.prepared is not None
    bank = _bank(problem, cut)
    if not prepared:
        problem.runner.count(filter_parts(sizes, cut))
    pairs = _Pairs(problem, cut, bank)
    done, counted, made, _ = problem.runner.share(
        pairs.work, cut.pairs, pairs.parts,
        sum(part.multiplications for part in pair_parts(sizes, cut, cut.pairs)), COUNTS,
    )
    return Facts("fourier", prepared=prepared, tiles=(done, counted, made))


COUNTS = 4
"""What threads count: pairs done, additions for counting pixels, outputs made in the direct way,
and all outputs."""


class _Pairs:
    """Pairs of tiles, which threads take one after another until none is left.

    What is alike for all of them is made ready once: beside a pair's quarter of a millisecond,
    calls that do little are felt.
    """

    def __init__(self, problem: Problem, cut: Tiles, bank: _Bank) -> None:
        self._problem, self._cut, self._bank = problem, cut, bank
        places = list(cut.places(problem.sizes.placement.output))
        # Taking the next is one step of the interpreter, which no other thread interrupts.
        self._queue = iter([places[at : at + 2] for at in range(0, len(places), 2)])
        self._roots = roots(cut.down), roots(cut.across)
        self._above, self._beside = problem.sizes.placement.before
        # The error of a sum that there and back makes, of pixels of 1.
        self._slip = slip(cut.down, cut.across, problem.sizes.channels)
        self._slip *= math.sqrt(2 * cut.down * cut.across)

    def parts(self, pairs: int, counted: int, made: int, outputs: int) -> list[Part]:
        """Gives what was done so far."""
        problem = self._problem
        parts = _parts(problem.sizes, self._cut, (pairs, counted, made))
        return parts if problem.bias is None else [*parts, Part("bias", 0, outputs)]

    def work(self, following: NDArray[np.intp], made: NDArray[np.intp], stop: Stop) -> None:
        """Does a thread's part."""
        problem, sizes, cut, kernel = self._problem, self._problem.sizes, self._cut, kernels()
        reals, lines = np.dtype(np.float64), cut.across * 2 * kernel.fourier.LANES
        borrow, placed = problem.ledger.borrow, np.zeros((2, 4), np.intp)
        with (
            borrow(_planes(max(sizes.channels, sizes.filters), cut), reals) as planes,
            borrow((sizes.channels + 1, lines), reals) as room,
        ):
            for places in self._queue:
                if stop[0]:
                    return
                outputs = sum([rows * columns for _, _, rows, columns in places])
                off, counted = self._examined(places, planes, room)
                if off is None:
                    for place in places:
                        _in_full(problem, place)
                    made[2] += outputs * sizes.filters
                else:
                    placed.fill(0)
                    placed[: len(places)] = places
                    kernel.fourier.convolve(
                        planes, cut.down, *self._roots, self._bank.spectra, room,
                        off * self._bank.sums, problem.bias, placed, cut.columns,
                        sizes.placement.output[1], problem.output,
                    )
                    made[0] += 1
                made[1] += counted
                made[3] += outputs * sizes.filters

    def _examined(
        self, places: list[Place], planes: NDArray[Any], room: NDArray[Any]
    ) -> tuple[float | None, int]:
        """Lays a pair of tiles out, and tells how far they would be off by way of frequencies.

        Returns
        -------
        off : float or None
            Relative to a filter's sum of absolute weights; None where that could be more than
            the direct way's bound allows for.
        counted : int
            Additions that it took.

        Notes
        -----
        A sum of n products may be off by ``n eps sum(|w| |x|)``, half an eps of which its own
        rounding can take. What is smaller than ``off`` is taken for 0, which makes twice that. A
        window of k pixels other than 0 has a sum of at least the smallest of them times the k
        smallest weights.
        """
        kernel, sizes, image = kernels().fourier, self._problem.sizes, self._problem.image
        cut, least, most = self._cut, math.inf, 0.0
        zeros = [0, 0]
        for part in range(2):
            # Where there is but one tile, the other lies below the image.
            top, left = image.shape[1], 0
            if part < len(places):
                top, left = places[part][0] - self._above, places[part][1] - self._beside
            smallest, largest, zeros[part] = kernel.fill(image, top, left, part, cut.down, planes)
            # The largest of numbers that may not be numbers is none that can be relied on.
            if not math.isfinite(largest):
                return None, 0
            least, most = min(least, smallest), max(most, largest)
        if most == 0:
            return 0.0, 0
        off = self._slip * most
        wanted = 2 * off / ((sizes.depth - 0.5) * float(np.finfo(FLOAT).eps) * least)
        if not wanted <= 1:
            return None, 0
        counted = 0
        for part, (_, _, rows, columns) in enumerate(places):
            if not zeros[part]:
                continue
            counted += windows_cost(sizes, rows, columns)
            pixels = kernel.fewest(
                planes, part, sizes.channels, cut.down, *sizes.window, rows, columns, room
            )
            if pixels and self._bank.least[pixels] < wanted:
                return None, counted
        return off, counted


def _in_full(problem: Problem, place: Place) -> None:
    """Makes the outputs of one tile in the direct way."""
    sizes, (row, column, rows, columns) = problem.sizes, place
    (above, left), (height, width) = sizes.placement.before, sizes.window
    spans = []
    for first, length, whole in (
        (row - above, rows + height - 1, sizes.image[0]),
        (column - left, columns + width - 1, sizes.image[1]),
    ):
        start = min(max(0, first), whole - 1)
        spans.append((slice(start, max(start + 1, min(whole, first + length))), start - first))
    (down, over), (across, beside) = spans
    pixels = problem.image[:, down, across]
    arranged = Arrangement(
        pixels.shape, False, Geometry(),
        Placement((rows, columns), (rows + height - 1, columns + width - 1), (over, beside)),
        sizes.window, max(0, lanes(FLOAT) - columns),
    ).whole(sizes.channels, 1)
    following, made = np.zeros((2, 1), np.intp)
    with (
        problem.ledger.borrow(arranged.room, FLOAT) as room,
        problem.ledger.borrow((sizes.filters, rows * columns), FLOAT) as out,
    ):
        kernels().few.convolve(
            pixels, out, room, *arranged.lie, problem.filters.reshape(-1), problem.bias,
            following, made, np.zeros(1, np.intc),
        )
        output = problem.output.reshape(sizes.filters, *sizes.placement.output)
        output[:, row : row + rows, column : column + columns] = out.reshape(
            sizes.filters, rows, columns
        )
