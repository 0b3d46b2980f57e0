"""The planes of weights behind the presets: one function each, size and options in, planes out.

Every function gives a list of K x K planes, one a filter (``random``: one a filter and channel,
filter by filter).
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Plane = NDArray[np.float64]

DIRECTIONS = 8
STRIPE_WIDTHS = 4
LEAST_WEIGHT = 1e-9
"""Absolute sum under which the stripes that a bell leaves are but rounding errors."""


@dataclass(frozen=True)
class Options:
    """What :func:`cyconv.filters.make` was asked for, checked and with defaults filled in."""

    count: int
    channels: int
    divisor: float
    sigma: float
    seed: int


def identity(size: int, options: Options) -> list[Plane]:
    """Gives one 1 in the middle; of an even size, where padding "same" leaves the image."""
    plane = np.zeros((size, size))
    plane[(size - 1) // 2, (size - 1) // 2] = 1.0
    return [plane] * options.count


def blur(size: int, options: Options) -> list[Plane]:
    """Gives ones over the divisor."""
    return [np.full((size, size), 1.0 / options.divisor)] * options.count


def gaussian(size: int, options: Options) -> list[Plane]:
    """Gives bell-shaped weights that sum to 1."""
    # A sigma beyond all numbers is that of a flat filter.
    with np.errstate(over="ignore"):
        sigmas = options.sigma * np.exp2(np.arange(options.count) / 2)
    return [_bell(size, float(sigma)) for sigma in sigmas]


def laplacian(size: int, options: Options) -> list[Plane]:
    """Gives ones with 1 - K * K in the centre."""
    plane = np.ones((size, size))
    plane[size // 2, size // 2] = 1.0 - size * size
    return [plane] * options.count


def laplacian4(size: int, options: Options) -> list[Plane]:
    """Gives a cross of ones with 2 - 2 K in the centre."""
    return [_cross(size)] * options.count


def sharpen(size: int, options: Options) -> list[Plane]:
    """Gives the identity minus the Laplacian of the cross."""
    plane = -_cross(size)
    plane[size // 2, size // 2] += 1.0
    return [plane] * options.count


def sobel_x(size: int, options: Options) -> list[Plane]:
    """Gives the slope along a row, smoothed by binomial weights."""
    return _turned(_sobel(size), options.count)


def sobel_y(size: int, options: Options) -> list[Plane]:
    """Gives the transpose of :func:`sobel_x`."""
    return _turned(_sobel(size).T, options.count)


def prewitt_x(size: int, options: Options) -> list[Plane]:
    """Gives the slope along a row, rows weighing the same."""
    return _turned(_ramp(size), options.count)


def prewitt_y(size: int, options: Options) -> list[Plane]:
    """Gives the transpose of :func:`prewitt_x`."""
    return _turned(_ramp(size).T, options.count)


def emboss(size: int, options: Options) -> list[Plane]:
    """Gives the identity plus the slope along the diagonal."""
    planes = _turned(_ramp(size) + _ramp(size).T, options.count)
    for plane in planes:
        plane[size // 2, size // 2] += 1.0
    return planes


def gabor(size: int, options: Options) -> list[Plane]:
    """Gives cosine stripes under a bell, without response to flat areas, absolute sum 1.

    A one-octave band asks for a wavelength of sigma / 0.56 (Daugman 1985); less than 2 pixels
    can't be sampled.
    """
    directions = max(min(options.count, DIRECTIONS), math.ceil(options.count / STRIPE_WIDTHS))
    y, x = np.mgrid[:size, :size] - (size - 1) / 2
    bell = _bell(size, options.sigma)
    # Of a wave of two pixels, an even window has its samples where the cosine is 0.
    shortest = 2.0 if size % 2 else 2.2
    planes = []
    for m in range(options.count):
        width, direction = divmod(m, directions)
        angle = math.pi * direction / directions
        wavelength = max(shortest, options.sigma / 0.56) * 2.0 ** (width / 2)
        along = x * math.cos(angle) + y * math.sin(angle)
        stripes = np.cos(2 * math.pi * along / wavelength)
        plane = bell * (stripes - (bell * stripes).sum())
        weight = np.abs(plane).sum()
        if weight < LEAST_WEIGHT:
            raise ValueError(
                f"sigma must be large enough for stripes in a window of {size} x {size}, "
                f"got {options.sigma!r}"
            )
        planes.append(plane / weight)
    return planes


def random(size: int, options: Options) -> list[Plane]:
    """Gives even weights in [-1, 1) over K * K.

    numpy promises that a bit generator's raw stream stays the same, and promises no such thing
    for the distributions drawn from it: so the numbers are made here, from the upper 53 bits.
    """
    shape = options.count * options.channels, size, size
    raw = np.random.PCG64(options.seed).random_raw(math.prod(shape))
    weights = (raw >> np.uint64(11)).astype(np.float64) * 2.0**-52 - 1.0
    return list((weights / (size * size)).reshape(shape))


def _bell(size: int, sigma: float) -> Plane:
    """Gives Gaussian weights that sum to 1."""
    square = (np.arange(size) - (size - 1) / 2) ** 2
    # The nearest tap is subtracted from the exponent so that a tiny sigma can't give 0 / 0.
    with np.errstate(over="ignore"):
        line = np.exp((square.min() - square) / sigma / sigma / 2)
    line /= line.sum()
    return np.outer(line, line)


def _cross(size: int) -> Plane:
    """Gives ones on the middle row and column, and minus their number in the centre."""
    plane = np.zeros((size, size))
    plane[size // 2, :] = plane[:, size // 2] = 1.0
    plane[size // 2, size // 2] = 2.0 - 2.0 * size
    return plane


def _sobel(size: int) -> Plane:
    """Gives a binomial column times a binomial difference along the row."""
    smooth = np.array([math.comb(size - 1, k) for k in range(size)], dtype=np.float64)
    shorter = np.array([math.comb(size - 3, k) for k in range(size - 2)], dtype=np.float64)
    return np.outer(smooth, np.convolve(shorter, [-1.0, 0.0, 1.0]))


def _ramp(size: int) -> Plane:
    """Gives rows that rise evenly from -(K // 2) to K // 2."""
    return np.tile(np.arange(size) - size // 2, (size, 1)).astype(np.float64)


def _turned(plane: Plane, count: int) -> list[Plane]:
    """Gives a slope and its turns: a slope in any direction is a mix of it and its transpose.

    A quarter turn takes sobel-x to sobel-y (and, of emboss, the light to the next corner).
    """
    other = np.rot90(plane, -1)
    planes = []
    for m in range(count):
        angle = 2 * math.pi * m / count
        # Rounded so that a quarter turn has exact zeros, and +0.0 so that none of them is -0.
        cosine, sine = round(math.cos(angle), 15), round(math.sin(angle), 15)
        planes.append(cosine * plane + sine * other + 0.0)
    return planes
