"""Representatives of clusters: means of windows, read where they lie best."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from math import gcd
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from ..bands import Stop
from ..isa import kernels
from ..layout import Rows
from ..problem import Problem
from .clustering import offsets_of
from .spans import Span

Counts = tuple[int, int]


class Write(Protocol):
    """Writes the means of some clusters, a row a value."""

    def __call__(
        self, order: NDArray[np.int32], starts: NDArray[np.int32], clusters: range,
        out: NDArray[Any], stop: Stop,
    ) -> Counts:
        """Writes ``out``; gives the divisions and additions made."""


class Means(Protocol):
    """Gives the means of clusters."""

    def of(self, span: Span, most: int) -> AbstractContextManager[Write]:
        """Gives what writes the means of ``most`` members of a span's clusters."""


class RowMeans:
    """Means of windows in the rows that every kernel reads.

    Parameters
    ----------
    problem : Problem
    rows : Rows
    doubling : bool
        Whether to sum up as the report published it.
    """

    def __init__(self, problem: Problem, rows: Rows, doubling: bool) -> None:
        self._problem, self._rows, self._doubling = problem, rows, doubling

    @contextmanager
    def of(self, span: Span, most: int) -> Iterator[Write]:
        """Gives what writes the means of ``most`` members of a span's clusters."""
        rows, width = self._rows, self._problem.placement.output[1]
        offsets = offsets_of(rows, span, self._problem.sizes.depth)
        run = gcd(rows.run, span.start, span.stop)
        # Runs may be of one value each, and each takes eight.
        with self._problem.ledger.borrow(8 * span.length, np.float64) as sums:

            def write(
                order: NDArray[np.int32], starts: NDArray[np.int32], clusters: range,
                out: NDArray[Any], stop: Stop,
            ) -> Counts:
                where = rows.values, offsets, run, rows.row_step, width, order, starts
                first, last = clusters.start, clusters.stop
                if self._doubling:
                    divided, added = kernels().clusters.centroids(
                        *where, first, last, True, sums[: span.length], out, stop
                    )
                else:
                    divided, added = kernels().tables.means(
                        *where, first, last, most, sums, out, stop
                    )
                return divided, added

            yield write


class PixelMeans:
    """Means of windows of 8-bit pixels, whose channels lie side by side.

    Parameters
    ----------
    problem : Problem
        Its image is of uint8.
    pixels : 1-D
        The padded image, and some bytes more.
    channels : int
        That lie side by side: all, or 1 where each plane lies by itself.
    plane, pitch : int
        Bytes of a plane (0 where there is but one), and of a row.
    """

    def __init__(
        self, problem: Problem, pixels: NDArray[np.uint8], channels: int, plane: int, pitch: int
    ) -> None:
        self._problem, self._pixels, self._channels = problem, pixels, channels
        self._plane, self._pitch = plane, pitch
        down, across = problem.window
        self._rows = np.arange(down) * problem.geometry.dilations[0] * pitch
        places = np.arange(channels) * problem.sizes.taps + np.arange(across)[:, None]
        self._taps = (np.arange(down)[:, None] * across + places.reshape(-1)).reshape(-1)

    @contextmanager
    def of(self, span: Span, most: int) -> Iterator[Write]:
        """Gives what writes the means of ``most`` members of a span's clusters."""
        problem, kernel = self._problem, kernels().pixels
        run = problem.window[1] * self._channels
        room = len(self._rows) * (-(-run // kernel.LONGEST) * kernel.LONGEST)
        down, across = problem.geometry.strides
        # Spans of one channel follow each other as planes do.
        first = span.group * problem.sizes.depth + span.start
        pixels = self._pixels[first // problem.sizes.taps * self._plane :]
        borrow = problem.ledger.borrow
        with (
            borrow(room, np.uint16) as few,
            borrow(room, np.uint64) as many,
            borrow(room, problem.real) as values,
        ):

            def write(
                order: NDArray[np.int32], starts: NDArray[np.int32], clusters: range,
                out: NDArray[Any], stop: Stop,
            ) -> Counts:
                divided, added = kernel.means(
                    pixels, self._rows, run, self._taps, down * self._pitch,
                    across * self._channels, problem.placement.output[1], order, starts,
                    clusters.start, clusters.stop, most, few, many, values, out, stop,
                )
                return divided, added

            yield write


@contextmanager
def means_of(
    problem: Problem, rows: Rows, spans: Sequence[Span], doubling: bool
) -> Iterator[Means]:
    """Gives what makes means best: from bytes where pixels are such and runs of them long."""
    sizes = problem.sizes
    whole = sizes.groups == 1 and len(spans) == 1
    single = all(span.length == sizes.taps for span in spans)
    side_by_side = problem.geometry.dilations[1] == 1 or problem.window[1] == 1
    if doubling or problem.image.dtype != np.uint8 or not side_by_side or not (whole or single):
        yield RowMeans(problem, rows, doubling)
        return
    height, width = problem.placement.padded
    channels = sizes.channels if whole else 1
    planes = sizes.channels // channels
    size, slack = height * width * sizes.channels, kernels().pixels.LONGEST
    top, left = problem.placement.before
    bottom, right = top + problem.image.shape[1], left + problem.image.shape[2]
    with problem.ledger.borrow(size + slack, np.uint8) as pixels:
        room = pixels[:size].reshape(planes, height, width, channels)
        if (height, width) != problem.image.shape[1:]:
            room[...] = 0
        for channel, plane in enumerate(problem.image):
            room[channel // channels, top:bottom, left:right, channel % channels] = plane
        pixels[size:] = 0
        plane = height * width if planes > 1 else 0
        yield PixelMeans(problem, pixels, channels, plane, width * channels)
