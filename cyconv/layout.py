"""Rows of an image, laid out for the kernels; copied only where they must be."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from .arrangement import Arrangement
from .bands import Job, Runner, Stop, split
from .cost import Part
from .isa import kernels
from .problem import Problem


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
    windows, gap : int
        Where several images lie one below the other: windows of one, and how many there would
        be room for until the next one's. Of one image, 0.
    """

    values: NDArray[Any]
    offsets: NDArray[np.intp]
    row_step: int
    run: int
    windows: int = 0
    gap: int = 0

    def raster(self, windows: NDArray[Any]) -> NDArray[Any]:
        """Gives the numbers that windows have in one raster with the room between images."""
        return windows + windows // self.windows * self.gap if self.gap else windows

    def channels(self, start: int, stop: int) -> Rows:
        """Gives the same rows, seen by the taps of channels ``start`` to ``stop`` alone."""
        offsets = self.offsets[start:stop]
        if base := int(offsets[0, 0]):
            offsets = offsets - base
        return Rows(self.values[base:], offsets, self.row_step, self.run)


class Layout:
    """Lays rows of one image out for the kernels, copying only where it must.

    Parameters
    ----------
    problem : Problem
        Its image is laid out, its ledger counts what is held.
    """

    def __init__(self, problem: Problem) -> None:
        self._image, self._real = problem.image, problem.real
        self._placement, self._ledger = problem.placement, problem.ledger
        self._lie = Arrangement(
            problem.image.shape, plain(problem.image, problem.real), problem.geometry,
            problem.placement, problem.window, 0,
        )

    @property
    def in_place(self) -> bool:
        """Whether rows are read where they lie."""
        return self._lie.in_place

    def bytes_per_row(self, channels: int) -> int:
        """Bytes of scratch memory that an output row adds to a band."""
        return self._lie.values_per_row(channels) * self._real.itemsize

    @contextmanager
    def rows(self, wanted: range, first: int, last: int) -> Iterator[Rows]:
        """Gives what the output rows ``wanted`` see of channels ``first`` to ``last``."""
        top = wanted.start * self._lie.step
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
            channels, height, row_bytes = *room.shape[:2], room[0, 0].nbytes
            if runner.inline(room.size):
                runner.run([self._fill_job(range(channels), room, range(height))], room.size)
            else:
                runner.run(
                    (
                        self._fill_job(range(channel, channel + 1), room, band)
                        for channel in range(channels)
                        for band in split(height, 0, row_bytes, 1)
                    ),
                    room.size,
                )
            yield self._described(room.reshape(-1), len(room), room[0].size)

    def _room(self, rows: int, channels: int) -> AbstractContextManager[NDArray[Any]]:
        """Lends room for what so many output rows see."""
        shape = channels, self._lie.height(rows), self._lie.phases, self._lie.places
        return self._ledger.borrow(shape, self._real)

    def _fill(self, image: NDArray[Any], band: NDArray[Any], top: int) -> None:
        """Lays rows of an image out, from row ``top`` of the padded one on."""
        before = self._placement.before
        kernels().rows.fill(image, band, top - before[0], before[1])

    def _fill_job(self, channels: range, room: NDArray[Any], band: range) -> Job:
        planes, rows = slice(channels.start, channels.stop), slice(band.start, band.stop)

        def work(stop: Stop) -> list[Part]:
            if not stop[0]:
                self._fill(self._image[planes], room[planes, rows], band.start)
            return []

        return work

    def _described(self, values: NDArray[Any], channels: int, plane: int) -> Rows:
        row = self._lie.phases * self._lie.places
        offsets = self._lie.tap_offsets(channels, plane, row)
        return Rows(values, offsets, self._lie.step * row, self._lie.run)


def plain(image: NDArray[Any], real: np.dtype[Any]) -> bool:
    """Tells whether kernels that compute in ``real`` could read an image where it lies."""
    flags = image.flags
    return image.dtype == real and flags.c_contiguous and flags.aligned
