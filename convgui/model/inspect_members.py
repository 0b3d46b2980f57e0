"""The windows of one cluster: which they are, and what stands for them."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from cyconv import LSH
from cyconv.hashed import HashedSpan

from .inspect_window import Array
from .resolve import Request

Tell = Callable[[Any], None]
DOUBLED = 1024
"""Values after which a number that is doubled with each is mostly infinite."""

POLLED = 16
"""Values between two looks at whether the answer is still wanted."""


def chosen(members: NDArray[np.intp], representative: str | int) -> NDArray[np.intp]:
    """Gives the members, as window numbers, that a representative is the mean of."""
    if representative == "mean":
        return members
    count = 1 if representative == "first" else min(int(representative), len(members))
    if count in (1, len(members)):
        return members[:count]
    return members[[(2 * each + 1) * len(members) // (2 * count) for each in range(count)]]


def representative(
    request: Request, technique: LSH, span: HashedSpan, cluster: int, progress: Tell | None = None
) -> Array:
    """Gives what a cluster's windows are taken for, in float64.

    Returns
    -------
    stop - start
        Their mean, the first of them, or the mean of some, as the technique says; as published,
        the report's doubling sum over their number.
    """
    if span.ids is None:
        raise ValueError("span must have clusters")
    every = np.flatnonzero(span.ids.reshape(-1) == cluster)
    members = chosen(every, technique.representative)
    result = np.empty(span.stop - span.start)
    for value, sums in enumerate(_columns(request, span, members)):
        if progress is not None and value % POLLED == 0:
            progress(None)
        if technique.as_published:
            result[value] = _doubled(sums) / len(members)
        else:
            result[value] = sums.mean(dtype=np.float64)
    return result


def _columns(request: Request, span: HashedSpan, members: NDArray[np.intp]) -> Any:
    """Gives, for each value of a span, what it is in all members."""
    geometry, (_, depth, down, across) = request.geometry, request.filters.shape
    image = request.image
    placement = geometry.place(image.shape[1:], (down, across))
    (top, left), (height, width) = placement.before, placement.padded
    rows, columns = np.divmod(members, placement.output[1])
    starts = rows * geometry.strides[0] * width + columns * geometry.strides[1]
    padded, shown = np.zeros((height, width), image.dtype), -1
    for value in range(span.start, span.stop):
        channel, tap = divmod(value, down * across)
        channel += span.group * depth
        if channel != shown:
            shown = channel
            padded[top : top + image.shape[1], left : left + image.shape[2]] = image[channel]
        row, column = divmod(tap, across)
        offset = row * geometry.dilations[0] * width + column * geometry.dilations[1]
        yield padded.reshape(-1).take(starts + offset)


def _doubled(values: NDArray[Any]) -> float:
    """Gives the report's sum S := S + (w + S), which takes itself in with every window."""
    total = 0.0
    # A part at a time: of many windows only the first thousand count.
    for first in range(0, len(values), DOUBLED):
        part: list[float] = values[first : first + DOUBLED].astype(np.float64).tolist()
        for value in part:
            total += value + total
            # Nothing that is finite brings it back.
            if not math.isfinite(total):
                return total
    return total
