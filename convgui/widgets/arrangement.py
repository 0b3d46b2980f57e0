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
"""The share of a row or column that the filter gets where it has one for itself."""
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
    """

    columns: tuple[float, ...]
    heights: tuple[float, ...]
    rows: tuple[tuple[str, ...], ...]


def arrange(
    size: tuple[int, int], image: tuple[int, int], techniques: Sequence[str], bank: bool
) -> dict[str, Place]:
    """Gives every panel's place.

    The techniques stand side by side with their errors below, or, where that makes the pictures
    clearly larger, each beside its error, and the filter to the right or below. All but the filter
    have the same size in each, so that linked panels show the same.

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
    broad, *others = _plans(techniques, BANK if bank else "")
    best = max(others, key=lambda plan: _scale(size, image, plan))
    clearly = _scale(size, image, best) > CLEARLY * _scale(size, image, broad)
    return _places(size, best if clearly else broad)


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
    below = Plan(
        (1.0, 1.0),
        (*(1.0,) * (count + 1), SMALL),
        ((INPUT, EXACT), *pairs, (FILTER, bank or FILTER)),
    )
    return broad, beside, below


def _unit(length: int, shares: Sequence[float]) -> float:
    """Gives the points of one share."""
    return max((length - GAP * (len(shares) - 1)) / sum(shares), 0.0)


def _scale(size: tuple[int, int], image: tuple[int, int], plan: Plan) -> float:
    """Gives how large a picture becomes."""
    width, height = _unit(size[0], plan.columns), _unit(size[1], plan.heights) - CHROME
    return min(width / max(image[0], 1), height / max(image[1], 1))


def _edges(length: int, shares: Sequence[float]) -> list[tuple[int, int]]:
    """Gives where each row or column begins and ends; those of equal share are equally long."""
    unit, at, edges = _unit(length, shares), 0, []
    for share in shares:
        edges.append((at, at + int(unit * share)))
        at = edges[-1][1] + GAP
    return edges


def _places(size: tuple[int, int], plan: Plan) -> dict[str, Place]:
    columns, heights = _edges(size[0], plan.columns), _edges(size[1], plan.heights)
    places: dict[str, Place] = {}
    for (top, bottom), names in zip(heights, plan.rows, strict=True):
        for (left, right), name in zip(columns, names, strict=True):
            if name:
                first = places.get(name, Place(left, top, 0, 0))
                places[name] = Place(first.x, first.y, right - first.x, bottom - first.y)
    return places
