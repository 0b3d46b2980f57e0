"""Where the values of a window lie in memory, as numbers: padded rows, phases, tap offsets."""

from __future__ import annotations

import functools
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from .geometry import Geometry, Pair, Placement


class Bands(NamedTuple):
    """How bands of output rows lie, for kernels that lay rows out themselves.

    Attributes
    ----------
    room : int
        Values of room that a band takes; 0 where the image is read in place.
    above, left, phases, places, step, span, offsets
        As the kernels say.
    """

    room: int
    above: int
    left: int
    phases: int
    places: int
    step: int
    span: int
    offsets: NDArray[np.intp]


class Whole(NamedTuple):
    """All output rows as a single band, as the kernel of few filters is told of it.

    Attributes
    ----------
    room : int
        As :class:`Bands` says.
    lie : tuple
        As the kernel says, ``above`` to ``groups``.
    """

    room: int
    lie: tuple[Any, ...]


class Arrangement:
    """How the rows of an image of some shape are laid out for the kernels.

    Parameters
    ----------
    shape : (C, H, W)
        Of the image.
    plain : bool
        Whether the image is contiguous, aligned and of the type computed in, so that it can
        be read where it lies.
    geometry, placement
        How the windows lie.
    window : (int, int)
        K_h and K_w.
    slack : int
        Values past the last window's that a kernel may read (and not use).
    hops : int
        How many values from window to window, at the most, the kernel can take; at other
        strides columns are split, so that neighbouring windows are neighbouring values.
    """

    def __init__(
        self,
        shape: tuple[int, ...],
        plain: bool,
        geometry: Geometry,
        placement: Placement,
        window: Pair,
        slack: int,
        hops: int = 1,
    ) -> None:
        self._shape = shape
        self._above, self._left = placement.before
        self.output, self.window = placement.output, window
        # Steps that are never taken, as a single row or tap has none, must take no room.
        self._strides = _steps(geometry.strides, placement.output)
        self._dilations = _steps(geometry.dilations, window)
        stride = self._strides[1]
        reach = (placement.output[1] - 1) * stride + (window[1] - 1) * self._dilations[1] + 1
        self.hop = stride if stride <= hops else 1
        self.phases = stride // self.hop
        self.in_place = self.phases == 1 and placement.padded == shape[1:] and plain and slack == 0
        self.places = shape[2] if self.in_place else -(-reach // self.phases) + slack
        # Taps lie side by side where a step of theirs is a step between phases.
        self.run = window[1] if self._dilations[1] == self.phases else 1

    @property
    def step(self) -> int:
        """Padded rows between the windows of two output rows."""
        return self._strides[0]

    @property
    def span(self) -> int:
        """Padded rows under one window."""
        return (self.window[0] - 1) * self._dilations[0] + 1

    def height(self, rows: int) -> int:
        """Rows of the padded image that ``rows`` output rows are made from."""
        return (rows - 1) * self.step + self.span

    def values_per_row(self, channels: int) -> int:
        """Values of scratch memory that an output row adds to a band."""
        return 0 if self.in_place else channels * self.step * self.phases * self.places

    def bands(self, height: int, channels: int) -> Bands:
        """Describes bands of ``height`` output rows, whose windows see so many channels."""
        room = 0
        row, pitch = self._shape[2], self._shape[1] * self._shape[2]
        if not self.in_place:
            pitch = self.phases * self.places
            row = self._shape[0] * pitch
            room = self.height(min(height, self.output[0])) * row
        return Bands(
            room, self._above, self._left, self.phases, self.places, self.step, self.span,
            self.tap_offsets(channels, pitch, row).reshape(-1),
        )

    def whole(self, channels: int, groups: int) -> Whole:
        """Describes all output rows as one band, of windows in so many groups of channels."""
        rows, width = self.output
        room, *rest = self.bands(rows, channels // groups)
        return Whole(room, (*rest, rows, width, rows, *self.window, groups))

    def tap_offsets(self, channels: int, plane: int, row: int) -> NDArray[np.intp]:
        """Gives the place of each tap, channels x taps, counted from the window's start.

        Parameters
        ----------
        channels : int
        plane, row : int
            Values from a channel to the next, and from a padded row to the next.
        """
        return _tap_offsets(
            channels, plane, row, self.places, self.phases, self.window, self._dilations
        )


@functools.lru_cache(maxsize=64)
def _tap_offsets(
    channels: int, plane: int, row: int, places: int, phases: int, window: Pair, dilations: Pair
) -> NDArray[np.intp]:
    """Gives the place of each tap, channels x taps, counted from the window's start.

    Kept from run to run: a layer's are the same for every image.
    """
    columns = np.arange(window[1]) * dilations[1]
    across = columns % phases * places + columns // phases
    down = np.arange(window[0]) * dilations[0] * row
    offsets = np.arange(channels)[:, None] * plane + (down[:, None] + across).reshape(-1)
    offsets.flags.writeable = False
    return offsets


def _steps(steps: Pair, counts: Pair) -> Pair:
    """Gives the distances of so many rows and columns, 1 where there is but one."""
    return (steps[0] if counts[0] > 1 else 1, steps[1] if counts[1] > 1 else 1)
