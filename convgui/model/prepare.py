"""From pixels as they were read to the planes that are convolved: size, grey, channel order."""

from __future__ import annotations

import weakref
from typing import Any

import numpy as np
from numpy.typing import NDArray

MOST_SIDE = 65_535
MOST_PIXELS = 2_000_000_000


def prepare(
    pixels: NDArray[Any], width: int | None = None, height: int | None = None, gray: bool = False
) -> NDArray[Any]:
    """Gives C x H x W planes, contiguous and read-only, in the dtype of the pixels.

    Parameters
    ----------
    pixels : ndarray, H x W or H x W x 3 RGB, uint8 or float32
    width, height : int, optional
        The size wanted; None or 0 keeps the image's own.
    gray : bool
        Whether colours are reduced to their brightness (ITU-R BT.601, as OpenCV does it).

    Raises
    ------
    ValueError
        If the size asked for is out of range, or too large for the memory.
    """
    width, height = width or pixels.shape[1], height or pixels.shape[0]
    for name, size in (("width", width), ("height", height)):
        if not 1 <= size <= MOST_SIDE:
            raise ValueError(f"{name} must be 1 to {MOST_SIDE} pixels, got {size}")
    if width * height > MOST_PIXELS:
        raise ValueError(f"width x height must be at most {MOST_PIXELS:,} pixels, got "
                         f"{width} x {height}")  # fmt: skip
    if gray and pixels.ndim == 3:
        pixels = _gray(pixels)
    if (height, width) != pixels.shape[:2]:
        pixels = _resized(pixels, width, height)
    planes = pixels[None] if pixels.ndim == 2 else pixels.transpose(2, 0, 1)
    planes = np.ascontiguousarray(planes)
    planes.flags.writeable = False
    return planes


_Array = weakref.ref[NDArray[Any]]
_last: tuple[_Array, tuple[int, int, bool], _Array] | None = None


def prepared(
    pixels: NDArray[Any], width: int | None = None, height: int | None = None, gray: bool = False
) -> NDArray[Any]:
    """Gives what :func:`prepare` gives: the last planes again while anybody holds them.

    Run after run of one image then shares them. Whoever asks must not change the pixels.

    Raises
    ------
    ValueError
        As :func:`prepare` says.
    """
    global _last
    wanted = width or pixels.shape[1], height or pixels.shape[0], gray
    last = _last
    if last is not None and last[0]() is pixels and last[1] == wanted:
        planes = last[2]()
        if planes is not None:
            return planes
    planes = prepare(pixels, *wanted)
    _last = weakref.ref(pixels), wanted, weakref.ref(planes)
    return planes


def _gray(pixels: NDArray[Any]) -> NDArray[Any]:
    from convgui.opencv import cv2

    return np.asarray(cv2.cvtColor(pixels, cv2.COLOR_RGB2GRAY))


def _resized(pixels: NDArray[Any], width: int, height: int) -> NDArray[Any]:
    """Gives the pixels in another size, averaged where they become fewer."""
    from convgui.opencv import cv2

    shrinks = height <= pixels.shape[0] and width <= pixels.shape[1]
    way = cv2.INTER_AREA if shrinks else cv2.INTER_LINEAR
    try:
        return np.asarray(cv2.resize(pixels, (width, height), interpolation=way))
    except (cv2.error, MemoryError):
        raise ValueError(f"an image of {width} x {height} does not fit in memory") from None
