"""Where the values of a window lie in memory: padded rows, phases, tap offsets."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from .geometry import Geometry, Placement
from .isa import kernels
from .memory import Ledger


@dataclass(frozen=True)
class Rows:
    """Rows of an image, laid out so that a tap is one shifted run of values.

    Attributes
    ----------
    values : 1-D
        Window (y, x), counted from the first row asked for, starts at ``y * row_step + x``.
    offsets : channels x taps, intp
        Place of each tap, counted from the window's start.
    row_step : int
        Distance of the windows of two output rows.
    run : int
        Taps that lie side by side: the window's width, or 1.
    """

    values: NDArray[Any]
    offsets: NDArray[np.intp]
    row_step: int
    run: int

    def channels(self, start: int, stop: int) -> Rows:
        """Gives the same rows, seen by the taps of channels ``start`` to ``stop`` alone."""
        offsets = self.offsets[start:stop]
        base = int(offsets[0, 0])
        return Rows(self.values[base:], offsets - base, self.row_step, self.run)


class Layout:
    """Lays rows of one image out for the kernels, copying only where it must.

    Parameters
    ----------
    image : C x H x W
    geometry, placement
        How the windows lie.
    window : (int, int)
        K_h and K_w.
    real : dtype
        float32 or float64, what the kernels compute in.
    slack : int
        Values past the last window's that a kernel may read (and not use).
    ledger : Ledger
        Counts what is held.
    """

    def __init__(
        self,
        image: NDArray[Any],
        geometry: Geometry,
        placement: Placement,
        window: tuple[int, int],
        real: np.dtype[Any],
        slack: int,
        ledger: Ledger,
    ) -> None:
        self._image = image
        self._geometry = geometry
        self._placement = placement
        self._window = window
        self._real = real
        self._ledger = ledger
        stride, dilation = geometry.strides[1], geometry.dilations[1]
        reach = (placement.output[1] - 1) * stride + (window[1] - 1) * dilation + 1
        self.in_place = (
            stride == 1
            and placement.padded == image.shape[1:]
            and image.dtype == real
            and image.flags.c_contiguous
            and image.flags.aligned
            and slack == 0
        )
        self._phases = stride
        self._places = image.shape[2] if self.in_place else -(-reach // stride) + slack

    def height(self, rows: int) -> int:
        """Rows of the padded image that ``rows`` output rows are made from."""
        return (rows - 1) * self._geometry.strides[0] + (
            self._window[0] - 1
        ) * self._geometry.dilations[0] + 1

    def bytes_per_row(self, channels: int) -> int:
        """Bytes of scratch memory that an output row adds to a band."""
        if self.in_place:
            return 0
        return (
            channels * self._geometry.strides[0] * self._phases * self._places
            * self._real.itemsize
        )

    @contextmanager
    def rows(self, wanted: range, first: int, last: int) -> Iterator[Rows]:
        """Gives what the output rows ``wanted`` see of channels ``first`` to ``last``."""
        top = wanted.start * self._geometry.strides[0]
        if self.in_place:
            plane = self._image.shape[1] * self._image.shape[2]
            start = first * plane + top * self._image.shape[2]
            yield self._described(self._image.reshape(-1)[start:], last - first, plane)
            return
        height = self.height(len(wanted))
        shape = (last - first, height, self._phases, self._places)
        with self._ledger.borrow(shape, self._real) as band:
            before = self._placement.before
            kernels().rows.fill(self._image[first:last], band, top - before[0], before[1])
            plane = height * self._phases * self._places
            yield self._described(band.reshape(-1), last - first, plane)

    def _described(self, values: NDArray[Any], channels: int, plane: int) -> Rows:
        row = self._phases * self._places
        columns = np.arange(self._window[1]) * self._geometry.dilations[1]
        across = columns % self._phases * self._places + columns // self._phases
        down = np.arange(self._window[0]) * self._geometry.dilations[0] * row
        window = (down[:, None] + across).reshape(-1)
        offsets = np.arange(channels)[:, None] * plane + window
        side_by_side = bool((np.diff(across) == 1).all())
        return Rows(
            values,
            offsets.astype(np.intp),
            self._geometry.strides[0] * row,
            self._window[1] if side_by_side else 1,
        )
