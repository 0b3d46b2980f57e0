"""The outputs of the last runs, so that any two of them can be compared value by value."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from numpy.typing import NDArray

import cyconv
from convgui.model.compute import Comparison

MOST_RUNS = 8
MOST_BYTES = 256 << 20
"""In all; what is pinned is the last to go, then what is new."""

Planes = Mapping[str, NDArray[Any]]


class Outputs:
    """Holds outputs by the number of their run, no more than `MOST_RUNS` and `MOST_BYTES`."""

    def __init__(self) -> None:
        self._held: dict[int, Planes] = {}

    def keep(self, number: int, comparison: Comparison, pinned: Iterable[int] = ()) -> None:
        """Hold the outputs of a run, as far as there is room."""
        self._held.pop(number, None)
        self._held[number] = {each.name: each.result.output for each in comparison.outcomes}
        self.trim(pinned)

    def trim(self, pinned: Iterable[int]) -> None:
        """Let go of what is too much."""
        pins = set(pinned)
        room, kept = MOST_BYTES, 0
        for number in sorted(self._held, key=lambda each: (each in pins, each), reverse=True):
            size = sum(each.nbytes for each in self._held[number].values())
            if size > room or kept == MOST_RUNS:
                del self._held[number]
            else:
                room, kept = room - size, kept + 1

    def forget(self, keep: Iterable[int] = ()) -> None:
        """Let go of all but the runs of these numbers."""
        wanted = set(keep)
        self._held = {number: each for number, each in self._held.items() if number in wanted}

    def find(self, number: int) -> Planes | None:
        """Give the outputs of a run by technique, or None if they are no longer held."""
        return self._held.get(number)


def against(one: Planes, other: Planes, progress: Any = None) -> dict[str, cyconv.Accuracy]:
    """Measure the outputs of another run against those of one, technique by technique.

    Only techniques that both ran, with outputs of one shape, are there.
    """
    return {
        name: cyconv.compare(other[name], one[name], progress=progress)
        for name in one
        if name in other and one[name].shape == other[name].shape
    }
