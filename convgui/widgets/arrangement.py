"""Where the panels of a comparison go: as large as the window and the image's shape allow."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

INPUT, FILTER, BANK, EXACT = "input", "filter", "bank", "exact"
ERROR = ".error"
"""What a technique's name ends with where its error map is meant."""

GAP = 8
CHROME = 48
"""Points of a panel's height that its title and its colour bar take."""
SHORT = 0.6
"""The height of the filter's row where it is a row of its own, in rows."""

CLEARLY = 1.2


@dataclass(frozen=True)
class Place:
    """A panel's rectangle, in points."""

    x: int
    y: int
    width: int
    height: int


def arrange(
    size: tuple[int, int], image: tuple[int, int], techniques: Sequence[str], bank: bool
) -> dict[str, Place]:
    """Gives every panel's place.

    The techniques stand side by side with their errors below, or, where that makes the pictures
    clearly larger, each beside its error. All but the filter have the same size in both, so that
    linked panels show the same.

    Parameters
    ----------
    size : (int, int)
        Width and height to fill.
    image : (int, int)
        Width and height of the picture.
    techniques : sequence of str
        Those that are compared with the exact one.
    bank : bool
        Whether there are several filters to choose from.
    """
    candidates = (_broad(techniques, bank), _tall(techniques, bank))
    scales = [_scale(size, image, rows) for rows in candidates]
    rows = candidates[1] if scales[1] > CLEARLY * scales[0] else candidates[0]
    return _places(size, rows)


_Row = tuple[float, list[str]]


def _broad(techniques: Sequence[str], bank: bool) -> list[_Row]:
    errors = [name + ERROR for name in techniques]
    return [
        (1.0, [INPUT, EXACT, *techniques]),
        (1.0, [FILTER, BANK if bank else FILTER, *errors]),
    ]


def _tall(techniques: Sequence[str], bank: bool) -> list[_Row]:
    return [
        (1.0, [INPUT, EXACT]),
        *((1.0, [name, name + ERROR]) for name in techniques),
        (SHORT, [FILTER, BANK if bank else FILTER]),
    ]


def _scale(size: tuple[int, int], image: tuple[int, int], rows: list[_Row]) -> float:
    """Gives how large a picture becomes."""
    columns = len(rows[0][1])
    parts = sum(share for share, _ in rows)
    width = (size[0] - GAP * (columns - 1)) / columns
    height = (size[1] - GAP * (len(rows) - 1)) / parts - CHROME
    return min(width / max(image[0], 1), height / max(image[1], 1))


def _places(size: tuple[int, int], rows: list[_Row]) -> dict[str, Place]:
    columns = len(rows[0][1])
    width = max((size[0] - GAP * (columns - 1)) // columns, 0)
    parts = sum(share for share, _ in rows)
    unit = max(int((size[1] - GAP * (len(rows) - 1)) / parts), 0)
    places: dict[str, Place] = {}
    y = 0
    for share, names in rows:
        height = unit if share == 1.0 else max(size[1] - y, 0)
        for column, name in enumerate(names):
            x = column * (width + GAP)
            if name in places:
                first = places[name]
                places[name] = Place(first.x, y, x + width - first.x, height)
            else:
                places[name] = Place(x, y, width, height)
        y += height + GAP
    return places
