"""Colour lookup tables, 256 x 4 uint8: grey for images, two maps of even steps for errors.

Both error maps run evenly through the lightness of OKLab (Ottosson 2020), so equal steps of error
are equal steps to the eye, and the sign and the size of an error survive a print without colour.
"""

from __future__ import annotations

from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from .maps import ABSOLUTE, SIGNED, Levels, paintable

Table = NDArray[np.uint8]

UNFIT = (214, 39, 40, 255)
"""The red of a value that is infinite or not a number."""

# (position, lightness, green-red a, blue-yellow b). The middle of the signed map is #808080, the
# neutral grey behind the images: no error is no colour.
_SIGNED_STOPS = (
    (0.0, 0.36, -0.010, -0.190),
    (0.5, 0.5999, 0.0, 0.0),
    (1.0, 0.84, 0.035, 0.165),
)
_ABSOLUTE_STOPS = (
    (0.0, 0.14, 0.010, -0.030),
    (0.3, 0.38, 0.110, -0.110),
    (0.6, 0.62, 0.170, 0.060),
    (0.8, 0.78, 0.070, 0.140),
    (1.0, 0.97, -0.020, 0.090),
)


def _oklab_to_srgb(lab: NDArray[np.float64]) -> NDArray[np.float64]:
    """Gives sRGB in 0..1 for OKLab colours (n x 3), clipped to what a screen has."""
    to_cones = np.array(
        [[1, 0.3963377774, 0.2158037573], [1, -0.1055613458, -0.0638541728],
         [1, -0.0894841775, -1.2914855480]]
    )
    to_linear = np.array(
        [[4.0767416621, -3.3077115913, 0.2309699292], [-1.2684380046, 2.6097574011, -0.3413193965],
         [-0.0041960863, -0.7034186147, 1.7076147010]]
    )
    linear = np.clip((lab @ to_cones.T) ** 3 @ to_linear.T, 0, 1)
    curved = 1.055 * linear ** (1 / 2.4) - 0.055
    return np.asarray(np.where(linear <= 0.0031308, 12.92 * linear, curved))


def _table(stops: tuple[tuple[float, ...], ...]) -> Table:
    """Gives the lookup table through the stops; entry 128 is exactly the middle of it."""
    at = np.clip((np.arange(256) - 128) / 254 + 0.5, 0, 1)
    position, *lab = np.array(stops).T
    colours = _oklab_to_srgb(np.stack([np.interp(at, position, each) for each in lab], axis=1))
    table = np.full((256, 4), 255, np.uint8)
    table[:, :3] = np.rint(colours * 255)
    table.flags.writeable = False
    return table


@cache
def gray() -> Table:
    """Gives black to white."""
    table = np.full((256, 4), 255, np.uint8)
    table[:, :3] = np.arange(256)[:, None]
    table.flags.writeable = False
    return table


@cache
def signed() -> Table:
    """Gives dark blue (too low) through neutral grey (right) to light yellow (too high)."""
    return _table(_SIGNED_STOPS)


@cache
def absolute() -> Table:
    """Gives black (right) through violet and orange to pale yellow (the largest error)."""
    return _table(_ABSOLUTE_STOPS)


def for_errors(mode: str) -> Table:
    """Gives the table for an error mode of :data:`convgui.model.maps.ERROR_MODES`."""
    return {SIGNED: signed, ABSOLUTE: absolute}[mode]()


def painted(values: NDArray[Any], levels: Levels, table: Table) -> NDArray[np.uint8]:
    """Gives a plane as H x W x 4 colours; NaN and infinities are red, which no table holds."""
    low, high = levels
    position = (paintable(values, levels).astype(np.float64) - low) * (256 / (high - low))
    colours = table[np.minimum(position, 255).astype(np.uint8)]
    colours[~np.isfinite(values)] = UNFIT
    return np.asarray(colours)
