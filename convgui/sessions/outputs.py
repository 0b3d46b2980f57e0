"""The outputs of the last runs, so that any two of them can be compared value by value."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from numpy.typing import NDArray

import cyconv
from convgui.model.compute import Comparison

MOST_RUNS = 8
MOST_BYTES = 256 << 20
"""In all; what is pinned is the last to go, then what is new."""

Planes = Mapping[str, NDArray[Any]]


@dataclass(frozen=True, eq=False)
class Held:
    """The outputs of one run, and where they lie on its image; sizes are rows, then columns.

    Attributes
    ----------
    planes : mapping of str to ndarray
        M x O_h x O_w, by technique.
    before : (int, int)
        The padding above and to the left.
    window, strides, dilations : (int, int)
    size : (int, int)
        Of the image.
    stored : str
        The type of the image's values in its file.
    """

    planes: Planes
    before: tuple[int, int]
    window: tuple[int, int]
    strides: tuple[int, int]
    dilations: tuple[int, int]
    size: tuple[int, int]
    stored: str

    @property
    def nbytes(self) -> int:
        """What the outputs take."""
        return sum(each.nbytes for each in self.planes.values())


def held(comparison: Comparison) -> Held:
    """Give what is held of a run."""
    request = comparison.request
    geometry, window = request.geometry, request.filters.shape[2:]
    size = request.image.shape[1:]
    return Held(
        {each.name: each.result.output for each in comparison.outcomes},
        geometry.place((size[0], size[1]), (window[0], window[1])).before,
        (window[0], window[1]), geometry.strides, geometry.dilations, (size[0], size[1]),
        request.stored,
    )  # fmt: skip


class Outputs:
    """Holds outputs by the number of their run, no more than `MOST_RUNS` and `MOST_BYTES`."""

    def __init__(self) -> None:
        self._held: dict[int, Held] = {}

    def keep(self, number: int, comparison: Comparison, pinned: Iterable[int] = ()) -> None:
        """Hold the outputs of a run, as far as there is room."""
        self._held.pop(number, None)
        self._held[number] = held(comparison)
        self.trim(pinned)

    def trim(self, pinned: Iterable[int]) -> None:
        """Let go of what is too much."""
        pins = set(pinned)
        room, kept = MOST_BYTES, 0
        for number in sorted(self._held, key=lambda each: (each in pins, each), reverse=True):
            size = self._held[number].nbytes
            if size > room or kept == MOST_RUNS:
                del self._held[number]
            else:
                room, kept = room - size, kept + 1

    def forget(self, keep: Iterable[int] = ()) -> None:
        """Let go of all but the runs of these numbers."""
        wanted = set(keep)
        self._held = {number: each for number, each in self._held.items() if number in wanted}

    def find(self, number: int) -> Held | None:
        """Give the outputs of a run, or None if they are no longer held."""
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
