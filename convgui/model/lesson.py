"""A convolution worked by hand, window by window, as a report prints it, and where it slipped.

The figures are those of the report on filters (golden.json: hand_convolution): a bright column of
tens, the Laplacian with eight neighbours, one ring of zeros around the image.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from . import compute
from .compute import Comparison
from .image import Image
from .inspect_window import Place
from .parameters import CUSTOM
from .resolve import resolve
from .session import Session

SIDE = 5
COLUMN, VALUE = 2, 10
WEIGHTS = ((1.0, 1.0, 1.0), (1.0, -8.0, 1.0), (1.0, 1.0, 1.0))
PADDING = 1

PRINTED: tuple[tuple[float | None, ...], ...] = (
    (0, 20, -70, 20, 0),
    (0, 30, -60, 30, 0),
    (None, 40, -50, 40, None),
    (0, 30, -60, 30, 0),
    (0, 20, -70, 20, 0),
)
"""The output as printed; None where the slip's row is not told in full."""


@dataclass(frozen=True)
class Step:
    """One window of the lesson.

    Attributes
    ----------
    number : int
        From 1 on.
    place : Place
    printed : float or None
        What the report prints; None where that is not known.
    computed : float
        What follows from its input.
    """

    number: int
    place: Place
    printed: float | None
    computed: float

    @property
    def slipped(self) -> bool:
        """Whether the printed number does not follow from the input."""
        return self.printed is not None and self.printed != self.computed


@dataclass(frozen=True, eq=False)
class Lesson:
    """The worked example: a comparison of its own, and its windows in the order of reading."""

    comparison: Comparison
    steps: tuple[Step, ...]

    def step_at(self, place: Place) -> Step:
        """Gives the step of an output."""
        return self.steps[place.row * SIDE + place.column]

    @property
    def slips(self) -> tuple[Step, ...]:
        """The steps where the report slipped."""
        return tuple(step for step in self.steps if step.slipped)


def image() -> Image:
    """Gives the example's image."""
    pixels = np.zeros((SIDE, SIDE), np.uint8)
    pixels[:, COLUMN] = VALUE
    return Image(pixels, "worked example")


def session(like: Session) -> Session:
    """Gives the example's settings; techniques and their settings are those of a session."""
    return replace(
        like, width=None, height=None, gray=False, filter_name=CUSTOM, weights=WEIGHTS,
        filter_count=1, kernel_size=len(WEIGHTS), stride=1, dilation=1, padding=PADDING,
        same_padding=False,
    )  # fmt: skip


def make(like: Session, progress: Callable[[Any], None] | None = None) -> Lesson:
    """Runs the example by the techniques of a session and sets it beside what is printed."""
    comparison = compute.run(resolve(session(like), image()), progress)
    output = comparison.exact.result.output[0]
    steps = [
        Step(row * SIDE + column + 1, Place(0, row, column), PRINTED[row][column],
             round(float(output[row, column]), 6) + 0.0)
        for row in range(SIDE) for column in range(SIDE)
    ]  # fmt: skip
    return Lesson(comparison, tuple(steps))
