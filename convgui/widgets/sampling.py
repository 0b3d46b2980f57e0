"""Reduced copies of an image for the screen: as many samples as the screen shows, never more."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

WHOLE = 1 << 19
"""Samples up to which a reduced image is kept whole, so that panning costs nothing."""


@dataclass(frozen=True)
class Window:
    """A rectangle of an image's pixels and how many of them make one sample on the screen.

    Attributes
    ----------
    top, left, bottom, right : int
        Rows and columns of the image; bottom and right are not part of it.
    factor : int
        Pixels a side of one sample, a power of two.
    """

    top: int
    left: int
    bottom: int
    right: int
    factor: int

    def holds(self, other: Window) -> bool:
        """Whether this window has all the samples of another."""
        return (
            self.factor == other.factor
            and self.top <= other.top
            and self.left <= other.left
            and self.bottom >= other.bottom
            and self.right >= other.right
        )


def reduction(pixels_per_point: float) -> int:
    """Gives the factor for a view in which so many image pixels fall on one screen point.

    The largest power of two that still leaves every screen point a sample of its own.
    """
    factor = 1
    while factor * 2 <= pixels_per_point:
        factor *= 2
    return factor


def window(
    size: tuple[int, int], visible: tuple[float, float, float, float], factor: int
) -> Window:
    """Gives the part of an image that has to be at hand to show ``visible``.

    Parameters
    ----------
    size : (int, int)
        Height and width of the image.
    visible : (float, float, float, float)
        Top, left, bottom and right of what is seen, in the image's pixels; may lie outside.
    factor : int
        Pixels a side of one sample.

    Returns
    -------
    Window
        The whole image where its samples are few, otherwise what is seen.
    """
    if size[0] * size[1] <= WHOLE * factor * factor:
        return Window(0, 0, size[0], size[1], factor)
    edges = []
    for axis in (0, 1):
        first = min(max(int(visible[axis]) // factor * factor, 0), size[axis] - 1)
        last = min(max(-(-int(visible[axis + 2] + 1) // factor) * factor, first + 1), size[axis])
        edges.append((first, last))
    return Window(edges[0][0], edges[1][0], edges[0][1], edges[1][1], factor)


def widened(view: Window, size: tuple[int, int]) -> Window:
    """Gives a window with a quarter of its size around it: a small move then needs no new one."""
    step = view.factor
    rows = (view.bottom - view.top) // 4 // step * step
    columns = (view.right - view.left) // 4 // step * step
    return Window(
        max(0, view.top - rows),
        max(0, view.left - columns),
        min(size[0], view.bottom + rows),
        min(size[1], view.right + columns),
        step,
    )


def sample(pixels: np.ndarray, view: Window) -> np.ndarray:
    """Gives the samples of a window, each the mean of up to four of its pixels.

    Four are enough to keep edges calm, and the cost depends on what is shown, not on how large
    the image is. A sample is not finite where one of its pixels is not. A block that the edge
    cuts short gives no sample (see :func:`covered`), unless it is the only one.

    Parameters
    ----------
    pixels : ndarray
        H x W or H x W x 3, uint8 or floating point, in any memory order.
    view : Window
        What to take.

    Returns
    -------
    ndarray
        C-contiguous, uint8 as it was, anything else as float32.
    """
    part = pixels[view.top : view.bottom, view.left : view.right]
    narrow, wide = (np.uint8, np.uint16) if pixels.dtype == np.uint8 else (np.float32, np.float32)
    with np.errstate(over="ignore", invalid="ignore"):
        if view.factor == 1:
            return np.ascontiguousarray(part, dtype=narrow)
        rows = _taps(part.shape[0], view.factor)
        columns = _taps(part.shape[1], view.factor)
        if view.factor == 2 and part.shape[1] > 1:
            # Every value counts: whole rows are added before what lies far apart in memory.
            both = np.add(part[rows[0]], part[rows[1]], dtype=wide, order="C")
            total = both[:, columns[0]] + both[:, columns[1]]
        else:
            total = part[rows[0], columns[0]].astype(wide, order="C")
            for row, column in ((0, 1), (1, 0), (1, 1)):
                np.add(total, part[rows[row], columns[column]], out=total, casting="same_kind")
        if narrow is np.uint8:
            return ((total + 2) >> 2).astype(np.uint8)
        total *= np.float32(0.25)
        return total


def covered(length: int, factor: int) -> int:
    """Gives how many of so many pixels in a row have a sample."""
    return length if length < factor else length // factor * factor


def _taps(length: int, factor: int) -> tuple[slice, slice]:
    """Gives the two pixels that stand for each block of a row."""
    if length < factor:
        return slice(0, 1), slice(length - 1, length)
    end, near = length // factor * factor, factor // 4
    return slice(near, end, factor), slice(factor - 1 - near, end, factor)
