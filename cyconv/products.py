"""Windows times filters: the kernel that suits the numbers, and the weights packed for it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from typing import Any

import numpy as np
from numpy.typing import NDArray

from .bands import Stop
from .isa import kernels
from .layout import Rows
from .memory import CACHE_LINE, Ledger

FEW = 3
"""Up to so many filters are worked on one at a time: packing tiles would not pay."""

SUMS_BYTES = 128 * 1024
"""Sums that wait for the next chunk of taps, at the most: a part of a second-level cache."""

NARROW = 16
"""Outputs under so many columns are packed in any case, as tiles can span rows."""


def suits_few(filters: int, width: int) -> bool:
    """Tells whether the kernel for few filters is the faster one."""
    return filters <= FEW and width >= NARROW


def slack(filters: int, width: int, real: np.dtype[Any]) -> int:
    """Values past a row's end that the kernel chosen for these numbers reads."""
    if not suits_few(filters, width):
        return 0
    return max(0, int(kernels().few.COLUMNS[real.name]) - width)


def pack_blocks(filters: NDArray[Any], real: np.dtype[Any], ledger: Ledger) -> NDArray[Any]:
    """Lays filters out as the tile kernel reads them: chunk by chunk, block by block.

    Parameters
    ----------
    filters : M x ...
        Flattened to M x D.
    real : dtype
        What the kernel computes in.
    ledger : Ledger
        Counts what is held.

    Returns
    -------
    1-D
        For each chunk of taps and each block of filters a row of weights a tap; the last block
        is filled up with zeros (their products are thrown away).
    """
    flat = np.ascontiguousarray(filters.reshape(len(filters), -1), real)
    tiles = kernels().tiles
    packed = ledger.array(tiles.padded(len(flat)) * flat.shape[1], real)
    tiles.lay_out(flat, packed)
    return packed


class Bank:
    """Filters ready to be multiplied with windows, again and again.

    Parameters
    ----------
    filters : M x ... x K_h x K_w, or M x D
    width : int
        Windows in a row.
    real : dtype
    bias : M, or None
    ledger : Ledger
    few : bool or None
        Whether to take the kernel for few filters, which wants whole rows; None chooses.
    groups : int
        Groups that the filters are in; more than one for the kernel for few filters alone.
    """

    def __init__(
        self,
        filters: NDArray[Any],
        width: int,
        real: np.dtype[Any],
        bias: NDArray[Any] | None,
        ledger: Ledger,
        few: bool | None = None,
        groups: int = 1,
    ) -> None:
        flat = filters.reshape(len(filters), -1)
        self.depth = flat.shape[1]
        self._window = filters.shape[-2:] if filters.ndim > 2 else (1, 1)
        self._width = width
        self._real = real
        self._bias = bias
        self._ledger = ledger
        self._columns: tuple[int, NDArray[np.intp]] = 0, np.zeros((0, 1), np.intp)
        self._groups = groups
        self._few = suits_few(len(flat), width) if few is None else few
        if self._few:
            self._weights = np.ascontiguousarray(flat, real).reshape(-1)
        else:
            self._weights = pack_blocks(flat, real, ledger)

    def give_back(self) -> None:
        """Notes that what is kept here is held no longer than the jobs that use it."""
        packed = 0 if self._few else self._weights.nbytes + CACHE_LINE
        self._ledger.count(-packed - self._columns[1].nbytes)

    def multiply(self, rows: Rows, first: int, last: int, out: NDArray[Any], stop: Stop) -> int:
        """Multiplies windows ``first`` to ``last`` of ``rows`` with all filters.

        Parameters
        ----------
        rows : Rows
            Of the channels of all groups.
        first, last : int
            For few filters whole rows: both multiples of the width.
        out : M x (last - first)
        stop : 1
            Set to end early.

        Returns
        -------
        int
            Outputs made, each with D multiplications and D - 1 additions.
        """
        channels = len(rows.offsets) // self._groups
        offsets = np.ascontiguousarray(rows.offsets[:channels].reshape(-1))
        if self._few:
            start = first // self._width * rows.row_step
            apart = int(rows.offsets[channels, 0] - offsets[0]) if self._groups > 1 else 0
            made = kernels().few.multiply(
                rows.values[start:], offsets, *self._window, rows.row_step, self._width,
                (last - first) // self._width, self._groups, apart, self._weights, self._bias,
                out, stop,
            )
        else:
            with self._room() as (room, sums):
                made = kernels().tiles.multiply(
                    rows.values, offsets, rows.row_step, self._width, first, last,
                    self._weights, self._bias, room, sums, out, stop,
                )
        return int(made)

    @contextmanager
    def _room(self) -> Iterator[tuple[NDArray[Any], NDArray[Any] | None]]:
        """Lends the tile kernel room to pack windows in, and to keep their sums if it must."""
        tiles = kernels().tiles
        columns = tiles.COLUMNS[self._real.name]
        with ExitStack() as stack:
            borrow = self._ledger.borrow
            room = stack.enter_context(
                borrow(tiles.CHUNK * columns + columns // 2, self._real)
            )
            sums = None
            if self.depth > tiles.CHUNK:
                tile = columns * self._weights.size // self.depth
                together = max(1, SUMS_BYTES // (tile * self._real.itemsize))
                sums = stack.enter_context(borrow(together * tile, self._real))
            yield room, sums

    def multiply_columns(self, matrix: NDArray[Any], out: NDArray[Any], stop: Stop) -> int:
        """Multiplies the first columns of a matrix, a row a tap, with all filters.

        Parameters
        ----------
        matrix : D x (n or more)
            Contiguous.
        out : M x n
        stop : 1
            Set to end early.

        Returns
        -------
        int
            Outputs made, each with D multiplications and D - 1 additions.
        """
        step, offsets = self._columns
        if step != matrix.shape[1]:
            step = matrix.shape[1]
            self._ledger.count((self.depth - offsets.size) * offsets.itemsize)
            offsets = np.arange(self.depth)[:, None] * step
            self._columns = step, offsets
        rows = Rows(matrix.reshape(-1), offsets, 0, 1)
        return self.multiply(rows, 0, out.shape[1], out, stop)
