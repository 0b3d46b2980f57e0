"""The values of a window's cells, how they are marked, and how large a cell is drawn."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from .layer import MINUS

Tap = tuple[int, int]
WRITTEN = ((5, 42, 26), (7, 36, 24), (11, 31, 22))
"""Cells up to which values are written, and the width and height of a cell then."""
SMALLEST, WHOLE = 9, 320
"""The side of a cell without a value, at the least, and what such grids should measure."""


@dataclass(frozen=True, eq=False)
class Cells:
    """What a grid shows.

    Attributes
    ----------
    values : K_h x K_w
    low, high : float
        For greys the values of black and white; else signed values are as strong as they are
        large next to ``high``.
    grey : bool
        Whether they are brightnesses.
    outside, faint, crossed, absent : K_h x K_w of bool, or None
        Which are hatched, for there is no image; greyed, for they are zero; crossed out, for they
        are left out; and not there at all.
    """

    values: np.ndarray
    low: float = 0.0
    high: float = 1.0
    grey: bool = False
    outside: np.ndarray | None = None
    faint: np.ndarray | None = None
    crossed: np.ndarray | None = None
    absent: np.ndarray | None = None


def cell_size(rows: int, columns: int) -> tuple[int, int, bool]:
    """Gives width and height of a cell, and whether a value is written into it."""
    for most, width, height in WRITTEN:
        if max(rows, columns) <= most:
            return width, height, True
    side = max(SMALLEST, min(WRITTEN[-1][2], WHOLE // max(rows, columns)))
    return side, side, False


def words(value: float) -> str:
    """Gives a value in up to seven digits, with a true minus sign."""
    return f"{value + 0:.7g}".replace("-", MINUS).replace("inf", "∞").replace("nan", "NaN")
