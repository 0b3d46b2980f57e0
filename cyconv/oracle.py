"""The slow, obviously right versions that every kernel is tested against.

Nothing here is fast, clever or shared with the kernels: plain loops over sliding windows in
float64, one elementwise product and one sum for each window. If a kernel and this file differ,
the kernel is wrong. Cross-correlation throughout: the filter is not flipped.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from .geometry import Geometry
from .oracle_differences import left_out
from .oracle_scene import Array, Scene


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
    threshold: float = 0,
    residue: str = "kept",
    as_published: bool = False,
) -> Array:
    """Gives the differential technique's output (main report, section 1).

    The reference window r is the first of all ("first"), the left neighbour ("previous", the
    first of each row being taken as it is) or the one above ("above", likewise the first row).
    A window w becomes <filter, r> + <filter, w - r>; as published it is <filter, r - w>, the
    sign swapped and <filter, r> left out. Above a threshold of 0, differences from the first
    window up to it are 0; of other references see :func:`left_out`.
    """
    if threshold and reference != "first":
        strides = (geometry or Geometry()).strides
        image = left_out(image, threshold, strides, reference=reference, residue=residue)
    scene = Scene(image, filters, geometry)
    output = np.zeros((scene.count, *scene.placement.output))
    for i, j in np.ndindex(scene.placement.output):
        ri, rj = {"first": (0, 0), "previous": (i, max(j - 1, 0)), "above": (max(i - 1, 0), j)}[
            "previous" if reference == "best" else reference
        ]
        anchor = (ri, rj) == (i, j)
        for m in range(scene.count):
            for c, channel in enumerate(scene.channels_of(m)):
                weights, window = scene.filters[m, c], scene.window(channel, i, j)
                r = scene.window(channel, ri, rj)
                difference = window - r
                if reference == "first":
                    difference[np.abs(difference) <= threshold] = 0
                if anchor:
                    output[m, i, j] += (window * weights).sum()
                elif as_published:
                    output[m, i, j] += (-difference * weights).sum()
                else:
                    output[m, i, j] += (r * weights).sum() + (difference * weights).sum()
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
