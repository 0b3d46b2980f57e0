"""Two runs of the history as they are looked at: an output of A, one of B, and their difference."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

import cyconv
from convgui.model import maps
from convgui.model.maps import Levels, Plane, Shown
from convgui.sessions.outputs import Held
from convgui.sessions.recording import PICTURED


@dataclass(frozen=True)
class Choice:
    """What of A and B is looked at.

    Attributes
    ----------
    techniques : (str, str)
        Whose output, of A and of B.
    index : int
        The filter of the bank.
    """

    techniques: tuple[str, str]
    index: int = 0


@dataclass(frozen=True, eq=False)
class Pair:
    """What is seen of A and B.

    Attributes
    ----------
    numbers : (int, int)
        Of the runs.
    choice : Choice
    held : (Held, Held)
    planes : (ndarray, ndarray)
        O_h x O_w each.
    levels : Levels
        That both are shown in.
    mode : str
        Of the difference, one of :data:`convgui.model.maps.ERROR_MODES`.
    shown : Shown or None
        How both are shown, where the difference depends on it.
    difference : ndarray or None
        Of B from A; None where they differ in size.
    difference_levels : Levels
    accuracy : cyconv.Accuracy or None
        Of B's plane against A's.
    unfit : tuple of (int, int)
        How many values of A, of B and of the difference are not a number, and how many are
        infinite.
    mean : float
        Of the finite differences; NaN without any.
    """

    numbers: tuple[int, int]
    choice: Choice
    held: tuple[Held, Held]
    planes: tuple[Plane, Plane]
    levels: Levels
    mode: str
    shown: Shown | None
    difference: Plane | None
    difference_levels: Levels
    accuracy: cyconv.Accuracy | None
    unfit: tuple[tuple[int, int], ...]
    mean: float = float("nan")


def choose(held: tuple[Held, Held], wanted: Choice | None) -> Choice:
    """Give the choice nearest to the one that is wanted that these outputs have.

    Without one, it is the technique that approximates most and that both have.
    """
    names = []
    both = [name for name in PICTURED if all(name in each.planes for each in held)]
    for place, each in enumerate(held):
        asked = wanted.techniques[place] if wanted is not None else ""
        known = (name for name in (asked, *both, *PICTURED) if name in each.planes)
        names.append(next(known))
    index = min(wanted.index if wanted is not None else 0, filters(held) - 1)
    return Choice((names[0], names[1]), index)


def filters(held: tuple[Held, Held]) -> int:
    """Give how many filters both have an output of."""
    return min(int(plane.shape[0]) for each in held for plane in each.planes.values())


def prepare(
    numbers: tuple[int, int], held: tuple[Held, Held], choice: Choice, mode: str,
    shown: Shown | None = None, progress: Any = None,
) -> Pair:  # fmt: skip
    """Work out what is seen of two runs.

    ``progress`` is called meanwhile, and may raise :class:`cyconv.Cancelled`.
    """
    one, other = (
        each.planes[name][choice.index] for each, name in zip(held, choice.techniques, strict=True)
    )
    difference, accuracy = None, None
    if one.shape == other.shape:
        difference = maps.error(other, one, 0, mode, shown, progress)
        accuracy = cyconv.compare(other[None], one[None], progress=progress)
    found = [each for each in (one, other, difference) if each is not None]
    return Pair(
        numbers, choice, held, (one, other), _levels(one, other), mode, shown, difference,
        maps.error_levels([] if difference is None else [difference], mode, one), accuracy,
        tuple(map(maps.unfit, found)), float("nan") if difference is None else _mean(difference),
    )  # fmt: skip


def _levels(one: Plane, other: Plane) -> Levels:
    """Give levels that both are seen in, even about zero where those of either are."""
    pair = [maps.output_levels(each) for each in (one, other)]
    low, high = min(each.low for each in pair), max(each.high for each in pair)
    if any(each.low == -each.high for each in pair):
        high = max(-low, high)
        low = -high
    return Levels(low, high)


def _mean(values: Plane) -> float:
    finite = values[np.isfinite(values)]
    return float(finite.mean(dtype=np.float64)) if finite.size else float("nan")
