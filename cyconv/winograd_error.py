"""How far Winograd's tiles may be off: slow and plain, for tests and for whoever must know."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from .geometry import Geometry

Array = NDArray[np.float64]


def bound(
    image: ArrayLike,
    filters: ArrayLike,
    geometry: Geometry | None = None,
    bias: ArrayLike | None = None,
    *,
    dtype: Any = np.float32,
) -> Array:
    """Gives the most that F(4 x 4, 3 x 3) in ``dtype`` may differ from the exact sum.

    A value goes through at most 6 roundings on its way into a tile, 7 into a filter's points,
    C/groups in the products and their sum, and 6 on the way back; each is relative to the sum of
    absolute values there (Barabasz et al., "Error analysis and improving the accuracy of
    Winograd convolution for deep neural networks", 2020, section 3).
    """
    geometry = geometry or Geometry()
    into = np.array([
        [4, 0, 5, 0, 1, 0], [0, 4, 4, 1, 1, 0], [0, 4, 4, 1, 1, 0],
        [0, 2, 1, 2, 1, 0], [0, 2, 1, 2, 1, 0], [0, 4, 0, 5, 0, 1],
    ])  # fmt: skip
    points = np.array([[6, 0, 0], [4, 4, 4], [4, 4, 4], [1, 2, 4], [1, 2, 4], [0, 0, 24]]) / 24
    back = np.array([
        [1, 1, 1, 1, 1, 0], [0, 1, 1, 2, 2, 0], [0, 1, 1, 4, 4, 0], [0, 1, 1, 8, 8, 1],
    ])  # fmt: skip
    pixels, weights = np.abs(np.asarray(image, np.float64)), np.abs(np.asarray(filters, np.float64))
    placement = geometry.place((pixels.shape[1], pixels.shape[2]), (3, 3))
    down, across = (-(-side // 4) for side in placement.output)
    padded = np.zeros((len(pixels), 4 * down + 2, 4 * across + 2))
    (above, left), (height, width) = placement.before, pixels.shape[1:]
    shown = padded[:, above : above + height, left : left + width]
    shown[...] = pixels[:, : shown.shape[1], : shown.shape[2]]
    tiles = np.lib.stride_tricks.sliding_window_view(padded, (6, 6), (1, 2))[:, ::4, ::4]
    seen = into @ tiles @ into.T
    met = points @ weights @ points.T
    groups, each = geometry.groups, len(weights) // geometry.groups
    seen = seen.reshape(groups, -1, *seen.shape[1:])
    met = met.reshape(groups, each, -1, 6, 6)
    sums = np.einsum("gcyxij,gmcij->gmyxij", seen, met).reshape(-1, down, across, 6, 6)
    most = (back @ sums @ back.T).transpose(0, 1, 3, 2, 4).reshape(-1, 4 * down, 4 * across)
    most = most[:, : placement.output[0], : placement.output[1]]
    if bias is not None:
        most = most + np.abs(np.asarray(bias, np.float64))[:, None, None]
    scaled: Array = most * (weights.shape[1] + 20) * float(np.finfo(dtype).eps)
    return scaled
