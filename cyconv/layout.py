"""Where the values of a window lie in memory: padded rows, phases, tap offsets."""

from __future__ import annotations

import functools
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from .bands import Job, Runner, Stop, split
from .cost import Part
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
        if base := int(offsets[0, 0]):
            offsets = offsets - base
        return Rows(self.values[base:], offsets, self.row_step, self.run)


class Bands(NamedTuple):
    """How bands of output rows lie, for kernels that lay rows out themselves.

    Attributes
    ----------
    room : int
        Values of room that a band takes; 0 where the image is read in place.
    above, left, phases, places, step, span, offsets
        As the kernels say.
    """

    room: int
    above: int
    left: int
    phases: int
    places: int
    step: int
    span: int
    offsets: NDArray[np.intp]


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
        self._placement = placement
        # Steps that are never taken, as a single row or tap has none, must take no room.
        self._strides = _steps(geometry.strides, placement.output)
        self._dilations = _steps(geometry.dilations, window)
        self._window = window
        self._real = real
        self._ledger = ledger
        stride = self._strides[1]
        reach = (placement.output[1] - 1) * stride + (window[1] - 1) * self._dilations[1] + 1
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
        # Taps lie side by side where a step of theirs is a step of the windows.
        self._run = window[1] if self._dilations[1] == stride else 1

    @property
    def step(self) -> int:
        """Padded rows between the windows of two output rows."""
        return self._strides[0]

    @property
    def span(self) -> int:
        """Padded rows under one window."""
        return (self._window[0] - 1) * self._dilations[0] + 1

    def height(self, rows: int) -> int:
        """Rows of the padded image that ``rows`` output rows are made from."""
        return (rows - 1) * self.step + self.span

    def bytes_per_row(self, channels: int) -> int:
        """Bytes of scratch memory that an output row adds to a band."""
        if self.in_place:
            return 0
        return channels * self._strides[0] * self._phases * self._places * self._real.itemsize

    def bands(self, height: int, channels: int) -> Bands:
        """Describes bands of ``height`` output rows, whose windows see so many channels."""
        room = 0
        row, pitch = self._image.shape[2], self._image.shape[1] * self._image.shape[2]
        if not self.in_place:
            pitch = self._phases * self._places
            row = len(self._image) * pitch
            room = self.height(min(height, self._placement.output[0])) * row
        above, left = self._placement.before
        return Bands(
            room, above, left, self._phases, self._places, self.step, self.span,
            self._tap_offsets(channels, pitch, row).reshape(-1),
        )

    @contextmanager
    def rows(self, wanted: range, first: int, last: int) -> Iterator[Rows]:
        """Gives what the output rows ``wanted`` see of channels ``first`` to ``last``."""
        top = wanted.start * self._strides[0]
        if self.in_place:
            plane = self._image.shape[1] * self._image.shape[2]
            start = first * plane + top * self._image.shape[2]
            yield self._described(self._image.reshape(-1)[start:], last - first, plane)
            return
        with self._room(len(wanted), last - first) as band:
            self._fill(self._image[first:last], band, top)
            yield self._described(band.reshape(-1), last - first, band[0].size)

    @contextmanager
    def whole(self, runner: Runner) -> Iterator[Rows]:
        """Gives what all output rows see of all channels, laid out as a stage of a run."""
        rows = range(self._placement.output[0])
        if self.in_place:
            with self.rows(rows, 0, len(self._image)) as laid_out:
                yield laid_out
            return
        with self._room(len(rows), len(self._image)) as room:
            height, row_bytes = room.shape[1], room[0, 0].nbytes
            runner.run(
                (
                    self._fill_job(channel, room, band)
                    for channel in range(len(room))
                    for band in split(height, 0, row_bytes, 1)
                ),
                room.size,
            )
            yield self._described(room.reshape(-1), len(room), room[0].size)

    def _room(self, rows: int, channels: int) -> AbstractContextManager[NDArray[Any]]:
        """Lends room for what so many output rows see."""
        shape = channels, self.height(rows), self._phases, self._places
        return self._ledger.borrow(shape, self._real)

    def _fill(self, image: NDArray[Any], band: NDArray[Any], top: int) -> None:
        """Lays rows of an image out, from row ``top`` of the padded one on."""
        before = self._placement.before
        kernels().rows.fill(image, band, top - before[0], before[1])

    def _fill_job(self, channel: int, room: NDArray[Any], band: range) -> Job:
        def work(stop: Stop) -> list[Part]:
            if not stop[0]:
                self._fill(
                    self._image[channel : channel + 1],
                    room[channel : channel + 1, band.start : band.stop],
                    band.start,
                )
            return []

        return work

    def _described(self, values: NDArray[Any], channels: int, plane: int) -> Rows:
        row = self._phases * self._places
        offsets = self._tap_offsets(channels, plane, row)
        return Rows(values, offsets, self._strides[0] * row, self._run)

    def _tap_offsets(self, channels: int, plane: int, row: int) -> NDArray[np.intp]:
        """Gives the place of each tap, channels x taps, counted from the window's start."""
        return tap_offsets(
            channels, plane, row, self._places, self._phases, self._window, self._dilations
        )


@functools.lru_cache(maxsize=64)
def tap_offsets(
    channels: int, plane: int, row: int, places: int, phases: int, window: tuple[int, int],
    dilations: tuple[int, int],
) -> NDArray[np.intp]:
    """Gives the place of each tap, channels x taps, counted from the window's start.

    Kept from run to run: a layer's are the same for every image.
    """
    columns = np.arange(window[1]) * dilations[1]
    across = columns % phases * places + columns // phases
    down = np.arange(window[0]) * dilations[0] * row
    offsets = np.arange(channels)[:, None] * plane + (down[:, None] + across).reshape(-1)
    offsets.flags.writeable = False
    return offsets


def _steps(steps: tuple[int, int], counts: tuple[int, int]) -> tuple[int, int]:
    """Gives the distances of so many rows and columns, 1 where there is but one."""
    return (steps[0] if counts[0] > 1 else 1, steps[1] if counts[1] > 1 else 1)
