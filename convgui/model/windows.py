"""Windows of an image as the clusters of a run see them: one span of each, padding included."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from cyconv import LSH
from cyconv.cost import Sizes
from cyconv.techniques.spans import spans_of

from .cluster_view import Tell
from .resolve import Request

VALUES = 1 << 18
"""Values of windows that are read at once."""


class Windows:
    """Reads windows of a span, padding included.

    Parameters
    ----------
    request : Request
    technique : LSH
    span : int
    """

    def __init__(self, request: Request, technique: LSH, span: int) -> None:
        geometry, image = request.geometry, request.image
        self._shape = tuple(int(size) for size in request.filters.shape[1:])
        down, across = self._shape[1:]
        place = geometry.place((int(image.shape[1]), int(image.shape[2])), (down, across))
        sizes = Sizes.of(_shape(image), _shape(request.filters), geometry, place)
        found, taps = spans_of(technique.scope, sizes)[span], sizes.taps
        first = found.group * sizes.depth + found.start
        last = found.group * sizes.depth + found.stop
        self.channels = tuple(range(first // taps, -(-last // taps)))
        height, width = place.padded
        planes = np.zeros((len(self.channels), height, width), image.dtype)
        top, left = place.before
        part = image[self.channels[0] : self.channels[-1] + 1]
        planes[:, top : top + image.shape[1], left : left + image.shape[2]] = part
        at = np.arange(first, last) - self.channels[0] * taps
        channel, tap = at // taps, at % taps
        self._inside = at
        self._offsets = (
            channel * height + tap // across * geometry.dilations[0]
        ) * width + tap % across * geometry.dilations[1]
        self._values = planes.reshape(-1)
        self._steps = geometry.strides[0] * width, geometry.strides[1]
        self._columns = place.output[1]

    def read(self, numbers: NDArray[np.intp]) -> NDArray[np.float64]:
        """Gives windows by their numbers, row by row: n x length."""
        rows, columns = numbers // self._columns, numbers % self._columns
        starts = rows * self._steps[0] + columns * self._steps[1]
        return self._values.take(starts[:, None] + self._offsets).astype(np.float64)

    def parts(
        self, numbers: NDArray[np.intp], progress: Tell | None
    ) -> Iterator[NDArray[np.float64]]:
        """Gives windows a part at a time, and asks between them."""
        count = max(1, VALUES // len(self._offsets))
        for first in range(0, len(numbers), count):
            if progress is not None:
                progress(None)
            yield self.read(numbers[first : first + count])

    def picture(self, values: NDArray[np.float64]) -> NDArray[np.float64]:
        """Gives a window's values as channels x K_h x K_w, NaN where the span has none."""
        down, across = self._shape[1:]
        whole = np.full(len(self.channels) * down * across, np.nan)
        whole[self._inside] = values
        return whole.reshape(len(self.channels), down, across)


def frame(request: Request, row: int, column: int) -> tuple[float, float, float, float]:
    """Gives left, top, width and height of a window on the image, in pixels."""
    geometry = request.geometry
    window = (int(request.filters.shape[2]), int(request.filters.shape[3]))
    place = geometry.place((int(request.image.shape[1]), int(request.image.shape[2])), window)
    top, high = _reach(row, window[0], geometry.strides[0], geometry.dilations[0])
    left, wide = _reach(column, window[1], geometry.strides[1], geometry.dilations[1])
    return left - place.before[1], top - place.before[0], wide, high


def _reach(at: int, taps: int, stride: int, dilation: int) -> tuple[float, float]:
    """Gives where a window begins along an axis of the padded image, and how far it reaches."""
    return float(at * stride), float((taps - 1) * dilation + 1)


def _shape(array: NDArray[np.generic]) -> tuple[int, ...]:
    return tuple(int(size) for size in array.shape)
