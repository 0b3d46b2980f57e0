"""The slow, obviously right versions that every kernel is tested against.

Nothing here is fast, clever or shared with the kernels: plain loops over sliding windows in
float64, one elementwise product and one sum for each window. If a kernel and this file differ,
the kernel is wrong. Cross-correlation throughout: the filter is not flipped.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from .geometry import Geometry, Placement

Array = NDArray[np.float64]


def convolve(
    image: ArrayLike,
    filters: ArrayLike,
    geometry: Geometry | None = None,
    bias: ArrayLike | None = None,
) -> Array:
    """Gives the exact convolution in float64.

    Parameters
    ----------
    image : array_like, C x H x W or H x W
        Any real dtype.
    filters : array_like, M x C/groups x K_h x K_w, or K_h x K_w
        The weights.
    geometry : Geometry, optional
        Stride, padding, dilation and groups; all at their defaults if left out.
    bias : array_like, M, optional
        Added to every value of an output channel.

    Returns
    -------
    ndarray of float64, M x O_h x O_w
    """
    scene = Scene(image, filters, geometry)
    output = np.zeros((scene.count, *scene.placement.output))
    with np.errstate(all="ignore"):
        for m in range(scene.count):
            for i in range(scene.placement.output[0]):
                for j in range(scene.placement.output[1]):
                    for c, channel in enumerate(scene.channels_of(m)):
                        product = scene.window(channel, i, j) * scene.filters[m, c]
                        output[m, i, j] += product.sum()
            if bias is not None:
                output[m] += np.asarray(bias, dtype=np.float64)[m]
    return output


def error_bound(
    image: ArrayLike,
    filters: ArrayLike,
    geometry: Geometry | None = None,
    bias: ArrayLike | None = None,
    *,
    dtype: Any = np.float32,
) -> Array:
    """Gives the most that a sum in ``dtype`` may differ from :func:`convolve`, value by value.

    A sum of n products in any order is off by at most n eps times the sum of the absolute
    products (Higham, "Accuracy and Stability of Numerical Algorithms", section 3.1); a bias is
    one term more.
    """
    extra = None if bias is None else np.abs(np.asarray(bias, dtype=np.float64))
    pixels = np.abs(np.asarray(image, dtype=np.float64))
    absolute = convolve(pixels, np.abs(filters), geometry, extra)
    terms = int(np.prod(np.shape(filters)[-3:])) + (bias is not None)
    return absolute * terms * float(np.finfo(dtype).eps)


def differential(
    image: ArrayLike,
    filters: ArrayLike,
    geometry: Geometry | None = None,
    *,
    reference: str = "first",
    as_published: bool = False,
) -> Array:
    """Gives the differential technique's output (main report, section 1).

    The reference window r is the first of all ("first") or the left neighbour ("previous", the
    first of each row being taken as it is). A window w becomes <filter, r> + <filter, w - r>;
    as published it is <filter, r - w>, the sign swapped and <filter, r> left out.
    """
    scene = Scene(image, filters, geometry)
    output = np.zeros((scene.count, *scene.placement.output))
    for i, j in np.ndindex(scene.placement.output):
        if reference == "first":
            anchor, (ri, rj) = i == j == 0, (0, 0)
        else:
            anchor, (ri, rj) = j == 0, (i, max(j - 1, 0))
        for m in range(scene.count):
            for c, channel in enumerate(scene.channels_of(m)):
                weights, window = scene.filters[m, c], scene.window(channel, i, j)
                r = scene.window(channel, ri, rj)
                if anchor:
                    output[m, i, j] += (window * weights).sum()
                elif as_published:
                    output[m, i, j] += ((r - window) * weights).sum()
                else:
                    output[m, i, j] += (r * weights).sum() + ((window - r) * weights).sum()
    return output


def lsh(
    image: ArrayLike,
    filters: ArrayLike,
    vectors: ArrayLike,
    geometry: Geometry | None = None,
    *,
    scope: str = "channel",
    as_published: bool = False,
    dtype: Any = np.float64,
) -> tuple[Array, list[int]]:
    """Gives the LSH technique's output and the numbers of occupied clusters.

    Parameters
    ----------
    vectors : array_like, hashes x taps
        The hash vectors over one channel's window (scope "channel") or over the windows of all
        channels of a group (scope "window"). A product > 0 gives the bit 1, the first vector
        the highest bit.
    as_published : bool
        Whether a cluster's sum S takes a window w as S + (w + S) in place of S + w.
    dtype : dtype
        In which the cluster sums are kept, which settles when doubling sums overflow.

    Returns
    -------
    output : ndarray of float64, M x O_h x O_w
    clusters : list of int
        One a channel (scope "channel") or a group (scope "window").
    """
    scene = Scene(image, filters, geometry)
    hashes = np.asarray(vectors, dtype=np.float64)
    depth = scene.filters.shape[1]
    # The channels whose windows are hashed together, in order.
    width = depth if scope == "window" else 1
    blocks = [list(range(c, c + width)) for c in range(0, len(scene.padded), width)]
    output = np.zeros((scene.count, *scene.placement.output))
    clusters = []
    with np.errstate(all="ignore"):
        for block in blocks:
            keys: dict[tuple[int, int], int] = {}
            sums: dict[int, NDArray[Any]] = {}
            members: dict[int, int] = {}
            for i in range(scene.placement.output[0]):
                for j in range(scene.placement.output[1]):
                    window = np.stack([scene.window(c, i, j) for c in block])
                    key = 0
                    for vector in hashes:
                        key = 2 * key + int((window.ravel() * vector).sum() > 0)
                    keys[i, j] = key
                    old = sums.get(key, np.zeros_like(window, dtype=dtype))
                    new = window.astype(dtype)
                    sums[key] = old + (new + old) if as_published else old + new
                    members[key] = members.get(key, 0) + 1
            clusters.append(len(sums))
            for m in range(scene.count):
                for c, channel in enumerate(scene.channels_of(m)):
                    if channel not in block:
                        continue
                    for (i, j), key in keys.items():
                        centroid = sums[key][block.index(channel)] / members[key]
                        product = centroid.astype(np.float64) * scene.filters[m, c]
                        output[m, i, j] += product.sum()
    return output, clusters


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
