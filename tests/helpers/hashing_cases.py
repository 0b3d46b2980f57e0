"""Settings of LSH, geometries and a scene that clusters of windows are tested on."""

from __future__ import annotations

import numpy as np

from cyconv import LSH, Geometry

TECHNIQUES = (
    LSH(3),
    LSH(4, "centred", scope="window"),
    LSH(3, "quantised", 60.0, correction="brightness"),
    LSH(3, "principal", 25.0, "window", correction="projection"),
    LSH(2, "outputs", None, 5),
    # More bits than one key has.
    LSH(16, "quantised", 0.5, "window"),
)
GEOMETRIES = (Geometry(), Geometry(stride=(2, 1), padding=1, groups=2), Geometry(dilation=(2, 1)))


def scene(groups, dtype):
    """Gives a noisy slope of 4 x 13 x 15, and four filters of 3 x 2."""
    rng = np.random.default_rng(3)
    image = rng.integers(0, 60, (4, 13, 15)) + 40 * np.add.outer(np.arange(13), np.arange(15)) // 9
    bank = rng.normal(size=(4, 4 // groups, 3, 2)).astype(np.float32)
    return image.astype(dtype), bank
