"""What one output value is made of: which samples are read, and their products with the filter."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from cyconv import Geometry

Array = NDArray[np.float64]


@dataclass(frozen=True)
class Place:
    """An output value: its filter, its row and its column."""

    index: int = 0
    row: int = 0
    column: int = 0

    def within(self, filters: int, size: tuple[int, int]) -> Place:
        """Gives the place that is nearest among so many filters and an output of this size."""
        index, row, column = (
            min(max(value, 0), most - 1)
            for value, most in zip(
                (self.index, self.row, self.column), (filters, *size), strict=True
            )
        )
        return Place(index, row, column)


@dataclass(frozen=True, eq=False)
class Taps:
    """The samples of the image that a window reads.

    Attributes
    ----------
    channels : range
        The channels that the filter sees.
    rows, columns : K_h and K_w of int
        Of the image; below 0 or beyond its end they lie in the padding.
    inside : K_h x K_w of bool
        Whether a tap reads the image; others read zeros.
    """

    channels: range
    rows: NDArray[np.intp]
    columns: NDArray[np.intp]
    inside: NDArray[np.bool_]

    @property
    def shape(self) -> tuple[int, int, int]:
        """Channels, K_h and K_w."""
        return len(self.channels), len(self.rows), len(self.columns)


def taps_of(
    image: tuple[int, ...], filters: tuple[int, ...], geometry: Geometry, place: Place
) -> Taps:
    """Gives the taps of an output, from the shapes C x H x W and M x C/groups x K_h x K_w."""
    window = filters[2], filters[3]
    before = geometry.place((image[1], image[2]), window).before
    rows, columns = (
        start * stride - top + np.arange(taps) * dilation
        for start, stride, top, taps, dilation in zip(
            (place.row, place.column), geometry.strides, before, window, geometry.dilations,
            strict=True,
        )
    )
    inside = np.logical_and.outer(
        (rows >= 0) & (rows < image[1]), (columns >= 0) & (columns < image[2])
    )
    group = place.index // (filters[0] // geometry.groups)
    return Taps(range(group * filters[1], (group + 1) * filters[1]), rows, columns, inside)


def read(image: NDArray[np.generic], taps: Taps) -> Array:
    """Gives the values under the taps, channels x K_h x K_w, zeros where there is no image."""
    channels = image[taps.channels.start : taps.channels.stop]
    rows = np.clip(taps.rows, 0, image.shape[1] - 1)
    columns = np.clip(taps.columns, 0, image.shape[2] - 1)
    found = channels[:, rows[:, None], columns].astype(np.float64)
    return np.where(taps.inside, found, 0.0)


@dataclass(frozen=True, eq=False)
class Terms:
    """Values times weights, channel by channel, and their sums in float64.

    Attributes
    ----------
    values, weights, products : channels x K_h x K_w
    sums, running : channels
        Of each channel's products, and of all channels up to it.
    """

    values: Array
    weights: Array
    products: Array
    sums: Array
    running: Array

    @classmethod
    def of(cls, values: Array, weights: Array) -> Terms:
        """Multiplies and adds up."""
        with np.errstate(all="ignore"):
            products = values * weights
            sums = products.sum(axis=(1, 2))
            return cls(values, weights, products, sums, np.cumsum(sums))

    @property
    def total(self) -> float:
        """The sum over all channels."""
        return float(self.running[-1])


def running_sum(products: Array) -> Array:
    """Gives the sum after each product, in the order in which they are read."""
    with np.errstate(all="ignore"):
        summed: Array = np.cumsum(products.reshape(-1))
    return summed


def channel_names(count: int) -> tuple[str, ...]:
    """Gives short names of an image's channels."""
    if count == 3:
        return "R", "G", "B"
    return ("Grey",) if count == 1 else tuple(str(number + 1) for number in range(count))
