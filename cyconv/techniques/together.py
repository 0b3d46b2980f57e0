"""Images whose windows are clustered together: one below the other, no window spanning two."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace

import numpy as np

from ..geometry import Geometry
from ..layout import Layout, Rows
from ..problem import Problem


@dataclass(frozen=True, eq=False, slots=True)
class Part:
    """One of the images.

    Attributes
    ----------
    problem : Problem
    rows : Rows
        From the image's first window on.
    first : int
        The number of that window among those of all images.
    """

    problem: Problem
    rows: Rows
    first: int


@dataclass(frozen=True, eq=False, slots=True)
class Together:
    """All images as one: their windows are numbered image by image, in raster order.

    Attributes
    ----------
    problem : Problem
        Of all images; its runner and ledger are the first one's, and its output is of no use.
    rows : Rows
    parts : tuple of Part
    """

    problem: Problem
    rows: Rows
    parts: tuple[Part, ...]


@contextmanager
def together(problems: Sequence[Problem]) -> Iterator[Together]:
    """Lays images out, which have the same shape, filters and geometry.

    One image is laid out as it is. Several are padded and copied one below the other first,
    each so many rows high that the next one's windows begin whole steps further down.
    """
    first = problems[0]
    if len(problems) == 1:
        with Layout(first).whole(first.runner) as rows:
            yield Together(first, rows, (Part(first, rows, 0),))
        return
    placement, (down, across) = first.placement, first.geometry.strides
    # A step that is never taken must take no room.
    down = down if placement.output[0] > 1 else 1
    steps = -(-placement.padded[0] // down)
    shape = len(first.image), len(problems) * steps * down, placement.padded[1]
    if len(problems) * steps * placement.output[1] >= np.iinfo(np.int32).max:
        raise MemoryError(
            f"the windows of {len(problems):,} images together are more than LSH can number; "
            'take fewer, or scope_images "each"'
        )
    with first.ledger.borrow(shape, first.image.dtype) as stack:
        stack[...] = 0
        top, left = placement.before
        for index, problem in enumerate(problems):
            height, width = problem.image.shape[1:]
            start = top + index * steps * down
            stack[:, start : start + height, left : left + width] = problem.image
        geometry = Geometry((down, across), 0, first.geometry.dilation, first.geometry.groups)
        whole = replace(
            first, image=stack, geometry=geometry, sizes=first.sizes.times(len(problems)),
            placement=geometry.place(shape[1:], first.window),
        )
        with Layout(whole).whole(first.runner) as rows:
            windows = first.sizes.windows
            gap = (steps - placement.output[0]) * placement.output[1]
            parts = tuple(
                Part(each, replace(rows, values=rows.values[index * steps * rows.row_step :]),
                     index * windows)
                for index, each in enumerate(problems)
            )
            yield Together(whole, replace(rows, windows=windows, gap=gap), parts)
