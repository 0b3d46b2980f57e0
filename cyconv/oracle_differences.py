"""What the differential technique leaves out and takes over: the slow, plain version."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from .geometry import Geometry
from .oracle_scene import Array, Scene


def left_out(
    image: ArrayLike,
    threshold: float,
    strides: tuple[int, int] = (1, 1),
    *,
    reference: str = "previous",
    residue: str = "kept",
) -> Array:
    """Gives an image C x H x W in which differences up to a threshold are left out.

    A pixel is compared with that a stride further left ("previous") or up ("above"); of "best"
    each row takes the one that leaves fewer differences, the left if as many. What has no such
    neighbour is taken as it is. Residue "kept": a pixel that differs from what its neighbour
    became by no more than the threshold becomes the same, else it is taken as it is.
    "forgotten": its difference from the neighbour itself is added to what that became, or not.
    """
    pixels = np.asarray(image, dtype=np.float64)
    became = pixels.copy()
    for y in range(pixels.shape[1]):
        rows: list[tuple[int, Array]] = []
        for way, up, left in (("previous", 0, strides[1]), ("above", strides[0], 0)):
            if reference not in (way, "best") or (up and y < up):
                continue
            row, taken = pixels[:, y].copy(), 0
            for c in range(len(pixels)):
                for x in range(left, pixels.shape[2]):
                    before = became[c, y - up, x] if up else row[c, x - left]
                    origin = before if residue == "kept" else pixels[c, y - up, x - left]
                    difference = pixels[c, y, x] - origin
                    if abs(difference) <= threshold:
                        row[c, x] = before
                    else:
                        taken += 1
                        row[c, x] = pixels[c, y, x] if residue == "kept" else before + difference
            rows.append((taken, row))
        if rows:
            became[:, y] = min(rows, key=lambda each: each[0])[1]
    return became


def changed(
    image: ArrayLike, filters: ArrayLike, geometry: Geometry | None = None,
    *, reference: str = "previous", before: ArrayLike | None = None,
) -> NDArray[np.bool_]:
    """Tells which windows differ from their reference, groups x O_h x O_w.

    The reference is the window to the left, the one above, or the same one of the image
    ``before``. A window that has none differs.
    """
    scene = Scene(image, filters, geometry)
    other = scene if before is None else Scene(before, filters, geometry)
    groups = scene.geometry.groups
    differs = np.ones((groups, *scene.placement.output), bool)
    for group, i, j in np.ndindex(differs.shape):
        ri, rj = (i, j - 1) if reference == "previous" else (i - 1, j)
        if before is not None:
            ri, rj = i, j
        if min(ri, rj) >= 0:
            differs[group, i, j] = not all(
                np.array_equal(scene.window(c, i, j), other.window(c, ri, rj))
                for c in scene.channels_of(group * (scene.count // groups))
            )
    return differs
