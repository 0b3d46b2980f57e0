"""What is clustered together: a channel, a whole window, or a piece of it."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

from ..cost import Sizes

SCOPES = ("channel", "window")


@dataclass(frozen=True, slots=True)
class Span:
    """A run of the values of a group's windows, in the order channel, row, column.

    Attributes
    ----------
    group : int
    start, stop : int
        Values of the group's window: start <= value < stop.
    """

    group: int
    start: int
    stop: int

    @property
    def length(self) -> int:
        """The number of values."""
        return self.stop - self.start

    def pieces(self, taps: int) -> tuple[tuple[int, int], ...]:
        """Gives the parts that lie in one channel each, as values of the group's window."""
        bounds = [self.start]
        while bounds[-1] < self.stop:
            bounds.append(min(self.stop, (bounds[-1] // taps + 1) * taps))
        return tuple(pairwise(bounds))


def values_together(scope: str | int, sizes: Sizes) -> int:
    """Gives how many of a window's values are hashed together (fewer in a last piece)."""
    if isinstance(scope, int):
        return min(scope, sizes.depth)
    return sizes.taps if scope == "channel" else sizes.depth


def spans_of(scope: str | int, sizes: Sizes) -> tuple[Span, ...]:
    """Gives all that is clustered by itself, group after group."""
    length = values_together(scope, sizes)
    return tuple(
        Span(group, start, min(start + length, sizes.depth))
        for group in range(sizes.groups)
        for start in range(0, sizes.depth, length)
    )
