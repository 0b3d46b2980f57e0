"""Columns of a matrix times filters, and the filters packed for it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from typing import Any

import numpy as np
from numpy.typing import NDArray

from .bands import Stop
from .isa import kernels
from .memory import Ledger

SUMS_BYTES = 128 * 1024
"""Sums that wait for the next chunk of taps, at the most: a part of a second-level cache."""


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
    # A copy in another type is held until it is laid out.
    copied = 0 if np.may_share_memory(flat, filters) else flat.nbytes
    ledger.count(copied)
    tiles = kernels().tiles
    packed = ledger.array(tiles.padded(len(flat)) * flat.shape[1], real)
    tiles.lay_out(flat, packed)
    ledger.count(-copied)
    return packed


class Bank:
    """Filters ready to be multiplied with windows that are columns of a matrix.

    Parameters
    ----------
    filters : M x ...
        Flattened to M x D.
    real : dtype
    bias : M, or None
    ledger : Ledger
    """

    def __init__(
        self,
        filters: NDArray[Any],
        real: np.dtype[Any],
        bias: NDArray[Any] | None,
        ledger: Ledger,
    ) -> None:
        flat = filters.reshape(len(filters), -1)
        self.depth = flat.shape[1]
        self._real = real
        self._bias = bias
        self._ledger = ledger
        self._columns: tuple[int, NDArray[np.intp]] = 0, np.zeros(0, np.intp)
        self._weights = pack_blocks(flat, real, ledger)

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
            offsets = np.arange(self.depth) * step
            self._columns = step, offsets
        with self._room() as (room, sums):
            made = kernels().tiles.multiply(
                matrix.reshape(-1), offsets, 0, out.shape[1], 0, out.shape[1],
                self._weights, self._bias, room, sums, out, stop,
            )
        return int(made)
