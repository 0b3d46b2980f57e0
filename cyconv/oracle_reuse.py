"""The slow description of reuse by clusters that every kernel of it is tested against.

As in :mod:`.oracle`: float64, plain loops over clusters, nothing shared with the kernels.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from .geometry import Geometry
from .oracle_scene import Array, Scene


@dataclass(frozen=True, eq=False)
class Hashing:
    """How one run of the values of a group's windows is hashed.

    Attributes
    ----------
    group, start, stop : int
        The group, and the values of its windows in the order channel, row, column.
    directions : H x (stop - start)
    origins, inverses : H
        A code is floor((p - origin) * inverse), or where inverse is 0 whether p > origin; p is
        summed up tap by tap in the type of the image's convolution.
    """

    group: int
    start: int
    stop: int
    directions: Array
    origins: Array
    inverses: Array


def reuse(
    image: ArrayLike,
    filters: ArrayLike,
    hashings: Sequence[Hashing],
    geometry: Geometry | None = None,
    *,
    representative: str | int = "mean",
    correction: str = "none",
    sample: ArrayLike = (),
    dtype: Any = np.float32,
) -> tuple[Array, list[int]]:
    """Gives what representatives of clusters make of the filters' outputs.

    Windows of several images, N x C x H x W, are clustered together, one image's after another's.

    Parameters
    ----------
    representative : {"mean", "first"} or int
        Of a cluster's windows in raster order: their mean, the first, or the mean of so many
        evenly spaced ones.
    correction : {"none", "brightness", "projection"}
        What is added: for each channel (mean(w) - mean(r)) * sum(filter), or what the least
        squares of outputs over projections, on the windows of ``sample``, make of p(w) - p(r).
    dtype : dtype
        In which projections are summed up.

    Returns
    -------
    output : ndarray of float64, M x O_h x O_w, or N x M x O_h x O_w of several images
    clusters : list of int
    """
    several = np.ndim(image) == 4
    images = np.asarray(image) if several else [image]
    scenes = [Scene(each, filters, geometry) for each in images]
    scene = scenes[0]
    taps = scene.filters[0, 0].size
    output = np.zeros((scene.count, len(scenes) * scene.placement.windows))
    clusters = []
    for hashing in hashings:
        members = [m for m in range(scene.count) if hashing.group == scene.group_of(m)]
        values = np.concatenate([each.values(members[0]) for each in scenes])
        values = values[:, hashing.start : hashing.stop]
        weights = scene.filters[members].reshape(len(members), -1)
        weights = weights[:, hashing.start : hashing.stop]
        codes = _codes(values, hashing, dtype)
        _, kind = np.unique(codes, axis=0, return_inverse=True)
        clusters.append(len(set(kind.ravel().tolist())))
        standing = np.zeros_like(values)
        for each in set(kind.ravel().tolist()):
            where = np.flatnonzero(kind.ravel() == each)
            standing[where] = values[_chosen(where, representative)].mean(axis=0)
        made = standing @ weights.T
        if correction == "brightness":
            channels = np.arange(hashing.start, hashing.stop) // taps
            for channel in set(channels.tolist()):
                inside = channels == channel
                difference = (values - standing)[:, inside].mean(axis=1)
                made += np.outer(difference, weights[:, inside].sum(axis=1))
        elif correction == "projection":
            seen = values[np.asarray(sample)] - values[np.asarray(sample)].mean(axis=0)
            told = np.linalg.lstsq(seen @ hashing.directions.T, seen @ weights.T, rcond=1e-6)[0]
            made += (values - standing) @ hashing.directions.T @ told
        output[members] += made.T
    planes = output.reshape(scene.count, len(scenes), *scene.placement.output)
    return planes.swapaxes(0, 1) if several else planes[:, 0], clusters


def _chosen(where: NDArray[np.intp], representative: str | int) -> NDArray[np.intp]:
    """Gives the windows of a cluster that its representative is the mean of."""
    if representative == "mean":
        return where
    count = 1 if representative == "first" else min(int(representative), len(where))
    if count in (1, len(where)):
        return where[:count]
    return where[[(2 * each + 1) * len(where) // (2 * count) for each in range(count)]]


def _codes(values: Array, hashing: Hashing, dtype: Any) -> NDArray[np.int64]:
    """Gives each window's codes, N x H."""
    codes = np.zeros((len(values), len(hashing.directions)), np.int64)
    for h, direction in enumerate(hashing.directions):
        total = np.zeros(len(values), dtype)
        for tap in range(len(direction)):
            total = total + values[:, tap].astype(dtype) * dtype(direction[tap])
        origin, inverse = dtype(hashing.origins[h]), dtype(hashing.inverses[h])
        if inverse == 0:
            codes[:, h] = total > origin
        else:
            codes[:, h] = np.floor((total - origin) * inverse)
    return codes
