"""Windows of a padded image, one at a time: what the slow versions are written with."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from .geometry import Geometry, Placement

Array = NDArray[np.float64]


class Scene:
    """A padded image and its filters in float64, with the windows that lie on it."""

    def __init__(self, image: ArrayLike, filters: ArrayLike, geometry: Geometry | None) -> None:
        self.geometry = geometry or Geometry()
        pixels = np.asarray(image, dtype=np.float64)
        weights = np.asarray(filters, dtype=np.float64)
        self.filters: Array = weights[None, None] if weights.ndim == 2 else weights
        pixels = pixels[None] if pixels.ndim == 2 else pixels
        channels, height, width = pixels.shape
        kernel_height, kernel_width = self.filters.shape[2:]
        self.placement: Placement = self.geometry.place(
            (height, width), (kernel_height, kernel_width)
        )
        self.padded: Array = np.zeros((channels, *self.placement.padded))
        top, left = self.placement.before
        self.padded[:, top : top + height, left : left + width] = pixels

    @property
    def count(self) -> int:
        """The number of filters M."""
        return len(self.filters)

    def channels_of(self, m: int) -> range:
        """Gives the image's channels that filter ``m`` sees."""
        depth = self.filters.shape[1]
        group = self.group_of(m)
        return range(group * depth, (group + 1) * depth)

    def group_of(self, m: int) -> int:
        """Gives the group of filter ``m``."""
        return m // (self.count // self.geometry.groups)

    def values(self, m: int) -> Array:
        """Gives all windows that filter ``m`` sees, N x (C/groups K_h K_w), in raster order."""
        rows = [
            np.concatenate([self.window(channel, i, j).ravel() for channel in self.channels_of(m)])
            for i, j in np.ndindex(self.placement.output)
        ]
        return np.array(rows)

    def window(self, channel: int, i: int, j: int) -> Array:
        """Gives the window of one channel that output row ``i``, column ``j`` looks at."""
        (row_stride, column_stride), (down, right) = (
            self.geometry.strides,
            self.geometry.dilations,
        )
        height, width = self.filters.shape[2:]
        top, left = i * row_stride, j * column_stride
        return self.padded[
            channel,
            top : top + (height - 1) * down + 1 : down,
            left : left + (width - 1) * right + 1 : right,
        ]
