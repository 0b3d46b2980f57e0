"""Effectual terms of pixels and of their differences: what a bit-serial machine would work on.

A multiplier that takes a value bit by bit needs a step for each of its non-zero digits alone,
its *effectual terms*. Neighbouring pixels resemble each other, so differences have fewer (M.
Mahmoud, K. Siu and A. Moshovos, "Diffy: a Deja vu-Free Differential Deep Neural Network
Accelerator", MICRO 2018). No product is saved on a processor like this one.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from .arrays import check_image
from .wording import told

FORMS = ("binary", "signed")
LOWEST, HIGHEST = -255, 255
"""What differences of 8-bit pixels reach; they take nine bits with their sign."""

BITS = 9


@dataclass(frozen=True)
class Terms:
    """Effectual terms of an image in one form of writing numbers.

    Attributes
    ----------
    raw, differences : float
        Mean terms of a pixel, and of its difference from the pixel to its left (of the first in
        each row the pixel itself).
    speedup : float
        ``raw / differences``: of a bit-serial machine that works on differences, everything
        else left out. Where no difference has a term it is infinite, of a black image 1.
    """

    raw: float
    differences: float

    @property
    def speedup(self) -> float:
        """Terms of pixels for one of the differences."""
        if self.differences == 0:
            return 1.0 if self.raw == 0 else float("inf")
        return self.raw / self.differences


def ones(values: ArrayLike) -> NDArray[np.uint8]:
    """Counts the ones of numbers from -255 to 255 in two's complement of nine bits."""
    return _looked_up(values, _ONES)


def signed_digits(values: ArrayLike) -> NDArray[np.uint8]:
    """Counts the non-zero digits of numbers from -255 to 255 in canonical signed-digit form.

    Digits -1, 0 and 1, no two neighbours of which are non-zero: the fewest that there can be
    (G. Reitwiesner, "Binary arithmetic", 1960), what a modified Booth coder aims at.
    """
    return _looked_up(values, _SIGNED)


def terms(image: ArrayLike, form: str = "signed") -> Terms:
    """Gives the mean effectual terms of an 8-bit image's pixels and of their differences.

    Parameters
    ----------
    image : C x H x W, or H x W
        uint8.
    form : {"binary", "signed"}
        Ones in two's complement, or non-zero digits in canonical signed-digit form.

    Raises
    ------
    ValueError
        If the image is not of 8 bits or the form is unknown.
    """
    pixels = check_image(image)
    if pixels.dtype != np.uint8:
        raise ValueError(f"image must be uint8, got {pixels.dtype}")
    if form not in FORMS:
        raise ValueError(f'form must be "binary" or "signed", got {told(form)}')
    table = _ONES if form == "binary" else _SIGNED
    # How often each value comes up tells as much as the values themselves.
    raw = np.bincount(pixels.reshape(-1), minlength=HIGHEST + 1)
    difference = pixels.astype(np.int16)
    difference[:, :, 1:] -= pixels[:, :, :-1]
    count = np.bincount((difference - LOWEST).reshape(-1), minlength=table.size)
    return Terms(
        float(raw @ table[-LOWEST:]) / pixels.size, float(count @ table) / pixels.size
    )


def _looked_up(values: ArrayLike, table: NDArray[np.int64]) -> NDArray[np.uint8]:
    array = np.asarray(values)
    if array.dtype.kind not in "iu" or (
        array.size and not LOWEST <= int(array.min()) <= int(array.max()) <= HIGHEST
    ):
        raise ValueError(f"values must be integers from {LOWEST} to {HIGHEST}, got {told(array)}")
    return table.astype(np.uint8)[array.astype(np.intp) - LOWEST]


def _bits(values: NDArray[np.int64]) -> NDArray[np.int64]:
    return np.array([int(value).bit_count() for value in values], np.int64)


_VALUES = np.arange(LOWEST, HIGHEST + 1)
_ONES = _bits(_VALUES & (1 << BITS) - 1)
# Of v the digits are those bits where 3 v and v differ, but for the lowest place.
_SIGNED = _bits(np.abs(_VALUES) ^ 3 * np.abs(_VALUES))
