"""How an output is cut into tiles that go by way of frequencies, and what they cost."""

from __future__ import annotations

import functools
from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from .cost import Part, Sizes
from .frequencies import cost

SIDES = (16, 32, 64, 128, 256)
EIGHT = 8
"""Columns are transformed back in eights, however long a vector is."""

PAIR = 1_000_000
"""Operations that could be made while a pair of tiles is set up."""

Place = tuple[int, int, int, int]
"""A tile's first output row and column, and its rows and columns of outputs."""


class Tiles(NamedTuple):
    """How an output is cut into tiles.

    Attributes
    ----------
    down, across : int
        Pixels of a tile.
    rows, columns : int
        Outputs of a tile, but for the last ones.
    number : int
        Of tiles.
    """

    down: int
    across: int
    rows: int
    columns: int
    number: int

    @property
    def pairs(self) -> int:
        """Pairs of tiles; the last may have one tile."""
        return -(-self.number // 2)

    def places(self, output: tuple[int, int]) -> Iterator[Place]:
        """Gives the places of all tiles of an output."""
        for row in range(0, output[0], self.rows):
            for column in range(0, output[1], self.columns):
                yield (
                    row, column, min(self.rows, output[0] - row),
                    min(self.columns, output[1] - column),
                )  # fmt: skip


@functools.lru_cache(maxsize=64)
def tiles(sizes: Sizes) -> Tiles | None:
    """Gives the tiles that take the fewest operations; None where windows are too large."""
    found = [
        _tiles(sizes, down, across)
        for down in SIDES if down >= 2 * sizes.window[0] - 1
        for across in SIDES if across >= 2 * sizes.window[1] - 1
    ]  # fmt: skip
    return min(
        found, key=lambda each: operations(sizes, each) + PAIR * each.pairs, default=None
    )


def _tiles(sizes: Sizes, down: int, across: int) -> Tiles:
    output, window = sizes.placement.output, sizes.window
    # As few tiles as possible, all of one size, or nearly so.
    rows = -(-output[0] // -(-output[0] // (down - window[0] + 1)))
    columns = -(-output[1] // -(-output[1] // (across - window[1] + 1)))
    return Tiles(
        down, across, rows, columns, -(-output[0] // rows) * -(-output[1] // columns)
    )


def operations(sizes: Sizes, cut: Tiles) -> int:
    """Gives the operations of a whole run, the filters' transforms with them."""
    parts = [*filter_parts(sizes, cut), *pair_parts(sizes, cut, cut.pairs)]
    return sum(part.multiplications + part.additions for part in parts)


def _part(name: str, counts: NDArray[np.int64]) -> Part:
    return Part(name, int(counts[0]), int(counts[1]))


def filter_parts(sizes: Sizes, cut: Tiles) -> list[Part]:
    """Gives what the filters' frequencies take: a transform, and scaling."""
    each = cut.across * cost(cut.down) + cut.down * cost(cut.across)
    each += (2 * cut.down * cut.across, 0)
    return [_part("transform filters", sizes.filters * sizes.channels * each)]


@functools.lru_cache(maxsize=64)
def pair_parts(sizes: Sizes, cut: Tiles, pairs: int) -> tuple[Part, ...]:
    """Gives what so many pairs of tiles take."""
    columns = min(cut.across, -(-cut.columns // EIGHT) * EIGHT)
    points, planes = cut.down * cut.across, sizes.filters * sizes.channels
    there = cut.across * cost(cut.down) + cut.down * cost(cut.across)
    back = columns * cost(cut.down) + cut.down * cost(cut.across)
    products = points * np.array([4 * planes, 4 * planes - 2 * sizes.filters])
    return (
        _part("transform tiles", pairs * sizes.channels * there),
        _part("products", pairs * products),
        _part("transform back", pairs * sizes.filters * back),
    )


def windows_cost(sizes: Sizes, rows: int, columns: int) -> int:
    """Gives the additions that it takes to count what each of so many windows sees.

    Pixels come into and leave a sum a column; of these, runs of two, four and so on are put
    together as the bits of the window's width say.
    """
    height, width = sizes.window
    down, across = rows + height - 1, columns + width - 1
    steps = [1 << bit for bit in range(width.bit_length())]
    each = width.bit_count() * columns + sum(max(0, across - 2 * step + 1) for step in steps)
    return sizes.channels * across * (2 * down - height) + rows * each
