"""Colour lookup tables, 256 x 4 uint8: greys for images, and any path through OKLab.

OKLab (Ottosson 2020) is a space in which equal steps are equal steps to the eye;
:mod:`convgui.model.colour_maps` has the paths for errors.
"""

from __future__ import annotations

from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from .maps import Levels, paintable

Table = NDArray[np.uint8]
Stops = tuple[tuple[float, float, float, float], ...]

UNFIT = (214, 39, 40, 255)
"""The red of a value that is infinite or not a number."""


def srgb(lab: NDArray[np.float64]) -> NDArray[np.float64]:
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


def table(stops: Stops) -> Table:
    """Gives the lookup table through stops (position, lightness, green-red a, blue-yellow b).

    Entry 128 is exactly the middle of it.
    """
    at = np.clip((np.arange(256) - 128) / 254 + 0.5, 0, 1)
    position, *lab = np.array(stops).T
    colours = srgb(np.stack([np.interp(at, position, each) for each in lab], axis=1))
    return _frozen(np.rint(colours * 255))


def _frozen(colours: NDArray[Any]) -> Table:
    """Gives 256 opaque colours (256 x 3, or 256 x 1 of grey) that nobody can change."""
    opaque = np.full((256, 4), 255, np.uint8)
    opaque[:, :3] = colours
    opaque.flags.writeable = False
    return opaque


@cache
def gray(gamma: float = 1.0, signed: bool = False) -> Table:
    """Gives black to white, each grey raised to the power of 1 / gamma.

    Where values take both signs, zero is the middle grey and stays so: each half is raised alone.
    """
    return _frozen(curve(gamma, signed)[:, None])


@cache
def curve(gamma: float = 1.0, signed: bool = False) -> NDArray[np.uint8]:
    """Gives the greys of :func:`gray`, 256 numbers."""
    share = np.arange(256) / 255
    if gamma != 1 and signed:
        share = (1 + np.sign(2 * share - 1) * np.abs(2 * share - 1) ** (1 / gamma)) / 2
    elif gamma != 1:
        share **= 1 / gamma
    greys = np.rint(share * 255).astype(np.uint8)
    greys.flags.writeable = False
    return greys


def painted(values: NDArray[Any], levels: Levels, colours: Table) -> NDArray[np.uint8]:
    """Gives a plane as H x W x 4 colours; NaN and infinities are red, which no table holds."""
    low, high = levels
    position = (paintable(values, levels).astype(np.float64) - low) * (256 / (high - low))
    shown = colours[np.minimum(position, 255).astype(np.uint8)]
    shown[~np.isfinite(values)] = UNFIT
    return np.asarray(shown)
