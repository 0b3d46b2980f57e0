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
SMALL = 0.6
"""The share of a column that the filter gets where it has one for itself."""
NARROWEST = 112
"""Points of width that a filter needs for its picture and its title."""
STRIP = 72
"""Points of a bank's height where it has but one row: its title and one row of thumbnails."""
CLEARLY = 1.25


@dataclass(frozen=True)
class Place:
    """A panel's rectangle, in points."""

    x: int
    y: int
    width: int
    height: int


@dataclass(frozen=True)
class Plan:
    """An arrangement: names in rows; a name that is repeated covers all its cells, "" is empty.

    Attributes
    ----------
    columns, heights : tuple of float
        How wide and how high each is, in shares.
    rows : tuple of tuple of str
    strip : str
        What lies below all rows, as high as a row of thumbnails; "" for nothing.
    """

    columns: tuple[float, ...]
    heights: tuple[float, ...]
    rows: tuple[tuple[str, ...], ...]
    strip: str = ""

    def room(self, size: tuple[int, int]) -> tuple[int, int]:
        """Gives the width and height that are left for the rows."""
        return size[0], size[1] - (STRIP + GAP if self.strip else 0)


def arrange(
    size: tuple[int, int], image: tuple[int, int], techniques: Sequence[str], bank: bool
) -> dict[str, Place]:
    """Gives every panel's place.

    The techniques stand side by side with their errors below, or, where that makes the pictures
    clearly larger, each beside its error, and the filter to the right. Where there is no room at
    the right either, the filter is left to the dock of parameters, and a bank gets one row below.
    All pictures have the same size in each, so that linked panels show the same.

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
    broad, beside, alone = _plans(techniques, BANK if bank else "")
    # By the width alone: a message above must not make the filter come and go.
    narrow = _unit(size[0], beside.columns) * SMALL < NARROWEST
    high = alone if narrow else beside
    clearly = _scale(size, image, high) > CLEARLY * _scale(size, image, broad)
    return _places(size, high if clearly else broad)


def _plans(techniques: Sequence[str], bank: str) -> tuple[Plan, Plan, Plan]:
    errors = tuple(name + ERROR for name in techniques)
    pairs = tuple(zip(techniques, errors, strict=True))
    count = len(techniques)
    broad = Plan(
        (1.0,) * (count + 2),
        (1.0, 1.0),
        ((INPUT, EXACT, *techniques), (FILTER, bank or FILTER, *errors)),
    )
    beside = Plan(
        (1.0, 1.0, SMALL),
        (1.0,) * (count + 1),
        ((INPUT, EXACT, FILTER), *((*pair, bank) for pair in pairs)),
    )
    alone = Plan((1.0, 1.0), (1.0,) * (count + 1), ((INPUT, EXACT), *pairs), bank)
    return broad, beside, alone


def _unit(length: int, shares: Sequence[float]) -> float:
    """Gives the points of one share."""
    return max((length - GAP * (len(shares) - 1)) / sum(shares), 0.0)


def _scale(size: tuple[int, int], image: tuple[int, int], plan: Plan) -> float:
    """Gives how large a picture becomes."""
    room = plan.room(size)
    width, height = _unit(room[0], plan.columns), _unit(room[1], plan.heights) - CHROME
    return min(width / max(image[0], 1), height / max(image[1], 1))


def _edges(length: int, shares: Sequence[float]) -> list[tuple[int, int]]:
    """Gives where each row or column begins and ends; those of equal share are equally long."""
    unit, at, edges = _unit(length, shares), 0, []
    for share in shares:
        edges.append((at, at + int(unit * share)))
        at = edges[-1][1] + GAP
    return edges


def _places(size: tuple[int, int], plan: Plan) -> dict[str, Place]:
    width, height = plan.room(size)
    columns, heights = _edges(width, plan.columns), _edges(height, plan.heights)
    places: dict[str, Place] = {}
    for (top, bottom), names in zip(heights, plan.rows, strict=True):
        for (left, right), name in zip(columns, names, strict=True):
            if name:
                first = places.get(name, Place(left, top, 0, 0))
                places[name] = Place(first.x, first.y, right - first.x, bottom - first.y)
    if plan.strip:
        places[plan.strip] = Place(0, max(height, 0) + GAP, width, STRIP)
    return places
